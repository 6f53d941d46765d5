"""Versions, stages that apply or not, gates of an administrator, deadlines and tasks."""

from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DealProcessCase


@tagged("post_install", "-at_install")
class TestProcess(DealProcessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._keep_to_this_add_on()

    def own_process(self, **stages):
        """Return a process of firm A in force, made by its administrator: two stages of work."""
        process = self.env["deal.process"].with_user(self.admin).create({"name": "Short process"})
        kinds = {"selection": "normal", "service": "normal"} | {
            kind: kind for kind in ("closed", "refused", "not_lead")
        }
        version = (
            self.env["deal.process.version"]
            .with_user(self.admin)
            .create(
                {
                    "process_id": process.id,
                    "stage_ids": [
                        Command.create(
                            {"name": code, "code": code, "kind": kind, "sequence": number}
                            | stages.get(code, {})
                        )
                        for number, (code, kind) in enumerate(kinds.items())
                    ],
                }
            )
        )
        version.action_publish()
        return process

    def test_unneeded_stage_is_skipped(self):
        deal = self.place(self.make_deal(), "stock_sale")
        deal.action_next_stage()
        self.assertEqual(deal.deal_stage_id.code, "service")
        with_installation = self.place(
            self.make_deal(kinds=self.equipment | self.installation), "stock_sale"
        )
        with_installation.action_next_stage()
        self.assertEqual(with_installation.deal_stage_id.code, "installation")

    def test_stage_whose_gates_do_not_apply_is_skipped(self):
        gate = self.env["deal.gate"].create(
            {
                "name": "Only big deals",
                "code": "big",
                "applies_domain": "[('expected_revenue', '>', 1000)]",
                "domain": "[('priority', '=', '3')]",
                "message": "Mark it as important.",
            }
        )
        process = self.own_process(service={"entry_gate_ids": [Command.set(gate.ids)]})
        self.team.deal_process_id = process
        small, big = self.make_deal(), self.make_deal(expected_revenue=5000)
        self.assertEqual(
            {lead: stage.code for lead, stage in (small | big)._next_stages().items()},
            {small: "closed", big: "service"},
        )
        with self.refused("Mark it as important"):
            big.action_next_stage()
        big.priority = "3"
        big.action_next_stage()
        self.assertEqual(big.deal_stage_id.code, "service")

    def test_nobody_jumps_over_a_stage_that_applies(self):
        deal = self.place(self.make_deal(kinds=self.equipment | self.installation), "stock_sale")
        with self.refused("Protocol"):
            deal.deal_stage_id = self.version._stage(code="service")

    def test_back_is_free_and_logged(self):
        deal = self.place(self.make_deal(), "service")
        deal.deal_stage_id = self.version._stage(code="production")
        self.assertEqual(deal.deal_stage_id.code, "production")

    def test_required_field_and_document(self):
        field = self.env["ir.model.fields"]._get("crm.lead", "date_deadline")
        process = self.own_process(
            selection={
                "required_field_ids": [Command.set(field.ids)],
                "document_type_ids": [
                    Command.set(self.env.ref("deal_process.document_contract").ids)
                ],
            }
        )
        self.team.deal_process_id = process
        deal = self.make_deal()
        with self.assertRaises(UserError) as caught:
            deal.action_next_stage()
        self.assertIn("Expected Closing", str(caught.exception))
        self.assertIn("Contract", str(caught.exception))
        deal.date_deadline = "2030-01-01"
        self.file_contract(deal)
        deal.action_next_stage()
        self.assertEqual(deal.deal_stage_id.code, "service")

    def test_published_version_does_not_change(self):
        process = self.own_process()
        version = process.published_version_id
        for change in (
            lambda: version.stage_ids[0].write({"name": "x"}),
            lambda: version.stage_ids[0].unlink(),
            lambda: version.write({"stage_ids": [Command.clear()]}),
            lambda: version.unlink(),
        ):
            with self.refused("no longer changes"):
                change()
        self.env["deal.process.version"].invalidate_model()

    def test_running_deals_keep_their_version(self):
        process = self.own_process()
        self.team.deal_process_id = process
        first = process.published_version_id
        deal = self.make_deal()
        process.action_new_version()
        draft = process.version_ids.filtered(lambda version: version.state == "draft")
        self.assertEqual((draft.number, len(draft.stage_ids)), (2, 5))
        draft.stage_ids.filtered(lambda stage: stage.code == "selection").name = "Choosing"
        draft.action_publish()
        self.assertEqual((first.state, draft.state), ("retired", "published"))
        self.assertEqual(deal.process_version_id, first)
        self.assertEqual(self.make_deal().process_version_id, draft)

    def test_running_deals_are_moved_with_a_check(self):
        process = self.own_process()
        self.team.deal_process_id = process
        deal, stuck = self.make_deal(), self.make_deal(name="Stuck")
        stuck.action_next_stage()
        process.action_new_version()
        draft = process.version_ids.filtered(lambda version: version.state == "draft")
        draft.stage_ids.filtered(lambda stage: stage.code == "service").code = "after_sales"
        draft.action_publish()
        Move = self.env["deal.process.move"].with_user(self.admin)
        move = Move.create({"version_id": draft.id})
        self.assertEqual(move.lead_ids, deal | stuck)
        self.assertIn("Stuck", move.problems)
        with self.refused("no stage"):
            move.action_move()
        move.lead_ids = deal
        move.action_move()
        self.assertEqual((deal.process_version_id, deal.deal_stage_id.code), (draft, "selection"))
        self.assertNotEqual(stuck.process_version_id, draft)

    def test_moved_deal_keeps_its_clock(self):
        process = self.own_process(selection={"deadline_days": 5})
        self.team.deal_process_id = process
        deal = self.make_deal()
        clock = {
            "deal_stage_date": datetime(2026, 3, 2, 9),
            "deal_deadline": datetime(2026, 3, 9, 9),
            "deal_last_touch": datetime(2026, 3, 3, 9),
        }
        deal.sudo()._write_past_gates(clock)
        tasks = deal.activity_ids
        process.action_new_version()
        draft = process.version_ids.filtered(lambda version: version.state == "draft")
        draft.action_publish()
        self.env["deal.process.move"].with_user(self.admin).create(
            {"version_id": draft.id}
        ).action_move()
        self.assertEqual(deal.process_version_id, draft)
        self.assertEqual({name: deal[name] for name in clock}, clock)
        self.assertEqual(deal.activity_ids, tasks)

    def test_deals_of_a_team_follow_it_to_its_own_process(self):
        others = self.env["crm.team"].create(
            {"name": "Others", "company_id": self.firm_a.id, "user_id": self.seller.id}
        )
        deal, elsewhere = self.make_deal(), self.make_deal(team_id=others.id)
        process = self.own_process()
        self.team.deal_process_id = process
        version = process.published_version_id
        move = (
            self.env["deal.process.move"].with_user(self.admin).create({"version_id": version.id})
        )
        self.assertEqual(move.lead_ids, deal)
        move.action_move()
        self.assertEqual(deal.process_version_id, version)
        self.assertEqual(elsewhere.process_version_id, self.version)

    def test_stage_behind_the_end_is_not_published(self):
        """A line added to the list stands at its end, where no deal would come."""
        process = self.own_process()
        process.action_new_version()
        draft = process.version_ids.filtered(lambda version: version.state == "draft")
        survey = self.env["deal.process.stage"].create(
            {"version_id": draft.id, "name": "Survey", "code": "survey", "sequence": 99}
        )
        with self.refused("Survey", "above"):
            draft.action_publish()
        survey.sequence = 1
        draft.invalidate_recordset()
        draft.action_publish()
        self.assertEqual(draft.state, "published")

    def test_firm_makes_its_own_process_from_the_shared_one(self):
        shared = self.process.with_user(self.admin)
        self.assertFalse(shared.is_mine)
        action = shared.action_own_process()
        draft = self.env["deal.process.version"].with_user(self.admin).browse(action["res_id"])
        self.assertEqual((draft.state, draft.company_id), ("draft", self.firm_a))
        self.assertEqual(draft.stage_ids.mapped("code"), self.version.stage_ids.mapped("code"))
        self.assertTrue(draft.is_mine)
        draft.stage_ids[1].name = "Making"
        draft.action_publish()
        self.team.deal_process_id = draft.process_id
        self.assertEqual(self.make_deal().process_version_id, draft)
        self.assertEqual(self.version.stage_ids[1].name, "Production")

    def test_incomplete_version_is_not_published(self):
        process = self.own_process()
        process.action_new_version()
        draft = process.version_ids.filtered(lambda version: version.state == "draft")
        draft.stage_ids.filtered(lambda stage: stage.kind == "refused").unlink()
        with self.refused("Refused"):
            draft.action_publish()

    def test_three_teams_use_it_and_a_fourth_its_own(self):
        teams = self.env["crm.team"].create(
            [
                {"name": name, "company_id": self.firm_a.id, "user_id": self.seller.id}
                for name in ("Pumps 2", "Compressors", "Test equipment", "Fourth")
            ]
        )
        teams[3].deal_process_id = self.own_process()
        used = [self.make_deal(team_id=team.id).process_version_id.process_id for team in teams]
        self.assertEqual(used[:3], [self.process] * 3)
        self.assertEqual(used[3].name, "Short process")

    def test_gate_without_condition_or_method_is_refused(self):
        Gate = self.env["deal.gate"].with_user(self.admin)
        with self.refused("neither"):
            Gate.create({"name": "Nothing", "code": "nothing"})
        with self.refused("cannot be read"):
            Gate.create({"name": "Wrong", "code": "wrong", "domain": "[('no_field', '=', 1)]"})

    @freeze_time("2026-11-26 10:00:00")  # a Thursday
    def test_deadline_counts_working_days_and_makes_the_owners_task(self):
        deal = self.make_deal()
        # ten working days after the day of entry
        self.assertEqual(deal.deal_deadline.date(), datetime(2026, 12, 10).date())
        task = deal.activity_ids
        self.assertEqual((task.user_id, task.summary), (self.seller, "Equipment selection"))
        with freeze_time("2026-12-11 08:00:00"):
            deal.invalidate_recordset()
            self.assertTrue(deal.deal_is_late)
            self.assertIn(deal, self.Lead.search([("deal_is_late", "=", True)]))
        self.assertNotIn(deal, self.Lead.search([("deal_is_late", "=", True)]))
        self.assertIn(deal, self.Lead.search([("deal_is_late", "=", False)]))
        self.place(deal, "service")
        summaries = deal.activity_ids.mapped("summary")
        self.assertIn("Service", summaries)
        self.assertNotIn("Equipment selection", summaries)

    def test_site_is_asked_for_where_there_are_several(self):
        firm = self.make_firm()
        shop, flat = self.env["res.partner"].create(
            [
                {"name": name, "parent_id": firm.id, "type": "delivery", "site_kind": kind}
                for name, kind in (("Shop", "shop"), ("Flat", "flat"))
            ]
        )
        deal = self.make_deal(partner=firm, contact_ids=firm.child_ids.ids)
        gate = self.env.ref("deal_process.gate_site")
        self.assertEqual(len(gate._evaluate(deal)[deal]), 1)
        deal.site_id = flat
        self.assertEqual(gate._evaluate(deal)[deal], [])
        shop.site_kind = False
        self.env.invalidate_all()
        self.assertIsNone(gate._evaluate(deal)[deal])

    def test_shared_process_is_not_a_firms_to_change(self):
        for user in (self.admin, self.rival):
            with self.assertRaises(AccessError):
                self.process.with_user(user).name = "Mine"
            with self.assertRaises(AccessError):
                self.env["deal.process.version"].with_user(user).create(
                    {"process_id": self.process.id}
                )

    def test_many_deals_move_with_few_queries(self):
        few = self.Lead.browse([self.make_deal().id for _ in range(2)])
        many = self.Lead.browse([self.make_deal().id for _ in range(12)])
        counts = []
        for deals in (few, many):
            for deal in deals:
                self.place(deal, "stock_sale")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            deals._next_stages()
            deals._move_problems(self.version._stage(code="closed"))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
