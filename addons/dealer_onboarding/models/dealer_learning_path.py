from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class DealerLearningPath(models.Model):
    """What a person in a role learns, in which order and by when. Composed without code.

    Without a company it is the OEM's and shared; a dealer's own path is the dealer's.
    """

    _name = "dealer.learning.path"
    _description = "Learning Path"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("onboarding", "Onboarding"), ("renewal", "Renewal"), ("growth", "Growth")],
        required=True,
        default="onboarding",
        help="An onboarding begins by itself when somebody is hired in the role, a renewal when "
        "a competence ends soon.",
    )
    role_ids = fields.Many2many("dealer.role", string="Roles", help="Empty stands for every role.")
    competence_ids = fields.Many2many(
        "dealer.competence", string="Renews", help="Competences that this path renews."
    )
    lang_ids = fields.Many2many(
        "res.lang", string="Languages", help="Empty stands for every language."
    )
    days_target = fields.Integer(string="Days", default=30, help="Calendar days to the end.")
    description = fields.Text(translate=True)
    step_ids = fields.One2many("dealer.learning.step", "path_id", copy=True)
    step_count = fields.Integer(compute="_compute_step_count")
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="restrict",
        default=lambda self: self.env.company if self.env.user.is_dealer_user else False,
        help="The dealer to whom the path belongs. Without a company it is the OEM's.",
    )
    active = fields.Boolean(default=True)

    _days_positive = models.Constraint("CHECK(days_target > 0)", "A path takes one day at least.")

    @api.depends("step_ids")
    def _compute_step_count(self):
        for path in self:
            path.step_count = len(path.step_ids)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for path, vals in zip(self, vals_list, strict=True):
            vals["name"] = self.env._("%(name)s (copy)", name=path.name)
        return vals_list

    def copy(self, default=None):
        """The steps of the copy wait for each other, not for those of the original."""
        copies = super().copy(default=default)
        for path, new in zip(self, copies, strict=True):
            twins = dict(zip(path.step_ids, new.step_ids, strict=True))
            for step, twin in twins.items():
                before = [twins[other].id for other in step.prerequisite_ids]
                twin.prerequisite_ids = [Command.set(before)]
        return copies

    def action_enrol(self):
        """Open the form by which somebody begins the path."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Begin %(path)s", path=self.name),
            "res_model": "dealer.learning.enrolment",
            "view_mode": "form",
            "target": "new",
            "context": {"default_path_id": self.id},
        }

    @api.model
    def _for_staff(self, staff, kind="onboarding"):
        """Return the paths that a job begins with, in the person's language if there is a choice.

        :param staff: dealer.staff (sudo)
        """
        company = staff.dealer_id.company_id
        paths = self.sudo().search(
            [
                ("kind", "=", kind),
                "|",
                ("role_ids", "=", False),
                ("role_ids", "in", staff.role_id.ids),
                ("company_id", "in", [*company.ids, False]),
            ]
        )
        lang = staff.person_id.lang
        return paths.filtered(
            lambda path: not path.lang_ids or lang in path.lang_ids.mapped("code")
        )

    @api.constrains("step_ids")
    def _check_steps(self):
        """No step waits for itself, whatever the detour."""
        for path in self:
            if path.step_ids._has_cycle("prerequisite_ids"):
                raise ValidationError(
                    self.env._("%(path)s: steps wait for each other in a circle.", path=path.name)
                )
