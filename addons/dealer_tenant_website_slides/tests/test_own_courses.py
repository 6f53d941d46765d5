from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestOwnCourses(DealerTenantCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = cls.env.ref("dealer_tenant.user_role_principal").implied_ids
        cls.principal_a.group_ids = [Command.link(group.id) for group in groups]
        cls.oem_course = cls.env["slide.channel"].create(
            {"name": "Of the OEM", "is_published": True, "visibility": "connected"}
        )
        cls.course = cls._as(cls.principal_a, "slide.channel").create(
            {
                "name": "How we do it here",
                "visibility": "members",
                "enroll": "invite",
                "is_published": True,
                "slide_ids": [Command.create({"name": "Page", "slide_category": "article"})],
            }
        )

    def test_a_principal_writes_a_course_that_is_the_dealers(self):
        self.assertEqual(self.course.sudo().company_id, self.dealer_a.company_id)
        self.course.name = "How we do it in this house"
        self.course.sudo()._action_add_members(self.seller_a.partner_id)
        self.assertIn(self.course, self._as(self.seller_a, "slide.channel").search([]))

    def test_neither_rivals_nor_visitors_see_it(self):
        for user in (self.principal_b, self.seller_b, self.env.ref("base.public_user")):
            for records in (self.course, self.course.sudo().slide_ids):
                found = self._as(user, records._name).search([("id", "in", records.ids)])
                self.assertFalse(found, user.login)

    def test_the_oems_courses_stay_as_they_are(self):
        page = self.course.slide_ids
        for change in (
            lambda: self.oem_course.with_user(self.principal_a).write({"name": "Ours"}),
            lambda: self._as(self.principal_a, "slide.slide").create(
                {"name": "Ours", "channel_id": self.oem_course.id}
            ),
            lambda: page.write({"channel_id": self.oem_course.id}),
        ):
            with self.assertRaises(AccessError):
                change()
        self.assertFalse(self.oem_course.slide_ids)
