"""What the experts of the house know."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import EquipmentOfferCase


@tagged("post_install", "-at_install")
class TestRules(EquipmentOfferCase):
    def rule(self, effect, **values):
        condition = {
            "criterion_id": self.criteria["material"].id,
            "choice_ids": [Command.set(self._choices("material", "milk").ids)],
        }
        return self.env["equipment.selection.rule"].create(
            {
                "name": effect,
                "effect": effect,
                "explanation": f"Because of {effect}",
                "condition_ids": [Command.create(condition)],
                "product_tmpl_ids": [Command.set(self.small.product_tmpl_id.ids)],
                **values,
            }
        )

    def small_of(self, **answers):
        selection = self._select(**(answers or {"material": ["milk"]}))
        return selection.candidate_ids.filtered(lambda c: c.product_id == self.small)

    def test_suit_explains(self):
        self.rule("suit")
        self.assertIn("Because of suit", self.small_of().reasons_fit)
        self.assertNotIn("Because", self.small_of(application=["food"]).reasons_fit)

    def test_lack_is_a_reservation(self):
        self.rule("lack")
        candidate = self.small_of()
        self.assertEqual(candidate.verdict, "reserve")
        self.assertIn("Because of lack", candidate.reasons_lack)

    def test_exclude_excludes(self):
        self.rule("exclude")
        self.assertEqual(self.small_of().verdict, "unfit")

    def test_require_asks_one_thing_more(self):
        rule = self.rule(
            "require",
            parameter_id=self.parameters["power"].id,
            comparison="at_least",
            figure="12 hp",
        )
        self.assertEqual(self.small_of().verdict, "unfit")  # 7.5 kW are 10.2 hp
        rule.figure = "10 hp"
        self.assertEqual(self.small_of().verdict, "fit")

    def test_accompany_is_offered_along_and_counted_per_machine(self):
        kit = self.env["product.product"].create({"name": "Seal kit", "list_price": 50})
        self.rule("accompany", companion_id=kit.id, companion_quantity=2)
        candidate = self.small_of()
        self.assertEqual(candidate.verdict, "fit")
        self.assertIn("Seal kit", candidate.companions)
        candidate.quantity = 3
        candidate.action_choose()
        order = self.env["sale.order"].browse(
            candidate.selection_id.action_make_quotation()["res_id"]
        )
        self.assertEqual(
            [(line.product_id, line.product_uom_qty) for line in order.order_line],
            [(self.small, 3), (kit, 6)],
        )

    def test_a_rule_of_a_type_speaks_of_the_types_below(self):
        above = self.env["equipment.type"].create({"name": "All", "code": "offer_all"})
        self.pump_type.parent_id = above
        self.rule("lack", product_tmpl_ids=False, type_ids=[Command.set(above.ids)])
        self.assertEqual(self.small_of().verdict, "reserve")

    def test_a_rule_that_cannot_work_is_refused_with_the_reason(self):
        for values, message in (
            ({"effect": "accompany"}, "choose the product"),
            ({"effect": "require"}, "choose a parameter"),
            (
                {
                    "effect": "require",
                    "parameter_id": self.parameters["power"].id,
                    "comparison": "at_least",
                    "figure": "12 bar",
                },
                "12 bar cannot be read",
            ),
        ):
            with self.subTest(message), self.assertRaisesRegex(ValidationError, message):
                self.rule(**values)

    def test_a_criterion_compares_as_its_parameter_allows(self):
        criterion = self.env["equipment.criterion"].create(
            {"parameter_id": self.parameters["power"].id}
        )
        self.assertEqual((criterion.name, criterion.comparison), ("Rated power", "at_least"))
        with self.assertRaisesRegex(ValidationError, "does not suit"):
            criterion.comparison = "all_of"
