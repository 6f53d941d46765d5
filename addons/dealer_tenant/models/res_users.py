from odoo import api, models, tools
from odoo.fields import Domain

# What no dealer user has, whoever granted it: administration, and the right to write code
# into templates, with which anybody could read everything. Stock gives the latter to every
# internal user.
FORBIDDEN_GROUPS = (
    "base.group_system",
    "base.group_erp_manager",
    "base.group_sanitize_override",
    "mail.group_mail_template_editor",
    "queue_job.group_queue_job_manager",
)
DEALER_GROUPS = ("dealer_network.group_dealer_user", "dealer_network.group_dealer_api")


class ResUsers(models.Model):
    _inherit = "res.users"

    @tools.ormcache("self.id")
    def _get_group_ids(self):
        """Take the forbidden groups from dealer users.

        All checks of groups, access rights and rules go through here, so a group granted by
        mistake, or implied by another, opens nothing.
        """
        group_ids = super()._get_group_ids()
        get_id = self.env["res.groups"]._get_group_definitions().get_id
        if not {get_id(name) for name in DEALER_GROUPS} & set(group_ids):
            return group_ids
        forbidden = {get_id(name) for name in FORBIDDEN_GROUPS}
        return tuple(group_id for group_id in group_ids if group_id not in forbidden)

    @tools.ormcache("self.id")
    def _is_tenant_user(self):
        """Tell whether the user is bound by tenancy.

        By group, or by working in a dealer's company: somebody whose groups were
        forgotten must not see more for it.
        """
        self.ensure_one()
        user = self.sudo()
        if not self.id or user._is_public():
            return False
        if any(user._has_group(name) for name in DEALER_GROUPS):
            return True
        if user._is_system() or user._is_superuser():
            return False
        return not self.env["res.company"]._tenant_company_ids().isdisjoint(user._get_company_ids())

    @tools.ormcache("self.id")
    def _is_lobby_user(self):
        """Tell whether the user shares its company with users of other dealers."""
        lobby = self.env["res.company"].sudo()._lobby_company_id()
        return bool(lobby) and lobby in self.sudo()._get_company_ids()

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._tenant_sync_partner()
        return users

    def write(self, vals):
        result = super().write(vals)
        if {"company_id", "group_ids", "partner_id"} & vals.keys():
            self._tenant_sync_partner()
        return result

    def _tenant_sync_partner(self):
        """Give the contact of a dealer's user the company of the user.

        Stock leaves it without a company, which would show it to no colleague.
        """
        tenants = self.env["res.company"].sudo()._tenant_company_ids()
        for user in self.sudo():
            partner = user.partner_id
            if user.company_id.id in tenants and partner.company_id != user.company_id:
                partner.company_id = user.company_id

    @api.model
    def _tenant_domain(self, mode):
        """Dealer users see their colleagues, and the people whom the OEM names to dealers."""
        user = self.env.user
        if not user._is_tenant_user():
            return Domain.TRUE
        domain = Domain("id", "=", user.id)
        if user._is_lobby_user():
            domain |= Domain("dealer_id", "in", user.dealer_id.ids)
        else:
            domain |= Domain("company_id", "in", self.env.companies.ids)
        if mode == "read":
            domain |= Domain("partner_id.network_contact", "=", True)
        return domain

    @api.model
    def _get_invalidation_fields(self):
        return super()._get_invalidation_fields() | {"partner_id"}
