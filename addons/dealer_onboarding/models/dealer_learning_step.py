import ast

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

KINDS = [
    ("course", "Course"),
    ("document", "Document"),
    ("video", "Video"),
    ("exam", "Exam"),
    ("shadowing", "Shadowing"),
    ("talk", "Talk with the mentor"),
    ("practice", "Practice"),
]
NEEDED = {
    "course": ("channel_id",),
    "video": ("url",),
    "exam": ("survey_id",),
    "practice": ("practice_kind_id", "practice_count"),
}


class DealerLearningStep(models.Model):
    """One step of a path. Practice is seen by the system itself, by domain and count."""

    _name = "dealer.learning.step"
    _description = "Step of a Learning Path"
    _order = "path_id, sequence, id"

    path_id = fields.Many2one("dealer.learning.path", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="path_id.company_id", store=True, index="btree_not_null")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="course")
    day = fields.Integer(string="By day", help="0 is the first day at work.")
    minutes = fields.Integer(default=15, help="How long it takes.")
    mandatory = fields.Boolean(default=True)
    description = fields.Text(translate=True, help="What is asked, in a sentence or two.")
    prerequisite_ids = fields.Many2many(
        "dealer.learning.step",
        "dealer_learning_step_prerequisite_rel",
        "step_id",
        "prerequisite_id",
        string="After",
        copy=False,
        domain="[('path_id', '=', path_id)]",
    )
    channel_id = fields.Many2one(
        "slide.channel", string="Course", index="btree_not_null", ondelete="restrict"
    )
    survey_id = fields.Many2one(
        "survey.survey",
        string="Exam",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_exam', '=', True)]",
    )
    url = fields.Char(string="Link")
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    practice_kind_id = fields.Many2one(
        "dealer.practice.kind", index="btree_not_null", ondelete="restrict"
    )
    practice_model = fields.Char(related="practice_kind_id.model", string="Practice on")
    practice_domain = fields.Char(string="Which ones", default="[]")
    practice_count = fields.Integer(string="How many", default=1)
    practice_sandbox = fields.Boolean(
        string="In the sandbox",
        help="Counts only what belongs to a practice customer; else what is real.",
    )
    milestone = fields.Boolean(
        string="First autonomous deal",
        help="The day on which this step is done is what the network measures.",
    )
    competence_id = fields.Many2one(
        "dealer.competence",
        string="Gives",
        index="btree_not_null",
        ondelete="restrict",
        help="An exam gives what its own form says.",
    )
    skill_type_id = fields.Many2one(related="competence_id.skill_type_id")
    skill_level_id = fields.Many2one(
        "hr.skill.level", string="At level", domain="[('skill_type_id', '=', skill_type_id)]"
    )

    _count_positive = models.Constraint(
        "CHECK(practice_count > 0 AND day >= 0 AND minutes >= 0)",
        "Days, minutes and counts of a step cannot be negative, and practice asks for one.",
    )

    @api.constrains("kind", "channel_id", "url", "file", "survey_id", "practice_kind_id")
    def _check_content(self):
        for step in self:
            lacking = [name for name in NEEDED.get(step.kind, ()) if not step[name]]
            if step.kind == "document" and not (step.url or step.file):
                lacking = ["file"]
            if lacking:
                label = step._fields[lacking[0]]._description_string(self.env)
                raise ValidationError(
                    self.env._("%(step)s: fill in “%(field)s”.", step=step.name, field=label)
                )

    @api.constrains("practice_kind_id", "practice_domain", "practice_sandbox")
    def _check_practice(self):
        for step in self.filtered("practice_kind_id"):
            if step.practice_sandbox and not step.practice_kind_id.partner_field:
                raise ValidationError(
                    self.env._(
                        "%(step)s: %(kind)s has no customer, so there is no sandbox for it.",
                        step=step.name,
                        kind=step.practice_kind_id.name,
                    )
                )
            step._practice_filter()

    @api.constrains("prerequisite_ids", "path_id")
    def _check_prerequisites(self):
        self.path_id._check_steps()
        for step in self:
            if step.prerequisite_ids.path_id - step.path_id:
                raise ValidationError(
                    self.env._("%(step)s waits for a step of another path.", step=step.name)
                )

    @api.constrains("competence_id", "skill_level_id")
    def _check_level(self):
        for step in self.filtered("competence_id"):
            if step.skill_level_id not in step.competence_id._levels():
                raise ValidationError(
                    self.env._(
                        "%(step)s: choose the level of %(competence)s that it gives.",
                        step=step.name,
                        competence=step.competence_id.name,
                    )
                )

    def _practice_filter(self):
        """Return the domain that an author typed.

        :raise ValidationError: it cannot be read, or names a field that is not there
        """
        self.ensure_one()
        try:
            domain = Domain(ast.literal_eval(self.practice_domain or "[]"))
            if self.practice_kind_id.installed:
                domain.validate(self.env[self.practice_model])
        except (ValueError, SyntaxError, TypeError, KeyError) as error:
            raise ValidationError(
                self.env._(
                    "%(step)s: the filter cannot be read: %(error)s", step=self.name, error=error
                )
            ) from error
        return domain

    def _practice_done(self, user, company, since):
        """Count what a user has done of this step.

        :param user: res.users whose practice it is
        :param company: res.company where he works; nothing of another one is looked at
        :param date since: first day that counts
        :return: int, or None when the records of this kind do not exist here
        """
        self.ensure_one()
        kind = self.practice_kind_id
        if not kind.installed or not user:
            return None
        model = self.env[kind.model].sudo()
        domain = self._practice_filter() & Domain(kind.user_field, "=", user.id)
        domain &= Domain(kind.date_field, ">=", since)
        if "company_id" in model._fields:
            domain &= Domain("company_id", "in", [*company.ids, False])
        if kind.partner_field:
            # what is made for practice never counts as real, nor the other way round
            practice = Domain(f"{kind.partner_field}.is_practice", "=", True)
            domain &= practice if self.practice_sandbox else ~practice
        return model.search_count(domain, limit=self.practice_count)
