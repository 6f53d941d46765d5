from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _is_to_customer(self):
        """Whether one of us says something that is no internal note."""
        self.ensure_one()
        author = self.sudo().author_id
        internal = self.is_internal or self.subtype_id.internal
        return bool(author and not author.partner_share and not internal and self.subtype_id)
