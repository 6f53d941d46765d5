from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.deal_process_equipment_registry.tests.common import DealMachinesCase


@tagged("post_install", "-at_install")
class TestDealService(DealMachinesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deal = cls._deal_with_order()
        cls.unit = cls._deliver()
        cls._commission(cls.unit)
        cls.place(cls.deal, "installation")
        cls.deal.action_next_stage()
        cls.offer = cls.deal.service_offer_ids.with_user(cls.seller)
        cls.manager = cls._make_user(
            "manager_a", cls.firm_a, "equipment_registry.group_service_manager"
        )

    def _tasks(self):
        names = self.deal.activity_ids.activity_type_id.mapped("name")
        return [
            name for name in names if name in ("Offer service", "Conclude maintenance contract")
        ]

    def test_stage_makes_the_task_on_the_deal(self):
        self.assertEqual(self.deal.deal_stage_id.code, "service")
        self.assertEqual(len(self.offer), 1)
        self.assertEqual((self.offer.unit_ids, self.offer.state), (self.unit, "offer"))
        self.assertEqual(self._tasks(), ["Offer service"])
        task = self.deal.activity_ids.filtered(
            lambda one: one.activity_type_id.name == "Offer service"
        )
        self.assertEqual(task.user_id, self.seller)

    def test_service_is_compulsory(self):
        with self.assertRaisesRegex(UserError, "note the answer"):
            self.deal.action_next_stage()
        self.offer.sudo().unlink()
        with self.assertRaisesRegex(UserError, "has not been offered"):
            self.deal.action_next_stage()

    def test_consent_contract_and_first_visit(self):
        self.offer.plan_id = self.env.ref("service_contract.plan_full")
        self.offer.action_accept()
        self.assertEqual(self._tasks(), ["Conclude maintenance contract"])
        with self.assertRaisesRegex(UserError, "conclude the maintenance contract"):
            self.deal.action_next_stage()
        contract = self.offer.contract_id
        contract.action_activate()
        self.assertEqual((self._tasks(), contract.visit_ids[:1].unit_id), ([], self.unit))
        rows = {row["name"]: row for stage in self.deal.dossier() for row in stage["kinds"]}
        row = rows["Maintenance contract"]
        self.assertTrue(row["required"])
        self.assertEqual([doc["id"] for doc in row["documents"]], contract.ids)
        gate = self.env.ref("deal_process_service_contract.gate_service_talk")
        self.assertEqual(gate._evaluate(self.deal)[self.deal.sudo()], [])

    def test_refusal_with_reason_lets_the_deal_go_on(self):
        self.offer.refusal_reason_id = self.env.ref("service_contract.reason_own_staff")
        self.offer.action_refuse()
        self.assertEqual(self._tasks(), [])
        gate = self.env.ref("deal_process_service_contract.gate_service_talk")
        self.assertEqual(gate._evaluate(self.deal)[self.deal.sudo()], [])
        kind = self.env.ref("deal_process_service_contract.document_maintenance_contract")
        self.assertFalse(kind._is_required(self.deal)[self.deal.sudo()])

    def test_refusal_after_consent_leaves_no_task(self):
        self.offer.plan_id = self.env.ref("service_contract.plan_full")
        self.offer.action_accept()
        self.offer.refusal_reason_id = self.env.ref("service_contract.reason_own_staff")
        self.offer.action_refuse()
        self.assertEqual(self._tasks(), [])

    def test_answer_is_noted_by_a_service_manager_who_sees_no_deals(self):
        self.assertFalse(self.deal.with_user(self.manager).has_access("read"))
        offer = self.offer.with_user(self.manager)
        offer.action_accept()
        self.assertEqual(self._tasks(), ["Conclude maintenance contract"])
        task = self.deal.activity_ids.filtered(
            lambda one: one.activity_type_id.name == "Conclude maintenance contract"
        )
        self.assertEqual((task.user_id, task.create_uid), (self.seller, self.manager))
        done = self.deal.message_ids.filtered(lambda one: "The customer agrees." in one.body)
        self.assertEqual(done.author_id, self.manager.partner_id)
        offer.refusal_reason_id = self.env.ref("service_contract.reason_own_staff")
        offer.action_refuse()
        self.assertEqual(self._tasks(), [])

    def test_refusal_noted_by_a_service_manager_closes_the_task(self):
        offer = self.offer.with_user(self.manager)
        offer.refusal_reason_id = self.env.ref("service_contract.reason_own_staff")
        offer.action_refuse()
        self.assertEqual(self._tasks(), [])

    def test_buttons_are_shown_to_who_may_press_them(self):
        buttons = {
            "service.offer": ["action_accept", "action_ask_refusal", "action_reopen"],
            "service.contract": ["action_activate", "action_renew", "action_cancel"],
        }
        people = ((self.seller, True), (self.manager, True), (self.technician, False))
        for model, names in buttons.items():
            for user, may in people:
                arch = self.env[model].with_user(user).get_view(view_type="form")["arch"]
                for name in names:
                    self.assertEqual(f'name="{name}"' in arch, may, (user.login, name))

    def test_the_stage_offers_once(self):
        self.place(self.deal, "installation")
        self.place(self.deal, "service")
        self.assertEqual(len(self.deal.service_offer_ids), 1)

    def test_merging_deals_keeps_the_talk_about_service(self):
        kept = self.make_deal(name="Second", probability=99)
        self.assertEqual((self.deal | kept).merge_opportunity(), kept)
        self.assertEqual(self.offer.lead_id, kept)
