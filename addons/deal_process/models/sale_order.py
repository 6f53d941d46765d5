from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """An offer's way in a deal: sent, reviewed by the customer, confirmed."""

    _name = "sale.order"
    _inherit = ["kept.field.mixin", "sale.order"]

    _kept_fields = frozenset({"offer_answer", "offer_answer_date"})

    deal_way = fields.Selection(related="opportunity_id.deal_way")
    offer_answer = fields.Selection(
        [
            ("waiting", "In review"),
            ("changes", "Changes wanted"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
        ],
        string="Customer's review",
        copy=False,
        tracking=True,
        readonly=True,
    )
    offer_answer_date = fields.Datetime(string="Answered on", copy=False, readonly=True)

    def action_offer_accepted(self):
        """The customer agrees to the offer."""
        self._answer_offer("accepted")
        return True

    def action_offer_changes(self):
        """The customer wants changes: the offer is revised and sent again."""
        self._answer_offer("changes")
        return True

    def action_offer_rejected(self):
        """The customer does not want this offer."""
        self._answer_offer("rejected")
        return True

    def write(self, vals):
        done = super().write(vals)
        if vals.get("state") == "sent":
            self._begin_review()
        elif vals.get("state") == "draft":
            self.filtered("offer_answer")._forget_answer()
        elif vals.get("state") == "cancel" and self.env.user.share:
            # the customer declined it in the portal
            declined = self.filtered(lambda order: order.offer_answer in ("waiting", "changes"))
            declined._write_kept(
                {"offer_answer": "rejected", "offer_answer_date": fields.Datetime.now()}
            )
        return done

    def message_post(self, **kwargs):
        if self.env.context.get("mark_so_as_sent"):
            # stock Odoo marks drafts as sent, these are: the revised offer is sent again
            again = self.filtered(lambda order: order.state == "sent")
            again.filtered(lambda order: order.offer_answer != "accepted")._begin_review()
        return super().message_post(**kwargs)

    def action_confirm(self):
        """Confirm, if the customer's review of the offer came to an end (way “offer first”)."""
        for order in self.filtered(lambda order: order.opportunity_id.process_version_id):
            if order.deal_way == "offer" and order.offer_answer != "accepted":
                if order._is_accepted_online():
                    order._answer_offer("accepted")
                    continue
                raise UserError(
                    self.env._(
                        "Order %(order)s: deal %(deal)s goes by an offer, and the customer has not "
                        "accepted this one. Record the answer, or choose the way “Contract and "
                        "invoice at once” in the deal.",
                        order=order.name,
                        deal=order.opportunity_id.name,
                    )
                )
        done = super().action_confirm()
        self.opportunity_id._touch()
        return done

    def _is_accepted_online(self):
        """Tell whether the customer signed the offer in the portal, or paid what confirms it."""
        self.ensure_one()
        is_paid = self.amount_paid > 0 and self._is_confirmation_amount_reached()
        return bool(self.signed_on) or is_paid

    def _begin_review(self):
        """The customer of a deal has the offer, for the first time or after changes."""
        self.filtered("opportunity_id")._write_kept(
            {"offer_answer": "waiting", "offer_answer_date": False}
        )

    def _forget_acceptance(self):
        """The offer is no longer the one that was accepted: the customer is asked again."""
        if self.env.su:
            # the system's own changes, and what the customer chose himself in the portal
            return
        offers = self.filtered(
            lambda order: order.state in ("draft", "sent") and order.opportunity_id
        )
        signed = offers.filtered("signed_on")
        signed.write({"signature": False, "signed_by": False, "signed_on": False})
        for order in signed:
            order.message_post(
                body=self.env._(
                    "The offer was changed after the customer had signed it: ask for the signature "
                    "again."
                ),
                subtype_xmlid="mail.mt_note",
            )
        accepted = offers.filtered(lambda order: order.offer_answer == "accepted")
        (signed | accepted)._forget_answer()

    def _forget_answer(self):
        self._write_kept({"offer_answer": False, "offer_answer_date": False})
        self.opportunity_id._touch()

    def _answer_offer(self, answer):
        for order in self:
            if order.state not in ("draft", "sent"):
                raise UserError(self.env._("Offer %s is no longer open for an answer.", order.name))
        self._write_kept({"offer_answer": answer, "offer_answer_date": fields.Datetime.now()})
        self.opportunity_id._touch()
