from odoo import models


class ResUsers(models.Model):
    """Stock ends the memberships of a login that is closed and never gives them back."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active"):
            self._restore_memberships()
        return result

    def action_archive(self):
        members = self.env["crm.team.member"].sudo().search([("user_id", "in", self.ids)])
        members.ended_with_login = True
        return super().action_archive()

    def _restore_memberships(self):
        """Give back what ended with the login, in companies where the user works still."""
        members = (
            self.env["crm.team.member"]
            .sudo()
            .with_context(active_test=False)
            .search([("user_id", "in", self.ids), ("ended_with_login", "=", True)])
        )
        members.ended_with_login = False
        members.filtered(
            lambda member: not member.crm_team_id.company_id
            or member.crm_team_id.company_id in member.user_id.company_ids
        ).action_unarchive()
