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

    def _unfollow_dealer(self, dealer, kept):
        """Follow nothing of a dealer any more: neither of its company nor of its documents.

        :param kept: dealer.dealer whose documents, and of those below, are followed still
        """

        def owned(model):
            domain = self._company_records(model, dealer.company_id)
            path = dealer._dealer_path(model)
            if not path:
                return domain
            documents = Domain(path, "child_of", dealer.ids)
            if kept:
                documents &= ~Domain(path, "child_of", kept.ids)
            return domain | documents

        self._unfollow(owned)

    def _unfollow_company(self, company):
        """Follow no record of a company any more."""
        self._unfollow(lambda model: self._company_records(model, company))

    def _unfollow(self, owned):
        """End the following of records: who follows is mailed, and no rule looks at it.

        One query for each kind of record that these contacts follow.

        :param owned: function of a model, returns the domain of the records concerned
        """
        # sudo: the rows are the system's, and the records mostly out of sight by now
        following = self.env["mail.followers"].sudo().search([("partner_id", "in", self.ids)])
        ended = following.browse()
        for name, rows in following.grouped("res_model").items():
            if name not in self.env:
                continue
            # sudo: see above
            model = self.env[name].sudo().with_context(active_test=False)
            domain = owned(model)
            if domain.is_false():
                continue
            found = model.search(domain & Domain("id", "in", rows.mapped("res_id")))
            ended |= rows.filtered_domain([("res_id", "in", found.ids)])
        ended.unlink()

    @api.model
    def _company_records(self, model, company):
        """Return the domain of a company's records of a model; of what has none, nothing."""
        # sudo: the registry of tenancy is the administrators'
        policy = self.env["dealer.tenant.policy"].sudo()._policy(model._name)
        path = (policy and policy.company_field) or "company_id"
        field = model._fields.get(path.split(".")[0])
        if not company or field is None or not field._description_searchable:
            return Domain.FALSE
        return Domain(path, "in", company.ids)

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
