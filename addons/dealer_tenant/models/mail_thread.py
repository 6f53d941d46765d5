from odoo import api, models
from odoo.exceptions import AccessError


class MailThread(models.AbstractModel):
    """Messages must not carry a record into the sight of somebody who may not see it.

    Who is told of a record, and who is named as its author, is stored with administrator's
    rights: no rule looks at it.
    """

    _inherit = "mail.thread"

    @api.model
    def message_process(self, *args, **kwargs):
        """The mail gateway writes with administrator's rights to whatever record its caller
        names, and makes records with whatever values: servers that fetch mails and the mail
        server's pipe, which signs in as system administrator, feed it, not everybody.

        :raise AccessError: for everybody else
        """
        if not (self.env.su or self.env.user._is_system()):
            raise AccessError(
                self.env._("Mails are taken in from mail servers and system administrators only.")
            )
        return super().message_process(*args, **kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        return super().message_subscribe(self._tenant_partners(partner_ids), subtype_ids)

    def message_post(self, *, partner_ids=None, author_id=None, **kwargs):
        return super().message_post(
            partner_ids=self._tenant_partners(partner_ids),
            author_id=self._tenant_author(author_id),
            **kwargs,
        )

    def message_notify(self, *, partner_ids=False, author_id=None, **kwargs):
        return super().message_notify(
            partner_ids=self._tenant_partners(partner_ids),
            author_id=self._tenant_author(author_id),
            **kwargs,
        )

    @api.model
    def _tenant_partners(self, partner_ids):
        """Return those of ``partner_ids`` that the user may address."""
        if not partner_ids or self.env.su or not self.env.user._is_tenant_user():
            return partner_ids
        partners = self.env["res.partner"].browse(partner_ids).sudo().exists().sudo(False)
        return partners._filtered_access("read").ids

    @api.model
    def _tenant_author(self, author_id):
        """Return ``author_id`` if the user may speak for it, else None: the user itself."""
        return author_id if self._tenant_partners([author_id] if author_id else []) else None
