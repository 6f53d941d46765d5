from odoo import api, fields, models


class GuardRailPricelistMixin(models.AbstractModel):
    """What is given away against the price list: computed, and set by nobody.

    Guard rails judge by it, so that a value from outside must not stand for what was computed.
    """

    _name = "guard.rail.pricelist.mixin"
    _description = "What Is Given Away against the Price List"

    _computed_only = frozenset({"below_pricelist"})

    below_pricelist = fields.Float(
        string="Below the price list (%)",
        compute="_compute_below_pricelist",
        store=True,
        digits=(16, 2),
        help="What is given away by prices, discounts and lines that subtract.",
    )

    def _compute_below_pricelist(self):
        """Set the percentage; each document computes it in its own way."""
        self.below_pricelist = 0.0

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_computed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._without_computed(vals))

    @api.model
    def _without_computed(self, vals):
        return {name: value for name, value in vals.items() if name not in self._computed_only}

    @api.model
    def _percent_below(self, listed, asked):
        """Return by how many percent ``asked`` is below ``listed``; 0 where it is not.

        :param float listed: amount by the price list
        :param float asked: amount that the customer pays
        """
        return max(0.0, round((1 - asked / listed) * 100, 2)) if listed > 0 else 0.0
