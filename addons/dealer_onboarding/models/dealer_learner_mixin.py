from odoo import api, fields, models


class DealerLearnerMixin(models.AbstractModel):
    """How far somebody (`partner_id`) got belongs to the dealer that he learns at.

    It is seen as exams are: by the OEM while the dealer releases it.
    """

    _name = "dealer.learner.mixin"
    _description = "Progress of a Learner"

    learner_dealer_id = fields.Many2one(
        "dealer.dealer",
        string="Learns at",
        compute="_compute_learner_dealer_id",
        store=True,
        precompute=True,
        compute_sudo=True,
        index="btree_not_null",
    )

    @api.depends("partner_id")
    def _compute_learner_dealer_id(self):
        employers = self.partner_id._learner_dealers()
        for line in self:
            line.learner_dealer_id = employers.get(line.partner_id.id)
