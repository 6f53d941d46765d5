from odoo import api, fields, models

from ..tools.validity import STATES, domain_stale, state_on


class DealerCoverage(models.Model):
    """Who at the OEM looks after which dealer, for which activity, and when."""

    _name = "dealer.coverage"
    _description = "Area Manager Coverage"
    _inherit = ["dealer.two.party.mixin"]
    _order = "dealer_id, date_from desc, id desc"
    _upstream_party = "oem_company_id"  # area managers are the OEM's, whoever sells to the dealer

    user_id = fields.Many2one(
        "res.users",
        string="Area manager",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
    )
    activity_id = fields.Many2one(
        "dealer.activity", ondelete="restrict", help="Empty: for everything."
    )
    date_from = fields.Date(required=True, default=lambda self: fields.Date.context_today(self))
    date_to = fields.Date(help="Last day; empty while it goes on.")
    state = fields.Selection(STATES, compute="_compute_state", store=True, index=True)

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A coverage cannot end before it begins.",
    )

    @api.depends("date_from", "date_to")
    def _compute_state(self):
        today = fields.Date.today()
        for coverage in self:
            coverage.state = state_on(today, coverage.date_from, coverage.date_to)

    @api.depends("user_id.name")
    def _compute_display_name(self):
        # a dealer does not read the OEM's users, but may know who looks after it
        for coverage in self:
            coverage.display_name = coverage.sudo().user_id.name

    @api.model
    def _refresh_state(self):
        """Recompute the lines whose dates were passed, and with them the area managers."""
        stale = self.sudo().search(domain_stale(fields.Date.today(), "date_from", "date_to"))
        # nothing was written: tell the ORM that what follows from the dates may have changed
        stale.modified(["date_from"])
        stale.flush_recordset()
        return stale
