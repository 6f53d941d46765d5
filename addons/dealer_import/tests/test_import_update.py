from odoo import fields
from odoo.tests import tagged

from .common import ImportCase


@tagged("post_install", "-at_install")
class TestImportUpdate(ImportCase):
    def test_only_what_differs_is_written(self):
        run = self._load([("Code", "City", "Phone"), ("T-A", "Brest", "+33 1 99 00 00 01")])
        self.assertEqual((run.update_count, run.dealer_ids), (1, self.dealer_a))
        self.assertEqual((self.dealer_a.city, self.dealer_a.phone), ("Brest", "+33199000001"))
        self.assertEqual(self.dealer_a.name, "Dealer A")

    def test_main_outlet_follows_the_address_until_it_has_its_own(self):
        head = ("Code", "City", "Outlet name")
        self._load([head, ("T-A", "Brest", "Port")])
        outlet = self.dealer_a.outlet_ids
        self.assertEqual((outlet.name, outlet.city), ("Port", "Brest"))
        self._load([head, ("T-A", "Nantes", "")])
        self.assertEqual(outlet.city, "Nantes")
        outlet.city = "Vannes"
        self._load([head, ("T-A", "Lyon", "Quay")])
        self.assertEqual((self.dealer_a.city, outlet.city, outlet.name), ("Lyon", "Vannes", "Quay"))

    def test_moving_keeps_the_history(self):
        self._load(
            [
                ("Code", "Name", "Type", "Parent code", "Country"),
                ("N-1", "New importer", "importer", "", "FR"),
                ("T-A", "", "", "N-1", ""),
            ]
        )
        self.assertEqual(self.dealer_a.parent_id.code, "N-1")
        history = self.dealer_a.affiliation_ids
        self.assertEqual(history.parent_id, self.importer | self._dealer("N-1"))
        current = history.filtered(lambda line: not line.date_to)
        self.assertEqual(current.reason, "Import of test.csv")

    def test_type_and_parent_change_at_once(self):
        """A sub-dealer becomes a dealer: it may be neither below the dealer as a dealer, nor
        a sub-dealer elsewhere on the way."""
        self._load([("Code", "Type", "Parent code"), ("T-A1", "dealer", "T-IMP")])
        self.assertEqual(self.subdealer_a.type_id.code, "dealer")
        self.assertEqual(self.subdealer_a.parent_id, self.importer)
        current = self.subdealer_a.affiliation_ids.filtered(lambda line: not line.date_to)
        self.assertEqual((current.parent_id, current.reason), (self.importer, "Import of test.csv"))

    def test_archived_operation_is_taken_up_again(self):
        rows = [("Code", "Brands", "Activities"), ("T-A", "Aquila", "sales")]
        self._load(rows)
        operation = self.dealer_a.operation_ids
        operation.active = False
        self._load(rows)
        self.assertTrue(operation.active)
        self.assertEqual(self.dealer_a.operation_ids, operation)

    def test_operations_are_added_never_removed(self):
        head = ("Code", "Brands", "Activities")
        self._load([head, ("T-A", "Aquila", "sales")])
        self._load([head, ("T-A", "Boreas", "service")])
        pairs = {(op.brand_id.name, op.activity_id.code) for op in self.dealer_a.operation_ids}
        self.assertEqual(pairs, {("Aquila", "sales"), ("Boreas", "service")})

    def test_principal_is_corrected_or_succeeded(self):
        head = ("Code", "Principal name", "Principal e-mail", "Principal phone")
        former = self.dealer_a.staff_ids.filtered("role_id.is_principal")
        self._load([head, ("T-A", former.name, "", "+33 1 99 00 00 02")])
        self.assertEqual(former.person_id.phone, "+33199000002")
        self._load([head, ("T-A", "Zoé Noël", "zoe@t-a.example", "")])
        today = fields.Date.context_today(former)
        self.assertEqual(former.date_end, today)
        successor = self.dealer_a.staff_ids.filtered(lambda line: line.name == "Zoé Noël")
        self.assertEqual((successor.role_id.code, successor.date_start), ("principal", today))
        run, _report = self._start([head, ("T-A", "Zoé Noël", "zoe@t-a.example", "")])
        self.assertEqual(run.unchanged_count, 1)

    def test_person_known_elsewhere_is_not_doubled(self):
        person = self.principal_b.partner_id.env["dealer.person"].search(
            [("email", "=", self.principal_b.email)]
        )
        self._load(
            [
                ("Code", "Name", "Type", "Country", "Principal name", "Principal e-mail"),
                ("N-1", "New", "dealer", "FR", person.name, person.email.upper()),
            ]
        )
        self.assertEqual(self._dealer("N-1").staff_ids.person_id, person)

    def test_status_goes_its_steps(self):
        self._create_dealer("N-1", "New", "type_dealer", state="prospect")
        self._load([("Code", "Status"), ("N-1", "действующий"), ("T-B", "suspendu")])
        self.assertEqual(self._dealer("N-1").state, "active")
        self.assertTrue(self._dealer("N-1").date_active)
        self.assertEqual(self.dealer_b.state, "suspended")

    def test_dealer_of_another_oem_company_is_not_touched(self):
        other = self.env["res.company"].create({"name": "Other OEM"})
        self._create_dealer("O-1", "Other's", "type_dealer", oem_company_id=other.id)
        run, report = self._start([("Code", "Name"), ("O-1", "Mine now")])
        self.assertProblems(report, [(2, "code", "code_taken")])
        self.assertEqual(run.state, "refused")
