from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CertificationCase

REFUSED = "may not go to the customer without a valid certificate"


@tagged("post_install", "-at_install")
class TestGate(CertificationCase):
    def setUp(self):
        super().setUp()
        self.lot = self._stock(self.oven, "O1-0001")

    def _refused(self, delivery, *words):
        with self.assertRaises(UserError) as caught:
            delivery.button_validate()
        message = str(caught.exception)
        self.assertIn(REFUSED, message)
        for word in words:
            self.assertIn(word, message)
        return message

    # Every way to the gate

    def test_the_delivery_is_refused_and_names_what_lacks(self):
        delivery = self._delivery(self.lot)
        message = self._refused(
            delivery.with_user(self.worker), "Oven O-1", "O1-0001", "Heat test", "no certificate"
        )
        self.assertIn(delivery.name, message)
        self.assertNotEqual(delivery.state, "done")

    def test_the_same_words_on_every_way(self):
        delivery = self._delivery(self.lot).with_user(self.worker)
        message = self._refused(delivery)
        ways = {
            "batch": (delivery | self._delivery(self._stock(self.pump, "P1"))).button_validate,
            "move": lambda: delivery.move_ids._action_done(),
            "transfer": lambda: delivery._action_done(),
            "without backorder": lambda: delivery.with_context(
                skip_backorder=True, picking_ids_not_to_backorder=delivery.ids
            ).button_validate(),
        }
        for name, way in ways.items():
            with self.subTest(name), self.assertRaises(UserError) as caught:
                way()
            self.assertEqual(str(caught.exception), message)

    def test_in_the_users_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.scheme.with_context(lang="fr_FR").name = "Essai de chaleur"
        delivery = self._delivery(self.lot).with_context(lang="fr_FR")
        with self.assertRaises(UserError) as caught:
            delivery.button_validate()
        self.assertIn("Essai de chaleur", str(caught.exception))
        self.assertNotIn("This equipment", str(caught.exception))

    def test_other_equipment_passes_freely(self):
        free = self.env["product.product"].create({"name": "Bolt", "is_storable": True})
        self.env["stock.quant"]._update_available_quantity(free, self.warehouse.lot_stock_id, 5)
        delivery = self._delivery(self._stock(self.pump, "P1-0001"))
        self.env["stock.move"].create(
            {
                "picking_id": delivery.id,
                "product_id": free.id,
                "product_uom_qty": 5,
                "quantity": 5,
                "picked": True,
                "location_id": delivery.location_id.id,
                "location_dest_id": delivery.location_dest_id.id,
            }
        )
        delivery.with_user(self.worker).button_validate()
        self.assertEqual(delivery.state, "done")

    def test_certified_equipment_passes_and_the_certificate_is_noted(self):
        certificate = self._certificate("O1-0001")
        delivery = self._delivery(self.lot)
        delivery.with_user(self.worker).button_validate()
        self.assertEqual(delivery.state, "done")
        self.assertEqual(delivery.move_line_ids.certificate_ids, certificate)
        self.assertEqual(
            certificate.action_view_deliveries()["domain"][0][2], delivery.move_line_ids.ids
        )

    def test_every_needed_certificate_is_asked_for(self):
        self.requirement.copy({"scheme_id": self.other_scheme.id})
        self._certificate("O1-0001")
        self._refused(self._delivery(self.lot), "Shock test – no certificate")

    def test_the_type_below_needs_what_the_type_above_needs(self):
        self.assertEqual(self.oven.product_tmpl_id.certification_scheme_ids, self.scheme)
        self.kind.parent_id = False
        self.oven.product_tmpl_id.invalidate_recordset()
        self.assertFalse(self.oven.product_tmpl_id.certification_scheme_ids)
        self._delivery(self.lot).button_validate()

    # Places

    def test_within_the_firm_nobody_asks(self):
        production = self.env["stock.location"].search(
            [("usage", "=", "production"), ("company_id", "in", (self.oem.id, False))], limit=1
        )
        shelf = self.env["stock.location"].create(
            {"name": "Test shop", "location_id": self.warehouse.lot_stock_id.id}
        )
        for target in (shelf, production):
            delivery = self._delivery(self.lot, target=target)
            delivery.button_validate()
            self.assertEqual(delivery.state, "done", target.display_name)

    def test_shipping_to_another_company_is_stopped_unless_the_site_counts(self):
        transit = self.env["stock.location"].create(
            {"name": "To dealers", "usage": "transit", "company_id": False}
        )
        self._refused(self._delivery(self.lot, target=transit))
        self.oem.certification_gate = "site"
        delivery = self._delivery(self.lot, target=transit)
        delivery.button_validate()
        self.assertEqual(delivery.state, "done")

    def test_at_the_site_it_is_stopped_by_either_setting(self):
        self.oem.certification_gate = "site"
        self._refused(self._delivery(self.lot))

    def test_the_laboratory_gets_it_without_certificate(self):
        lab = self.env["stock.location"].create(
            {
                "name": "Laboratory",
                "usage": "transit",
                "company_id": False,
                "certification_exempt": True,
            }
        )
        delivery = self._delivery(self.lot, target=lab)
        delivery.button_validate()
        self.assertEqual(delivery.state, "done")
        with self.assertRaisesRegex(ValidationError, "is a customer's"):
            self.env.ref("stock.stock_location_customers").certification_exempt = True

    def test_from_the_supplier_straight_to_the_customer(self):
        suppliers = self.env.ref("stock.stock_location_suppliers")
        self._refused(self._delivery(self.lot, source=suppliers))

    def test_return_and_delivery_again(self):
        certificate = self._certificate("O1-0001")
        delivery = self._delivery(self.lot)
        delivery.button_validate()
        back = self._delivery(
            self.lot, source=delivery.location_dest_id, target=self.warehouse.lot_stock_id
        )
        certificate.action_suspend("Machine came back")
        back.button_validate()
        self.assertEqual(back.state, "done")
        again = self._delivery(self.lot)
        self._refused(again, "is suspended since")
        certificate.action_reinstate()
        again.button_validate()
        self.assertEqual(again.state, "done")

    # Faults

    def test_withdrawn_after_reservation(self):
        certificate = self._certificate("O1-0001")
        delivery = self._delivery(self.lot)
        self.assertFalse(delivery.certification_warning)
        certificate.with_user(self.manager).action_withdraw("False results")
        delivery.invalidate_recordset()
        self.assertIn("was withdrawn on", delivery.certification_warning)
        self.assertIn("was withdrawn on", delivery.message_ids[:1].body)
        self._refused(delivery, certificate.name, "was withdrawn on")

    def test_withdrawn_during_packing(self):
        certificate = self._certificate("O1-0001")
        delivery = self._delivery(self.lot)
        delivery.action_put_in_pack()
        self.assertTrue(delivery.move_line_ids.result_package_id)
        certificate.action_withdraw("False results")
        self._refused(delivery, "was withdrawn on")

    def test_expired_and_not_yet_valid(self):
        today = Date.today()
        self._certificate("O1-0001", date_issue="2024-01-01", date_to=today - timedelta(days=1))
        self._refused(self._delivery(self.lot), "expired on")
        self._certificate("O1-0001", date_from=today + timedelta(days=1), date_to=False)
        self._refused(self._delivery(self.lot), "is valid from")

    def test_the_last_day_counts(self):
        self._certificate("O1-0001", date_issue="2024-01-01", date_to=Date.today())
        self._delivery(self.lot).button_validate()

    def test_the_serial_is_swapped_at_the_last_moment(self):
        self._certificate("O1-0001")
        other = self._stock(self.oven, "O1-0002")
        delivery = self._delivery(self.lot)
        delivery.with_user(self.worker).move_line_ids.lot_id = other
        self._refused(delivery, "O1-0002", "no certificate")

    def test_the_serial_is_swapped_after_the_delivery(self):
        self._certificate("O1-0001")
        other = self._stock(self.oven, "O1-0002")
        delivery = self._delivery(self.lot)
        delivery.button_validate()
        with self.assertRaises(UserError):
            delivery.move_line_ids.lot_id = other

    def test_a_line_is_added_after_the_delivery(self):
        self._certificate("O1-0001")
        other = self._stock(self.oven, "O1-0002")
        delivery = self._delivery(self.lot)
        delivery.button_validate()
        with self.assertRaises(UserError):
            delivery.move_line_ids.copy({"lot_id": other.id, "quantity": 1})

    def test_a_serial_number_made_on_the_way(self):
        kind = self.warehouse.out_type_id
        kind.write({"use_create_lots": True, "use_existing_lots": False})
        delivery = self._delivery(self.lot)
        delivery.move_line_ids.write({"lot_id": False, "lot_name": "O1-0777"})
        self._refused(delivery, "O1-0777")
        self._certificate("O1-0777")
        delivery.button_validate()
        self.assertEqual(delivery.state, "done")

    def test_a_scope_that_covers_half_of_the_machines(self):
        lots = [self._stock(self.oven, f"O1-010{number}") for number in range(4)]
        self._certificate({"kind": "range", "serial_from": "O1-0100", "serial_to": "O1-0101"})
        message = self._refused(self._delivery(*lots), "O1-0102", "O1-0103")
        for certified in ("O1-0100", "O1-0101"):
            self.assertNotIn(certified, message)

    def test_a_scope_that_covers_half_of_a_lot(self):
        lot = self._stock(self.sensor, "L-7", quantity=10)
        self._certificate(
            {
                "product_tmpl_id": self.sensor.product_tmpl_id.id,
                "kind": "serial",
                "serial_from": "L-7",
                "quantity": 5,
            }
        )
        first = self._delivery(lot, quantity=3)
        first.button_validate()
        self._refused(
            self._delivery(lot, quantity=3), "only some of its pieces are certified, 1 too few"
        )
        self._delivery(lot, quantity=2).button_validate()
        self._refused(self._delivery(lot, quantity=1), "1 too few")
        with self.assertRaises(UserError):
            first.move_line_ids.quantity = 4

    def test_two_lines_of_a_lot_share_what_is_certified(self):
        lot = self._stock(self.sensor, "L-8", quantity=10)
        self._certificate(
            {
                "product_tmpl_id": self.sensor.product_tmpl_id.id,
                "kind": "serial",
                "serial_from": "L-8",
                "quantity": 5,
            }
        )
        both = self._delivery(lot, lot, quantity=3)
        self._refused(both, "1 too few")

    def test_overlapping_certificates(self):
        ended = self._certificate("O1-0001", date_issue="2023-01-01", date_to="2024-01-01")
        stopped = self._certificate("O1-0001")
        stopped.action_withdraw("Replaced")
        running = self._certificate("O1-0001", previous_id=ended.id)
        delivery = self._delivery(self.lot)
        delivery.button_validate()
        self.assertEqual(delivery.move_line_ids.certificate_ids, running)

    def test_a_certificate_by_another_scheme_opens_nothing(self):
        self.body.accreditation_ids.scheme_ids = [Command.link(self.other_scheme.id)]
        self._certificate("O1-0001", scheme_id=self.other_scheme.id)
        self._refused(self._delivery(self.lot), "Heat test – no certificate")

    def test_an_expired_accreditation_opens_nothing(self):
        self._certificate("O1-0001")
        self.body.accreditation_ids.date_to = "2021-01-01"
        self._refused(self._delivery(self.lot), "was not accredited when it issued")

    def test_a_draft_or_archived_certificate_opens_nothing(self):
        self._certificate("O1-0001", validate=False)
        self._refused(self._delivery(self.lot), "the certificate is a draft")
        self._certificate("O1-0001").active = False
        self._refused(self._delivery(self.lot))

    def test_many_missing_are_counted(self):
        lots = [self._stock(self.oven, f"O1-1{number:03}") for number in range(23)]
        message = self._refused(self._delivery(*lots), "and 3 more")
        self.assertEqual(message.count("•"), 21)

    def test_withdrawn_in_the_same_moment(self):
        """Another session withdraws while the delivery is under way: the delivery starts anew."""
        certificate = self._certificate("O1-0001")
        delivery = self._delivery(self.lot)
        query = self.env.cr.execute
        asked = []

        def execute(statement, *args, **kwargs):
            # what PostgreSQL answers to a row lock on a row that another session has changed
            if "FOR SHARE" in str(statement):
                asked.append(statement)
                raise SerializationFailure("could not serialize access due to concurrent update")
            return query(statement, *args, **kwargs)

        self.patch(self.env.cr, "execute", execute)
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            delivery.button_validate()
        self.assertEqual(len(asked), 1)
        self.assertTrue(certificate)

    # Size

    def _queries(self, count, prefix):
        lots = [self._stock(self.oven, f"{prefix}-{number:04}") for number in range(count)]
        self._certificate(
            {"kind": "range", "serial_from": f"{prefix}-0000", "serial_to": f"{prefix}-0999"}
        )
        lines = self._delivery(*lots).move_line_ids
        self.env.flush_all()
        self.env.invalidate_all()
        lines.mapped("product_id.product_tmpl_id.equipment_type_id.id")
        lines.mapped("location_dest_id.usage"), lines.mapped("lot_id.name")
        lines.mapped("location_id.usage"), lines.mapped("quantity_product_uom")
        before = self.cr.sql_log_count
        lines._pass_certification_gate()
        return self.cr.sql_log_count - before

    def test_queries_do_not_grow_with_the_batch(self):
        self._queries(1, "WARM")
        few, many = self._queries(2, "FEW"), self._queries(60, "MANY")
        self.assertEqual(few, many)
        self.assertLessEqual(many, 4)

    def test_equipment_without_need_costs_nothing(self):
        lots = [self._stock(self.pump, f"P-{number}") for number in range(10)]
        lines = self._delivery(*lots).move_line_ids
        lines._pass_certification_gate()
        with self.assertQueryCount(0):
            lines._pass_certification_gate()

    def test_a_machine_without_certificate_is_not_lent(self):
        lot = self._stock(self.oven, "O1-0077")
        unit = self.env["equipment.unit"].create({"lot_id": lot.id})
        loan = self.env["equipment.demo"].create(
            {"unit_id": unit.id, "partner_id": self.customer.id, "date_to": "2999-01-01"}
        )
        with self.assertRaises(UserError) as caught:
            loan.action_lend()
        with self.assertRaises(UserError) as shipped:
            self._delivery(lot).button_validate()
        self.assertIn(str(caught.exception).split("• ")[1], str(shipped.exception))
        self._certificate("O1-0077")
        loan.action_lend()
        self.assertEqual(loan.state, "lent")
