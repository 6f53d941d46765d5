from freezegun import freeze_time

from odoo.fields import Date
from odoo.tests import tagged

from .common import SIGNED, AgreementCase


@tagged("post_install", "-at_install")
class TestCron(AgreementCase):
    def _run(self, day):
        cron = self.env.ref("dealer_agreement.ir_cron_advance_agreements")
        with freeze_time(day), self.enter_registry_test_mode():
            cron.method_direct_trigger()

    @classmethod
    def _running(cls, **vals):
        with freeze_time("2026-01-01"):
            return cls._run_agreement(cls.dealer_a, **vals)

    def test_a_signed_agreement_starts_on_its_day(self):
        with freeze_time("2026-01-01"):
            agreement = self._run_agreement(self.dealer_a, date_start="2026-02-01")
        self._run("2026-01-31")
        self.assertEqual(agreement.state, "signed")
        self._run("2026-02-01")
        self.assertEqual(agreement.state, "running")

    def test_an_agreement_expires_after_its_last_day(self):
        agreement = self._running(parent_sees_documents=True)
        self._run("2026-12-31")
        self.assertEqual(agreement.state, "running")
        self._run("2027-01-01")
        self.assertEqual(agreement.state, "expired")
        self.assertFalse(self.dealer_a.share_with_parent)

    def test_without_notice_it_goes_on(self):
        agreement = self._running(renewal_months=12)
        self._run("2027-01-01")
        self.assertEqual(agreement.state, "running")
        self.assertEqual(agreement.date_end, Date.to_date("2027-12-31"))
        agreement.action_give_notice()
        self._run("2028-01-01")
        self.assertEqual(agreement.state, "expired")

    def test_a_signed_follower_takes_the_place_of_the_agreement(self):
        agreement = self._running(renewal_months=12)
        right = self._authorise(agreement, self.outlet_a, self.sales)
        over = self._authorise(agreement, self.outlet_a, self.service, date_to="2026-06-30")
        follower = agreement.browse(agreement.action_renew()["res_id"])
        follower.signed_file = SIGNED
        with freeze_time("2026-12-01"):
            follower.action_sign()
        self._run("2026-12-31")
        self.assertEqual((agreement.state, follower.state), ("running", "signed"))
        self._run("2027-01-01")
        self.assertEqual((agreement.state, follower.state), ("expired", "running"))
        self.assertEqual(agreement.date_end, Date.to_date("2026-12-31"))
        self.assertEqual((right.agreement_id, right.state), (follower, "granted"))
        self.assertEqual((over.agreement_id, over.state), (agreement, "expired"))

    def test_a_draft_that_follows_does_not_end_the_agreement(self):
        agreement = self._running(renewal_months=12)
        agreement.action_renew()
        self._run("2027-01-01")
        self.assertEqual(agreement.state, "running")

    def test_the_area_manager_is_reminded_once_in_time(self):
        self.env["dealer.coverage"].create(
            {"user_id": self.oem_user.id, "dealer_id": self.dealer_a.id, "date_from": "2020-01-01"}
        )
        agreement = self._running()
        self.assertEqual(agreement.responsible_id, self.oem_user)
        self.env["res.lang"]._activate_lang("fr_FR")
        self.oem_user.lang = "fr_FR"
        self._run("2026-05-30")  # the review of 30 June is 31 days away
        self.assertFalse(agreement.activity_ids)
        self._run("2026-05-31")
        self._run("2026-06-02")
        review = agreement.activity_ids
        self.assertEqual(review.date_deadline, Date.to_date("2026-06-30"))
        self.assertEqual(review.user_id, self.oem_user)
        self._run("2026-10-02")  # notice until 1 November
        notice = agreement.activity_ids - review
        self.assertEqual(notice.date_deadline, Date.to_date("2026-11-01"))
        self.assertEqual(notice.summary, "Renouveler ou dénoncer")

    def test_the_lead_can_be_set(self):
        agreement = self._running(reminder_days=90)
        self._run("2026-04-02")
        self.assertEqual(agreement.activity_ids.date_deadline, Date.to_date("2026-06-30"))
