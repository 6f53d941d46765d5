import hashlib

from freezegun import freeze_time

from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import tagged

from .common import SIGNED, AgreementCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01")
class TestAgreement(AgreementCase):
    def test_the_type_proposes_dates_and_notice(self):
        agreement = self._create_agreement(self.dealer_a)
        self.assertEqual(agreement.date_end, Date.to_date("2026-12-31"))
        self.assertEqual(agreement.date_notice, Date.to_date("2026-11-01"))
        self.assertEqual(agreement.date_review, Date.to_date("2026-06-30"))
        self.assertTrue(agreement.name)
        self.assertNotEqual(agreement.name, self._create_agreement(self.dealer_b).name)

    def test_a_signed_agreement_runs_from_its_first_day(self):
        running = self._create_agreement(self.dealer_a)
        running.action_send()
        self.assertEqual(running.state, "sent")
        running.action_sign()
        self.assertEqual(running.state, "running")
        future = self._create_agreement(self.dealer_a, "2026-07-01")
        future.action_sign()
        self.assertEqual(future.state, "signed")

    def test_without_the_signed_file_nothing_is_signed(self):
        agreement = self._create_agreement(self.dealer_a, signed_file=False)
        with self.assertRaisesRegex(UserError, "Signed File|signed"):
            agreement.action_sign()

    def test_the_fingerprint_is_that_of_the_file(self):
        agreement = self._create_agreement(self.dealer_a)
        self.assertEqual(agreement.signed_hash, hashlib.sha256(b"signed by both").hexdigest())
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", agreement._name), ("res_id", "=", agreement.id),
             ("res_field", "=", "signed_file")]
        )  # fmt: skip
        self.assertEqual(attachment.datas, SIGNED)

    def test_what_was_signed_changes_by_amendment_only(self):
        agreement = self._run_agreement(self.dealer_a)
        with self.assertRaises(UserError):
            agreement.date_end = "2030-12-31"
        amendment = self.env["dealer.agreement.amendment"].create(
            {
                "agreement_id": agreement.id,
                "summary": "Four more years",
                "new_date_end": "2030-12-31",
                "new_parent_sees_documents": "yes",
            }
        )
        self.assertEqual(amendment.number, 1)
        with self.assertRaisesRegex(UserError, "signed file"):
            amendment.action_put_in_force()
        amendment.signed_file = SIGNED
        amendment.action_put_in_force()
        self.assertEqual(agreement.date_end, Date.to_date("2030-12-31"))
        self.assertTrue(self.dealer_a.share_with_parent)
        with self.assertRaises(UserError):
            amendment.summary = "Forty more years"
        with self.assertRaises(UserError):
            amendment.unlink()

    def test_no_state_is_skipped(self):
        agreement = self._create_agreement(self.dealer_a)
        with self.assertRaises(UserError):
            agreement.action_terminate("Because")
        agreement.action_sign()
        with self.assertRaises(UserError):
            agreement.action_draft()
        with self.assertRaises(UserError):
            agreement.unlink()

    def test_the_parent_sees_documents_while_the_agreement_runs(self):
        agreement = self._run_agreement(self.subdealer_a, parent_sees_documents=True)
        self.assertTrue(self.subdealer_a.share_with_parent)
        self.assertIn(self.subdealer_a, self.principal_a.dealer_scope_ids)
        with self.assertRaisesRegex(UserError, "reason"):
            agreement.action_terminate()
        agreement.action_terminate("Business given up")
        self.assertFalse(self.subdealer_a.share_with_parent)
        self.assertNotIn(self.subdealer_a, self.principal_a.dealer_scope_ids)

    def test_an_importer_who_sells_becomes_the_upstream_party(self):
        agreement = self._create_agreement(self.dealer_a, seller="importer")
        self.assertEqual(agreement.seller_dealer_id, self.importer)
        with self.assertRaises(UserError) as error:
            agreement.action_sign()
        self.assertIn("Test Importer", str(error.exception))
        self.importer.company_id = self.env["res.company"].create({"name": "Importer Ltd"})
        agreement.action_sign()
        self.assertEqual(self.dealer_a.network_company_id, self.importer.company_id)
        self.assertEqual(agreement.network_company_id, self.oem_company)
        coverage = self.env["dealer.coverage"].create(
            {"dealer_id": self.dealer_a.id, "user_id": self.oem_manager.id}
        )
        self.assertEqual(coverage.network_company_id, self.oem_company)
        with self.assertRaises(ValidationError):
            self._create_agreement(self.importer, seller="importer")

    def test_a_dealer_is_activated_once_its_agreement_runs(self):
        candidate = self._create_dealer("T-C", "Candidate", "type_dealer", state="candidate")
        with self.assertRaises(RedirectWarning) as warning:
            candidate.with_user(self.oem_manager).action_activate()
        message, action, _button, context = warning.exception.args
        self.assertIn("Candidate", message)
        window = self.env["ir.actions.act_window"].browse(action)
        self.assertEqual(window.res_model, "dealer.agreement")
        self.assertEqual(context["default_dealer_id"], candidate.id)
        agreement = self._run_agreement(candidate)
        candidate.action_activate()
        self.assertEqual(candidate.state, "active")
        candidate.action_suspend("Unpaid invoices")
        agreement.action_terminate("Unpaid invoices")
        with self.assertRaises(RedirectWarning):
            candidate.action_resume()

    def test_a_type_may_do_without_an_agreement(self):
        self.env.ref("dealer_network.type_service_point").agreement_required = False
        point = self._create_dealer(
            "T-SP", "Point", "type_service_point", self.dealer_a, state="candidate"
        )
        point.action_activate()
        self.assertEqual(point.state, "active")

    def test_the_renewal_follows_the_last_day(self):
        agreement = self._run_agreement(self.dealer_a)
        action = agreement.action_renew()
        follower = self.env["dealer.agreement"].browse(action["res_id"])
        self.assertEqual(follower.date_start, Date.to_date("2027-01-01"))
        self.assertEqual(follower.date_end, Date.to_date("2027-12-31"))
        self.assertEqual((follower.state, follower.previous_id), ("draft", agreement))
        self.assertFalse(follower.signed_file)

    def test_dealers_without_a_running_agreement_are_found(self):
        self._run_agreement(self.dealer_a)
        dealers = self.dealer_a | self.dealer_b
        domain = [("id", "in", dealers.ids)]
        runs = [("has_running_agreement", "=", True)]
        self.assertEqual(dealers.search(domain + runs), self.dealer_a)
        lacks = [("has_running_agreement", "=", False)]
        self.assertEqual(dealers.search(domain + lacks), self.dealer_b)
        self.assertEqual(dealers.mapped("has_running_agreement"), [True, False])
