from odoo import api, fields, models


class SlideSlidePartner(models.Model):
    """A page that somebody read is seen as the course is."""

    _inherit = "slide.slide.partner"

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
