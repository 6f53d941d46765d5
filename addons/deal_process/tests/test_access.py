"""Firm B reads and writes nothing of firm A, and a salesperson nothing of a colleague's deal."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DealProcessCase


@tagged("post_install", "-at_install")
class TestAccess(DealProcessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        deal = cls.make_deal()
        document = cls.env["deal.document"].create(
            {
                "lead_id": deal.id,
                "type_id": cls.env.ref("deal_process.document_contract").id,
                "name": "Secret contract",
            }
        )
        cls.pass_over(deal, "order")
        process = cls.env["deal.process"].with_user(cls.admin).create({"name": "Own"})
        version = (
            cls.env["deal.process.version"]
            .with_user(cls.admin)
            .create(
                {
                    "process_id": process.id,
                    "stage_ids": [(0, 0, {"name": "Secret stage", "code": "s"})],
                }
            )
        )
        refused = cls.make_deal(name="Refused")
        refused.action_set_lost(lost_reason_id=cls.reason.id)
        cls.of_deal = {
            "crm.lead": deal,
            "deal.need": deal.need_ids,
            "deal.document": document,
            "deal.gate.override": deal.deal_override_ids,
        }
        cls.of_firm = {
            **cls.of_deal,
            "deal.process": process,
            "deal.process.version": version,
            "deal.process.stage": version.stage_ids,
            "deal.review": refused.sudo().deal_review_ids,
        }

    def check_closed(self, user, records_by_model):
        for model, records in records_by_model.items():
            records = records.with_user(user)
            self.assertTrue(records, model)
            with self.subTest(model):
                self.assertFalse(
                    self.env[model].with_user(user).search([("id", "in", records.ids)])
                )
                with self.assertRaises(AccessError):
                    records.read(["display_name"])
                # what nobody changes says so before it is asked whose it is
                with self.assertRaises(UserError):
                    records.write({"company_id": self.firm_b.id})
                with self.assertRaises(AccessError):
                    records.unlink()

    def test_other_firm(self):
        self.check_closed(self.rival, self.of_firm)

    def test_colleagues_deal(self):
        self.check_closed(self.colleague, self.of_deal)

    def test_nothing_is_hung_on_a_rivals_deal(self):
        deal = self.of_deal["crm.lead"]
        for model, values in {
            "deal.need": {"name": "x", "kind_id": self.equipment.id},
            "deal.document": {
                "name": "x",
                "type_id": self.env.ref("deal_process.document_contract").id,
            },
            "deal.gate.override": {
                "gate_id": self.env.ref("deal_process.gate_site").id,
                "reason": "no reason at all",
            },
        }.items():
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.rival).create({"lead_id": deal.id, **values})

    def test_services_check_the_deal(self):
        deal = self.of_deal["crm.lead"].with_user(self.rival)
        for method in (
            deal.dossier,
            deal.next_step,
            lambda: deal.resolve_gate("needs"),
            deal.action_deal_invoices,
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                method()

    def test_salesperson_configures_nothing(self):
        for xml_id in ("gate_needs", "document_contract", "need_kind_parts", "stage_service"):
            record = self.env.ref(f"deal_process.{xml_id}").with_user(self.seller)
            self.assertTrue(record.name)
            with self.assertRaises(UserError):
                record.name = "mine"
