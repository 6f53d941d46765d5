from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    network_contact = fields.Boolean(
        string="Named to dealers",
        copy=False,
        groups="dealer_network.group_network_user",
        help="Every dealer sees this contact: the OEM itself, an area manager, a help desk.",
    )

    _network_contact_idx = models.Index("(id) WHERE network_contact IS TRUE")

    @api.model
    def _tenant_domain(self, mode):
        """Dealer users see the contacts of their company, themselves, their own dealer and
        what the OEM names to dealers. A contact without company belongs to the OEM.
        """
        user = self.env.user
        if not user._is_tenant_user():
            return Domain.TRUE
        domain = Domain("id", "in", self._tenant_own_partners().ids)
        if user._is_lobby_user():
            domain |= Domain("user_ids.dealer_id", "in", user.dealer_id.ids)
            domain |= Domain("create_uid", "=", user.id) & Domain(
                "company_id", "in", self.env.companies.ids
            )
        else:
            domain |= Domain("company_id", "in", self.env.companies.ids)
        if mode == "read":
            domain |= Domain("network_contact", "=", True)
        return domain

    @api.model
    def _tenant_own_partners(self):
        """Return the contacts that stand for the user and its dealer."""
        user = self.env.user.sudo()
        partners = user.partner_id | user.dealer_id.partner_id
        if user._is_lobby_user():
            return partners
        return partners | self.env.companies.sudo().partner_id

    def signup_get_auth_param(self):
        """A login, or the way to make one, is told to those who may see the contact."""
        self.check_access("read")
        return super().signup_get_auth_param()

    @api.model
    def _find_or_create_from_emails(self, emails, filter_found=None, **kwargs):
        """An address must not tell a dealer who else knows its owner."""
        if self.env.user._is_tenant_user():
            filter_found = _and_readable(filter_found)
        return super()._find_or_create_from_emails(emails, filter_found=filter_found, **kwargs)


def _and_readable(condition):
    """Narrow a filter of contacts to those which the user may read."""

    def readable(partner):
        return (not condition or condition(partner)) and partner.sudo(False).has_access("read")

    return readable
