"""Two dealers of one region: addresses, tokens, popups, files, and the look-up itself."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from .common import TwoDesksCase

NUMBER = "+33 2 61 91 70 70"


@tagged("post_install", "-at_install")
class TestTwoDesks(HttpCase, TwoDesksCase):
    def _find(self, user, **wanted):
        return self.env["crm.contact.key"].with_user(user).find(**wanted)

    # The look-up

    def test_contact_of_the_oem_is_a_stranger_at_a_dealers_desk(self):
        self.oem_customer.write({"phone": NUMBER, "email": "buyer@oem-customer.example"})
        inquiry = self._take(self.mailbox_a, phone=NUMBER, email="buyer@oem-customer.example")
        self.assertEqual(inquiry.relation, "new")
        self.assertFalse(inquiry.candidate_ids)
        self.assertNotEqual(inquiry.partner_id, self.oem_customer)
        self.assertFalse(self._find(self.seller_b, phone=NUMBER))

    def test_rivals_customer_is_a_stranger(self):
        self.customer_b.phone = NUMBER
        self.assertFalse(self._find(self.seller_a, phone=NUMBER))
        self.assertFalse(self._find(self.seller_a, email=self.customer_b.email))
        self.assertEqual(self._find(self.seller_b, phone=NUMBER), self.customer_b)
        inquiry = self._take(self.mailbox_a, phone=NUMBER, email=self.customer_b.email)
        self.assertEqual((inquiry.relation, inquiry.candidate_ids.ids), ("new", []))

    def test_a_crowd_of_rivals_does_not_hide_ones_own_customer(self):
        self.env["res.partner"].create(
            [
                {"name": f"n{i}", "phone": NUMBER, "company_id": self.company_b.id}
                for i in range(300)
            ]
        )
        self.customer_a.phone = NUMBER
        self.assertEqual(self._find(self.seller_a, phone=NUMBER), self.customer_a)

    def test_keys_and_conversations_are_nobodys_to_read(self):
        for model in ("crm.contact.key", "crm.inquiry.identity"):
            for user in (self.principal_a, self.seller_a):
                with self.assertRaises(AccessError):
                    self._as(user, model).search([])

    # Addresses

    def test_a_rivals_address_is_refused_without_telling_whose_it_is(self):
        for values in ({"alias_name": self.mailbox_b.alias_name}, {"alias_name": "DESK-T-B "}):
            with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
                self._as(self.principal_a, "crm.inquiry.channel").create({"name": "x", **values})
            self.assertNotIn("Dealer B", str(refused.exception))
            self.assertNotIn(self.mailbox_b.name, str(refused.exception).replace("desk-t-b", ""))
        with self.assertRaises(AccessError):
            self._as(self.principal_a, "mail.alias").search([])

    def test_a_dealer_cannot_point_others_mail_at_its_desk(self):
        channel = self.mailbox_a.with_user(self.principal_a)
        server = self.env["fetchmail.server"].create({"name": "The OEM's mailbox"})
        for values in ({"mailbox": "sales@oem.example"}, {"fetchmail_server_id": server.id}):
            with self.assertRaises(AccessError):
                channel.write(values)
            with self.assertRaises(AccessError):
                channel.create({"name": "x", "kind": "mail", **values})

    def test_mail_to_both_reaches_each_on_its_own_desk(self):
        raw = (
            f"From: Anna <anna@client.example>\nTo: {self.mailbox_a.alias_email}, "
            f"{self.mailbox_b.alias_email}\nSubject: Pump\nMessage-ID: <both@client.example>\n\n"
            "We need a pump."
        )
        self.env["mail.thread"].message_process(None, raw)
        for user, company in ((self.seller_a, self.company_a), (self.seller_b, self.company_b)):
            inquiry = self._as(user, "crm.inquiry").search([])
            self.assertEqual((len(inquiry), inquiry.sudo().company_id), (1, company))

    # Tokens

    def test_token_is_for_the_desks_manager_alone(self):
        door = self._channel(self.company_b, "api")
        for user in (self.principal_a, self.seller_a, self.seller_b):
            with self.assertRaises(AccessError):
                _ = door.with_user(user).token
        self.assertTrue(door.with_user(self.principal_b).token)
        found = self._as(self.principal_a, "crm.inquiry.channel").search(
            [("token", "=", door.sudo().token)]
        )
        self.assertFalse(found)

    def test_token_leads_to_its_own_desk(self):
        door = self._channel(self.company_b, "api")
        form = {"name": "Luc", "email": "luc@client.example", "message": "A pump", "id": "1"}
        answer = self.url_open(f"/inquiry/{door.token}", data=form)
        self.assertEqual(answer.json(), {"result": "ok"}, "nothing of the desk is told")
        self.assertFalse(self._as(self.principal_a, "crm.inquiry").search([]))
        self.assertEqual(self._as(self.principal_b, "crm.inquiry").search([]).contact_name, "Luc")

    # Popups and files

    def test_popups_go_to_the_desks_own_people(self):
        self.mailbox_b.head_id = self.principal_a  # somebody's mistake
        self._take(self.mailbox_b, email="luc@client.example")
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].search([("message", "like", "inquiry_desk/inquiry")])
        partners = {self.principal_a.partner_id.id, self.seller_a.partner_id.id}
        self.assertFalse(
            [
                line
                for line in sent
                if any(f'"res.partner",{pid}]' in line.channel for pid in partners)
            ]
        )

    def test_files_of_a_rivals_inquiry_are_closed(self):
        inquiry = self._take(
            self.mailbox_b,
            email="luc@client.example",
            original=b"secret original",
            attachments=[("plan.pdf", b"secret plan", "application/pdf")],
        )
        files = inquiry._attachments()
        self.assertEqual(len(files), 2)
        self.assertFalse(
            self._as(self.principal_a, "ir.attachment").search([("id", "in", files.ids)])
        )
        for file in files:
            with self.assertRaises(AccessError):
                file.with_user(self.principal_a).read(["raw"])
        self.principal_a.password = "principal-a-secret"
        self.authenticate(self.principal_a.login, "principal-a-secret")
        for file in files:
            answer = self.url_open(f"/web/content/{file.id}")
            self.assertNotIn(b"secret", answer.content)
        self.assertTrue(files.with_user(self.seller_b).mapped("raw"))

    # Set-up by the dealer itself

    def test_a_dealer_sets_up_its_desk(self):
        form = Form(self._as(self.principal_a, "crm.inquiry.channel"))
        form.name, form.kind = "Service", "mail"
        form.alias_name = "service-a"
        channel = form.save()
        self.assertEqual(channel.sudo().alias_email, f"service-a@{self.alias_domain.name}")
        self.assertEqual(channel.company_id, self.company_a)
        form = Form(self._as(self.principal_a, "crm.inquiry.template"))
        form.name, form.body_pattern = "Our form", "^Request"
        form.sample = "Request\nTel: 02 61 91 70 71"
        with form.line_ids.new() as line:
            line.field, line.labels = "phone", "Tel"
        self.assertIn("+33261917071", form.preview)
        self.assertEqual(form.save().company_id, self.company_a)
        team = self.env["crm.team"].create({"name": "A", "company_id": self.company_a.id})
        form = Form(self._as(self.principal_a, "crm.inquiry.rule"))
        form.name, form.team_id, form.method = "All", team, "load"
        self.assertEqual(form.save().company_id, self.company_a)

    def test_a_dealer_answers_from_the_desk(self):
        inquiry = self._take(self.mailbox_a, email="luc@client.example", name="Luc")
        mine = inquiry.with_user(self.principal_a)
        mine.write({"user_id": self.seller_a.id})
        action = mine.with_user(self.seller_a).action_reply()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.seller_a)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn(inquiry.name, composer.subject)
        composer._action_send_mail()
        self.assertTrue(inquiry.response_date)
        self.assertIn(self.mailbox_a.alias_email, inquiry.message_ids[0].reply_to)

    def test_cockpit_counts_ones_own(self):
        self._take(self.mailbox_b, email="luc@client.example")
        figures = self._as(self.principal_a, "crm.inquiry.cockpit").figures(30)
        self.assertEqual(figures["totals"]["total"], 0)
        self.assertEqual((figures["channels"], figures["hours"]), ([], []))

    def test_shared_templates_are_read_only(self):
        shared = self.env.ref("inquiry_desk.template_tilda").with_user(self.principal_a)
        self.assertTrue(shared.line_ids.mapped("labels"))
        for record in (shared, shared.line_ids[0]):
            with self.assertRaises(AccessError):
                record.write({"sequence": 1})
            with self.assertRaises(AccessError):
                record.unlink()
