"""Neither a rival nor a colleague sees what is not his."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import EquipmentOfferCase


@tagged("post_install", "-at_install")
class TestAccess(EquipmentOfferCase):
    def test_a_rival_reads_and_writes_nothing(self):
        selection = self._select(application=["food"])
        order = self._quote(application=["food"])
        sending = self.env["equipment.offer.sending"].create(
            {"order_id": order.id, "email": "a@dairy.example"}
        )
        rule = self.env["equipment.selection.rule"].create(
            {
                "name": "Own",
                "explanation": "Own",
                "company_id": self.firm.id,
                "condition_ids": [
                    Command.create({"criterion_id": self.criteria["flow"].id, "figure": "5 m³/h"})
                ],
            }
        )
        criterion = self.env["equipment.criterion"].create(
            {"parameter_id": self.parameters["flow"].id, "company_id": self.firm.id}
        )
        for record, values in (
            (selection, {"title": "mine"}),
            (selection.answer_ids[0], {"figure": "1"}),
            (selection.candidate_ids[0], {"is_chosen": True}),
            (sending, {"email": "mine"}),
            (rule, {"name": "mine"}),
            (rule.condition_ids, {"figure": "1"}),
            (criterion, {"name": "mine"}),
        ):
            with self.subTest(record._name):
                theirs = record.with_user(self.rival_head)
                self.assertFalse(theirs.search([("id", "in", record.ids)]))
                self.assertFalse(theirs.search_count([("id", "in", record.ids)]))
                for access in (
                    lambda r=theirs: r.read(["display_name"]),
                    lambda r=theirs, v=values: r.write(v),
                    theirs.unlink,
                ):
                    with self.assertRaises(AccessError):
                        access()

    def test_a_rivals_product_is_never_a_candidate(self):
        secret = self.small.copy({"company_id": self.rival.id, "name": "Secret"})
        selection = self._select(application=["food"])
        self.assertNotIn(secret, selection.candidate_ids.product_id)

    def test_a_rivals_rule_does_not_speak(self):
        self.env["equipment.selection.rule"].create(
            {
                "name": "Bad mouth",
                "effect": "exclude",
                "explanation": "Do not buy there",
                "company_id": self.rival.id,
            }
        )
        selection = self._select(application=["food"])
        self.assertEqual(selection.candidate_ids[0].verdict, "fit")

    def test_shared_rules_are_read_only_for_heads(self):
        shared = self.env["equipment.selection.rule"].create(
            {"name": "Shared", "explanation": "Shared"}
        )
        self.assertEqual(shared.with_user(self.head).name, "Shared")
        with self.assertRaises(AccessError):
            shared.with_user(self.head).name = "mine"
        with self.assertRaises(AccessError):
            self.criteria["flow"].with_user(self.head).weight = 9

    def test_a_head_does_not_share_his_own_rules(self):
        own = {"company_id": self.head.company_id.id}
        rule = self.env["equipment.selection.rule"].create(
            {"name": "Own", "explanation": "Own", **own}
        )
        criterion = self.criteria["flow"].copy(own)
        for record in (rule, criterion):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.head).company_id = False
        shared = self.env["equipment.selection.rule"].create(
            {"name": "Shared", "explanation": "Shared"}
        )
        condition = self.env["equipment.selection.rule.condition"].create(
            {"rule_id": rule.id, "criterion_id": self.criteria["flow"].id, "figure": "≥ 1"}
        )
        with self.assertRaises(AccessError):
            condition.with_user(self.head).rule_id = shared

    def test_a_seller_sees_his_own_selections(self):
        selection = self._select(application=["food"])
        with self.assertRaises(AccessError):
            selection.with_user(self.colleague).read(["title"])
        self.assertTrue(selection.with_user(self.head).read(["title"]))

    def test_each_firm_counts_for_itself(self):
        first = self._select(application=["food"])
        self.env["equipment.selection"].with_user(self.rival_head).create(
            {"type_id": self.pump_type.id}
        )
        second = self._select(application=["food"])
        self.assertEqual(int(second.name[-4:]) - int(first.name[-4:]), 1)

    def test_the_token_is_nobodys_to_read(self):
        order = self._quote(application=["food"])
        sending = self.env["equipment.offer.sending"].create(
            {"order_id": order.id, "email": "a@dairy.example"}
        )
        self.assertTrue(sending.with_user(self.seller).email)
        with self.assertRaises(AccessError):
            sending.with_user(self.seller).read(["token"])
