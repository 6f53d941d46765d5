import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class SurveyUserInput(models.Model):
    """An attempt at an exam.

    Its result is the person's, the dealer's, and the OEM's while the dealer releases training
    results: whoever writes the OEM's exams does not read by that who failed.
    """

    _inherit = "survey.user_input"

    exam_dealer_id = fields.Many2one(
        "dealer.dealer",
        string="Sat at",
        compute="_compute_exam_dealer_id",
        store=True,
        precompute=True,
        compute_sudo=True,
        index="btree_not_null",
        help="Where the person worked when the exam began.",
    )

    @api.depends("partner_id", "survey_id")
    def _compute_exam_dealer_id(self):
        exams = self.filtered("survey_id.is_exam")
        employers = exams.partner_id._learner_dealers()
        for answer in self:
            answer.exam_dealer_id = answer in exams and employers.get(answer.partner_id.id)

    def _mark_done(self):
        result = super()._mark_done()
        for answer in self.sudo().filtered(
            lambda line: line.survey_id.is_exam and not line.test_entry
        ):
            tasks = self.env["dealer.learning.task"]._exam_finished(answer)
            if answer.scoring_success:
                answer._give_competence(tasks)
        return result

    def _give_competence(self, tasks):
        """Record what the exam gives, at the dealers where it was asked of the person."""
        survey = self.survey_id
        person = (
            self.env["dealer.person"]
            .sudo()
            .search([("user_id.partner_id", "=", self.partner_id.id)], limit=1)
        )
        if not person or not survey.competence_id:
            return
        for dealer in tasks.dealer_id or person.user_id.dealer_id:
            self.env["dealer.staff.competence"]._gain(
                person,
                survey.competence_id,
                survey.competence_level_id,
                "exam",
                dealer,
                note=survey.title,
            )

    @api.model
    def _close_overdue_exams(self):
        """Close the attempts whose time is over: they count with what was answered.

        One that cannot be closed does not keep the others open.
        """
        overdue = self.sudo().search(
            [
                ("survey_id.is_exam", "=", True),
                ("survey_id.is_time_limited", "=", True),
                ("state", "=", "in_progress"),
                ("start_datetime", "<", fields.Datetime.subtract(fields.Datetime.now(), minutes=1)),
            ]
        )
        for answer in overdue.filtered("survey_time_limit_reached"):
            try:
                with self.env.cr.savepoint():
                    answer._mark_done()
            except Exception:
                _logger.exception("The attempt %s at an exam could not be closed", answer.id)
