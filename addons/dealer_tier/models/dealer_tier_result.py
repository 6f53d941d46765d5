from odoo import api, fields, models
from odoo.tools import SQL


class DealerTierResult(models.Model):
    """What a rule measured at a dealer last time: the dealer sees what it lacks."""

    _name = "dealer.tier.result"
    _description = "Dealer tier result"
    _order = "dealer_id, tier_sequence, rule_id"
    _log_access = False

    dealer_id = fields.Many2one("dealer.dealer", required=True, index=True, ondelete="cascade")
    oem_company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    rule_id = fields.Many2one("dealer.tier.rule", required=True, index=True, ondelete="cascade")
    tier_id = fields.Many2one(related="rule_id.tier_id")
    tier_sequence = fields.Integer()
    purpose = fields.Selection(related="rule_id.purpose")
    operator = fields.Selection(related="rule_id.operator")
    threshold = fields.Float(related="rule_id.threshold")
    value = fields.Float()
    met = fields.Boolean()
    date = fields.Date()

    _rule_uniq = models.Constraint(
        "UNIQUE(dealer_id, rule_id)", "A rule is measured once for each dealer."
    )

    @api.model
    def _store(self, dealers, values):
        """Replace the results of the dealers, in one statement for any number of them.

        :param dict values: value by id of the dealer, by rule
        """
        rows = [
            (dealer.id, dealer.oem_company_id.id, rule.id, rule.tier_id.sequence,
             value[dealer.id], rule._holds(value[dealer.id]))
            for rule, value in values.items()
            for dealer in dealers
        ]  # fmt: skip
        self.flush_model()
        self.invalidate_model()
        if not rows:
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO dealer_tier_result (
                    dealer_id, oem_company_id, rule_id, tier_sequence, value, met, date
                )
                SELECT r.*, %(today)s
                  FROM unnest(%(dealers)s, %(companies)s, %(rules)s, %(sequences)s,
                              %(values)s::float[], %(mets)s) AS r
           ON CONFLICT (dealer_id, rule_id) DO UPDATE
                   SET value = EXCLUDED.value, met = EXCLUDED.met, date = EXCLUDED.date,
                       oem_company_id = EXCLUDED.oem_company_id,
                       tier_sequence = EXCLUDED.tier_sequence
                """,
                today=fields.Date.context_today(self),
                **dict(
                    zip(
                        ("dealers", "companies", "rules", "sequences", "values", "mets"),
                        map(list, zip(*rows, strict=True)),
                        strict=True,
                    )
                ),
            )
        )
