from odoo.tests import HttpCase, tagged

from .common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestMenus(DealerTenantCase, HttpCase):
    def test_apps_of_the_oem_are_not_among_a_dealers(self):
        store = self.env.ref("base.menu_management")
        for user, sees in ((self.seller_a, False), (self.env.ref("base.user_admin"), True)):
            menus = self._as(user, "ir.ui.menu")
            self.assertEqual(store.id in menus.load_menus(False), sees)
            # what a page of the website lists
            roots = menus.with_context(force_action=True).load_menus_root()["children"]
            self.assertEqual(store.id in [menu["id"] for menu in roots], sees)

    def test_a_page_of_the_website_opens_for_dealers(self):
        if "website" not in self.env:
            self.skipTest("there is no website")
        self.seller_a.password = "seller-a-secret"
        self.authenticate(self.seller_a.login, "seller-a-secret")
        self.assertEqual(self.url_open("/contactus").status_code, 200)
