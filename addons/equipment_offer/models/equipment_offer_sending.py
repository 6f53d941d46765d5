import uuid

from odoo import api, fields, models


class EquipmentOfferSending(models.Model):
    """One offer to one reader, and when it was opened.

    Openings are known when the reader's mail program loads the picture in the mail, or when he
    follows the link to the offer. No opening proves nothing: many programs load no pictures.
    """

    _name = "equipment.offer.sending"
    _description = "Sent Offer"
    _order = "id desc"
    _rec_name = "email"

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    message_id = fields.Many2one("mail.message", ondelete="set null", index="btree_not_null")
    partner_id = fields.Many2one("res.partner", string="Reader", ondelete="set null")
    email = fields.Char(required=True)
    token = fields.Char(
        required=True, copy=False, groups="base.group_system", default=lambda self: uuid.uuid4().hex
    )
    sent_date = fields.Datetime(string="Sent", required=True, default=fields.Datetime.now)
    opened_date = fields.Datetime(string="First opened")
    last_opened_date = fields.Datetime(string="Last opened")
    open_count = fields.Integer(string="Openings")

    _token_uniq = models.Constraint("UNIQUE(token)", "The token of a sent offer is unique.")

    @api.model
    def _by_token(self, token):
        """Return the sending that a link or picture belongs to, with administrator's rights."""
        if not token or not token.isprintable():  # an address may hold what no column can
            return self.sudo().browse()
        return self.sudo().search([("token", "=", token)], limit=1)

    def _register_opening(self):
        """Count an opening, and tell the salesperson of the first."""
        for sending in self:
            now = fields.Datetime.now()
            if not sending.opened_date:
                sending.opened_date = now
                sending._tell_salesperson()
            sending.write({"last_opened_date": now, "open_count": sending.open_count + 1})

    def _tell_salesperson(self):
        self.ensure_one()
        order = self.order_id
        user = order.user_id
        language = user.lang or self.env.lang
        sending = self.with_context(lang=language)
        text = sending.env._(
            "%(reader)s has opened the offer %(order)s.",
            reader=self.partner_id.name or self.email,
            order=order.name,
        )
        order.with_context(lang=language)._message_log(body=text)
        if user:
            user._bus_send("simple_notification", {"type": "info", "message": text})
