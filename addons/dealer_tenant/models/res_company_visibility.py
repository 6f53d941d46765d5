from odoo import api, models, tools


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    @tools.ormcache()
    def _tenant_company_ids(self):
        """Return the ids of the companies that belong to dealers, and of the lobby."""
        lobby = self.env.ref("dealer_tenant.company_lobby", raise_if_not_found=False)
        dealers = self.env["dealer.dealer"].sudo().with_context(active_test=False)
        dealers = dealers.search_fetch(
            ["|", ("company_id", "!=", False), ("former_company_id", "!=", False)],
            ["company_id", "former_company_id"],
        )
        companies = dealers.company_id | dealers.former_company_id
        return frozenset(companies.ids + (lobby.ids if lobby else []))

    @api.model
    @tools.ormcache()
    def _lobby_company_id(self):
        """Return the id of the company of the dealers that have none, or False."""
        lobby = self.env.ref("dealer_tenant.company_lobby", raise_if_not_found=False)
        return lobby.id if lobby else False

    def _tenant_may_reference(self):
        """A dealer names its own companies and those of the OEM or importer, never a rival's.
        The OEM names all: a dealer's documents with it carry the dealer's.
        """
        user = self.env.user.sudo()
        if not user._is_tenant_user():
            return True
        upstream = user.dealer_scope_ids.network_company_id | user.dealer_scope_ids.oem_company_id
        rivals = self.sudo()._tenant_company_ids().difference(user._get_company_ids(), upstream.ids)
        return rivals.isdisjoint(self.ids)
