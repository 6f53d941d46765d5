import json
import xmlrpc.client
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DealerAccessCase

QUIET = (
    "odoo.http",
    "odoo.addons.rpc.controllers.xmlrpc",
    "odoo.addons.rpc.controllers.jsonrpc",
    "odoo.addons.base.models.res_users",
    "odoo.addons.dealer_access.models.dealer_api",
)


@tagged("post_install", "-at_install")
class TestKeys(DealerAccessCase):
    def test_principal_makes_lists_and_revokes_keys(self):
        wizard = (
            self.env["dealer.api.key.create"]
            .with_user(self.principal_c)
            .create({"dealer_id": self.connected.id, "name": "ERP", "days": 30})
        )
        action = wizard.action_create_key()
        secret = action["context"]["default_key"]
        self.assertEqual(len(secret), 40)
        key = self.env["dealer.api.key"].with_user(self.principal_c).search([])
        self.assertEqual(key.mapped("name"), ["ERP"])
        self.assertEqual(key.state, "valid")
        self.assertNotIn(secret, str(key.sudo().read()))
        self.assertEqual(self._events("key_created").actor_id, self.principal_c)
        key.action_revoke()
        self.assertEqual(key.state, "revoked")
        self.assertFalse(self.env["res.users.apikeys"]._check_credentials(scope="rpc", key=secret))
        self.assertTrue(self._events("key_revoked"))

    def test_rivals_see_and_make_no_keys(self):
        key, _secret = self._issue_key()
        self.assertFalse(self.env["dealer.api.key"].with_user(self.principal_a).search([]))
        with self.assertRaises(AccessError):
            key.with_user(self.principal_a).read(["name"])
        with self.assertRaises(AccessError):
            key.with_user(self.principal_a).action_revoke()
        with self.assertRaises(AccessError):
            self.env["dealer.api.key"].with_user(self.principal_a)._issue(
                self.connected,
                "spy",
                fields.Datetime.now() + timedelta(days=1),
                self.env["dealer.api.model"],
            )
        with self.assertRaises(AccessError):
            self.env["dealer.api.key"].with_user(self.seller_a).search([])

    def test_keys_are_for_connected_dealers_and_for_a_time(self):
        with self.assertRaisesRegex(UserError, "connected"):
            self.env["dealer.api.key"]._issue(
                self.dealer_a,
                "x",
                fields.Datetime.now() + timedelta(days=1),
                self.env["dealer.api.model"],
            )
        for days in (0, 400):
            with self.assertRaises(ValidationError):
                self._issue_key(days=days)

    def test_the_key_of_one_kind_does_not_open_the_other(self):
        keys = self.env["res.users.apikeys"]
        plain = keys.with_user(self.api_user).sudo()._generate(None, "plain", None)
        self.assertFalse(keys._check_credentials(scope="rpc", key=plain))
        alien = keys.with_user(self.seller_a).sudo()._generate("dealer_api", "alien", None)
        self.assertFalse(keys._check_credentials(scope="rpc", key=alien))

    def test_api_user_has_no_session_and_no_password(self):
        self.api_user.password = "a long and good password"
        users = self.env["res.users"].with_user(self.api_user)
        credential = {
            "type": "password",
            "login": self.api_user.login,
            "password": "a long and good password",
        }
        for interactive in (True, False):
            with self.assertRaises(AccessDenied), mute_logger(*QUIET):
                users._check_credentials(credential, {"interactive": interactive})
        self.assertFalse(self.api_user._compute_session_token("s" * 84))

    def test_reminder_before_a_key_runs_out(self):
        soon, _secret = self._issue_key(days=10)
        later, _secret = self._issue_key(days=60, name="Later")
        self.env["dealer.api.key"]._cron_remind()
        self.env["dealer.api.key"]._cron_remind()
        self.assertEqual(len(soon.activity_ids), 1)
        self.assertEqual(soon.activity_ids.user_id, self.principal_c)
        self.assertFalse(later.activity_ids)
        soon._revoke()
        self.assertFalse(soon.activity_ids)

    def test_leaving_connected_mode_revokes(self):
        key, _secret = self._issue_key()
        self.connected._change_mode("light")
        self.assertEqual(key.state, "revoked")
        self.assertIn("connected", self._events("mode_changed", dealer_id=self.connected).detail)

    def test_only_facades_can_be_opened(self):
        create = self.env["dealer.api.model"].create
        with self.assertRaises(ValidationError):
            create({"name": "x", "model": "res.partner", "method": "read", "process": "x"})
        with self.assertRaises(ValidationError):
            create({"name": "x", "model": "dealer.api", "method": "_answer", "process": "x"})

    def test_principal_without_connected_dealer_pings_for_own_dealer(self):
        answer = self.env["dealer.api"].with_user(self.principal_a).ping()
        self.assertEqual(answer["dealer"]["code"], "T-A")

    def test_error_has_code_path_and_message_in_callers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        answer = self.env["dealer.api"].with_user(self.oem_user).with_context(lang="fr_FR").ping()
        self.assertFalse(answer["ok"])
        self.assertEqual(answer["errors"][0]["code"], "no_dealer")
        self.assertEqual(answer["errors"][0]["path"], "")
        self.assertTrue(answer["errors"][0]["message"])
        json.dumps(answer)


@tagged("post_install", "-at_install")
class TestDoors(HttpCase, DealerAccessCase):
    """A broad list of doors, tried with a good key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key, cls.secret = cls._issue_key()
        cls.uid = cls.api_user.id
        cls.db = cls.env.cr.dbname

    def _json2(self, model, method, secret=None, arguments=None):
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(arguments or {}),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"bearer {secret or self.secret}",
            },
        )

    def _xmlrpc(self, model, method, *args, secret=None, call="execute_kw"):
        arguments = [list(args), {}] if call == "execute_kw" else list(args)
        return getattr(self.xmlrpc_object, call)(
            self.db, self.uid, secret or self.secret, model, method, *arguments
        )

    def test_ping_by_json2(self):
        answer = self._json2("dealer.api", "ping")
        self.assertEqual(answer.status_code, 200, answer.text)
        values = answer.json()
        self.assertTrue(values["ok"])
        self.assertEqual(values["dealer"]["code"], "T-C")
        self.assertEqual(values["dealer"]["mode"], "connected")
        self.assertIn("ping", [process["code"] for process in values["processes"]])
        self.key.invalidate_recordset()
        self.assertTrue(self.key.last_use)

    @mute_logger(*QUIET)
    def test_ping_by_xmlrpc_is_the_same(self):
        uid = self.xmlrpc_common.authenticate(self.db, self.api_user.login, self.secret, {})
        self.assertEqual(uid, self.uid)
        by_xmlrpc = self._xmlrpc("dealer.api", "ping")
        by_json2 = self._json2("dealer.api", "ping").json()
        by_xmlrpc.pop("time"), by_json2.pop("time")
        self.assertEqual(by_xmlrpc, by_json2)

    @mute_logger(*QUIET)
    def test_everything_else_is_denied_by_json2(self):
        for model, method, arguments in (
            ("res.partner", "search_read", {"domain": []}),
            ("res.users", "context_get", {}),
            ("res.users", "has_group", {"ids": [self.uid], "group_ext_id": "base.group_user"}),
            ("dealer.dealer", "search_read", {"domain": []}),
            ("dealer.api", "search_read", {"domain": []}),
            ("dealer.api", "fields_get", {}),
            ("dealer.api", "_answer", {}),
            ("dealer.api.key", "action_create", {}),
            ("dealer.api.key", "search_read", {"domain": []}),
            ("ir.model.access", "check", {"model": "res.partner"}),
            ("res.users.apikeys.description", "create", {"vals_list": [{"name": "x"}]}),
            ("no.such.model", "read", {}),
        ):
            answer = self._json2(model, method, arguments=arguments)
            self.assertIn(answer.status_code, (401, 403, 404), f"{model}.{method}: {answer.text}")
            self.assertNotIn("T-C", answer.text)

    @mute_logger(*QUIET)
    def test_everything_else_is_denied_by_xmlrpc(self):
        for model, method, args in (
            ("res.partner", "search_read", [[]]),
            ("res.partner", "name_search", [""]),
            ("res.users", "context_get", []),
            ("dealer.dealer", "search_read", [[]]),
            ("dealer.api", "search", [[]]),
            ("dealer.api.key", "search_read", [[]]),
            ("ir.attachment", "search_read", [[]]),
        ):
            for call in ("execute_kw", "execute"):
                with self.assertRaises(xmlrpc.client.Fault, msg=f"{model}.{method}"):
                    self._xmlrpc(model, method, *args, call=call)

    @mute_logger(*QUIET)
    def test_jsonrpc(self):
        def call(service, method, *args):
            body = {
                "jsonrpc": "2.0",
                "method": "call",
                "params": {"service": service, "method": method, "args": args},
            }
            return self.url_open(
                "/jsonrpc", data=json.dumps(body), headers={"Content-Type": "application/json"}
            ).json()

        key = (self.db, self.uid, self.secret)
        answer = call("object", "execute_kw", *key, "dealer.api", "ping", [], {})
        self.assertEqual(answer["result"]["dealer"]["code"], "T-C")
        for method, args in (("execute_kw", [[[]], {}]), ("execute", [[]])):
            answer = call("object", method, *key, "res.partner", "search_read", *args)
            self.assertIn("error", answer)
            self.assertNotIn("result", answer)

    @mute_logger(*QUIET)
    def test_web_client_routes_are_closed(self):
        for route in (
            "/web/dataset/call_kw/dealer.api/ping",
            "/web/dataset/call_kw/res.partner/search_read",
            "/web/session/get_session_info",
            "/web/action/load",
            "/bus/has_missed_notifications",
            "/mail/data",
            "/web/webclient/load_menus",
        ):
            answer = self.url_open(
                route,
                data=json.dumps(
                    {
                        "jsonrpc": "2.0",
                        "params": {
                            "model": "res.partner",
                            "method": "search_read",
                            "args": [[]],
                            "kwargs": {},
                        },
                    }
                ),
                headers={
                    "Content-Type": "application/json",
                    "Authorization": f"bearer {self.secret}",
                },
            )
            self.assertNotIn('"result"', answer.text, route)
            self.assertNotIn("T-C", answer.text, route)
        for route in (
            "/odoo",
            "/web",
            f"/web/image/res.users/{self.uid}/image_1920",
            f"/web/content/res.users/{self.uid}/image_1920",
            "/report/html/x/1",
        ):
            answer = self.url_open(
                route, headers={"Authorization": f"bearer {self.secret}"}, allow_redirects=False
            )
            self.assertIn(answer.status_code, (303, 403, 404, 400, 200), route)
            if answer.status_code == 200:
                self.assertNotIn("odoo.__session_info__", answer.text, route)

    @mute_logger(*QUIET)
    def test_no_web_session(self):
        self.api_user.password = "a long and good password"
        self.env.flush_all()
        for secret in (self.secret, "a long and good password"):
            answer = self.url_open(
                "/web/session/authenticate",
                data=json.dumps(
                    {
                        "jsonrpc": "2.0",
                        "params": {
                            "db": self.db,
                            "login": self.api_user.login,
                            "password": secret,
                        },
                    }
                ),
                headers={"Content-Type": "application/json"},
            ).json()
            self.assertIn("error", answer)
        with self.assertRaises(xmlrpc.client.Fault):
            self._xmlrpc("dealer.api", "ping", secret="a long and good password")

    @mute_logger(*QUIET)
    def test_limited_and_revoked_keys(self):
        other = self.env["dealer.api.model"].create(
            {
                "name": "Other",
                "model": "dealer.api",
                "method": "other",
                "process": "other",
            }
        )
        _key, limited = self._issue_key(other, name="limited")
        self.env.flush_all()
        self.assertEqual(self._json2("dealer.api", "ping", secret=limited).status_code, 403)
        self.assertEqual(self._json2("dealer.api", "ping").status_code, 200)
        self.key._revoke()
        self.env.flush_all()
        self.assertEqual(self._json2("dealer.api", "ping").status_code, 401)
        with self.assertRaises(xmlrpc.client.Fault):
            self._xmlrpc("dealer.api", "ping")

    @mute_logger(*QUIET)
    def test_context_of_the_caller_opens_nothing(self):
        answer = self._json2(
            "dealer.api",
            "ping",
            arguments={
                "context": {
                    "allowed_company_ids": self.company_a.ids,
                    "active_test": False,
                }
            },
        )
        self.assertEqual(answer.json()["dealer"]["code"], "T-C")
