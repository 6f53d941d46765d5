from collections import defaultdict

from odoo import api, fields, models

from .. import ladder


class DealerTier(models.Model):
    """A level of dealers, with what it brings and the rules to enter and to keep it."""

    _name = "dealer.tier"
    _description = "Dealer tier"
    _order = "sequence, id"

    sequence = fields.Integer(default=10, help="From the lowest tier to the highest.")
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    color = fields.Integer("Colour")
    active = fields.Boolean(default=True)
    benefits = fields.Html(translate=True, help="What the tier brings; every dealer can read it.")
    grace_days = fields.Integer(
        "Grace (days)",
        default=90,
        help="How long a dealer keeps the tier after it ceased to meet the rules.",
    )
    rule_ids = fields.One2many("dealer.tier.rule", "tier_id", string="Rules")
    dealer_count = fields.Integer(compute="_compute_dealer_count")

    _code_uniq = models.Constraint("UNIQUE(code)", "Another tier has this code.")
    _grace_check = models.Constraint("CHECK (grace_days >= 0)", "Grace cannot be negative.")

    @api.depends_context("uid")
    def _compute_dealer_count(self):
        groups = self.env["dealer.dealer"]._read_group(
            [("tier_id", "in", self.ids)], ["tier_id"], ["__count"]
        )
        counts = {tier.id: count for tier, count in groups}
        for tier in self:
            tier.dealer_count = counts.get(tier.id, 0)

    def action_view_dealers(self):
        """Open the dealers in the tier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_network.dealer_dealer_action"
        )
        action["domain"] = [("tier_id", "=", self.id)]
        return action

    def _ladder(self, held):
        """What :func:`ladder.climb` asks for: whether the rules to enter and to keep each tier
        hold.

        A tier without rules to enter is given by hand, except the lowest, which is for everybody.

        :param set held: ids of the rules that hold
        """
        entry, keep = [], []
        for index, tier in enumerate(self):
            rules = tier.rule_ids
            enter = rules.filtered("for_entry")
            entry.append(set(enter.ids) <= held if enter else index == 0 and not rules)
            keep.append(set(rules.filtered("for_keeping").ids) <= held)
        return entry, keep

    @api.model
    def _recompute(self, dealers):
        """Measure the dealers and move them on the ladder.

        Queries grow with the number of rules, not with the number of dealers.

        :param dealers: dealer.dealer
        """
        dealers = dealers.sudo()
        tiers = self.sudo().search([])
        values = {rule: rule._measure(dealers) for rule in tiers.rule_ids}
        self.env["dealer.tier.result"]._store(dealers, values)
        today = fields.Date.context_today(self)
        changes = []
        moved = defaultdict(dealers.browse)
        for dealer in dealers:
            held = {rule.id for rule, found in values.items() if rule._holds(found[dealer.id])}
            vals, events = dealer._climb(tiers, held, today)
            moved[frozenset(vals.items())] |= dealer
            changes += events
        for vals, group in moved.items():
            if vals:
                group.write(dict(vals))
        self.env["dealer.tier.change"].sudo()._record(changes, values)

    @api.model
    def _step(self, tiers, tier, grace_until, held, today, grace=True):
        """The place of a dealer on the ladder from today.

        :return tuple: tier, end of grace, event
        """
        position = {record: index for index, record in enumerate(tiers)}
        place = ladder.Place(position.get(tier), grace_until or None)
        step = ladder.climb(place, *tiers._ladder(held), today, tier.grace_days if grace else 0)
        index = step.place.tier
        new = tiers[index] if index is not None else tiers.browse()
        return new, step.place.grace_until or False, step.event
