from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.dealer_network.tests.common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestGuide(DealerNetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["work.guide"].search([("model", "=", "dealer.staff")]).active = False
        cls.general = cls._guide("Everywhere")
        cls.past = cls._guide("After the end", domain="[('state', '=', 'past')]")
        cls.staff_a = cls.seller_a.dealer_staff_ids

    @classmethod
    def _guide(cls, name, method="Method", **vals):
        guide = cls.env["work.guide"].create({"name": name, "model": "dealer.staff", **vals})
        cls.env["work.guide.version"].create(
            {"guide_id": guide.id, "method": method, "checklist": "One\n\nTwo"}
        ).action_publish()
        return guide

    def _panel(self, user, record=None):
        guides = self.env["work.guide"].with_user(user)
        return [g["name"] for g in guides.panel("dealer.staff", record.id if record else None)]

    def test_the_stage_decides_and_the_special_comes_first(self):
        self.assertEqual(self._panel(self.seller_a, self.staff_a), ["Everywhere"])
        self.staff_a.write({"date_start": "2020-01-01", "date_end": "2020-12-31"})
        self.staff_a._refresh_state()
        self.assertEqual(
            self._panel(self.principal_a, self.staff_a), ["After the end", "Everywhere"]
        )
        self.assertEqual(self._panel(self.principal_a), ["Everywhere"], "a new record")

    def test_the_role_decides(self):
        principal = self.env.ref("dealer_network.role_principal")
        self._guide("For principals", role_ids=[Command.set(principal.ids)])
        self.assertNotIn("For principals", self._panel(self.seller_a, self.staff_a))
        self.assertEqual(self._panel(self.principal_a, self.staff_a)[0], "For principals")

    def test_the_product_line_decides(self):
        line = self.env["dealer.product.line"].create(
            {"name": "Line", "code": "t_line", "brand_id": self.brand.id}
        )
        guide = self._guide("For the line", product_line_id=line.id)
        self.assertNotIn("For the line", self._panel(self.seller_a, self.staff_a))
        self.patch(self.env.registry["work.guide"], "_product_lines", lambda model, record: line)
        self.assertEqual(self._panel(self.seller_a, self.staff_a)[0], guide.name)

    def test_a_record_that_the_user_may_not_read_tells_nothing(self):
        theirs = self.seller_b.dealer_staff_ids
        theirs.write({"date_start": "2020-01-01", "date_end": "2020-12-31"})
        theirs._refresh_state()
        self.assertEqual(self._panel(self.seller_a, theirs), ["Everywhere"])

    def test_content_is_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        version = self.general.version_id
        version.with_context(lang="fr_FR").method = "Méthode"
        guides = self.env["work.guide"].with_user(self.seller_a).with_context(lang="fr_FR")
        (content,) = guides.panel("dealer.staff", self.staff_a.id)
        self.assertEqual(content["raw"]["method"], "Méthode")
        self.assertEqual(content["checklist"], ["One", "Two"])

    def test_editing_in_place_makes_a_version(self):
        before = self.general.version_id
        number = self.general.with_user(self.oem_manager).edit_in_place({"method": "Better"})
        self.assertEqual((number, before.state), (2, "retired"))
        self.assertEqual(self.general.version_id.method, "Better")
        self.assertEqual(before.method, "Method")
        self.assertEqual(self.general.version_id.checklist, "One\n\nTwo")
        self.assertEqual(self.general.version_id.published_by_id, self.oem_manager)

    def test_dealers_do_not_write_guides(self):
        with self.assertRaises(AccessError):
            self.general.with_user(self.principal_a).edit_in_place({"method": "Ours"})
        with self.assertRaises(AccessError):
            self.general.with_user(self.principal_a).name = "Ours"
        draft = self.general.version_id.copy()
        found = self.env["work.guide.version"].with_user(self.principal_a)
        self.assertFalse(found.search([("id", "=", draft.id)]))

    def test_what_was_published_is_not_changed(self):
        with self.assertRaisesRegex(UserError, "new version"):
            self.general.version_id.with_user(self.oem_manager).method = "Quietly"

    def test_an_author_chooses_the_form_by_its_name(self):
        guide = Form(self.env["work.guide"].with_user(self.oem_manager))
        guide.name = "Brands"
        guide.model_id = self.env["ir.model"]._get("dealer.brand")
        self.assertEqual(guide.save().model, "dealer.brand")
        self.assertEqual(self.general.model_id.model, "dealer.staff")

    def test_a_tour_is_part_of_the_version_and_stocks_tours_do_not_follow_it(self):
        self.general.with_user(self.oem_manager).edit_in_place({"tour_name": "work_guide_staff"})
        (content,) = self.env["work.guide"].with_user(self.seller_a).panel("dealer.staff")
        self.assertEqual(content["raw"]["tour_name"], "work_guide_staff")
        with self.assertRaisesRegex(UserError, "new version"):
            self.general.version_id.with_user(self.oem_manager).tour_name = "another"
        tours = self.env["web_tour.tour"]
        tours.create({"name": "t_of_stock"})
        self.seller_a.tour_enabled = True
        self.assertFalse(tours.with_user(self.seller_a).get_current_tour())
        self.assertFalse(tours.with_user(self.seller_a).consume("work_guide_staff"))

    def test_readings_are_counted_and_whether_it_helped(self):
        versions = self.env["work.guide.version"]
        for user, helped in ((self.seller_a, "yes"), (self.seller_b, "no")):
            versions.with_user(user).record_reading(self.general.version_id.id)
            versions.with_user(user).record_reading(self.general.version_id.id)
            versions.with_user(user).record_reading(self.general.version_id.id, helped)
        guide = self.general.with_user(self.oem_manager)
        self.assertEqual((guide.read_count, guide.helped_rate), (4, 50))

    def test_a_reading_is_the_readers_own(self):
        versions = self.env["work.guide.version"]
        versions.with_user(self.seller_b).record_reading(self.general.version_id.id)
        readings = self.env["work.guide.reading"]
        self.assertTrue(readings.with_user(self.seller_b).search([]))
        for user in (self.seller_a, self.principal_b, self.oem_admin):
            self.assertFalse(readings.with_user(user).search([]), user.login)
        mine = readings.with_user(self.seller_b).search([])
        with self.assertRaises(AccessError):
            mine.with_user(self.seller_a).write({"helped": "no"})

    def test_a_filter_that_cannot_be_read_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Everywhere"):
            self.general.domain = "[('no_field', '=', 1)]"

    def test_only_guided_forms_ask(self):
        models = self.env["work.guide"]._guided_models()
        self.assertIn("dealer.staff", models)
        self.assertNotIn("res.partner", models)
        self.env["work.guide"].search([("model", "=", "dealer.staff")]).active = False
        self.assertNotIn("dealer.staff", self.env["work.guide"]._guided_models())

    def test_the_panel_costs_few_queries(self):
        guides = self.env["work.guide"].with_user(self.seller_a)
        guides.panel("dealer.staff", self.staff_a.id)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            guides.panel("dealer.staff", self.staff_a.id)
