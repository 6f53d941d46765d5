"""From the customer's words to quotation lines."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import EquipmentOfferCase


@tagged("post_install", "-at_install")
class TestSelection(EquipmentOfferCase):
    def test_the_form_asks_what_matters_for_the_type(self):
        self.pump_type.parameter_ids -= self.parameters["temperature"]
        with Form(self.env["equipment.selection"].with_user(self.seller)) as form:
            form.type_id = self.pump_type
            asked = [line["criterion_id"] for line in form.answer_ids._records]
            with form.answer_ids.edit(asked.index(self.criteria["flow"].id)) as line:
                line.figure = "9 l/s"
                self.assertEqual(line.understood, "32.4 m³/h")
        selection = form.record
        self.assertEqual(
            selection.answer_ids.criterion_id.mapped("parameter_id"),
            self.pump_type.parameter_ids.sorted(),
        )
        self.assertEqual(selection.answer_ids.filtered("is_given").figure, "9 l/s")
        self.assertRegex(selection.name, r"^SEL/\d{4}/0001$")

    def test_answers_stay_when_the_type_changes(self):
        other = self.env["equipment.type"].create({"name": "Fan", "code": "offer_fan"})
        selection = self._select(flow="9 l/s", compare=False)
        selection.type_id = other
        self.assertEqual(selection.answer_ids.filtered("is_given").figure, "9 l/s")

    def test_a_figure_in_another_unit_matches(self):
        for flow, pressure in (
            ("32.4 m³/h", "3.5 bar"),
            ("9 l/s", "350 kPa"),
            ("540 l/min", "35.69 mH2O"),
            ("142.65 gpm", "0.35 MPa"),
        ):
            with self.subTest(flow):
                selection = self._select(application=["food"], flow=flow, pressure=pressure)
                best = selection.candidate_ids[0]
                self.assertEqual((best.product_id, best.verdict), (self.small, "fit"))

    def test_reasons_name_what_is_missing_and_by_how_much(self):
        selection = self._select(flow="45 m³/h", application=["food"])
        small = selection.candidate_ids.filtered(lambda c: c.product_id == self.small)
        self.assertEqual(small.verdict, "unfit")
        self.assertIn("Flow: 5–40 m³/h, 5 m³/h short of the wanted 45 m³/h", small.reasons_lack)
        self.assertIn("Field of application: Food industry", small.reasons_fit)
        large = selection.candidate_ids - small
        self.assertIn("Chemistry, wanted Food industry", large.reasons_lack)

    def test_reasons_are_told_in_the_readers_language(self):
        selection = self._select(flow="45,5 m³/h", application=["food"])
        small = selection.candidate_ids.filtered(lambda c: c.product_id == self.small)
        self.assertIn("5,5 m³/h", small.with_context(lang="fr_FR").reasons_lack)

    def test_a_wish_is_marked_as_one(self):
        selection = self._select(power="5 kW", application=["food"])
        small = selection.candidate_ids[0]
        self.assertEqual((small.product_id, small.verdict), (self.small, "reserve"))
        self.assertRegex(small.reasons_lack, r"2.5 kW above the wanted 5 kW \(wish\)")

    def test_near_the_limit_is_said(self):
        small = self._select(flow="39 m³/h", application=["food"]).candidate_ids[0]
        self.assertEqual(small.verdict, "reserve")
        self.assertIn("near the limit", small.reasons_lack)

    def test_unknown_data_are_no_reason_to_drop_a_product(self):
        small = self._select(temperature="20 °C", application=["food"]).candidate_ids[0]
        self.assertEqual((small.product_id, small.verdict), (self.small, "reserve"))
        self.assertIn("data say nothing", small.reasons_lack)

    def test_what_cannot_be_read_is_refused_with_an_example(self):
        for flow, message in (
            ("a lot", "a lot is no figure"),
            ("5 bar", "the unit bar is not known here.*l/s"),
            ("40-10", "ends before it begins"),
        ):
            with self.subTest(flow), self.assertRaisesRegex(ValidationError, message):
                self._select(flow=flow, compare=False)

    def test_the_figure_means_what_its_writer_meant(self):
        french = self.seller.copy(
            {"login": "offer_french", "email": "f@firm.example", "lang": "fr_FR"}
        )
        french.lang = "fr_FR"
        selection = (
            self.env["equipment.selection"]
            .with_user(french)
            .with_context(lang="fr_FR")
            .create(
                {
                    "type_id": self.pump_type.id,
                    "answer_ids": [
                        Command.create(
                            {"criterion_id": self.criteria["flow"].id, "figure": "1,200"}
                        )
                    ],
                }
            )
        )
        answer = selection.with_user(self.head).with_context(lang="en_US").answer_ids
        self.assertEqual(answer.filtered("is_given").understood, "1.2 m³/h")

    def test_nothing_asked_is_nothing_compared(self):
        selection = self.env["equipment.selection"].with_user(self.seller).create({})
        with self.assertRaisesRegex(UserError, "answer at least one question"):
            selection.action_compare()

    def test_one_step_to_the_quotation(self):
        selection = self._select(application=["food"], flow="9 l/s")
        with self.assertRaisesRegex(UserError, "choose at least one"):
            selection.action_make_quotation()
        selection.candidate_ids[0].quantity = 2
        selection.candidate_ids[0].action_choose()
        order = self.env["sale.order"].browse(selection.action_make_quotation()["res_id"])
        self.assertEqual(order.partner_id, self.dairy)
        self.assertEqual(
            (order.order_line.product_id, order.order_line.product_uom_qty), (self.small, 2)
        )
        self.assertEqual(order.order_line.price_unit, 1000)
        self.assertEqual((selection.state, selection.order_ids), ("quoted", order))
        # again: the draft is extended, not doubled
        selection.candidate_ids[1].action_choose()
        selection.action_make_quotation()
        self.assertEqual(selection.order_count, 1)
        self.assertEqual(order.order_line.product_id, self.small | self.large)

    def test_the_customer_comes_first(self):
        selection = self._select(application=["food"])
        selection.partner_id = False
        selection.candidate_ids[0].action_choose()
        with self.assertRaisesRegex(UserError, "choose the customer"):
            selection.action_make_quotation()

    def test_comparing_again_keeps_what_was_chosen(self):
        selection = self._select(application=["food"])
        selection.candidate_ids[0].write({"is_chosen": True, "quantity": 4})
        selection.action_compare()
        self.assertEqual(selection.candidate_ids[0].quantity, 4)
        self.assertTrue(selection.candidate_ids[0].is_chosen)

    def test_dropped_and_taken_up_again(self):
        selection = self._select(application=["food"])
        selection.action_cancel()
        self.assertEqual(selection.state, "cancelled")
        selection.action_reopen()
        self.assertEqual(selection.state, "compared")

    def test_queries_do_not_grow_with_the_products(self):
        counts = []
        for more in (5, 40):
            for number in range(more):
                self._pump(f"P{number}", 10, (5, 40), (1, 6), ("food",), ("milk",), 5)
            selection = self._select(application=["food"], flow="9 l/s", compare=False)
            selection._match()  # new products empty the caches of rights: they are filled again
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            selection._match()
            counts.append(self.env.cr.sql_log_count - before)
        # a query per product would be forty more; one or two are the users' own caches
        self.assertLess(counts[1] - counts[0], 5)
