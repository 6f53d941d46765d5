from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestScreens(DealerNetworkCase):
    def _screen(self, user):
        return self.env["dealer.network.screen"].with_user(user)

    def test_tree_is_read_by_level(self):
        screen = self._screen(self.oem_user)
        roots = {node["id"]: node for node in screen.get_tree()["nodes"]}
        self.assertIn(self.importer.id, roots)
        self.assertNotIn(self.dealer_a.id, roots)
        self.assertEqual(roots[self.importer.id]["children"], 2)
        level = screen.get_tree(self.importer.id)
        self.assertEqual(level["total"], 2)
        self.assertEqual(
            [(node["code"], node["children"]) for node in level["nodes"]],
            [("T-A", 1), ("T-B", 0)],
        )

    def test_tree_pages_a_wide_level(self):
        self.env["dealer.dealer"].create(
            [
                {
                    "code": f"WIDE{index}",
                    "name": f"Wide {index:03}",
                    "type_id": self.env.ref("dealer_network.type_dealer").id,
                    "parent_id": self.importer.id,
                }
                for index in range(100)
            ]
        )
        screen = self._screen(self.oem_user)
        first = screen.get_tree(self.importer.id)
        second = screen.get_tree(self.importer.id, offset=len(first["nodes"]))
        self.assertEqual(first["total"], 102)
        self.assertEqual(len(first["nodes"]) + len(second["nodes"]), 102)
        ids = {node["id"] for level in (first, second) for node in level["nodes"]}
        self.assertEqual(len(ids), 102)

    def test_queries_of_a_level_do_not_grow_with_it(self):
        screen = self._screen(self.oem_user)

        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            screen.get_tree(self.importer.id)
            return self.env.cr.sql_log_count - before

        queries()
        two = queries()
        self.env["dealer.dealer"].create(
            [
                {
                    "code": f"WIDE{index}",
                    "name": f"Wide {index:03}",
                    "type_id": self.env.ref("dealer_network.type_dealer").id,
                    "parent_id": self.importer.id,
                }
                for index in range(60)
            ]
        )
        self.env.flush_all()
        self.assertEqual(queries(), two)

    def test_dealers_tree_begins_at_the_dealer(self):
        self.subdealer_a.share_with_parent = True
        nodes = self._screen(self.principal_a).get_tree()["nodes"]
        self.assertEqual([(node["code"], node["children"]) for node in nodes], [("T-A", 1)])
        self.assertFalse(self._screen(self.principal_a).get_tree(self.importer.id)["nodes"][1:])
        self.assertFalse(self._screen(self.principal_b).get_tree(self.dealer_a.id)["nodes"])

    def test_search_brings_what_is_above(self):
        found = self._screen(self.oem_user).search_tree("Sub-dealer of A")
        self.assertEqual(found["matched"], self.subdealer_a.ids)
        self.assertEqual(
            {node["id"] for node in found["nodes"]},
            {self.importer.id, self.dealer_a.id, self.subdealer_a.id},
        )
        self.assertFalse(self._screen(self.principal_b).search_tree("Sub-dealer of A")["nodes"])

    def test_map_places_a_dealer_at_its_main_outlet(self):
        self.dealer_a.write({"latitude": 47.2, "longitude": -1.5})
        self.env["dealer.outlet"].create(
            {"dealer_id": self.dealer_b.id, "name": "B", "latitude": 58.5, "longitude": 31.2}
        )
        result = self._screen(self.oem_user).get_map()
        places = {point["code"]: point["latitude"] for point in result["dealers"]}
        self.assertAlmostEqual(places["T-A"], 47.2)
        self.assertAlmostEqual(places["T-B"], 58.5)
        self.assertNotIn("T-IMP", places)
        self.assertGreaterEqual(result["unplaced"], 2)
        mine = self._screen(self.principal_b).get_map()
        self.assertEqual([point["code"] for point in mine["dealers"]], ["T-B"])

    def test_setup_panel_leads_to_the_first_dealer(self):
        screen = self._screen(self.oem_admin)
        steps = {step["key"]: step["done"] for step in screen.get_setup()["steps"]}
        self.assertTrue(steps["dealer.dealer"])
        self.assertTrue(steps["dealer.staff"])
        self.env["dealer.outlet"].search([]).operation_ids.unlink()
        self.env["dealer.staff"].search([]).outlet_id = False
        self.env["dealer.outlet"].search([]).unlink()
        setup = screen.get_setup()
        steps = {step["key"]: step["done"] for step in setup["steps"]}
        self.assertFalse(steps["dealer.outlet"])
        self.assertFalse(setup["closed"])
        screen.close_setup()
        self.assertTrue(screen.get_setup()["closed"])

    def test_setup_panel_is_the_administrators(self):
        self.assertTrue(self._screen(self.oem_user).get_setup()["closed"])
        self._screen(self.principal_a).close_setup()
        self.assertFalse(self.company_a.dealer_onboarding_closed)

    def test_form_takes_a_first_dealer_with_three_fields(self):
        form = Form(self.env["dealer.dealer"].with_user(self.oem_admin))
        form.name = "First"
        form.code = "f-1"
        form.type_id = self.env.ref("dealer_network.type_dealer")
        dealer = form.save()
        self.assertRecordValues(
            dealer,
            [
                {
                    "code": "F-1",
                    "state": "prospect",
                    "network_company_id": self.oem_company.id,
                    "currency_id": self.oem_company.currency_id.id,
                }
            ],
        )
        self.assertTrue(dealer.partner_id)

    def test_smart_buttons_count_and_lead_to_the_dealers_own(self):
        dealer = self.dealer_a.with_user(self.oem_admin)
        self.assertEqual(dealer.staff_count, 2)
        self.assertEqual(dealer.child_count, 1)
        staff = self.env["dealer.staff"].search(dealer.action_view_staff()["domain"])
        self.assertEqual(staff.dealer_id, self.dealer_a)
        children = self.env["dealer.dealer"].search(dealer.action_view_children()["domain"])
        self.assertEqual(children, self.subdealer_a)
        for name in ("outlets", "operations", "releases"):
            action = getattr(dealer, f"action_view_{name}")()
            self.assertEqual(action["domain"], [("dealer_id", "=", self.dealer_a.id)])

    def test_kanban_shows_all_states(self):
        dealers = self.env["dealer.dealer"].with_user(self.oem_user)
        groups = dealers.with_context(read_group_expand=True).web_read_group(
            [("id", "=", self.dealer_a.id)], ["state"]
        )["groups"]
        self.assertEqual(
            [group["state"] for group in groups],
            ["prospect", "candidate", "active", "suspended", "terminated"],
        )

    def test_stranger_has_no_tree(self):
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "t_portal",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        with self.assertRaises(AccessError):
            self._screen(portal).get_tree()
