"""The picture is drawn by the viewer, in a real browser."""

from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTours(HttpCase):
    def test_picture(self):
        new_test_user(
            self.env,
            "drawer",
            "sales_team.group_sale_salesman",
            company_id=self.env.ref("base.main_company").id,
            password="drawer-secret",
        )
        version = self.env.ref("deal_process.version_standard")
        self.start_tour(
            f"/odoo/deal.process.version/{version.id}", "deal_process_bpmn", login="drawer"
        )
