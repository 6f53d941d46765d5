from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    opening_ids = fields.One2many("dealer.opening", "dealer_id", string="Openings")
    opening_id = fields.Many2one(
        "dealer.opening", string="Running opening", compute="_compute_opening_id"
    )
    opening_progress = fields.Float(compute="_compute_opening_id")
    leaving_ids = fields.One2many("dealer.leaving", "dealer_id", string="Leavings")
    leaving_count = fields.Integer(compute="_compute_leaving_count")

    @api.depends("opening_ids.state", "opening_ids.progress")
    def _compute_opening_id(self):
        openings = self.env["dealer.opening"].search(
            [("dealer_id", "in", self.ids), ("state", "=", "running")]
        )
        running = {opening.dealer_id.id: opening for opening in openings}
        for dealer in self:
            dealer.opening_id = running.get(dealer.id)
            dealer.opening_progress = dealer.opening_id.progress

    @api.depends("leaving_ids.state")
    def _compute_leaving_count(self):
        groups = self.env["dealer.leaving"]._read_group(
            [("dealer_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["dealer_id"],
            ["__count"],
        )
        counts = {dealer.id: count for dealer, count in groups}
        for dealer in self:
            dealer.leaving_count = counts.get(dealer.id, 0)

    def action_start_opening(self):
        """Start the opening project of candidates that have none."""
        self.check_access("write")
        openings = self.env["dealer.opening"]._start(self)
        if not openings:
            raise UserError(
                self.env._(
                    "No opening was started for %(names)s: one is running, or no template fits.",
                    names=", ".join(self.mapped("display_name")),
                )
            )
        return openings[:1].get_formview_action()

    def action_view_opening(self):
        """Open the running opening, else the list of past ones."""
        self.ensure_one()
        if self.opening_id:
            return self.opening_id.get_formview_action()
        return self._action_view("dealer_opening.dealer_opening_action")

    def action_leave(self):
        """Prepare the dealer's leaving, or go on with the one that was prepared."""
        self.ensure_one()
        leaving = self.leaving_ids.filtered(lambda record: record.state != "cancelled")[:1]
        if not leaving:
            leaving = self.env["dealer.leaving"].create({"dealer_id": self.id})
            leaving.action_collect()
        return leaving.get_formview_action()

    def _set_state(self, state, reason=None):
        """Candidates begin an opening; activation waits for its blocking milestones."""
        changing = self.filtered(lambda dealer: dealer.state != state)
        running = self.env["dealer.opening"].search(
            [("dealer_id", "in", changing.ids), ("state", "=", "running")]
        )
        if state == "active":
            running._check_can_activate()
        result = super()._set_state(state, reason)
        if state == "candidate":
            self.env["dealer.opening"]._start(changing)
        elif running:
            running._end("done" if state == "active" else "cancelled")
        return result
