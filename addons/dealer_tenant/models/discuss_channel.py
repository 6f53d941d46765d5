from odoo import api, models
from odoo.fields import Domain


class DiscussChannel(models.Model):
    _name = "discuss.channel"
    _inherit = ["discuss.channel", "dealer.tenant.owned.mixin"]

    @api.model
    def _tenant_domain(self, mode):
        """A channel of type *channel* is open to every internal user in stock: here to those
        of its company. Who was invited to a conversation stays in it.
        """
        if self.env.user.share:
            return Domain.TRUE
        companies = self.env.companies.ids
        if not self.env.user._is_tenant_user():
            companies = [*companies, False]
        owned = Domain("company_id", "in", companies)
        if self.env.user._is_lobby_user():
            owned &= Domain("create_uid", "=", self.env.uid)
        return owned | Domain("is_member", "=", True)

    def _subscribe_users_automatically_get_members(self):
        """Groups span companies; channels do not.

        Without this, "Whole company" would be the one room in which all dealers meet.
        """
        members = super()._subscribe_users_automatically_get_members()
        tenants = self.env["res.company"].sudo()._tenant_company_ids()
        partners = self.env["res.partner"].sudo()
        for channel in self.sudo().browse(members):
            candidates = partners.browse(members[channel.id])
            company = channel.company_id
            members[channel.id] = [
                partner.id
                for partner in candidates
                if partner.company_id == company
                or (not company and partner.company_id.id not in tenants)
            ]
        return members

    def _add_members(self, *, guests=None, partners=None, users=None, **kwargs):
        """Only people whom the user may see can be invited."""
        if not self.env.su and self.env.user._is_tenant_user():
            partners = partners and partners.sudo(False)._filtered_access("read")
            users = users and users.sudo(False)._filtered_access("read")
        return super()._add_members(guests=guests, partners=partners, users=users, **kwargs)


class DiscussChannelMember(models.Model):
    _inherit = "discuss.channel.member"

    @api.model
    def _tenant_domain(self, mode):
        return _as_channel(self.env, mode)


class DiscussCallHistory(models.Model):
    _inherit = "discuss.call.history"

    @api.model
    def _tenant_domain(self, mode):
        return _as_channel(self.env, mode)


def _as_channel(env, mode):
    """What hangs on a channel is open to whoever may see the channel."""
    domain = env["discuss.channel"]._tenant_domain("read")
    if domain.is_true():
        return domain
    return Domain("channel_id", "any", domain)
