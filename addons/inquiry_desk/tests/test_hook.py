"""The webhook over HTTP: right, wrong, repeated, hostile."""

import json

from odoo.tests import HttpCase, tagged

from .common import InquiryDeskCase

EVENT = {
    "event_name": "chat_finished",
    "chat_id": 9001,
    "widget_id": "77",
    "visitor": {"name": "Anne Roy", "phone": "02 40 00 11 22"},
    "agents": [{"id": "1", "name": "Luc", "phone": "02 40 99 99 99"}],
    "chat": {
        "messages": [
            {"type": "visitor", "message": "Bonjour, il me faut une pompe", "timestamp": 1760000000}
        ]
    },
}


@tagged("post_install", "-at_install")
class TestHook(HttpCase, InquiryDeskCase):
    def post(self, channel, body, token=None, headers=None):
        data = json.dumps(body).encode() if isinstance(body, dict | list) else body
        headers = {"Content-Type": "application/json", **(headers or {})}
        return self.url_open(f"/inquiry/{token or channel.token}", data=data, headers=headers)

    def made(self):
        return self.Inquiry.search([("channel_id", "in", (self.chat_a | self.chat_b).ids)])

    def test_chat_becomes_an_inquiry_of_its_dealer(self):
        self.assertEqual(self.post(self.chat_a, EVENT).status_code, 200)
        inquiry = self.made()
        self.assertFalse(inquiry.reason)
        self.assertRecordValues(
            inquiry,
            [
                {
                    "company_id": self.dealer_a.id,
                    "phone": "+33240001122",
                    "contact_name": "Anne Roy",
                    "state": "queued",
                }
            ],
        )
        self.assertEqual(json.loads(inquiry.original_id.raw), EVENT)

    def test_replay_changes_nothing(self):
        for _time in range(3):
            self.assertEqual(self.post(self.chat_a, EVENT).status_code, 200)
        self.assertEqual(len(self.made()), 1)
        self.assertEqual(len(self.made()._attachments()), 1)

    def test_bad_token_is_no_address(self):
        for token in (
            "x",
            self.chat_a.token[:-1],
            f"{self.chat_a.token}x",
            self.mailbox_a.token,
            "%00",
            f"{self.chat_a.token}%00",
            "a" * 5000,
        ):
            self.assertEqual(self.post(None, EVENT, token=token).status_code, 404, token[:20])
        self.assertFalse(self.made())

    def test_replaced_token_is_refused(self):
        old = self.chat_a.token
        self.chat_a.with_user(self.head_a).action_new_token()
        self.assertEqual(self.post(None, EVENT, token=old).status_code, 404)
        self.assertEqual(self.post(self.chat_a, EVENT).status_code, 200)

    def test_garbage_is_refused(self):
        for body in (b" ", b"{", b"\xff\xfe", b"[1]", b"null", b'"x"', b"[" * 100_000, b"{}"):
            self.assertEqual(self.post(self.chat_a, body).status_code, 400, body[:10])
        self.assertFalse(self.made())

    def test_too_much_is_refused(self):
        self.assertEqual(self.post(self.chat_a, b"x" * (3 * 1024 * 1024)).status_code, 413)

    def test_other_events_and_widgets(self):
        self.assertEqual(self.post(self.chat_a, {"event_name": "chat_accepted"}).status_code, 200)
        self.chat_a.widget = "78"
        self.assertEqual(self.post(self.chat_a, EVENT).status_code, 400)
        self.assertFalse(self.made())

    def test_event_without_anybody_to_answer_goes_to_sort(self):
        self.post(self.chat_a, {"event_name": "chat_finished", "chat_id": 5})
        self.assertEqual(self.made().state, "to_sort")

    def test_form_of_a_site_may_post_itself(self):
        form = self._make_channel("form", self.head_a, self.team_a)
        answer = self.url_open(
            f"/inquiry/{form.token}",
            data={"name": "Anna", "phone": "02 40 00 33 44", "message": "a pump", "id": "7"},
        )
        self.assertEqual(answer.status_code, 200)
        inquiry = self.Inquiry.search([("channel_id", "=", form.id)])
        self.assertRecordValues(
            inquiry, [{"external_key": "form:7", "phone": "+33240003344", "text": "a pump"}]
        )

    def test_what_no_column_can_hold_is_left_out(self):
        """A zero byte in whatever field; PostgreSQL would refuse the whole event."""
        form = self._make_channel("form", self.head_a, self.team_a)
        event = {"name": "An\0na", "email": "anna@example.net", "text": "a\0pump", "id": "7\0"}
        self.assertEqual(self.post(form, event).status_code, 200)
        inquiry = self.Inquiry.search([("channel_id", "=", form.id)])
        self.assertEqual((inquiry.external_key, inquiry.email), ("form:7", "anna@example.net"))

    def test_files_of_a_form_are_kept(self):
        form = self._make_channel("form", self.head_a, self.team_a)
        self.opener.post(
            f"{self.base_url()}/inquiry/{form.token}",
            data={"email": "luc@example.net", "message": "see the plan", "zip": "44000"},
            files={"plan": ("plan.pdf", b"%PDF plan", "application/pdf")},
            timeout=60,
        )
        inquiry = self.Inquiry.search([("channel_id", "=", form.id)])
        self.assertEqual(inquiry.zip, "44000")
        plan = inquiry._attachments().filtered(lambda file: file.name == "plan.pdf")
        self.assertEqual(plan.raw, b"%PDF plan")

    def test_program_sends_what_it_knows(self):
        door = self._make_channel("api", self.head_a, self.team_a)
        known = {"phone": "02 40 00 33 55", "company": "Moulin", "product": "CP-80", "id": 12}
        self.assertEqual(self.post(door, {**known, "city": "Nantes"}).status_code, 200)
        inquiry = self.Inquiry.search([("channel_id", "=", door.id)])
        self.assertRecordValues(
            inquiry,
            [
                {
                    "external_key": "form:12",
                    "phone": "+33240003355",
                    "company_name": "Moulin",
                    "product": "CP-80",
                    "city": "Nantes",
                    "subject": "CP-80",
                }
            ],
        )

    def test_more_than_the_limit_is_refused_and_counted(self):
        """Told when to come again; another channel is not touched; what was taken stays."""
        self.env["ir.config_parameter"].set_param("inquiry_desk.hook_per_minute", "2")
        form = self._make_channel("form", self.head_a, self.team_a)
        answers = [self.post(form, {"text": "a pump", "id": number}) for number in range(4)]
        self.assertEqual([answer.status_code for answer in answers], [200, 200, 429, 429])
        self.assertLessEqual(1, int(answers[-1].headers["Retry-After"]))
        self.assertLessEqual(int(answers[-1].headers["Retry-After"]), 60)
        self.assertEqual(self.post(self.chat_a, EVENT).status_code, 200)
        self.assertEqual(self.Inquiry.search_count([("channel_id", "=", form.id)]), 2)
        shown = form.with_user(self.head_a)
        self.assertEqual((shown.hook_limit, shown.hook_refused), (2, 2))
        self.assertEqual(self.env["crm.inquiry.refusal"].with_user(self.head_a).search_count([]), 2)
        self.assertFalse(self.env["crm.inquiry.refusal"].with_user(self.head_b).search([]))

    def test_after_a_minute_it_is_taken_again(self):
        self.env["ir.config_parameter"].set_param("inquiry_desk.hook_per_minute", "1")
        form = self._make_channel("form", self.head_a, self.team_a)
        self.post(form, {"text": "a pump", "id": 1})
        taken = self.Inquiry.search([("channel_id", "=", form.id)])
        self.env.cr.execute(
            "UPDATE crm_inquiry SET create_date = create_date - interval '61 s' WHERE id = %s",
            [taken.id],
        )
        taken.invalidate_recordset()
        self.assertEqual(self.post(form, {"text": "a pump", "id": 2}).status_code, 200)
        self.assertFalse(form.hook_refused)

    def test_mails_of_a_channel_do_not_shut_its_webhook(self):
        self.env["ir.config_parameter"].set_param("inquiry_desk.hook_per_minute", "1")
        form = self._make_channel("form", self.head_a, self.team_a)
        self.Inquiry._receive({"channel": form, "text": "a pump", "message_id": "<1@example.net>"})
        self.assertEqual(self.post(form, {"text": "a pump", "id": 2}).status_code, 200)

    def test_limit_is_the_systems_administrators(self):
        settings = self.env["res.config.settings"].create({"inquiry_hook_per_minute": 7})
        settings.execute()
        self.assertEqual(self.chat_a._hook_limit(), 7)
        for nonsense in ("0", "-1", "many", ""):
            self.env["ir.config_parameter"].set_param("inquiry_desk.hook_per_minute", nonsense)
            self.assertEqual(self.chat_a._hook_limit(), 60, nonsense)

    def test_refusals_are_kept_for_thirty_days(self):
        refusals = self.env["crm.inquiry.refusal"].create(
            [{"channel_id": self.chat_a.id}, {"channel_id": self.chat_a.id, "date": "2020-01-01"}]
        )
        refusals._gc_refusals()
        self.assertEqual(refusals.exists(), refusals[0])

    def test_tokens_of_two_dealers_lead_to_two_desks(self):
        self.post(self.chat_a, EVENT)
        self.post(self.chat_b, EVENT)
        self.assertEqual(self.made().company_id, self.dealer_a | self.dealer_b)
