from odoo import api, fields, models


class DealerStaff(models.Model):
    """A job begins with the path of its role, and a mentor who leaves is replaced."""

    _inherit = "dealer.staff"

    enrolment_ids = fields.One2many("dealer.learning.enrolment", "staff_id", string="Paths")
    learning_progress = fields.Integer(
        string="Onboarding (%)", compute="_compute_learning_progress", compute_sudo=True
    )

    @api.depends("enrolment_ids.progress", "enrolment_ids.state")
    def _compute_learning_progress(self):
        for staff in self:
            paths = staff.enrolment_ids.filtered(lambda line: line.state != "stopped")
            staff.learning_progress = sum(paths.mapped("progress")) // len(paths) if paths else 100

    @api.model_create_multi
    def create(self, vals_list):
        staff = super().create(vals_list)
        if not {"install_mode", "import_file"} & self.env.context.keys():
            staff.sudo().filtered(lambda line: line.state != "past")._begin_paths()
        return staff

    def write(self, vals):
        roles = {line.id: line.role_id for line in self.sudo()} if "role_id" in vals else {}
        result = super().write(vals)
        if roles:
            self.sudo().filtered(lambda line: line.role_id != roles[line.id])._begin_paths()
        if vals.get("date_end"):
            gone = self.sudo().filtered(lambda line: line.state == "past")
            led = self.env["dealer.learning.enrolment"].sudo()
            led.search([("mentor_id", "in", gone.ids), ("state", "=", "running")])._replace_mentor()
            led.search([("staff_id", "in", gone.ids), ("state", "=", "running")]).action_stop()
        return result

    def _begin_paths(self):
        """Put the holders of these jobs on the paths of their roles.

        ``onboarding_mentor_id`` and ``onboarding_path_ids`` in the context say what a hiring
        wizard chose.
        """
        context = self.env.context
        enrolments = self.env["dealer.learning.enrolment"].with_context(
            onboarding_mentor_id=False, onboarding_path_ids=False
        )
        mentor = self.browse(context.get("onboarding_mentor_id"))
        chosen = context.get("onboarding_path_ids")
        for staff in self:
            paths = self.env["dealer.learning.path"]._for_staff(staff)
            if chosen is not None and chosen is not False:
                paths = self.env["dealer.learning.path"].sudo().browse(chosen)
            for path in paths:
                enrolments._enrol(staff, path, mentor)

    def action_view_enrolments(self):
        """Show the paths of the person in this job."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Paths of %(name)s", name=self.name),
            "res_model": "dealer.learning.enrolment",
            "view_mode": "list,form",
            "domain": [("staff_id", "=", self.id)],
            "context": {"default_staff_id": self.id},
        }
