"""The picture is drawn by the viewer, in a real browser."""

from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTours(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.version = cls.env.ref("deal_process.version_standard")
        new_test_user(
            cls.env,
            "drawer",
            "sales_team.group_sale_salesman",
            company_id=cls.env.ref("base.main_company").id,
            password="drawer-secret",
        )

    def test_picture(self):
        self.start_tour(
            f"/odoo/deal.process.version/{self.version.id}", "deal_process_bpmn", login="drawer"
        )

    def test_each_version_has_its_picture(self):
        draft = self.version._draft_copy()
        draft.stage_ids.filtered(lambda stage: stage.code == "selection").code = "choosing"
        action = self.env["ir.actions.act_window"].create(
            {
                "name": "Versions",
                "res_model": "deal.process.version",
                "domain": [("id", "in", (draft | self.version).ids)],
            }
        )
        self.start_tour(f"/odoo/action-{action.id}", "deal_process_bpmn_pager", login="drawer")
