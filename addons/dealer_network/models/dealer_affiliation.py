from odoo import api, fields, models


class DealerAffiliation(models.Model):
    """Which dealer another belonged to, and when.

    Written by the dealer itself whenever its parent changes; never edited.
    ``date_to`` is the day of the change: the next line begins on it.
    """

    _name = "dealer.affiliation"
    _description = "Affiliation of a Dealer"
    _inherit = ["dealer.part.mixin"]
    _order = "date_from desc, id desc"

    parent_id = fields.Many2one(
        "dealer.dealer",
        string="Belonged to",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: directly under the OEM.",
    )
    date_from = fields.Date(required=True)
    date_to = fields.Date()
    reason = fields.Char()

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "An affiliation cannot end before it begins.",
    )

    @api.depends("parent_id.display_name")
    def _compute_display_name(self):
        # a dealer does not read the one above it, but may know its name
        for affiliation in self:
            parent = affiliation.sudo().parent_id
            affiliation.display_name = parent.display_name or self.env._("OEM")
