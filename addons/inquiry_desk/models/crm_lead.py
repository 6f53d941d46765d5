from odoo import api, fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    first_inquiry_id = fields.Many2one(
        "crm.inquiry", string="First inquiry", readonly=True, copy=False
    )
    inquiry_ids = fields.One2many("crm.inquiry", "lead_id", string="Inquiries")
    # kept: the form of every lead asks for it
    inquiry_count = fields.Integer(
        string="Number of inquiries",
        compute="_compute_inquiry_count",
        store=True,
        precompute=True,  # nothing to look up for a lead that is only just made
    )

    @api.depends("inquiry_ids")
    def _compute_inquiry_count(self):
        groups = self.env["crm.inquiry"]._read_group(
            [("lead_id", "in", self.ids)], ["lead_id"], ["__count"]
        )
        counts = dict(groups)
        for lead in self:
            lead.inquiry_count = counts.get(lead._origin, 0)

    def action_inquiries(self):
        """Open the inquiries that led to this lead."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("inquiry_desk.crm_inquiry_action")
        action["domain"] = [("lead_id", "=", self.id)]
        return action

    def _merge_dependences(self, opportunities):
        super()._merge_dependences(opportunities)
        # of whoever they are: a record that the merging user does not see would be lost
        opportunities.sudo().inquiry_ids.lead_id = self

    def _message_post_after_hook(self, message, msg_vals):
        done = super()._message_post_after_hook(message, msg_vals)
        if message.message_type == "comment" and message._is_to_customer():
            for inquiry in self.sudo().inquiry_ids:
                inquiry._answered(fields.Datetime.now())
        return done
