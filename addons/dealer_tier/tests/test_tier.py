from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Date
from odoo.tests import Form, tagged

from .common import TierCase


@tagged("post_install", "-at_install")
class TestTier(TierCase):
    def _run(self, day="2026-06-01"):
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref("dealer_tier.ir_cron_recompute_tiers").method_direct_trigger()

    def _last_change(self, dealer):
        return dealer.tier_change_ids.sorted("id")[-1:]

    def test_dealers_enter_the_highest_tier_they_merit(self):
        self._open_outlets(self.dealer_a, 2)
        self._open_outlets(self.dealer_b, 2)
        self._hire_technician(self.dealer_a)
        self._run()
        self.assertEqual(self.dealer_a.tier_id, self.gold)
        self.assertEqual(self.dealer_b.tier_id, self.silver)
        self.assertEqual(self.importer.tier_id, self.bronze)
        self.assertEqual(self.dealer_a.tier_since, Date.to_date("2026-06-01"))

    def test_the_history_tells_the_reasons(self):
        self._open_outlets(self.dealer_a, 2)
        self._hire_technician(self.dealer_a)
        self._run()
        change = self._last_change(self.dealer_a)
        self.assertEqual((change.event, change.tier_to_id), ("entry", self.gold))
        reasons = {line.name: (line.value, line.threshold, line.met) for line in change.line_ids}
        self.assertEqual(
            reasons, {"Two outlets": (2.0, 2.0, True), "A technician": (1.0, 1.0, True)}
        )

    def test_grace_comes_before_the_fall(self):
        outlets = self._open_outlets(self.dealer_a, 2)
        self._hire_technician(self.dealer_a)
        self._run()
        outlets[0].active = False
        self._run("2026-06-02")
        self.assertEqual(self.dealer_a.tier_id, self.gold)
        self.assertEqual(self.dealer_a.tier_grace_until, Date.to_date("2026-07-02"))
        self._run("2026-07-02")
        self.assertEqual(self.dealer_a.tier_id, self.gold)
        self._run("2026-07-03")
        self.assertEqual(self.dealer_a.tier_id, self.silver)
        change = self._last_change(self.dealer_a)
        self.assertEqual((change.event, change.tier_from_id), ("downgrade", self.gold))
        self.assertEqual(change.line_ids.mapped("met"), [False])

    def test_who_recovers_in_grace_stays(self):
        outlets = self._open_outlets(self.dealer_a, 2)
        staff = self._hire_technician(self.dealer_a)
        self._run()
        staff.unlink()  # asked for to enter, not to keep
        outlets[0].active = False
        self._run("2026-06-02")
        outlets[0].active = True
        self._run("2026-06-03")
        self.assertEqual(self.dealer_a.tier_id, self.gold)
        self.assertFalse(self.dealer_a.tier_grace_until)
        self.assertEqual(self._last_change(self.dealer_a).event, "recovered")
        count = len(self.dealer_a.tier_change_ids)
        self._run("2026-08-03")
        self.assertEqual(len(self.dealer_a.tier_change_ids), count)

    def test_a_tier_set_by_hand_lasts_until_its_day(self):
        self._run()
        with freeze_time("2026-06-02"):
            wizard = Form(
                self.env["dealer.tier.override"]
                .with_user(self.oem_manager)
                .with_context(active_model="dealer.dealer", active_ids=self.dealer_a.ids)
            )
            wizard.tier_id = self.gold
            wizard.until = "2026-06-30"
            wizard.reason = "Rebuilding after a fire"
            wizard.save().action_apply()
        self._run("2026-06-30")
        self.assertEqual(self.dealer_a.tier_id, self.gold)
        self._run("2026-07-01")
        self.assertEqual(self.dealer_a.tier_id, self.bronze)
        self.assertFalse(self.dealer_a.tier_override)
        events = self.dealer_a.tier_change_ids.sorted("id").mapped("event")
        self.assertEqual(events, ["entry", "override", "override_end", "downgrade"])

    def test_the_rules_decide_again_at_once(self):
        self._run()
        with freeze_time("2026-06-02"):
            self.dealer_a._override_tier(self.gold, False, "Fair")
            self.dealer_a.with_user(self.oem_manager).action_end_tier_override()
        self.assertEqual(self.dealer_a.tier_id, self.bronze)

    def test_an_override_cannot_end_in_the_past(self):
        with self.assertRaises(ValidationError):
            self.env["dealer.tier.override"].create(
                {
                    "dealer_ids": self.dealer_a.ids,
                    "tier_id": self.gold.id,
                    "until": "2020-01-01",
                    "reason": "Late",
                }
            )

    def test_records_are_aggregated_by_a_filter_and_a_period(self):
        self._rule_on_operations()
        outlet = self._open_outlets(self.dealer_a, 2)[0]
        self._hire_technician(self.dealer_a)
        self._add_operation(outlet, 7)
        self._run()
        self.assertEqual(self.dealer_a.tier_id, self.silver)
        outlet.operation_ids.capacity = 8
        self._run("2026-06-02")
        self.assertEqual(self.dealer_a.tier_id, self.gold)

    def _rule_on_operations(self):
        return self._rule(
            self.gold,
            "Eight work places for service",
            "records",
            8,
            model_name="dealer.operation",
            aggregate="sum",
            field_name="capacity",
            domain="[('activity_id.code', '=', 'service')]",
        )

    def _add_operation(self, outlet, capacity):
        self.env["dealer.operation"].create(
            {
                "outlet_id": outlet.id,
                "activity_id": self.env.ref("dealer_network.activity_service").id,
                "brand_id": self.brand.id,
                "capacity": capacity,
            }
        )

    def test_a_dealers_own_data_is_never_measured(self):
        for name in ("res.partner", "res.users", "ir.attachment"):
            with self.subTest(model=name), self.assertRaises(ValidationError):
                self._rule(self.gold, "Spy", "records", 1, model_name=name)

    def test_only_numbers_are_aggregated_and_only_dates_count_months(self):
        rule = self._rule_on_operations()
        for vals in ({"field_name": "display_name"}, {"date_field_name": "capacity"}):
            with self.subTest(**vals), self.assertRaises(ValidationError):
                rule.write(vals)

    def test_a_wrong_filter_is_refused(self):
        rule = self._rule_on_operations()
        for domain in ("[('no_such_field', '=', 1)]", "open('/etc/passwd')", "[("):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                rule.domain = domain

    def test_a_tier_without_rules_to_enter_is_given_by_hand(self):
        self.env["dealer.tier"].create({"code": "T-P", "name": "Platinum", "sequence": 9})
        self._run()
        self.assertEqual(self.dealer_a.tier_id, self.bronze)

    def test_the_dealer_form_measures_at_once(self):
        self._open_outlets(self.dealer_a, 1)
        self.dealer_a.with_user(self.oem_manager).action_recompute_tier()
        self.assertEqual(self.dealer_a.tier_id, self.silver)
        found = {line.rule_id: (line.value, line.met) for line in self.dealer_a.tier_result_ids}
        self.assertEqual(found[self.two_outlets], (1.0, False))
        self.assertEqual(found[self.one_outlet], (1.0, True))
        with self.assertRaises(AccessError):
            self.dealer_a.with_user(self.principal_a).action_recompute_tier()

    def test_queries_do_not_grow_with_dealers(self):
        few = self.dealer_a
        many = self.dealer_a.browse()
        for number in range(30):
            many |= self._create_dealer(
                f"T-Q{number}", f"Dealer {number}", "type_dealer", self.importer
            )
        tiers = self.env["dealer.tier"]
        tiers._recompute(few | many)
        self.env.flush_all()
        self.assertLessEqual(self._queries(few | many) - self._queries(few), 2)

    def _queries(self, dealers):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["dealer.tier"]._recompute(dealers)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
