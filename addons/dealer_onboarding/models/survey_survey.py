from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date, format_datetime


class SurveySurvey(models.Model):
    """A survey that is an exam of the network: its result counts, so it is guarded.

    Stock limits attempts by invitation, so that a new invitation gives new attempts; an exam
    counts them by person.
    """

    _inherit = "survey.survey"

    is_exam = fields.Boolean(string="Exam of the network", index="btree_not_null")
    competence_id = fields.Many2one(
        "dealer.competence", string="Gives", index="btree_not_null", ondelete="restrict"
    )
    competence_skill_type_id = fields.Many2one(
        related="competence_id.skill_type_id", string="Scale of the competence"
    )
    competence_level_id = fields.Many2one(
        "hr.skill.level",
        string="At level",
        ondelete="restrict",
        domain="[('skill_type_id', '=', competence_skill_type_id)]",
    )
    exam_attempts = fields.Integer(
        string="Attempts allowed", default=3, help="So many within the period; 0 sets no limit."
    )
    exam_period_days = fields.Integer(string="Period (days)", default=30)
    cooling_hours = fields.Integer(
        string="Pause after a failure (hours)", default=4, help="Time to learn what was missing."
    )

    _exam_positive = models.Constraint(
        "CHECK(exam_attempts >= 0 AND exam_period_days > 0 AND cooling_hours >= 0)",
        "Attempts, period and pause of an exam cannot be negative.",
    )

    @api.constrains("is_exam", "competence_id", "competence_level_id", "scoring_type")
    def _check_exam(self):
        for survey in self.filtered("is_exam"):
            if survey.scoring_type == "no_scoring":
                raise ValidationError(self.env._("%(exam)s: an exam is scored.", exam=survey.title))
            if survey.competence_id and (
                survey.competence_level_id not in survey.competence_id._levels()
            ):
                raise ValidationError(
                    self.env._(
                        "%(exam)s: choose the level of %(competence)s that it gives.",
                        exam=survey.title,
                        competence=survey.competence_id.name,
                    )
                )

    def _check_answer_creation(self, user, partner, email, test_entry=False, **options):
        """Guard every door to a new attempt: start, retry, course and invitation."""
        result = super()._check_answer_creation(
            user, partner, email, test_entry=test_entry, **options
        )
        if self.is_exam:
            person = partner or (user and user.partner_id)
            if test_entry and user and user.is_dealer_user:
                raise UserError(
                    self.env._("%(exam)s: nobody looks at an exam beforehand.", exam=self.title)
                )
            if not test_entry:
                self._check_attempt(person)
        return result

    def _check_attempt(self, partner):
        """:raise UserError: one attempt is not over, none is left, or the pause is not over"""
        if not partner:
            raise UserError(self.env._("%(exam)s: sign in first.", exam=self.title))
        self._lock_attempts(partner)
        if self._running_attempts(partner):
            raise UserError(
                self.env._(
                    "%(exam)s: an attempt has begun already. Go on with it first.",
                    exam=self.title,
                )
            )
        now = fields.Datetime.now()
        done = (
            self.env["survey.user_input"]
            .sudo()
            .search(
                [
                    ("survey_id", "=", self.id),
                    ("partner_id", "=", partner.id),
                    ("test_entry", "=", False),
                    ("create_date", ">=", now - timedelta(days=self.exam_period_days)),
                ],
                order="id desc",
            )
        )
        if self.exam_attempts and len(done) >= self.exam_attempts:
            again = done[self.exam_attempts - 1].create_date + timedelta(days=self.exam_period_days)
            raise UserError(
                self.env._(
                    "%(exam)s: no attempt is left. The next one is possible from %(day)s; talk "
                    "with your mentor until then.",
                    exam=self.title,
                    day=format_date(self.env, again.date()),
                )
            )
        self._check_pause(done.filtered(lambda answer: answer.state == "done")[:1], now)

    def _check_pause(self, failed, now):
        """:raise UserError: the last attempt failed and the pause after it is not over"""
        if failed and not failed.scoring_success:
            again = (failed.end_datetime or failed.create_date) + timedelta(
                hours=self.cooling_hours
            )
            if again > now:
                raise UserError(
                    self.env._(
                        "%(exam)s: read once more what was missing. The next attempt is possible "
                        "from %(moment)s.",
                        exam=self.title,
                        moment=format_datetime(self.env, again, dt_format="short"),
                    )
                )

    def _lock_attempts(self, partner):
        """Two windows of one person begin one attempt after the other; other people do not wait."""
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(%s, %s)", self.id % 2**31, partner.id % 2**31)
        )

    def _running_attempts(self, partner):
        """Close the attempts of a person whose time is over, and return the others.

        What can be begun no more is nothing to go on with.

        :return: survey.user_input (sudo) that are not done, the latest first
        """
        attempts = (
            self.env["survey.user_input"]
            .sudo()
            .search(
                [
                    ("survey_id", "=", self.id),
                    ("partner_id", "=", partner.id),
                    ("state", "!=", "done"),
                    ("test_entry", "=", False),
                    "|",
                    ("deadline", "=", False),
                    ("deadline", ">=", fields.Datetime.now()),
                ],
                order="id desc",
            )
        )
        overdue = attempts.filtered("survey_time_limit_reached")
        if overdue:
            overdue._mark_done()
        return attempts - overdue

    def _exam_answer(self, user):
        """Return the attempt with which a user goes on: one that was interrupted, or a new one.

        :param user: res.users
        :return: survey.user_input
        :raise UserError: no attempt is possible now
        """
        self.ensure_one()
        survey = self.sudo()
        survey._lock_attempts(user.partner_id)
        running = survey._running_attempts(user.partner_id)[:1]
        return running or survey._create_answer(user=user, check_attempts=False)
