"""The readers alone: samples, traps, and properties that hold for any input."""

import json
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ..parsers import jivo_webhook, phone, robot, template, text
from ..parsers.desk import read_message
from ..parsers.handwritten import read
from ..parsers.mail import read_mail

PROPERTY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
LETTERS = st.text(max_size=400)
PIECES = st.sampled_from(
    [
        "Name: ", "Phone: ", "E-mail: ", "\n", "[14:02:11] ", "+7 (900) 000-11-22", "a@b.example",
        "*****\n", "> ", "С уважением,\n", "-----Original Message-----\n", "From: x@y.example\n",
        "<td>", "<b", "&#0;", "ООО «", "ИНН ", "\x00", "\ud800", "=?utf-8?b?", "№", "доб. 12",
        "Transaction ID: ", "Request details:\n", "Chat with visitor ",
    ]
)  # fmt: skip
MIXED = st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=40).map("".join)


@tagged("post_install", "-at_install")
class TestParsers(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shipped = cls.env["crm.inquiry.template"].search([("company_id", "=", False)])
        cls.templates = [record._specification() for record in shipped]

    def mail(self, body, subject="", sender="Anna Petit <anna@example.org>", html=False, **headers):
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = sender, "sales@example.com", subject
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(body, subtype="html" if html else "plain")
        return read_mail(message.as_bytes())

    def parsed(self, *args, region="FR", own=(), **kwargs):
        return read_message(self.mail(*args, **kwargs), self.templates, region, set(own))

    # ------------------------------------------------------------------ numbers
    def test_one_number_in_its_forms_is_one_number(self):
        for form in (
            "+7 (900) 000-01-58",
            "8 900 000 01 58",
            "8-900-000-01-58",
            "007 900 000 0158",
            "79000000158",
        ):
            self.assertEqual(phone.normalise(form, "RU").number, "+79000000158", form)
        self.assertEqual(phone.normalise("02 61 91 00 00", "FR").number, "+33261910000")
        self.assertEqual(
            phone.normalise("(495) 000-00-00 доб. 12", "RU"),
            phone.Phone("+74950000000", "12", "(495) 000-00-00 доб. 12"),
        )

    def test_what_only_looks_like_a_number_is_none(self):
        for written in (
            "ИНН 7707083893", "КПП 000001001", "11.11.2024 12:11", "SIRET 732 829 320 00074",
            "203.0.113.17", "арт. 4000123456",
            "https://example.org/79000000158", "заказ № 79000000158", "4000123456 impellers",
        ):  # fmt: skip
            self.assertEqual(phone.phones_in(written, "RU"), [], written)

    def test_own_numbers_are_left_out(self):
        found = phone.phones_in(
            "Звоните 8 800 000-00-00 или мне 8 900 000 9988", "RU", {"+78000000000"}
        )
        self.assertEqual([number.number for number in found], ["+79000009988"])

    # ------------------------------------------------------------------ handwriting
    def test_letter_is_told_from_quote_and_signature(self):
        parsed = self.parsed(
            "Bonjour,\nNous cherchons 3 pompes.\n\nCordialement,\nAnna Petit\nSARL Moulin\n"
            "Tél. 02 40 00 00 01\n\n"
            "Le 3 mars 2025 à 10:00, Ventes <sales@example.com> a écrit :\n> Tél. 02 99 99 99 99\n"
        )
        self.assertEqual(parsed.text, "Bonjour,\nNous cherchons 3 pompes.")
        self.assertEqual([number.number for number in parsed.phones], ["+33240000001"])
        self.assertEqual(
            (parsed.name, parsed.company, parsed.language), ("Anna Petit", "SARL Moulin", "fr")
        )

    def test_sender_without_a_name_is_named_by_his_signature(self):
        parsed = self.parsed(
            "Please quote 2 pumps.\n\nBest regards,\nJohn Smith\nAcme Ltd",
            sender="orders@acme.example",
        )
        self.assertEqual((parsed.name, parsed.company), ("John Smith", "Acme Ltd"))

    def test_forward_of_our_own_staff_comes_from_whom_it_was_forwarded(self):
        body = (
            "see below\n\n-----Original Message-----\nFrom: Client <client@example.net>\n"
            "Subject: pumps\n\nwe need a pump"
        )
        parsed = self.parsed(
            body, "FW: pumps", sender="clerk@example.com", own={"clerk@example.com"}
        )
        self.assertEqual(parsed.emails[0], "client@example.net")
        self.assertIn("we need a pump", parsed.text)

    def test_tax_number_and_items(self):
        parsed = self.parsed(
            "Прошу КП:\n1. Насос К 80 — 2 шт\n2. Вал — 1 шт\nООО «Ромашка», ИНН 7707083893",
            region="RU",
        )
        self.assertEqual((parsed.vat, parsed.company), ("7707083893", "ООО «Ромашка»"))
        self.assertEqual(parsed.items, ["Насос К 80 — 2 шт", "Вал — 1 шт"])

    # ------------------------------------------------------------------ transcripts and forms
    def test_french_transcript(self):
        parsed = self.parsed(
            "Discussion avec le visiteur Anne Roy\n\nNom : Anne Roy\nTéléphone : 02 40 00 00 02\n"
            "Conseiller : Luc\n\n[10:00:00] Anne Roy: Bonjour, il me faut une pompe\n"
            "[10:00:09] Luc: Appelez le 02 99 99 99 99\n"
        )
        self.assertEqual((parsed.name, parsed.agent), ("Anne Roy", "Luc"))
        self.assertEqual([line.is_agent for line in parsed.chat], [False, True])
        self.assertEqual([number.number for number in parsed.phones], ["+33240000002"])

    def test_answer_that_quotes_a_form_is_no_form(self):
        own = template.Template("Own", body="^Request from", labels=(("name", ("Name",)),))
        mail = self.mail("> Request from the site\n> Name: Anne\nYes, please go on", "Re: Request")
        self.assertEqual(read_message(mail, [own]).parser, "handwritten")

    def test_pattern_that_never_ends_is_refused(self):
        self.assertTrue(template.fault_of("(a+)+$"))
        self.assertTrue(template.fault_of("(unclosed"))
        self.assertFalse(template.fault_of(r"^Request No\. (\d+)"))

    # ------------------------------------------------------------------ machines
    def test_machines_are_told_from_people(self):
        for headers, kind in (
            ({"Auto_Submitted": "auto-replied"}, "auto-reply"),
            ({"List_Unsubscribe": "<mailto:u@example.org>"}, "newsletter"),
            ({"Precedence": "bulk"}, "newsletter"),
            ({"X_Autoreply": "yes"}, "auto-reply"),
            ({}, ""),
        ):
            self.assertEqual(self.parsed("hello", **headers).robot, kind, headers)
        self.assertEqual(self.parsed("hello", "Réponse automatique : absente").robot, "auto-reply")
        self.assertEqual(
            self.parsed("failed", "Undelivered", sender="MAILER-DAEMON@mx.example").robot, "bounce"
        )
        self.assertFalse(robot.answerable("noreply@site.example"))

    def test_form_sent_by_a_machine_is_still_a_request(self):
        parsed = self.parsed(
            "Request details:\nName: Anne\nPhone: 02 40 00 00 03\n",
            Auto_Submitted="auto-generated",
            sender="noreply@tilda.ws",
        )
        self.assertEqual((parsed.parser, parsed.robot, parsed.understood), ("Tilda", "", True))

    # ------------------------------------------------------------------ damaged mails
    def test_wrong_charset_is_read_all_the_same(self):
        for charset, real in (("us-ascii", "windows-1251"), ("no-such", "utf-8")):
            head = f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
            raw = f"{head}Нужен насос".encode(real)
            self.assertEqual(read_mail(raw).text, "Нужен насос")

    def test_mail_bombs_are_named_and_keep_their_head(self):
        head = (
            b"From: a@b.example\r\nTo: sales@example.com\r\nSubject: bomb\r\nMIME-Version: 1.0\r\n"
        )
        nested = head + b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i)
            for i in range(2000)
        )
        flat = (
            head
            + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
            + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 5000
        )
        for raw in (nested, flat):
            mail = read_mail(raw)
            self.assertTrue(mail.broken)
            self.assertEqual(
                (mail.sender, mail.subject, mail.recipients),
                ("a@b.example", "bomb", ["sales@example.com"]),
            )
            self.assertFalse(read_message(mail).understood)

    def test_remote_pictures_are_taken_out(self):
        html = text.harmless(
            '<p>hi<img src="https://spy.example/p.gif">'
            "<img src='//x.example/a'><img src=\"cid:1\"></p>"
        )
        self.assertNotIn("spy.example", html)
        self.assertNotIn("x.example", html)
        self.assertIn("cid:1", html)

    # ------------------------------------------------------------------ properties
    def test_any_text_is_read_and_none_is_lost(self):
        @PROPERTY
        @given(st.one_of(LETTERS, MIXED), MIXED)
        def check(body, subject):
            parsed = read(body, "X", "a@b.example", subject, "RU")
            self.assertEqual(parsed.understood, bool(parsed.text))
            own, quoted = text.split_quoted(text.clean(body))
            for line in text.clean(body).split("\n"):
                self.assertIn(line.strip(), own + quoted)

        check()

    def test_any_text_goes_through_any_template(self):
        @PROPERTY
        @given(MIXED, MIXED, st.integers(0, len(self.templates) - 1))
        def check(body, html, index):
            parsed = template.read(self.templates[index], body, html, "RU")
            self.assertEqual(parsed.understood, parsed.reachable or bool(parsed.chat))
            for number in parsed.phones:
                self.assertRegex(number.number, r"^\+?\d{5,15}$")

        check()

    def test_any_bytes_are_a_mail(self):
        part = st.one_of(
            st.binary(max_size=200),
            PIECES.map(lambda piece: piece.encode("utf-8", "surrogatepass")),
        )
        names = st.sampled_from(
            [b"From: ", b"To: ", b"Subject: ", b"Content-Type: multipart/mixed; boundary=b\r\n",
             b"\r\n--b\r\n", b"\r\n\r\n", b"Date: ", b"Content-Transfer-Encoding: base64\r\n",
             b"Content-Type: text/html; charset=", b"Message-ID: <",
             b"Content-Disposition: attachment; filename*="]
        )  # fmt: skip

        @PROPERTY
        @given(st.lists(st.one_of(names, part), max_size=30).map(b"".join))
        def check(raw):
            mail = read_mail(raw)
            self.assertEqual(mail.raw, raw)
            parsed = read_message(mail, self.templates, "RU")
            self.assertFalse(mail.broken and parsed.understood)

        check()

    def test_any_payload_of_the_webhook_is_read(self):
        leaf = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
        tree = st.recursive(
            leaf,
            lambda inner: st.one_of(
                st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=9), inner, max_size=3)
            ),
        )
        names = (
            "event_name",
            "visitor",
            "session",
            "page",
            "agents",
            "chat",
            "chat_id",
            "message",
            "offline_message_id",
        )

        @PROPERTY
        @given(st.one_of(tree, st.fixed_dictionaries(dict.fromkeys(names, tree))))
        def check(payload):
            parsed = jivo_webhook.read(payload, "RU")
            self.assertFalse(
                parsed.understood and payload.get("event_name") not in jivo_webhook.EVENTS
            )
            json.dumps(parsed.utm)

        check()

    def test_same_number_however_it_is_written(self):
        separators = st.sampled_from(["", " ", "-", ".", " (", ") "])

        @PROPERTY
        @given(
            st.integers(9_000_000_000, 9_999_999_999),
            st.lists(separators, min_size=9, max_size=9),
            st.sampled_from(["+7", "8", "007"]),
        )
        def check(number, gaps, prefix):
            written = prefix + "".join(
                digit + gap for digit, gap in zip(str(number), [*gaps, ""], strict=True)
            )
            self.assertEqual(phone.normalise(written, "RU").number, f"+7{number}")

        check()

    def test_an_address_stands_for_its_mailbox(self):
        @PROPERTY
        @given(st.emails(), st.text("abc", max_size=4))
        def check(address, tag):
            local, _at, domain = address.rpartition("@")
            tagged_address = f"{local}+{tag}@{domain.upper()}"
            self.assertEqual(text.normalise_email(tagged_address), text.normalise_email(address))

        check()
