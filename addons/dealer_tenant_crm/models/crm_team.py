from odoo import api, models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    @api.model
    def _get_default_team_id(self, user_id=False, domain=False):
        """A dealer's document gets a team of the dealer's, whether or not its seller is a member.

        Stock falls back on the first team without a company. That is the OEM's: the dealer may not
        read it, and its leader would be told of the dealer's deals.
        """
        team = super()._get_default_team_id(user_id, domain)
        # sudo: whoever gives a lead to a dealer reads neither its people's companies nor its teams
        user = self.env["res.users"].sudo().browse(user_id or self.env.uid)
        if not user._is_tenant_user() or team.sudo().company_id in user.company_ids:
            return team
        companies = (user.company_ids & self.env.companies) or user.company_ids
        own = self.sudo().search([("company_id", "in", companies.ids)])
        suitable = own.filtered_domain(domain) if domain else own
        return (suitable or own)[:1].with_env(self.env)
