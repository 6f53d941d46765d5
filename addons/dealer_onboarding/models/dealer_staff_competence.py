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
        for dealer, lines in self._by_employer().items():
            for path in paths:
                renewed = lines.filtered(
                    lambda line, path=path: line.competence_id in path.competence_ids
                )
                jobs = renewed.person_id.staff_ids.filtered(
                    lambda job, dealer=dealer, path=path: job.dealer_id == dealer
                    and job.state == "current"
                    and path in path._for_staff(job, "renewal")
                )
                enrolments._enrol(jobs, path)
        return super()._start_renewal()
