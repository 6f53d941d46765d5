from odoo import models


class MailingMailing(models.Model):
    _name = "mailing.mailing"
    _inherit = ["mailing.mailing", "dealer.tenant.owned.mixin"]

    def _get_recipients(self):
        """A dealer's mailing reaches only records of that dealer.

        The cron that sends looks for recipients with administrator's eyes: a mailing "to all
        contacts" would go to the customers of every rival.
        """
        company = self.sudo().company_id
        if company.id not in self.env["res.company"].sudo()._tenant_company_ids():
            return super()._get_recipients()
        sender = self._tenant_sender()
        if not sender:
            return []
        mailing = self.with_user(sender).with_context(allowed_company_ids=company.ids)
        return super(MailingMailing, mailing)._get_recipients()

    def _tenant_sender(self):
        """Return the dealer's user with whose eyes to look for recipients, if one is left."""
        mailing = self.sudo()
        users = mailing.user_id | mailing.create_uid
        return next(
            (user for user in users if user.active and user.company_id == mailing.company_id), None
        )
