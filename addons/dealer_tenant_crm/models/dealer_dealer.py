from odoo import api, models
from odoo.fields import Command


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _provisioning_steps(self):
        # after the users (80): they become the team's members
        return [*super()._provisioning_steps(), (90, "_provision_team")]

    def _provision_team(self):
        """Full mode: one sales team with everybody who may sell as a member."""
        dealers = self.filtered(lambda d: d.mode == "full" and d.company_id)
        teams = self.env["crm.team"].search([("company_id", "in", dealers.company_id.ids)])
        lacking = dealers.filtered(lambda d: d.company_id not in teams.company_id)
        self.env["crm.team"].create([dealer._sales_team_vals() for dealer in lacking])
        (dealers - lacking)._join_team()

    def _join_team(self):
        """Whoever may sell and is in none of his companies' teams joins the dealer's first."""
        # sudo: a principal who hires need not be one who sets up teams
        dealers = self.sudo().filtered(lambda d: d.mode == "full" and d.company_id)
        teams = dealers.env["crm.team"].search([("company_id", "in", dealers.company_id.ids)])
        first = {team.company_id: team for team in reversed(teams)}
        joining = {
            user: first[dealer.company_id]
            for dealer in dealers
            if dealer.company_id in first
            for user in dealer._salespeople()
        }
        members = dealers.env["crm.team.member"]
        placed = (
            members.search([("user_id", "in", [user.id for user in joining])])
            .filtered(lambda member: member.crm_team_id.company_id in member.user_id.company_ids)
            .user_id
        )
        members.create(
            [
                {"user_id": user.id, "crm_team_id": team.id}
                for user, team in joining.items()
                if user not in placed
            ]
        )

    def _sales_team_vals(self):
        self.ensure_one()
        head = self.env.ref("dealer_network.role_head_of_sales")
        leaders = self._current_staff().filtered(lambda line: line.role_id == head).user_id
        return {
            "name": self.with_context(lang=self.lang).env._(
                "Sales of %(dealer)s", dealer=self.name
            ),
            "company_id": self.company_id.id,
            "user_id": leaders[:1].id,
            "member_ids": [Command.set(self._salespeople().ids)],
        }

    def _salespeople(self):
        """Active logins of the dealer's staff that may work on leads."""
        return self._current_staff().user_id.filtered(
            lambda user: user.active and user.has_group("sales_team.group_sale_salesman")
        )

    @api.model
    def _open_document_domains(self):
        return {
            **super()._open_document_domains(),
            "crm.lead": [("won_status", "=", "pending")],
        }
