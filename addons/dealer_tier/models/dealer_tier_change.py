from odoo import api, fields, models

#: Events after which the rules to keep the old tier are the reason.
BY_KEEPING = {"downgrade", "grace", "recovered"}


class DealerTierChange(models.Model):
    """A move of a dealer on the ladder of tiers, with the reasons."""

    _name = "dealer.tier.change"
    _description = "Dealer tier change"
    _inherit = ["dealer.two.party.mixin"]
    _order = "date desc, id desc"
    _rec_name = "event"
    _upstream_party = "oem_company_id"  # the tiers are the OEM's, whoever sells to the dealer

    date = fields.Date(required=True, default=fields.Date.context_today)
    event = fields.Selection(
        [
            ("entry", "First tier"),
            ("upgrade", "Upgrade"),
            ("grace", "Grace begins"),
            ("recovered", "Rules met again"),
            ("downgrade", "Downgrade"),
            ("override", "Set by hand"),
            ("override_end", "End of the setting by hand"),
        ],
        required=True,
    )
    tier_from_id = fields.Many2one("dealer.tier", string="From", ondelete="restrict")
    tier_to_id = fields.Many2one("dealer.tier", string="To", ondelete="restrict")
    grace_until = fields.Date()
    reason = fields.Char(groups="dealer_network.group_network_user")
    line_ids = fields.One2many("dealer.tier.change.line", "change_id", string="Reasons")

    _dealer_date_idx = models.Index("(dealer_id, date DESC)")

    @api.model
    def _record(self, moves, values):
        """Write down moves with the rules that caused them.

        :param list moves: values of changes
        :param dict values: value by id of the dealer, by rule
        """
        return self.create([{**move, "line_ids": self._reasons(move, values)} for move in moves])

    @api.model
    def _reasons(self, move, values):
        keeping = move["event"] in BY_KEEPING
        tier_id = move["tier_from_id"] if keeping else move["tier_to_id"]
        return [
            fields.Command.create(
                {
                    "rule_id": rule.id,
                    "name": rule.name,
                    "operator": rule.operator,
                    "threshold": rule.threshold,
                    "value": found[move["dealer_id"]],
                    "met": rule._holds(found[move["dealer_id"]]),
                }
            )
            for rule, found in values.items()
            if rule.tier_id.id == tier_id and (rule.for_keeping if keeping else rule.for_entry)
        ]
