from odoo import api, fields, models
from odoo.fields import Command


class DealerStaffHire(models.TransientModel):
    """Hiring begins the onboarding: path, mentor and the plan of the first day."""

    _inherit = "dealer.staff.hire"

    path_ids = fields.Many2many(
        "dealer.learning.path",
        string="Learning paths",
        compute="_compute_path_ids",
        store=True,
        readonly=False,
        domain="[('kind', '!=', 'renewal')]",
    )
    mentor_id = fields.Many2one(
        "dealer.staff",
        domain="[('dealer_id', '=', dealer_id), ('state', '=', 'current')]",
        help="Empty lets the system choose: who may coach, in the same line of work.",
    )
    plan = fields.Text(string="Plan of the first day", compute="_compute_plan")

    @api.depends("role_id", "lang", "dealer_id")
    def _compute_path_ids(self):
        for wizard in self:
            paths = self.env["dealer.learning.path"].search(
                [
                    ("kind", "=", "onboarding"),
                    "|",
                    ("role_ids", "=", False),
                    ("role_ids", "in", wizard.role_id.ids),
                ]
            )
            fitting = paths.filtered(
                lambda path, wizard=wizard: not path.lang_ids
                or wizard.lang in path.lang_ids.mapped("code")
            )
            wizard.path_ids = [Command.set(fitting.ids if wizard.role_id else [])]

    @api.depends("path_ids")
    def _compute_plan(self):
        for wizard in self:
            steps = wizard.path_ids.step_ids.filtered(lambda step: not step.day)
            wizard.plan = "\n".join(
                self.env._("%(step)s (%(minutes)s min)", step=step.name, minutes=step.minutes)
                for step in steps
            )

    def _make_staff(self):
        return super(
            DealerStaffHire,
            self.with_context(
                onboarding_path_ids=self.path_ids.ids, onboarding_mentor_id=self.mentor_id.id
            ),
        )._make_staff()

    def action_hire(self):
        """Hire, then show the plan instead of the job when there is one."""
        action = super().action_hire()
        staff = self.env["dealer.staff"].browse(action["res_id"])
        enrolments = staff.sudo().enrolment_ids
        return enrolments[:1].action_open_form() if enrolments else action
