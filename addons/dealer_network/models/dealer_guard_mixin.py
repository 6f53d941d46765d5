from odoo import api, models
from odoo.exceptions import AccessError


class DealerGuardMixin(models.AbstractModel):
    """What record rules leave open to a dealer that writes.

    Rules look at a record before it is written, not after, so that a dealer
    could push its record to another dealer, or before another company's eyes.
    """

    _name = "dealer.guard.mixin"
    _description = "Guard of the Parties of a Record"

    # columns that the record rules compare with companies
    _guard_parties = ("oem_company_id", "network_company_id", "dealer_company_id")
    # columns that say whose the record is
    _guard_places = ("dealer_id", "outlet_id")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_parties_untouched(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_parties_untouched([vals])
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._guard_places):
            self.check_access("write")
        return result

    def _check_parties_untouched(self, vals_list):
        """Only the system and the OEM's managers name the parties of a record."""
        if self.env.su or self.env.user.has_group("dealer_network.group_network_manager"):
            return
        if any(not vals.keys().isdisjoint(self._guard_parties) for vals in vals_list):
            raise AccessError(
                self.env._(
                    "%(model)s: the parties are set from the dealer.", model=self._description
                )
            )
