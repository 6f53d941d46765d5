from odoo.fields import Command, Date
from odoo.tests import tagged

from odoo.addons.deal_process.tests.common import DealProcessCase


@tagged("post_install", "-at_install")
class TestCertificationStage(DealProcessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage = cls.env.ref("deal_process.stage_certification")
        cls.needed = cls.env.ref("deal_process_equipment_certification.gate_certificate_needed")
        cls.certified = cls.env.ref("deal_process_equipment_certification.gate_certified")
        cls.document = cls.env.ref("deal_process_equipment_certification.document_certificate")
        cls.scheme = cls.env.ref("equipment_certification.scheme_climatic")
        cls.chamber, cls.pump = cls.env["product.product"].create(
            [
                {
                    "name": name,
                    "is_storable": True,
                    "tracking": "serial",
                    "list_price": 100,
                    "equipment_type_id": kind,
                }
                for name, kind in (
                    (
                        "Chamber",
                        cls.env.ref("equipment_certification.type_climatic_test_equipment").id,
                    ),
                    ("Pump", False),
                )
            ]
        )
        cls.body = cls.env["certification.body"].create(
            {
                "name": "Laboratory",
                "company_id": False,
                "accreditation_ids": [
                    Command.create(
                        {
                            "number": "A",
                            "scheme_ids": [Command.set(cls.scheme.ids)],
                            "date_from": "2020-01-01",
                        }
                    )
                ],
            }
        )

    def _deal(self, *products, quantity=1):
        deal = self.make_deal(deal_way="direct")
        self._quotation(deal, *products, quantity=quantity)
        return deal

    def _quotation(self, deal, *products, quantity=1):
        return self.env["sale.order"].create(
            {
                "partner_id": deal.partner_id.id,
                "opportunity_id": deal.id,
                "company_id": self.firm_a.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity})
                    for product in products
                ],
            }
        )

    def _certificate(self, **scope):
        certificate = self.env["certification.certificate"].create(
            {
                "name": f"C-{len(self.env['certification.certificate'].search([]))}",
                "scheme_id": self.scheme.id,
                "body_id": self.body.id,
                "company_id": False,
                "file": "Zg==",
                "date_issue": Date.today(),
                "scope_ids": [
                    Command.create(
                        {
                            "product_tmpl_id": self.chamber.product_tmpl_id.id,
                            "kind": "model",
                            **scope,
                        }
                    )
                ],
            }
        )
        certificate.action_validate()
        return certificate

    def _applies(self, deal):
        verdicts = self.stage.entry_gate_ids._evaluate_all(deal)
        return self.stage._applies_to(deal, verdicts)

    def _problems(self, deal):
        return self.certified._evaluate(deal)[deal]

    def test_the_stage_appears_only_where_a_line_needs_it(self):
        with_chamber, with_pump = self._deal(self.pump, self.chamber), self._deal(self.pump)
        self.assertTrue(self._applies(with_chamber))
        self.assertFalse(self._applies(with_pump))
        self.assertFalse(self._applies(self.make_deal()))
        self.assertIsNone(self._problems(with_pump))
        with_chamber.sudo().order_ids._action_cancel()
        self.assertFalse(self._applies(with_chamber))

    def test_an_alternative_that_was_not_confirmed_needs_nothing(self):
        deal = self._deal(self.chamber)
        chosen = self._quotation(deal, self.pump)
        self.assertTrue(self._applies(deal), "while the customer has not decided")
        chosen.action_confirm()
        self.assertEqual(set(deal.sudo().order_ids.mapped("state")), {"draft", "sale"})
        self.assertFalse(self._applies(deal))
        self.assertIsNone(self._problems(deal))
        self.assertFalse(self.document._is_required(deal)[deal.sudo()])

    def test_the_way_of_a_deal_leads_through_it_or_past_it(self):
        for product, through in ((self.chamber, True), (self.pump, False)):
            deal = self.place(self._deal(product), "production")
            following = deal._next_stages()[deal].code
            self.assertEqual(following == "certification", through, following)

    def test_it_is_left_when_every_machine_is_certified(self):
        deal = self._deal(self.chamber, quantity=2)
        self.assertIn("no certificate for 2 pieces", self._problems(deal)[0])
        order = deal.sudo().order_ids
        order.action_confirm()
        warehouse = order.warehouse_id
        for serial in ("K-1", "K-2"):
            lot = (
                self.env["stock.lot"]
                .with_company(self.firm_a)
                .create(
                    {"name": serial, "product_id": self.chamber.id, "company_id": self.firm_a.id}
                )
            )
            self.env["stock.quant"]._update_available_quantity(
                self.chamber, warehouse.lot_stock_id, 1, lot_id=lot
            )
        order.picking_ids.action_assign()
        problems = self._problems(deal)
        self.assertEqual(len(problems), 2)
        self.assertIn("Chamber, serial K-1", problems[0])
        self._certificate(kind="serial", serial_from="K-1")
        self.assertEqual(len(self._problems(deal)), 1)
        second = self._certificate(kind="serial", serial_from="K-2")
        self.assertEqual(self._problems(deal), [])
        picking = order.picking_ids
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        second.action_withdraw("Too late for this deal")
        self.assertEqual(self._problems(deal), [])
        self.assertIn(second, self.document._collect(deal)[deal])

    def test_a_certificate_of_the_model_is_enough_before_there_are_machines(self):
        deal = self._deal(self.chamber, quantity=3)
        certificate = self._certificate()
        self.assertEqual(self._problems(deal), [])
        self.assertEqual(self.document._collect(deal)[deal], certificate)

    def test_the_dossier_misses_the_certificate_and_shows_it(self):
        deal = self._deal(self.chamber)
        kind = self._kind(deal)
        self.assertTrue(kind["missing"])
        certificate = self._certificate()
        kind = self._kind(deal)
        self.assertFalse(kind["missing"])
        self.assertEqual(kind["documents"][0]["id"], certificate.id)
        self.assertTrue(kind["documents"][0]["open"])

    def _kind(self, deal):
        stages = deal.with_user(self.seller).dossier()
        return next(
            kind for stage in stages for kind in stage["kinds"] if kind["id"] == self.document.id
        )

    def test_another_firms_certificate_helps_nobody(self):
        deal = self._deal(self.chamber)
        self._certificate().write({"company_id": self.firm_b.id})
        self.assertTrue(self._problems(deal))

    def test_the_way_to_mend_it_leads_to_the_applications(self):
        action = self.certified._resolve(self._deal(self.chamber))
        self.assertEqual(action["res_model"], "certification.application")
        self.assertEqual(
            action["context"]["default_product_tmpl_id"], self.chamber.product_tmpl_id.id
        )

    def test_who_sees_no_applications_is_led_to_the_certificates(self):
        certificate = self._certificate()
        deal = self._deal(self.chamber).with_user(self.seller)
        action = self.certified.with_user(self.seller)._resolve(deal)
        found = self.env[action["res_model"]].with_user(self.seller).search(action["domain"])
        self.assertEqual(found, certificate)

    def test_many_deals_cost_no_more_queries(self):
        deals = self.env["crm.lead"].concat(*(self._deal(self.chamber) for _number in range(6)))
        # one by one they share nothing, so the cache is cold each time
        counts = []
        for leads in (deals[:1], deals[1:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.certified._evaluate(leads)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
