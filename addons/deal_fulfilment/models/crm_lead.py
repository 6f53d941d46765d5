from odoo import api, fields, models


class CrmLead(models.Model):
    """A deal that shows how far its goods are."""

    _inherit = "crm.lead"

    fulfilment_ids = fields.One2many("deal.fulfilment", "lead_id")
    fulfilment_readiness = fields.Float(
        string="Goods ready (%)",
        compute="_compute_fulfilment",
        compute_sudo=True,
        help="Of what was ordered, by value: in the warehouse, delivered, or made so far.",
    )
    fulfilment_state = fields.Selection(
        [
            ("none", "Nothing ordered"),
            ("missing", "Goods missing"),
            ("late", "Late"),
            ("progress", "Under way"),
            ("ready", "Ready to ship"),
            ("delivered", "Delivered"),
        ],
        string="Goods",
        compute="_compute_fulfilment",
        compute_sudo=True,
    )
    fulfilment_expected_date = fields.Datetime(
        string="Goods expected", compute="_compute_fulfilment", compute_sudo=True
    )
    promise_change_ids = fields.Many2many(
        "deal.promise.change", compute="_compute_promise_change_ids", string="History of dates"
    )

    def _compute_fulfilment(self):
        """Read the parts of all deals at once; not stored, as productions change by the minute."""
        found = self.env["deal.fulfilment"]._readiness_of_leads(self.ids)
        # most leads of a list have nothing ordered: theirs is one assignment for all
        bare = self.filtered(lambda lead: lead._origin.id not in found)
        bare.fulfilment_state, bare.fulfilment_readiness = "none", 0.0
        bare.fulfilment_expected_date = False
        for lead in self - bare:
            short, late, done, ready, ready_weight, weight, date = found[lead._origin.id]
            flags = (
                ("missing", short),
                ("late", late),
                ("delivered", done),
                ("ready", ready),
                ("progress", weight),
            )
            lead.fulfilment_state = next((name for name, holds in flags if holds), "none")
            lead.fulfilment_readiness = ready_weight / weight if weight else 0.0
            lead.fulfilment_expected_date = date

    @api.depends("order_ids")
    def _compute_promise_change_ids(self):
        for lead in self:
            lead.promise_change_ids = self.env["deal.promise.change"].search(
                [("sale_line_id.order_id", "in", lead.order_ids.ids)]
            )

    def action_open_fulfilment(self):
        """Open the order lines of the deal with source, readiness and dates."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "deal_fulfilment.deal_fulfilment_action"
        )
        action["domain"] = [("lead_id", "in", self.ids)]
        action["context"] = {}
        return action
