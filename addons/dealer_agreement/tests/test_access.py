from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SIGNED, AgreementCase


@tagged("post_install", "-at_install")
class TestAccess(AgreementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.principal_a.group_ids |= cls.env.ref("base.group_allow_export")
        cls.documents = {}
        for dealer, outlet in ((cls.dealer_a, cls.outlet_a), (cls.dealer_b, cls.outlet_b)):
            agreement = cls._run_agreement(dealer, date_start="2020-01-01", date_end=False)
            authorisation = cls._authorise(agreement, outlet, cls.service)
            amendment = cls.env["dealer.agreement.amendment"].create(
                {"agreement_id": agreement.id, "summary": "Change", "signed_file": SIGNED}
            )
            cls.documents[dealer] = [
                agreement, amendment, authorisation, authorisation.check_ids,
            ]  # fmt: skip

    def test_a_dealer_reads_its_own(self):
        for own in self.documents[self.dealer_a]:
            with self.subTest(model=own._name):
                mine = own.with_user(self.seller_a)
                self.assertTrue(mine.read())
                self.assertEqual(mine.search([]), own)
        agreement, amendment, _authorisation, _checks = self.documents[self.dealer_a]
        self.assertTrue(agreement.with_user(self.principal_a).signed_file)
        self.assertTrue(amendment.with_user(self.principal_a).signed_file)

    def test_a_rivals_documents_are_invisible(self):
        for rival in self.documents[self.dealer_b]:
            with self.subTest(model=rival._name):
                theirs = rival.with_user(self.principal_a)
                self.assertFalse(theirs.search([("id", "in", rival.ids)]))
                self.assertEqual(theirs.search_count([("id", "in", rival.ids)]), 0)
                counted = theirs._read_group([("id", "in", rival.ids)], [], ["__count"])
                self.assertEqual(counted, [(0,)])
                found = theirs.name_search(rival[0].display_name)
                self.assertFalse({record_id for record_id, _name in found} & set(rival.ids))
                for act in (
                    theirs.read,
                    lambda theirs=theirs: theirs.export_data(["display_name"]),
                    lambda theirs=theirs: theirs.write({}),
                    theirs.unlink,
                ):
                    with self.assertRaises(AccessError):
                        act()

    def test_a_rivals_signed_file_and_summary_are_out_of_reach(self):
        rival = self.documents[self.dealer_b][0]
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", rival._name), ("res_id", "=", rival.id),
             ("res_field", "=", "signed_file")]
        )  # fmt: skip
        self.assertTrue(attachment)
        with self.assertRaises(AccessError):
            attachment.with_user(self.principal_a).read(["datas"])
        report = self.env["ir.actions.report"].with_user(self.principal_a)
        with self.assertRaises(AccessError):
            report._render_qweb_html("dealer_agreement.report_agreement", rival.ids)

    def test_a_dealer_changes_nothing(self):
        for own in self.documents[self.dealer_a]:
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=own._name, operation=operation):
                    self.assertFalse(own.with_user(self.principal_a).has_access(operation))
        with self.assertRaises(AccessError):
            self.documents[self.dealer_a][2].with_user(self.principal_a).action_check()
        with self.assertRaises(AccessError):
            self.documents[self.dealer_a][0].with_user(self.principal_a).action_terminate("Mine")

    def test_the_oems_reason_stays_with_the_oem(self):
        agreement = self.documents[self.dealer_a][0]
        agreement.action_terminate("Poor figures")
        with self.assertRaises(AccessError):
            agreement.with_user(self.principal_a).read(["close_reason"])
        self.assertEqual(agreement.with_user(self.oem_user).close_reason, "Poor figures")

    def test_an_importer_reads_the_agreements_under_which_it_sells(self):
        self.importer.company_id = self.env["res.company"].create({"name": "Importer Ltd"})
        principal = self._create_staff_user(
            self.importer, "role_principal", "t_importer", "dealer_network.group_dealer_manager"
        )
        agreement = self._create_agreement(self.dealer_a, seller="importer")
        other = self.documents[self.dealer_b][0]
        self.assertTrue(agreement.with_user(principal).has_access("read"))
        self.assertFalse(other.with_user(principal).has_access("read"))
        self.assertTrue(agreement.with_user(self.oem_user).has_access("read"))

    def test_a_parent_dealer_reads_as_the_agreement_says(self):
        closed = self._run_agreement(self.subdealer_a, date_start="2020-01-01", date_end=False)
        self.assertFalse(closed.with_user(self.principal_a).has_access("read"))
        closed.action_terminate("Replaced")
        shared = self._run_agreement(
            self.subdealer_a, date_start="2020-01-01", date_end=False, parent_sees_documents=True
        )
        self.assertTrue(shared.with_user(self.principal_a).has_access("read"))
        self.assertFalse(shared.with_user(self.principal_b).has_access("read"))

    def test_the_configuration_is_the_administrators(self):
        for model in ("dealer.agreement.type", "dealer.authorisation.condition"):
            record = self.env[model].search([], limit=1)
            self.assertTrue(record.with_user(self.seller_a).has_access("read"))
            self.assertFalse(record.with_user(self.oem_manager).has_access("write"))
            self.assertTrue(record.with_user(self.oem_admin).has_access("write"))

    def test_a_manager_works_with_agreements(self):
        agreement = (
            self.env["dealer.agreement"]
            .with_user(self.oem_manager)
            .create(
                {
                    "dealer_id": self.subdealer_a.id,
                    "type_id": self.kind.id,
                    "date_start": "2020-01-01",
                    "date_end": False,
                    "signed_file": SIGNED,
                }
            )
        )
        agreement.action_sign()
        self.assertEqual(agreement.state, "running")
        with self.assertRaises(AccessError):
            agreement.with_user(self.oem_user).action_terminate("No")
