from odoo import api, fields, models


class DealerOpeningTemplate(models.Model):
    """What has to be done to open a dealer of some type, in which order."""

    _name = "dealer.opening.template"
    _description = "Template for Opening a Dealer"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The first one that fits the dealer is taken.")
    type_ids = fields.Many2many(
        "dealer.type", string="For dealers of type", help="Empty: for every type."
    )
    mode = fields.Selection(
        [("full", "Full"), ("light", "Light"), ("connected", "Connected")],
        string="For dealers of mode",
        help="Empty: for every mode.",
    )
    milestone_ids = fields.One2many(
        "dealer.opening.template.milestone", "template_id", string="Milestones", copy=True
    )
    milestone_count = fields.Integer(compute="_compute_durations")
    duration = fields.Integer(
        string="Duration (days)",
        compute="_compute_durations",
        help="Days from the start to the last milestone.",
    )
    active = fields.Boolean(default=True)

    @api.depends("milestone_ids.days")
    def _compute_durations(self):
        for template in self:
            template.milestone_count = len(template.milestone_ids)
            template.duration = max(template.milestone_ids.mapped("days"), default=0)

    @api.model
    def _for_dealers(self, dealers):
        """Return {dealer: the first template that fits it}; without one it is left out."""
        templates = self.with_context(active_test=True).search([])
        found = {}
        for dealer in dealers:
            fitting = templates.filtered(lambda template, dealer=dealer: template._fits(dealer))
            if fitting:
                found[dealer] = fitting[0]
        return found

    def _fits(self, dealer):
        self.ensure_one()
        type_fits = not self.type_ids or dealer.type_id in self.type_ids
        return type_fits and (not self.mode or self.mode == dealer.mode)
