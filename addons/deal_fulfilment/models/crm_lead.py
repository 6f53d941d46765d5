from odoo import api, fields, models


class CrmLead(models.Model):
    """A deal that shows how far its goods are."""

    _inherit = "crm.lead"

    fulfilment_ids = fields.One2many("deal.fulfilment", "lead_id", string="Fulfilment")
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
        """Read the parts of all deals at once; never stored, as productions change by the minute."""
        parts = {lead: [] for lead in self}
        groups = self.env["deal.fulfilment"]._read_group(
            [("lead_id", "in", self.ids)],
            ["lead_id", "state", "is_late", "readiness"],
            ["weight:sum", "expected_date:max"],
        )
        for lead, state, late, readiness, weight, date in groups:
            parts[lead].append((state, late, readiness, weight, date))
        for lead in self:
            lead.update(self._sum_up_fulfilment(parts.get(lead._origin, [])))

    @api.model
    def _sum_up_fulfilment(self, parts):
        """Return the values of the fields from (state, late, readiness, weight, date) of parts."""
        states = {part[0] for part in parts}
        weight = sum(part[3] for part in parts)
        if not parts:
            state = "none"
        elif "missing" in states:
            state = "missing"
        elif any(part[1] for part in parts):
            state = "late"
        elif states == {"delivered"}:
            state = "delivered"
        elif states <= {"delivered", "ready"}:
            state = "ready"
        else:
            state = "progress"
        return {
            "fulfilment_state": state,
            "fulfilment_readiness": sum(part[2] * part[3] for part in parts) / weight
            if weight
            else 0.0,
            "fulfilment_expected_date": max((part[4] for part in parts if part[4]), default=False),
        }

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
