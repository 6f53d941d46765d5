from odoo import models


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_hr_employee_public(self, maker):
        """The public side of an employee is a view on the employee."""
        return maker.env["hr.employee.public"].browse(maker.record("hr.employee").id)

    def _make_hr_version(self, maker):
        """The contract data of an employee come with the employee."""
        return maker.record("hr.employee").version_id

    def _make_hr_employee_skill(self, maker):
        return {"employee_id": maker.record("hr.employee").id, **self._skill_vals(maker)}

    def _make_hr_job_skill(self, maker):
        return {"job_id": maker.record("hr.job").id, **self._skill_vals(maker)}

    def _make_hr_resume_line(self, maker):
        return {"employee_id": maker.record("hr.employee").id, "name": "Isolation probe"}

    def _skill_vals(self, maker):
        """A skill of the OEM's catalogue, with a level of its own type."""
        skill = maker.env["hr.skill"].search(
            [("skill_type_id.skill_level_ids", "!=", False)], limit=1
        )
        return {
            "skill_id": skill.id,
            "skill_type_id": skill.skill_type_id.id,
            "skill_level_id": skill.skill_type_id.skill_level_ids[:1].id,
        }
