from odoo import api, fields, models
from odoo.exceptions import AccessError


class DealerTwoPartyMixin(models.AbstractModel):
    """A document between a dealer and its upstream party.

    The parties are taken from the dealer when the document is made and stay,
    whatever becomes of the dealer: a document keeps who agreed on it.
    Each adopter ships its own record rule::

        ['|', ('network_company_id', 'in', company_ids),
              ('dealer_id', 'in', user.dealer_scope_ids.ids)]
    """

    _name = "dealer.two.party.mixin"
    _description = "Document between a Dealer and its Upstream Party"

    dealer_id = fields.Many2one(
        "dealer.dealer", string="Dealer", required=True, index=True, ondelete="restrict"
    )
    dealer_company_id = fields.Many2one(
        "res.company",
        string="Dealer's company",
        readonly=True,
        index="btree_not_null",
        copy=False,
        help="The dealer's tenant when the document was made; empty for a dealer without one.",
    )
    network_company_id = fields.Many2one(
        "res.company",
        string="Upstream company",
        readonly=True,
        required=True,
        index=True,
        copy=False,
        default=lambda self: self.env.company,
        help="The OEM, or the importer where the importer is the seller.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_parties_untouched(vals_list)
        dealers = self.env["dealer.dealer"].sudo().browse(
            vals["dealer_id"] for vals in vals_list if vals.get("dealer_id")
        )
        parties = {dealer.id: dealer._party_values() for dealer in dealers}
        return super().create(
            [{**parties.get(vals.get("dealer_id"), {}), **vals} for vals in vals_list]
        )

    def write(self, vals):
        self._check_parties_untouched([vals])
        return super().write(vals)

    def _check_parties_untouched(self, vals_list):
        """Only the system and OEM managers name the parties: a dealer that could
        would place a document before the eyes of another company."""
        if self.env.su or self.env.user.has_group("dealer_network.group_network_manager"):
            return
        if any({"dealer_company_id", "network_company_id"} & vals.keys() for vals in vals_list):
            raise AccessError(
                self.env._("The parties of %(model)s are set from the dealer.",
                           model=self._description)
            )
