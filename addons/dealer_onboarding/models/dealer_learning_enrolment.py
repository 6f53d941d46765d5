from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class DealerLearningEnrolment(models.Model):
    """A person in a job on a path."""

    _name = "dealer.learning.enrolment"
    _description = "Person on a Learning Path"
    _inherit = ["dealer.two.party.mixin"]
    _order = "state, date_target, id"

    staff_id = fields.Many2one(
        "dealer.staff", string="Who", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="staff_id.dealer_id", store=True, precompute=True, readonly=True
    )
    person_id = fields.Many2one(
        related="staff_id.person_id", store=True, precompute=True, index=True
    )
    path_id = fields.Many2one(
        "dealer.learning.path", required=True, index=True, ondelete="restrict"
    )
    mentor_id = fields.Many2one(
        "dealer.staff",
        index="btree_not_null",
        ondelete="set null",
        domain="[('dealer_id', '=', dealer_id), ('state', '=', 'current'), ('id', '!=', staff_id)]",
    )
    mentor_user_id = fields.Many2one(
        related="mentor_id.user_id", string="Mentor's login", store=True, index=True
    )
    date_start = fields.Date(
        string="Begins", required=True, default=lambda self: fields.Date.context_today(self)
    )
    date_target = fields.Date(
        string="Should end", compute="_compute_date_target", store=True, readonly=False
    )
    date_done = fields.Date(string="Finished", readonly=True, copy=False)
    state = fields.Selection(
        [("running", "Running"), ("done", "Finished"), ("stopped", "Stopped")],
        required=True,
        default="running",
        index=True,
        copy=False,
        group_expand=True,
    )
    task_ids = fields.One2many("dealer.learning.task", "enrolment_id", string="Steps")
    done_count = fields.Integer(compute="_compute_progress", store=True)
    task_count = fields.Integer(compute="_compute_progress", store=True)
    progress = fields.Integer(
        string="Progress (%)", compute="_compute_progress", store=True, aggregator="avg"
    )
    minutes_spent = fields.Integer(compute="_compute_progress", store=True)
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")

    _staff_path_uniq = models.UniqueIndex(
        "(staff_id, path_id) WHERE state = 'running'", "This person is on this path already."
    )

    @api.depends("staff_id.name", "path_id.name")
    def _compute_display_name(self):
        for enrolment in self:
            enrolment.display_name = f"{enrolment.staff_id.name}: {enrolment.path_id.name}"

    @api.depends("date_start", "path_id.days_target")
    def _compute_date_target(self):
        for enrolment in self:
            enrolment.date_target = fields.Date.add(
                enrolment.date_start or fields.Date.today(), days=enrolment.path_id.days_target
            )

    @api.depends("task_ids.state", "task_ids.minutes_spent")
    def _compute_progress(self):
        for enrolment in self:
            tasks = enrolment.task_ids.filtered(lambda task: task.state != "skipped")
            done = tasks.filtered(lambda task: task.state == "done")
            enrolment.task_count = len(tasks)
            enrolment.done_count = len(done)
            enrolment.progress = round(100 * len(done) / len(tasks)) if tasks else 100
            enrolment.minutes_spent = sum(tasks.mapped("minutes_spent"))

    @api.depends("date_target", "state")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for enrolment in self:
            enrolment.is_late = enrolment.state == "running" and enrolment.date_target < today

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("state", "=", "running") & Domain("date_target", "<", today)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_not_by_hand(vals)
        enrolments = super().create(vals_list)
        enrolments._check_may_enrol()
        enrolments.sudo()._make_tasks()
        for enrolment in enrolments.sudo().filtered(lambda line: not line.mentor_id):
            enrolment.mentor_id = enrolment._default_mentor()
        return enrolments

    def write(self, vals):
        if vals.keys() - {"mentor_id", "date_target", "state"} and not self.env.su:
            raise AccessError(
                self.env._("Only mentor, target and state of somebody on a path are changed.")
            )
        self._check_not_by_hand(vals)
        return super().write(vals)

    def _check_not_by_hand(self, vals):
        if not self.env.su and (vals.get("state") == "done" or vals.get("date_done")):
            raise AccessError(
                self.env._("A path is finished by its steps; nobody enters that by hand.")
            )

    def _check_may_enrol(self):
        """The principal puts own people on a path, the OEM everybody's, the system anybody."""
        if self.env.su or self.env.user.has_group("dealer_network.group_network_manager"):
            return
        for enrolment in self:
            if enrolment.sudo().dealer_id != self.env.user.sudo().dealer_id:
                raise AccessError(
                    self.env._(
                        "%(name)s does not work at your dealer.",
                        name=enrolment.sudo().staff_id.name,
                    )
                )

    # ------------------------------------------------------------------- steps
    def _make_tasks(self):
        vals_list = []
        for enrolment in self:
            for step in enrolment.path_id.step_ids:
                vals_list.append(
                    {
                        "enrolment_id": enrolment.id,
                        "step_id": step.id,
                        "date_due": fields.Date.add(enrolment.date_start, days=step.day),
                    }
                )
        self.env["dealer.learning.task"].create(vals_list)
        for enrolment in self:
            enrolment.task_ids._skip_impossible()
            enrolment.task_ids._take_over_known()
        self._advance()

    def _advance(self):
        """Open the steps whose turn has come, and finish what is complete."""
        today = fields.Date.context_today(self)
        for enrolment in self.sudo().filtered(lambda line: line.state == "running"):
            waiting = enrolment.task_ids.filtered(lambda task: task.state == "waiting")
            over = enrolment.task_ids.filtered(lambda task: task.state in ("done", "skipped"))
            waiting.filtered(
                lambda task, over=over: task.step_id.prerequisite_ids <= over.step_id
            ).write({"state": "open", "date_opened": today})
            left = enrolment.task_ids.filtered(
                lambda task: task.state in ("waiting", "open") and task.step_id.mandatory
            )
            if not left:
                enrolment.write({"state": "done", "date_done": today})

    # ------------------------------------------------------------------ mentor
    def _default_mentor(self):
        """Return the colleague who leads: head of sales before principal before anybody."""
        self.ensure_one()
        coach = self.env.ref("dealer_competence.competence_coach", raise_if_not_found=False)
        colleagues = self.dealer_id.staff_ids.filtered(
            lambda line: line.state == "current"
            and line.user_id.active
            and line.person_id != self.person_id
        )
        held = self.env["dealer.competence"]._in_force(colleagues.person_id, self.dealer_id)
        coaches = {person for person, competence in held if coach and competence == coach.id}
        same = self.staff_id.role_id.activity_id

        def rank(line):
            return (
                line.person_id.id not in coaches,
                not (same and line.role_id.activity_id == same),
                line.role_id.is_principal,
                line.date_start,
                line.id,
            )

        return colleagues.sorted(rank)[:1]

    def _replace_mentor(self):
        """Give a new mentor to those whose mentor left."""
        for enrolment in self.sudo():
            enrolment.mentor_id = enrolment._default_mentor()

    # ----------------------------------------------------------------- actions
    def action_stop(self):
        """Stop the path; what was learnt stays."""
        self.write({"state": "stopped"})
        return True

    def action_resume(self):
        """Take the path up again."""
        self.write({"state": "running"})
        self._advance()
        return True

    def action_open_form(self):
        """Open the plan of the person."""
        return self._get_records_action()

    @api.model
    def _enrol(self, staff, path, mentor=None, date_start=None):
        """Put the holders of jobs on a path, unless they are on it or have finished it.

        :return: dealer.learning.enrolment (sudo) that are new
        """
        enrolments = self.sudo()
        over = ("stopped", "done") if path.kind == "renewal" else ("stopped",)
        known = enrolments.search(
            [("staff_id", "in", staff.ids), ("path_id", "=", path.id), ("state", "not in", over)]
        ).staff_id
        return enrolments.create(
            [
                {
                    "staff_id": line.id,
                    "path_id": path.id,
                    "mentor_id": mentor.id if mentor else False,
                    "date_start": date_start
                    or max(line.date_start, fields.Date.context_today(self)),
                }
                for line in staff - known
            ]
        )

    @api.model
    def _cron_follow(self):
        """Look at practice, close exams whose time is over, and replace mentors who left."""
        self.env["survey.user_input"]._close_overdue_exams()
        enrolments = self.sudo()
        enrolments.search(
            [
                ("state", "=", "running"),
                ("staff_id.state", "=", "current"),
                "|",
                ("mentor_id", "=", False),
                ("mentor_id.state", "=", "past"),
            ]
        )._replace_mentor()
        enrolments.search(
            [("state", "=", "running"), ("staff_id.state", "=", "past")]
        ).action_stop()
        self.env["dealer.learning.task"].search(
            [("state", "=", "open"), ("step_id.kind", "=", "practice")]
        )._check_practice()

    @api.model
    def _first_deal_days(self, dealers):
        """Return {dealer id: [days from the first day to the first autonomous deal]}.

        The first day is that of the path: who was hired long before the network had paths is
        not years behind.
        """
        tasks = (
            self.env["dealer.learning.task"]
            .sudo()
            .search(
                [
                    ("step_id.milestone", "=", True),
                    ("state", "=", "done"),
                    ("dealer_id", "in", dealers.ids),
                ]
            )
        )
        days = defaultdict(list)
        for task in tasks:
            start = task.enrolment_id.date_start
            days[task.dealer_id.id].append(max((task.date_done - start).days, 0))
        return days

    def _check_running(self):
        for enrolment in self:
            if enrolment.state != "running":
                raise UserError(
                    self.env._("%(name)s does not run.", name=enrolment.sudo().display_name)
                )
