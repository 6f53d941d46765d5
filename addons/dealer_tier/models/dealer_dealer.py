from odoo import api, fields, models
from odoo.fields import Domain

#: Dealers moved in one transaction of the cron.
BATCH = 500


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    tier_id = fields.Many2one(
        "dealer.tier",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand="_read_group_expand_full",
    )
    tier_color = fields.Integer("Colour of the tier", related="tier_id.color")
    tier_since = fields.Date("In the tier since", readonly=True, copy=False)
    tier_grace_until = fields.Date(
        "Grace until",
        readonly=True,
        copy=False,
        help="The rules to keep the tier do not hold; the dealer falls after this day.",
    )
    tier_override = fields.Boolean("Tier set by hand", readonly=True, copy=False)
    tier_override_until = fields.Date("Set by hand until", readonly=True, copy=False)
    tier_override_reason = fields.Char(
        "Why the tier was set by hand",
        readonly=True,
        copy=False,
        groups="dealer_network.group_network_user",
    )
    tier_result_ids = fields.One2many("dealer.tier.result", "dealer_id", string="Tier rules")
    tier_change_ids = fields.One2many("dealer.tier.change", "dealer_id", string="Tier history")

    def action_recompute_tier(self):
        """Measure the dealers now and move them if the rules say so."""
        self.check_access("write")
        self.env["dealer.tier"]._recompute(self.filtered(lambda d: d.state == "active"))
        return True

    def action_end_tier_override(self):
        """Give the tier back to the rules."""
        self.check_access("write")
        overridden = self.filtered("tier_override")
        yesterday = fields.Date.subtract(fields.Date.context_today(self), days=1)
        overridden.tier_override_until = yesterday
        self.env["dealer.tier"]._recompute(overridden)
        return True

    def _override_tier(self, tier, until, reason):
        """Set the tier by hand.

        :param tier: dealer.tier
        :param date until: last day, or False for no end
        :param str reason: why, for the OEM's people
        """
        self.check_access("write")
        today = fields.Date.context_today(self)
        moves = [
            {
                "dealer_id": dealer.id,
                "event": "override",
                "tier_from_id": dealer.tier_id.id,
                "tier_to_id": tier.id,
                "reason": reason,
            }
            for dealer in self
        ]
        self.write(
            {
                "tier_id": tier.id,
                "tier_since": today,
                "tier_grace_until": False,
                "tier_override": True,
                "tier_override_until": until,
                "tier_override_reason": reason,
            }
        )
        self.env["dealer.tier.change"].sudo().create(moves)

    def _climb(self, tiers, held, today):
        """Where the dealer goes on the ladder.

        :param tiers: dealer.tier from the lowest
        :param set held: ids of the rules that hold for this dealer
        :param date today:
        :return tuple: values to write on the dealer, values of the changes to record
        """
        self.ensure_one()
        ended = self.tier_override_until and self.tier_override_until < today
        if self.tier_override and not ended:
            return {}, []
        moves = [self._move("override_end", self.tier_id, False)] if ended else []
        tier, grace_until, event = tiers._step(
            tiers, self.tier_id, self.tier_grace_until, held, today, grace=not ended
        )
        if event:
            moves.append(self._move(event, tier, grace_until))
        vals = self._place_values(tier, grace_until, today)
        if ended:
            vals |= {
                "tier_override": False,
                "tier_override_until": False,
                "tier_override_reason": False,
            }
        return vals, moves

    def _place_values(self, tier, grace_until, today):
        vals = {}
        if tier != self.tier_id:
            vals |= {"tier_id": tier.id, "tier_since": today if tier else False}
        if grace_until != self.tier_grace_until:
            vals["tier_grace_until"] = grace_until
        return vals

    def _move(self, event, tier, grace_until):
        return {
            "dealer_id": self.id,
            "event": event,
            "tier_from_id": self.tier_id.id,
            "tier_to_id": tier.id,
            "grace_until": grace_until,
        }

    @api.model
    def _cron_recompute_tiers(self):
        """Measure and move all active dealers, in batches."""
        dealers = self.search(Domain("state", "=", "active"))
        for start in range(0, len(dealers), BATCH):
            batch = dealers[start : start + BATCH]
            self.env["dealer.tier"]._recompute(batch)
            remaining = len(dealers) - start - len(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                return
