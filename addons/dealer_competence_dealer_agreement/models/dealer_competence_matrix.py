from collections import defaultdict

from odoo import api, models


class DealerCompetenceMatrix(models.AbstractModel):
    _inherit = "dealer.competence.matrix"

    @api.model
    def _authorisations(self, dealers):
        """What a dealer may do counts from the day its authorisation begins.

        A condition that is missing now, perhaps this very competence, asks for it all the more.
        """
        groups = (
            self.env["dealer.authorisation"]
            .sudo()
            ._read_group(
                [("dealer_id", "in", dealers.ids), ("state", "in", ("granted", "missing"))],
                ["dealer_id", "activity_id", "brand_id"],
            )
        )
        found = defaultdict(set)
        for dealer, activity, brand in groups:
            found[dealer.id].add((activity.id, brand.id))
        return {dealer.id: frozenset(found[dealer.id]) for dealer in dealers}
