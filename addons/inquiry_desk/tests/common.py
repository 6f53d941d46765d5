"""Two dealers' desks: companies, people, channels."""

import json
import secrets
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

#: Samples that lie beside the project on some machines; our own are in tests/data.
SAMPLES = next(
    (
        folder / "shared" / "data" / "mail"
        for folder in Path(__file__).resolve().parents
        if (folder / "shared" / "data" / "mail").is_dir()
    ),
    Path("shared"),
)


class InquiryDeskCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Inquiry = cls.env["crm.inquiry"]
        for code in ("fr_FR", "ru_RU"):
            cls.env["res.lang"]._activate_lang(code)
        cls.domain_a, cls.domain_b = cls.env["mail.alias.domain"].create(
            [{"name": "rivage.example"}, {"name": "taiga.example"}]
        )
        cls.dealer_a = cls._make_dealer("Rivage", cls.domain_a, "base.fr")
        cls.dealer_b = cls._make_dealer("Taiga", cls.domain_b, "base.ru")
        cls.head_a = cls._make_user("head_a", cls.dealer_a, "sales_team.group_sale_manager")
        cls.seller_a = cls._make_user("seller_a", cls.dealer_a, "sales_team.group_sale_salesman")
        cls.other_a = cls._make_user("other_a", cls.dealer_a, "sales_team.group_sale_salesman")
        cls.head_b = cls._make_user("head_b", cls.dealer_b, "sales_team.group_sale_manager")
        cls.team_a = cls._make_team("Rivage sales", cls.head_a, cls.seller_a | cls.other_a)
        cls.team_b = cls._make_team("Taiga sales", cls.head_b, cls.head_b)
        cls.mailbox_a = cls._make_channel("mail", cls.head_a, cls.team_a, alias_name="desk")
        cls.mailbox_b = cls._make_channel("mail", cls.head_b, cls.team_b, alias_name="desk")
        cls.chat_a = cls._make_channel("chat", cls.head_a, cls.team_a)
        cls.chat_b = cls._make_channel("chat", cls.head_b, cls.team_b)

    @classmethod
    def _make_dealer(cls, name, alias_domain, country):
        return cls.env["res.company"].create(
            {
                "name": name,
                "country_id": cls.env.ref(country).id,
                "alias_domain_id": alias_domain.id,
                "email": f"office@{alias_domain.name}",
                "resource_calendar_id": cls.env["resource.calendar"]
                .create({"name": name, "tz": "UTC"})
                .id,
            }
        )

    @classmethod
    def _make_user(cls, login, company, group):
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,base.group_partner_manager,{group}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            email=f"{login}@{company.alias_domain_id.name}",
            tz="UTC",
        )

    @classmethod
    def _make_team(cls, name, head, members):
        values = {
            "name": name,
            "user_id": head.id,
            "company_id": head.company_id.id,
            "use_leads": True,
        }
        team = cls.env["crm.team"].create(values)
        cls.env["crm.team.member"].create(
            [{"crm_team_id": team.id, "user_id": user.id} for user in members]
        )
        return team

    @classmethod
    def _make_channel(cls, kind, head, team, **values):
        values = {
            "name": f"{kind} {head.company_id.name}",
            "kind": kind,
            "head_id": head.id,
            "team_id": team.id,
            **values,
        }
        return cls.env["crm.inquiry.channel"].create({"company_id": head.company_id.id, **values})

    def make_mail(
        self,
        body="We need a pump.",
        to="desk@rivage.example",
        sender="Anna Petit <anna@example.org>",
        **headers,
    ):
        """Return a mail's bytes; headers by keyword, "_" for "-"."""
        message = EmailMessage(policy=SMTP)
        attachments = headers.pop("attachments", ())
        html = headers.pop("html", None)
        message["From"], message["To"] = sender, to
        message["Message-ID"] = headers.pop("message_id", f"<{secrets.token_hex(8)}@example.org>")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(body)
        if html:
            message.add_alternative(html, subtype="html")
        for name, data in attachments:
            message.add_attachment(
                data, maintype="application", subtype="octet-stream", filename=name
            )
        return message.as_bytes()

    def deliver(self, raw):
        """Hand a mail to Odoo's gateway and return the inquiries made of it."""
        before = self.Inquiry.search([], order="id desc", limit=1).id or 0
        self.env["mail.thread"].message_process(None, raw)
        self.env.flush_all()
        return self.Inquiry.search([("id", ">", before)], order="id")

    def call(self, channel=None, **event):
        """Give the service an event of a channel."""
        return self.Inquiry._receive(
            {"channel": channel or self.chat_a, "text": "I need a pump", **event}
        )

    def popups(self, user):
        """Return the payloads of the popups that a user got."""
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].search([("message", "like", "inquiry_desk/inquiry")])
        channel = f'"res.partner",{user.partner_id.id}]'
        return [line.message for line in sent if line.channel.endswith(channel)]

    def events(self, user):
        """Return the kinds of the popups that a user got."""
        return [json.loads(message)["payload"]["event"] for message in self.popups(user)]
