import json
import xmlrpc.client

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import GuardRailCase


@tagged("post_install", "-at_install")
class TestDoors(GuardRailCase, HttpCase):
    """The same action by the web client, by an import and by XML-RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller_a.password = "t_seller_a-secret"
        cls._rail("Archiving", "guard_rail.action_partner_archive")

    @mute_logger("odoo.http")
    def _call(self, method, args):
        self.authenticate("t_seller_a", "t_seller_a-secret")
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {"model": "res.partner", "method": method, "args": args, "kwargs": {}},
        }
        response = self.url_open(
            f"/web/dataset/call_kw/res.partner/{method}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def test_the_web_client_is_told_the_way_on(self):
        for method, args in (
            ("unlink", [self.customer.ids]),
            ("action_archive", [self.customer.ids]),
            ("web_save", [self.customer.ids, {"active": False}, {}]),
            ("write", [self.customer.ids, {"active": False}]),
        ):
            error = self._call(method, args)["error"]["data"]
            self.assertEqual(error["name"], "odoo.exceptions.RedirectWarning", method)
            self.assertEqual(error["arguments"][1]["res_model"], "guard.rail.request")
        self.assertTrue(self.customer.active)

    def test_what_a_context_claims_opens_nothing(self):
        for key in ("guard_rail_passed", "install_mode", "import_file", "su"):
            result = self._call("unlink", [self.customer.ids, {"context": {key: True}}])
            self.assertIn("error", result)
        self.assertTrue(self.customer.exists())

    def test_an_import_is_a_door_like_any_other(self):
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "t_customer",
                "model": "res.partner",
                "res_id": self.customer.id,
            }
        )
        result = self._call("load", [["id", "active"], [["__import__.t_customer", "0"]]])
        messages = result.get("result", {}).get("messages") or result["error"]["message"]
        self.assertTrue(messages)
        self.assertTrue(self.customer.active)

    @mute_logger("odoo.addons.rpc.controllers.xmlrpc", "odoo.addons.rpc.controllers")
    def test_xml_rpc_is_stopped(self):
        with self.assertRaises(xmlrpc.client.Fault) as caught:
            self.xmlrpc_object.execute(
                self.env.cr.dbname,
                self.seller_a.id,
                "t_seller_a-secret",
                "res.partner",
                "unlink",
                self.customer.ids,
            )
        self.assertTrue(caught.exception.faultString)
        self.assertTrue(self.customer.exists())
