from collections import defaultdict

from odoo import api, fields, models


class DealerAuthorisationCheck(models.Model):
    """What a condition of an authorisation found at the last check."""

    _name = "dealer.authorisation.check"
    _description = "Authorisation check"
    _order = "authorisation_id, fulfilled, condition_id"
    _rec_name = "condition_id"

    authorisation_id = fields.Many2one(
        "dealer.authorisation", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="authorisation_id.dealer_id", store=True, precompute=True, index=True
    )
    network_company_id = fields.Many2one(
        related="authorisation_id.network_company_id", store=True, precompute=True, index=True
    )
    seller_company_id = fields.Many2one(
        related="authorisation_id.seller_company_id", store=True, precompute=True
    )
    condition_id = fields.Many2one(
        "dealer.authorisation.condition", required=True, index=True, ondelete="cascade"
    )
    found = fields.Integer()
    required = fields.Integer(related="condition_id.min_count")
    fulfilled = fields.Boolean(compute="_compute_fulfilled", store=True, precompute=True)
    missing = fields.Char("What is missing", compute="_compute_missing")

    _condition_uniq = models.Constraint(
        "UNIQUE(authorisation_id, condition_id)", "A condition is checked once."
    )

    @api.depends("found", "condition_id.min_count")
    def _compute_fulfilled(self):
        for check in self:
            check.fulfilled = check.found >= check.condition_id.min_count

    @api.depends("fulfilled", "found", "condition_id")
    @api.depends_context("lang")
    def _compute_missing(self):
        for check in self:
            check.missing = "" if check.fulfilled else check.condition_id._explain(check)

    def _update(self, authorisations, found):
        """Bring the checks of the authorisations to what was found.

        :param dict found: number found by pair of ids (authorisation, condition)
        """
        stale = self.browse()
        changed = defaultdict(self.browse)
        for check in self:
            number = found.pop((check.authorisation_id.id, check.condition_id.id), None)
            if number is None:
                stale |= check
            elif number != check.found:
                changed[number] |= check
        stale.unlink()
        for number, checks in changed.items():
            checks.found = number
        self.create(
            [
                {
                    "authorisation_id": authorisation_id,
                    "condition_id": condition_id,
                    "found": number,
                }
                for (authorisation_id, condition_id), number in found.items()
            ]
        )
        authorisations.invalidate_recordset(["check_ids"])
