"""Two dealers, each with an exchange, and calls replayed from recorded streams."""

import json
from datetime import timedelta
from pathlib import Path

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user

from ..ami import read_trace
from ..listener.desk import Desk

TRACES = Path(__file__).parent / "traces"


def events(name):
    """Return [(time of arrival, event)] of a recorded stream."""
    data = (TRACES / f"{name}.txt").read_bytes()
    return [(arrived, frame) for arrived, frame in read_trace(data) if "Event" in frame]


class CaseDesk(Desk):
    """A desk that works in the test's own transaction."""

    def __init__(self, pbx, live=False):
        super().__init__(pbx.env.cr.dbname, pbx.id, live)
        self.pbx = pbx

    def transact(self, work, patient=True):
        env = self.environment(self.pbx.env.cr)
        result = work(env, env["miko.pbx"].browse(self.pbx.id))
        env.flush_all()
        return result


class TelephonyCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Call = cls.env["miko.call"]
        cls.dealer_a = cls._make_dealer("Rivage", "base.fr")
        cls.dealer_b = cls._make_dealer("Taiga", "base.ru")
        cls.head_a = cls._make_user("head_a", cls.dealer_a, "sales_team.group_sale_manager")
        cls.seller_a = cls._make_user("seller_a", cls.dealer_a, "sales_team.group_sale_salesman")
        cls.other_a = cls._make_user("other_a", cls.dealer_a, "sales_team.group_sale_salesman")
        cls.head_b = cls._make_user("head_b", cls.dealer_b, "sales_team.group_sale_manager")
        cls.pbx_a = cls._make_pbx(cls.dealer_a, cls.head_a)
        cls.pbx_b = cls._make_pbx(cls.dealer_b, cls.head_b)
        cls._make_extensions(
            cls.pbx_a, {"201": cls.seller_a, "202": cls.other_a, "203": cls.head_a}
        )
        cls._make_extensions(cls.pbx_b, {"201": cls.head_b})
        cls.line_a = cls.env["miko.line"].create(
            {"name": "Pumps", "pbx_id": cls.pbx_a.id, "number": "74950000001", "announcement": True}
        )

    @classmethod
    def _make_dealer(cls, name, country):
        return cls.env["res.company"].create(
            {"name": name, "country_id": cls.env.ref(country).id, "email": f"{name}@{name}.example"}
        )

    @classmethod
    def _make_user(cls, login, company, group):
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,base.group_partner_manager,{group}",
            name=login.replace("_", " ").title(),
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            email=f"{login}@{company.name.lower()}.example",
            tz="UTC",
        )

    @classmethod
    def _make_pbx(cls, company, head):
        channel = cls.env["crm.inquiry.channel"].create(
            {
                "name": f"Telephone {company.name}",
                "kind": "telephone",
                "company_id": company.id,
                "head_id": head.id,
            }
        )
        return cls.env["miko.pbx"].create(
            {
                "name": company.name,
                "company_id": company.id,
                "host": "127.0.0.1",
                "ami_port": 1,
                "ami_user": "crm",
                "ami_secret": "crmsecret",
                "tz": "UTC",
                "history": "none",
                "channel_id": channel.id,
            }
        )

    @classmethod
    def _make_extensions(cls, pbx, users):
        cls.env["miko.extension"].create(
            [
                {"pbx_id": pbx.id, "number": number, "user_id": user.id}
                for number, user in users.items()
            ]
        )

    def replay(self, name, pbx=None, until=None, change=None, desk=None):
        """Feed a recorded stream and return its calls.

        :param until: stop before the first event for which this is true
        :param change: called with each event before it is fed; may return None to leave it out
        """
        pbx = pbx or self.pbx_a
        desk = desk or CaseDesk(pbx)
        before = self.Call.search([], order="id desc", limit=1).id or 0
        for arrived, event in events(name):
            if until and until(event):
                break
            event = change(event) if change else event
            if event:
                desk.take([("event", event, arrived)])
        self.env.invalidate_all()
        return self.Call.search([("id", ">", before), ("pbx_id", "=", pbx.id)], order="id")

    def follow_up(self):
        """Do what the job does, now."""
        self.Call.search([("todo", "=", True)]).todo_date = fields.Datetime.now() - timedelta(
            minutes=1
        )
        self.Call._follow_up()

    def from_number(self, number):
        """Return a `change` that lets somebody else call."""

        def change(event):
            return {
                key: value.replace("79161234567", number) if isinstance(value, str) else value
                for key, value in event.items()
            }

        return change

    def cards(self, user):
        """Return what the user's browser got about calls, in order."""
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].search([("message", "like", "miko_telephony/card")], order="id")
        channel = f'"res.partner",{user.partner_id.id}]'
        return [
            json.loads(line.message)["payload"] for line in sent if line.channel.endswith(channel)
        ]
