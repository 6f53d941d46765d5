from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.dealer_tier.ladder import Place, climb

TODAY = date(2026, 6, 1)
flags = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=6)


@st.composite
def ladders(draw):
    """A ladder and a dealer in one of its tiers."""
    entry, keep = zip(*draw(flags), strict=True)
    tier = draw(st.integers(0, len(entry) - 1))
    return tier, list(entry), list(keep)


@tagged("post_install", "-at_install")
class TestLadder(BaseCase):
    @settings(max_examples=200, deadline=None)
    @given(ladders(), st.integers(0, 400))
    def test_a_dealer_never_rises_without_the_rules_to_enter(self, ladder, grace):
        tier, entry, keep = ladder
        step = climb(Place(tier), entry, keep, TODAY, grace)
        if step.place.tier is not None and step.place.tier > tier:
            self.assertEqual(step.event, "upgrade")
            self.assertTrue(entry[step.place.tier] and keep[step.place.tier])

    @settings(max_examples=200, deadline=None)
    @given(ladders(), st.integers(1, 400))
    def test_a_dealer_never_falls_without_grace(self, ladder, grace):
        tier, entry, keep = ladder
        step = climb(Place(tier), entry, keep, TODAY, grace)
        self.assertGreaterEqual(step.place.tier, tier)
        if step.event == "grace":
            self.assertFalse(keep[tier])
            self.assertEqual(step.place, Place(tier, TODAY + timedelta(days=grace)))

    @settings(max_examples=200, deadline=None)
    @given(ladders(), st.integers(1, 400))
    def test_after_grace_a_dealer_holds_a_tier_it_may_hold(self, ladder, days):
        tier, entry, keep = ladder
        step = climb(Place(tier, TODAY - timedelta(days=days)), entry, keep, TODAY, 30)
        self.assertIsNone(step.place.grace_until)
        if step.place.tier is not None:
            held = step.place.tier
            self.assertTrue(keep[held] and (entry[held] or held == tier))

    @settings(max_examples=200, deadline=None)
    @given(ladders(), st.integers(0, 400))
    def test_a_second_run_on_the_same_day_changes_nothing(self, ladder, grace):
        tier, entry, keep = ladder
        first = climb(Place(tier), entry, keep, TODAY, grace)
        second = climb(first.place, entry, keep, TODAY, grace)
        self.assertEqual(second, (first.place, ""))

    def test_the_last_day_of_grace_counts(self):
        for day, tier in ((TODAY, 1), (TODAY + timedelta(days=1), 0)):
            step = climb(Place(1, TODAY), [True, False], [True, False], day, 30)
            self.assertEqual(step.place.tier, tier)
