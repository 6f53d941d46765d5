from odoo import fields, models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """Refusal: a reason, the outcome “unsuitable”, and a review of the salesperson's work."""

    _inherit = "crm.lead"

    deal_review_ids = fields.One2many("deal.review", "lead_id", string="Reviews")

    def action_set_lost(self, **additional_values):
        # before stock Odoo archives: a deal that is archived then is lost, not hidden. What is no
        # deal yet, say from before there was a process, is not asked what a deal needs
        before = {"probability": 0}
        if additional_values.get("lost_reason_id"):
            before["lost_reason_id"] = additional_values["lost_reason_id"]
        self.filtered("process_version_id").write(before)
        return super().action_set_lost(**additional_values)

    def _refuse_deal(self):
        """End a deal that was marked lost.

        :raise UserError: without a reason
        """
        self.ensure_one()
        if not self.lost_reason_id:
            raise UserError(self.env._("Deal %s is refused with a reason: choose one.", self.name))
        self._set_deal_stage(self.process_version_id._stage(kind="refused"))
        self._open_review()

    def _open_review(self):
        """Ask the head of sales to look at how the salesperson worked on the refused deal."""
        self.ensure_one()
        head = self._deal_head()
        review = (
            self.env["deal.review"]
            .sudo()
            .create(
                {
                    "lead_id": self.id,
                    "seller_id": self.user_id.id,
                    "reviewer_id": head.id,
                    "lost_reason_id": self.lost_reason_id.id,
                }
            )
        )
        if head:
            review.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.with_context(lang=head.lang).env._(
                    "Review the refusal of %s", self.name
                ),
                user_id=head.id,
            )
        return review
