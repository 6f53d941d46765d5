from odoo import api, fields, models


class DealerTerritoryFind(models.TransientModel):
    """Which dealer serves this address? Answers while the user types."""

    _name = "dealer.territory.find"
    _description = "Dealer of an address"

    partner_id = fields.Many2one("res.partner", string="Contact")
    country_id = fields.Many2one(
        "res.country",
        compute="_compute_address",
        store=True,
        readonly=False,
        default=lambda self: self.env.company.country_id,
    )
    zip = fields.Char("Postal code", compute="_compute_address", store=True, readonly=False)
    activity_id = fields.Many2one("dealer.activity")
    brand_id = fields.Many2one("dealer.brand")
    date = fields.Date("On", default=fields.Date.context_today)
    assignment_ids = fields.Many2many(
        "dealer.territory.assignment", string="Dealers", compute="_compute_assignments"
    )
    dealer_id = fields.Many2one(
        "dealer.dealer", string="First choice", compute="_compute_assignments"
    )

    @api.depends("partner_id")
    def _compute_address(self):
        for search in self.filtered("partner_id"):
            search.country_id = search.partner_id.country_id
            search.zip = search.partner_id.zip

    @api.depends("country_id", "zip", "activity_id", "brand_id", "date")
    def _compute_assignments(self):
        territories = self.env["dealer.territory"]
        for search in self:
            found = self.env["dealer.territory.assignment"]
            if search.country_id:
                found = (
                    territories._find_assignments(
                        search.country_id,
                        search.zip,
                        search.activity_id,
                        search.brand_id,
                        search.date,
                    )
                    .sudo(False)
                    ._filtered_access("read")
                )
            search.assignment_ids = found
            search.dealer_id = found[:1].dealer_id

    def action_open_dealer(self):
        """Open the dealer who comes first."""
        self.ensure_one()
        return self.dealer_id.get_formview_action()
