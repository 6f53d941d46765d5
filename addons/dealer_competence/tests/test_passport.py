import io

import zxingcpp
from freezegun import freeze_time
from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import CompetenceCase


@tagged("post_install", "-at_install")
class TestPassport(CompetenceCase, HttpCase):
    def _public(self, **vals):
        return self.env["dealer.passport.share"].with_user(self.seller_a).create(vals)

    def test_the_page_shows_what_is_allowed_and_nothing_else(self):
        self._gain(self.person_a, self.offer)
        self._gain(self.person_a, self.yearly)
        share = self._public(show_level=False, competence_ids=[(6, 0, self.offer.ids)])
        page = self.url_open(f"/passport/{share.token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertIn(self.person_a.name, page.text)
        self.assertIn("Writes offers", page.text)
        for hidden in ("Gives discounts", "Does it alone", "Dealer A", self.person_a.email):
            self.assertNotIn(hidden, page.text)
        share.write({"show_name": False, "show_employer": True, "competence_ids": [(5,)]})
        page = self.url_open(f"/passport/{share.token}")
        self.assertNotIn(self.person_a.name, page.text)
        self.assertIn("Dealer A", page.text)
        self.assertIn("Gives discounts", page.text)
        share.invalidate_recordset()
        self.assertEqual(share.view_count, 2)

    def test_what_has_expired_is_not_shown(self):
        line = self._gain(self.person_a, self.yearly)
        share = self._public()
        line.write({"valid_from": "2020-01-01", "valid_to": "2020-12-31"})
        page = self.url_open(f"/passport/{share.token}")
        self.assertNotIn("Gives discounts", page.text)
        self.assertIn("Nothing is in force", page.text)

    def test_a_link_that_ended_or_was_never_given_opens_nothing(self):
        share = self._public()
        share.action_end()
        for token in (share.token, "guessed", "guess%00ed"):
            page = self.url_open(f"/passport/{token}")
            self.assertEqual(page.status_code, 404)
            self.assertNotIn(self.person_a.name, page.text)
            self.assertEqual(self.url_open(f"/passport/{token}/qr").status_code, 404)
        share.write({"state": "allowed", "date_to": "2020-01-01"})
        self.assertEqual(self.url_open(f"/passport/{share.token}").status_code, 404)

    def test_the_qr_code_leads_to_the_page(self):
        share = self._public()
        code = self.url_open(share.qr_url)
        self.assertEqual(code.headers["Content-Type"], "image/png")
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.content)))
        self._gain(self.person_a, self.offer)
        page = self.url_open(found.text)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Writes offers", page.text)

    def _move(self, consent):
        self._gain(self.person_a, self.offer)
        if consent:
            self.person_a.action_give_consent()
        today = fields.Date.today()
        self.staff_a.write({"date_start": "2024-01-01"})
        self.staff_a.write({"date_end": fields.Date.subtract(today, days=1)})
        self.env["dealer.staff"]._refresh_state()
        return self.env["dealer.staff"].create(
            {
                "person_id": self.person_a.id,
                "dealer_id": self.dealer_b.id,
                "role_id": self.staff_a.role_id.id,
                "user_id": self.seller_a.id,
            }
        )

    def test_it_moves_with_consent(self):
        self._move(consent=True)
        self.env.flush_all()
        line = self.person_a.competence_ids
        self.assertTrue(self._sees(self.principal_b, line))
        self.assertFalse(self._sees(self.principal_a, line), "no longer its person")
        arrived = self.env["dealer.competence.history"].search(
            [("dealer_id", "=", self.dealer_b.id)]
        )
        self.assertEqual(arrived.event, "arrived")

    def test_without_consent_the_new_dealer_asks_and_the_person_decides(self):
        self._move(consent=False)
        line = self.person_a.competence_ids
        share = self.person_a.share_ids
        self.assertEqual((share.state, share.dealer_id), ("asked", self.dealer_b))
        self.assertFalse(self._sees(self.principal_b, line))
        with self.assertRaises(AccessError):
            share.with_user(self.principal_b).action_allow()
        share.with_user(self.seller_a).action_allow()
        self.assertTrue(self._sees(self.principal_b, line))
        share.with_user(self.seller_a).action_end()
        self.assertFalse(self._sees(self.principal_b, line))

    def test_a_last_day_ahead_ends_nothing_before_it_comes(self):
        staff = self._move(consent=True)
        share = self.person_a.share_ids
        history = self.env["dealer.competence.history"]
        left = [("dealer_id", "=", self.dealer_b.id), ("event", "=", "left")]
        today = fields.Date.today()
        for days in (30, 31):
            staff.date_end = fields.Date.add(today, days=days)
            self.assertEqual(share.state, "allowed")
            self.assertFalse(history.search(left))
        with freeze_time(fields.Date.add(today, days=32)):
            for _night in range(2):
                self.env["dealer.staff"]._refresh_state()
                self.assertEqual(share.state, "ended")
                self.assertEqual(history.search(left).competence_id, self.offer)
                self.assertEqual(len(history.search(left)), 1)

    def test_two_jobs_that_end_together_are_one_leaving(self):
        staff = self._move(consent=True)
        staff.date_start = "2025-01-01"
        self._gain(self.person_a, self.yearly, dealer=self.dealer_b)
        jobs = staff | staff.copy({"role_id": self.env.ref("dealer_network.role_marketer").id})
        jobs.write({"date_end": "2025-12-31"})
        left = self.env["dealer.competence.history"].search(
            [("dealer_id", "=", self.dealer_b.id), ("event", "=", "left")]
        )
        self.assertEqual(left.competence_id, self.offer | self.yearly)
        self.assertEqual(len(left), 2)

    def test_the_former_dealer_keeps_its_history_without_the_person(self):
        self._move(consent=True)
        history = (
            self.env["dealer.competence.history"]
            .with_user(self.principal_a)
            .search([("dealer_id", "=", self.dealer_a.id)])
        )
        self.assertEqual(set(history.mapped("event")), {"gained", "left"})
        self.assertEqual(len(set(history.mapped("person_ref"))), 1)
        self.assertNotEqual(
            self.person_a._reference_at(self.dealer_a), self.person_a._reference_at(self.dealer_b)
        )
        relations = {field.comodel_name for field in history._fields.values()}
        self.assertFalse(relations & {"dealer.person", "dealer.staff", "res.partner"})
