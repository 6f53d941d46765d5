from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DealerAccessCase


@tagged("post_install", "-at_install")
class TestSupport(DealerAccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["res.partner"].create(
            {"name": "Customer of A", "company_id": cls.company_a.id}
        )
        cls.rivals = cls.env["res.partner"].create(
            {"name": "Customer of B", "company_id": cls.company_b.id}
        )

    def _ask(self, mode="read", hours=2.0, user=None):
        access = (
            self.env["dealer.support.access"]
            .with_user(user or self.oem_user)
            .create(
                {
                    "dealer_id": self.dealer_a.id,
                    "reason": "Order does not print",
                    "access_mode": mode,
                    "hours": hours,
                }
            )
        )
        access.action_request()
        return access

    def _open(self, **vals):
        access = self._ask(**vals)
        access.with_user(self.principal_a).action_approve()
        self.env.cr.flush()
        return access

    def _as_support(self, record=None):
        """The record as the supporter's web client asks for it."""
        companies = (self.oem_company | self.company_a).ids
        return (
            (record or self.record)
            .with_user(self.oem_user)
            .with_context(allowed_company_ids=companies)
        )

    def test_nothing_is_readable_before(self):
        access = self._ask()
        with self.assertRaises(AccessError):
            self.record.with_user(self.oem_user).read(["name"])
        self.assertNotIn(self.company_a, self.oem_user.company_ids)
        principal = access.activity_ids.user_id
        self.assertEqual(principal, self.principal_a)
        with self.assertRaises(AccessError):
            self._as_support().read(["name"])

    def test_readable_during_and_not_after(self):
        access = self._open()
        self.assertEqual(access.state, "open")
        self.assertEqual(self._as_support().read(["name"])[0]["name"], "Customer of A")
        with self.assertRaises(AccessError):
            self.rivals.with_user(self.oem_user).read(["name"])
        access.with_user(self.principal_a).action_end()
        self.assertEqual(access.state, "ended")
        self.assertEqual(self.oem_user.company_ids, self.oem_company)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.record.with_user(self.oem_user).read(["name"])

    def test_own_default_company_does_not_keep_the_access_open(self):
        access = self._open()
        self.oem_user.with_user(self.oem_user).write({"company_id": self.company_a.id})
        access.with_user(self.principal_a).action_end()
        self.assertEqual(access.state, "ended")
        self.assertEqual(self.oem_user.company_ids, self.oem_company)
        self.assertEqual(self.oem_user.company_id, self.oem_company)

    def test_what_was_followed_is_mailed_no_more(self):
        access = self._open()
        own = self.oem_company.partner_id
        for record in (self.record, own):
            record.message_subscribe(self.oem_user.partner_id.ids)
        access.with_user(self.principal_a).action_end()
        self.env.invalidate_all()
        self.assertNotIn(self.oem_user.partner_id, self.record.message_partner_ids)
        self.assertIn(self.oem_user.partner_id, own.message_partner_ids)

    def test_one_that_does_not_end_holds_up_no_other(self):
        stuck, other = self._open(), self._open(user=self.oem_manager)
        Access = self.env.registry["dealer.support.access"]
        leave = Access._leave_company

        def fail_for_one(access):
            if access == stuck:
                raise UserError(access.display_name)
            leave(access)

        self.patch(Access, "_leave_company", fail_for_one)
        with (
            freeze_time(other.date_end + timedelta(minutes=1)),
            self.assertLogs("odoo.addons.dealer_access", "ERROR"),
        ):
            self.env["dealer.support.access"]._cron_end_expired()
        self.assertEqual((stuck.state, other.state), ("open", "ended"))

    def test_read_only_is_read_only(self):
        self._open()
        with self.assertRaises(AccessError):
            self._as_support().write({"comment": "x"})
        with self.assertRaises(AccessError):
            self._as_support(self.env["res.partner"]).create(
                {"name": "Planted", "company_id": self.company_a.id}
            )
        with self.assertRaises(AccessError):
            self._as_support().unlink()

    def test_read_write_may_write(self):
        self.oem_user.group_ids |= self.env.ref("base.group_partner_manager")
        self._open(mode="write")
        self._as_support().write({"comment": "corrected"})
        self.assertIn("corrected", self.record.comment)

    def test_own_work_goes_on_during_read_only_support(self):
        self.oem_user.group_ids |= self.env.ref("base.group_partner_manager")
        mine = self.env["res.partner"].create({"name": "OEM's", "company_id": self.oem_company.id})
        self._open()
        self._as_support(mine).write({"comment": "fine"})
        self.assertIn("fine", mine.comment)

    def test_ends_on_the_minute_without_cron(self):
        access = self._open(hours=1.0)
        end = access.date_end
        with freeze_time(end - timedelta(seconds=5)):
            self.assertTrue(self._as_support().read(["name"]))
        with freeze_time(end + timedelta(seconds=1)):
            self.env.invalidate_all()
            self.env.transaction.reset()
            with self.assertRaises(AccessError):
                self._as_support().read(["name"])
            self.assertEqual(access.state, "open", "the cron has not been there")
            self.env["dealer.support.access"]._cron_end_expired()
        self.assertEqual(access.state, "ended")
        self.assertEqual(access.date_end, end)
        self.assertNotIn(self.company_a, self.oem_user.company_ids)

    def test_log_shows_what_was_opened(self):
        access = self._open()
        self._as_support().read(["name"])
        self._as_support().web_read({"name": {}})
        self._as_support(self.env["res.partner"]).search_read(
            [("id", "=", self.record.id)], ["name"]
        )
        self.env.cr.flush()
        line = access.with_user(self.principal_a).log_ids.filtered(
            lambda line: line.model == "res.partner" and line.res_id == self.record.id
        )
        self.assertEqual(line.mapped("operation"), ["read"])
        self.assertEqual(line.times, 3)
        self.assertEqual(line.record_name, "Customer of A")
        with self.assertRaises(UserError):
            line.sudo().write({"times": 0})
        self.assertFalse(
            self.env["dealer.support.access.log"].with_user(self.principal_b).search([])
        )

    def test_grouping_is_logged(self):
        """Groups name and count what nobody opens; each way of grouping, once per kind."""
        access = self._open()
        partners = self._as_support(self.env["res.partner"])
        mine = [("id", "=", self.record.id)]
        ways = [
            lambda: partners._read_group(mine, ["name"]),
            lambda: partners.formatted_read_group(mine, ["name"], ["__count"]),
            lambda: partners.web_read_group(mine, ["name"]),
            lambda: partners.formatted_read_grouping_sets(mine, [["name"], []], ["__count"]),
        ]
        for times, group in enumerate(ways, 1):
            self.assertIn("Customer of A", str(group()))
            self.env.cr.flush()
            line = access.with_user(self.principal_a).log_ids.filtered(
                lambda line: (line.model, line.res_id) == ("res.partner", 0)
            )
            self.assertEqual((line.operation, line.times >= times), ("group", True), times)
        self.assertFalse(line.record_name)
        self.assertEqual(line.action_open_record()["view_mode"], "list,form")

    def test_grouping_of_other_records_is_not_logged(self):
        access = self._open()
        partners = self._as_support(self.env["res.partner"])
        partners.formatted_read_group(
            [("company_id", "=", self.oem_company.id)], ["name"], ["__count"]
        )
        self.record.with_user(self.seller_a)._read_group([], ["name"])
        self.env.cr.flush()
        self.assertNotIn("group", access.log_ids.mapped("operation"))

    def test_log_is_not_written_otherwise(self):
        self._open()
        self.record.with_user(self.seller_a).read(["name"])
        self.env["res.partner"].with_user(self.oem_user).search([], limit=1).read(["name"])
        self.env.cr.flush()
        self.assertFalse(
            self.env["dealer.support.access.log"]
            .search([("model", "=", "res.partner"), ("res_id", "!=", self.record.id)])
            .filtered(lambda line: line.res_id != self.company_a.partner_id.id)
        )

    def _logged(self, access, record):
        self.env.cr.flush()
        line = access.log_ids.filtered(
            lambda line: (line.model, line.res_id) == (record._name, record.id)
        )
        return line.mapped("operation")

    def test_downloads_are_logged(self):
        """A file goes out by its address, with no field read by any method."""
        file = self.env["ir.attachment"].create(
            {
                "name": "terms.txt",
                "raw": b"terms",
                "res_model": "res.partner",
                "res_id": self.record.id,
                "company_id": self.company_a.id,
            }
        )
        access = self._open()
        companies = (self.oem_company | self.company_a).ids
        binary = self.env(user=self.oem_user, context={"allowed_company_ids": companies})[
            "ir.binary"
        ]
        self.assertEqual(binary._find_record(res_id=file.id).raw, b"terms")
        self.assertEqual(self._logged(access, file), ["read"])
        self.assertEqual(self._logged(access, self.record), ["read"])

    def test_prints_are_logged(self):
        report = self.env["ir.actions.report"].create(
            {
                "name": "Card",
                "model": "res.partner",
                "report_type": "qweb-html",
                "report_name": "dealer_access.test_card",
            }
        )
        self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "card",
                "key": "dealer_access.test_card",
                "arch": "<t><t t-foreach='docs' t-as='doc'><p t-out='doc.name'/></t></t>",
            }
        )
        access = self._open()
        page, _type = self._as_support(report)._render_qweb_html(report, self.record.ids)
        self.assertIn(b"Customer of A", page)
        self.assertEqual(self._logged(access, self.record), ["read"])

    def test_many_records_are_one_statement(self):
        partners = self.env["res.partner"].create(
            [{"name": f"C{i}", "company_id": self.company_a.id} for i in range(50)]
        )
        self._open()
        many = self._as_support(partners)
        many.read(["name"])
        self.env.cr.flush()
        with self.assertQueryCount(6):
            many.read(["name"])
            self.env.cr.flush()

    def test_nothing_is_paid_while_no_support_is_open(self):
        Access = self.env["dealer.support.access"].with_user(self.seller_b)
        record = self.rivals.with_user(self.seller_b)
        Access._note(record, "read")
        with self.assertQueryCount(0):
            Access._note(record, "read")
            self.env["ir.rule"].with_user(self.seller_b)._compute_domain_context_values()

    def test_only_the_dealers_principal_decides(self):
        access = self._ask()
        for user in (self.oem_user, self.oem_admin, self.principal_b, self.seller_a):
            with self.assertRaises(AccessError):
                access.with_user(user).action_approve()
        self.assertEqual(access.state, "requested")
        with self.assertRaises(AccessError):
            access.with_user(self.oem_user).write({"state": "open"})
        with self.assertRaises(AccessError):
            self.env["dealer.support.access"].with_user(self.oem_user).create(
                {
                    "dealer_id": self.dealer_a.id,
                    "reason": "x",
                    "state": "open",
                }
            )

    def test_dealer_sees_who_asks_and_nobody_else_does(self):
        contact = self.oem_user.partner_id
        with self.assertRaises(AccessError):
            contact.with_user(self.principal_a).read(["name"])
        self._ask()
        self.assertTrue(contact.with_user(self.principal_a).read(["name"]))
        with self.assertRaises(AccessError):
            contact.with_user(self.principal_b).read(["name"])

    def test_declined(self):
        access = self._ask()
        access.with_user(self.principal_a).action_decline("Not today")
        self.assertEqual(access.state, "declined")
        self.assertFalse(access.activity_ids)
        with self.assertRaises(UserError):
            access.with_user(self.principal_a).action_approve()

    def test_terms_do_not_change_after_asking(self):
        access = self._ask()
        with self.assertRaises(UserError):
            access.with_user(self.oem_user).write({"hours": 20})
        with self.assertRaises(UserError):
            self._ask(hours=100, user=self.oem_manager)

    def test_nobody_moves_an_open_access_to_another_company(self):
        """A manager may name the parties of documents, but not of what opens him a door."""
        access = self._ask(user=self.oem_manager)
        access.with_user(self.principal_a).action_approve()
        for values in (
            {"dealer_company_id": self.oem_company.id},
            {"network_company_id": self.company_b.id},
            {"decline_reason": "None"},
        ):
            with self.assertRaises(AccessError):
                access.with_user(self.oem_manager).write(values)
        access.with_user(self.principal_a).action_end()
        self.assertNotIn(self.company_a, self.oem_manager.company_ids)

    def test_no_job_at_a_dealer_instead_of_asking(self):
        """The OEM's managers decide who works at a dealer: never they themselves."""
        person = self.env["dealer.person"].create(
            {"name": "Own", "email": self.oem_manager.email, "oem_company_id": self.oem_company.id}
        )
        job = {
            "person_id": person.id,
            "dealer_id": self.dealer_a.id,
            "role_id": self.env.ref("dealer_network.role_principal").id,
        }
        jobs = self.env["dealer.staff"].with_user(self.oem_manager)
        with self.assertRaisesRegex(ValidationError, "support access"):
            jobs.create({**job, "user_id": self.oem_manager.id})
        with self.assertRaisesRegex(ValidationError, "support access"):
            jobs.create(job).write({"user_id": self.oem_manager.id})

    def test_everybody_sees_what_concerns_him(self):
        access = self._ask()
        Access = self.env["dealer.support.access"]
        self.assertEqual(Access.with_user(self.principal_a).search([]), access)
        self.assertEqual(Access.with_user(self.oem_user).search([]), access)
        self.assertEqual(Access.with_user(self.oem_admin).search([]), access)
        self.assertFalse(Access.with_user(self.principal_b).search([]))
        self.assertFalse(Access.with_user(self.oem_manager).search([]), "somebody else's")
        with self.assertRaises(AccessError):
            Access.with_user(self.seller_a).search([])

    def test_trail(self):
        access = self._open()
        access.with_user(self.oem_user).action_end()
        names = self._events("support_requested") | self._events("support_opened")
        names |= self._events("support_closed")
        self.assertEqual(
            names.sorted("id").mapped("event"),
            ["support_requested", "support_opened", "support_closed"],
        )
        self.assertEqual(names.dealer_id, self.dealer_a)

    def test_unanswered_request_lapses(self):
        access = self._ask()
        with freeze_time(fields.Datetime.now() + timedelta(days=8)):
            self.env["dealer.support.access"]._cron_end_expired()
        self.assertEqual(access.state, "ended")
        self.assertFalse(access.activity_ids)
