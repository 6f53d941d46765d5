from odoo import models


class DealerStaffCompetence(models.Model):
    """What ends soon is renewed on a path, where there is one for it."""

    _inherit = "dealer.staff.competence"

    def _start_renewal(self):
        enrolments = self.env["dealer.learning.enrolment"]
        paths = (
            self.env["dealer.learning.path"]
            .sudo()
            .search([("kind", "=", "renewal"), ("competence_ids", "in", self.competence_id.ids)])
        )
        for line in self:
            jobs = line.person_id.staff_ids.filtered(lambda job: job.state == "current")
            for path in paths:
                if line.competence_id in path.competence_ids:
                    for staff in jobs.filtered(
                        lambda job, path=path: path in path._for_staff(job, "renewal")
                    ):
                        enrolments._enrol(staff, path)
        return super()._start_renewal()
