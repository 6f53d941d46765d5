from odoo import api, fields, models


class SaleOrder(models.Model):
    """The quotation as a commercial offer: sending, and what became of it."""

    _inherit = "sale.order"

    equipment_selection_id = fields.Many2one(
        "equipment.selection",
        string="Equipment selection",
        index="btree_not_null",
        check_company=True,
        copy=False,
    )
    offer_title = fields.Char(
        string="Title of the offer", help="On the cover: Pumps for the whey line."
    )
    offer_intro = fields.Html(
        string="Opening words", help="Before the customer's needs. Empty: a short standard text."
    )
    offer_sending_ids = fields.One2many("equipment.offer.sending", "order_id", string="Sent to")
    offer_open_count = fields.Integer(string="Openings", compute="_compute_offer_openings")
    offer_opened_date = fields.Datetime(
        string="Offer opened", compute="_compute_offer_openings", search="_search_offer_opened_date"
    )

    def _compute_offer_openings(self):
        opened = {
            order: (count, first)
            for order, count, first in self.env["equipment.offer.sending"]._read_group(
                [("order_id", "in", self.ids)],
                ["order_id"],
                ["open_count:sum", "opened_date:min"],
            )
        }
        for order in self:
            order.offer_open_count, order.offer_opened_date = opened.get(order, (0, False))

    @api.model
    def _search_offer_opened_date(self, operator, value):
        return [("offer_sending_ids.opened_date", operator, value)]

    def action_send_offer(self):
        """Open the mail with the printed offer, in the customer's language."""
        self.ensure_one()
        self._portal_ensure_token()
        action = self.with_context(hide_default_template=True).action_quotation_send()
        template = self.env.ref("equipment_offer.mail_template_offer")
        action["context"] = {
            **action["context"],
            "default_template_id": template.id,
            "mark_so_as_sent": True,
            "equipment_offer_sending": True,
        }
        return action

    def action_print_offer(self):
        """Print the offer."""
        return self.env.ref("equipment_offer.offer_report").report_action(self)

    def action_view_selection(self):
        """Open the selection from which the quotation comes."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "equipment.selection",
            "res_id": self.equipment_selection_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _offer_path(self):
        """Return the link by which a reader comes to the offer, without the host."""
        self.ensure_one()
        return f"/offer/read/{self.id}/{self._portal_ensure_token()}"

    def _notify_thread_by_email(self, message, recipients_data, **kwargs):
        """Remember who gets an offer, before the mails are made."""
        if self.env.context.get("equipment_offer_sending"):
            self._register_sendings(message, recipients_data)
        return super()._notify_thread_by_email(message, recipients_data, **kwargs)

    def _register_sendings(self, message, recipients_data):
        """Record the readers from outside; the firm's own followers are none."""
        self.ensure_one()
        readers = self.env["res.partner"].browse(
            [
                data["id"]
                for data in recipients_data
                if data["id"] and data["notif"] == "email" and data["type"] != "user"
            ]
        )
        self.env["equipment.offer.sending"].sudo().create(
            [
                {
                    "order_id": self.id,
                    "message_id": message.id,
                    "partner_id": partner.id,
                    "email": partner.email,
                }
                for partner in readers
                if partner.email
            ]
        )
