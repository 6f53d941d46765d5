from odoo import api, fields, models


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
    _inherit = ["dealer.guard.mixin"]

    #: Which of the dealer's companies is the upstream party: ``network_company_id``, who sells to
    #: the dealer, or ``oem_company_id`` for what is the OEM's matter whoever sells.
    _upstream_party = "network_company_id"

    dealer_id = fields.Many2one("dealer.dealer", required=True, index=True, ondelete="restrict")
    dealer_company_id = fields.Many2one(
        "res.company",
        string="Dealer's company",
        compute="_compute_parties",
        store=True,
        precompute=True,
        index="btree_not_null",
        copy=False,
        help="The dealer's tenant when the document was made; empty for a dealer without one.",
    )
    network_company_id = fields.Many2one(
        "res.company",
        string="Upstream company",
        compute="_compute_parties",
        store=True,
        precompute=True,
        required=True,
        index=True,
        copy=False,
        help="The OEM, or the importer where the importer is the seller.",
    )

    @api.depends("dealer_id")
    def _compute_parties(self):
        """Take the parties from the dealer; what happens to it later changes nothing."""
        for document in self:
            document.dealer_company_id = document.dealer_id.company_id
            upstream = document.dealer_id[self._upstream_party]
            document.network_company_id = upstream or self.env.company
