from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase

KINDS = [
    "hr.department",
    "hr.employee",
    "hr.employee.public",
    "hr.employee.skill",
    "hr.job",
    "hr.job.skill",
    "hr.resume.line",
    "hr.version",
    "hr.work.location",
]


@tagged("post_install", "-at_install")
class TestPeople(DealerTenantCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee_a, cls.employee_b, cls.employee_oem = cls.env["hr.employee"].create(
            [
                {"name": "Colleague of A", "company_id": cls.company_a.id},
                {"name": "Colleague of B", "company_id": cls.company_b.id},
                {"name": "Colleague at the OEM", "company_id": cls.oem_company.id},
            ]
        )
        cls.resume_b = cls.env["hr.resume.line"].create(
            {"employee_id": cls.employee_b.id, "name": "Ten years with a rival"}
        )
        skill = cls.env["hr.skill"].search(
            [("skill_type_id.skill_level_ids", "!=", False)], limit=1
        )
        cls.skill_b = cls.env["hr.employee.skill"].create(
            {
                "employee_id": cls.employee_b.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_id": skill.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids[:1].id,
            }
        )

    def test_a_rival_reads_neither_skills_nor_career(self):
        """Stock: every internal user reads both, of everybody."""
        for records in (self.resume_b, self.skill_b):
            self.assertTrue(self._sees(self.seller_b, records))
            self.assertFalse(self._sees(self.seller_a, records))
            with self.assertRaises(AccessError):
                records.with_user(self.seller_a).read(["display_name"])

    def test_the_rights_of_an_hr_officer_end_at_the_company(self):
        self._grant(self.seller_a, "hr.group_hr_manager")
        for records in (self.employee_b, self.employee_oem, self.resume_b, self.skill_b):
            self.assertFalse(self._sees(self.seller_a, records))
        self.assertTrue(self._sees(self.seller_a, self.employee_a))

    def test_being_entered_as_manager_opens_nothing_of_a_rival(self):
        """Stock shows an employee to the user of its manager, of whatever company."""
        self.employee_a.user_id = self.seller_a
        self.env.cr.execute(
            "UPDATE hr_employee SET parent_id = %s WHERE id = %s",
            (self.employee_a.id, self.employee_b.id),
        )
        self.env.invalidate_all()
        colleagues = self._as(self.seller_a, "hr.employee.public").search([])
        self.assertIn(self.employee_a.id, colleagues.ids)
        self.assertNotIn(self.employee_b.id, colleagues.ids)

    def test_the_oem_reads_no_career_at_a_dealer(self):
        self._grant(self.oem_manager, "hr.group_hr_manager")
        for records in (self.resume_b, self.skill_b):
            self.assertFalse(self._sees(self.oem_manager, records))

    def test_the_catalogue_of_skills_is_the_oems(self):
        """Stock lets every internal user add skills, for all."""
        skills = self._as(self.seller_a, "hr.skill")
        self.assertTrue(skills.search([], limit=1))
        self.assertFalse(skills.has_access("create"))

    def test_the_isolation_check_makes_and_tries_each_kind(self):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: KINDS)
        check = self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)
        self.assertEqual(
            {line.model: line.verdict for line in check.line_ids}, dict.fromkeys(KINDS, "tight")
        )
