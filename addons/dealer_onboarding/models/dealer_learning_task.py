from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

SIGNED = ("shadowing", "talk")
SIGNABLE = (*SIGNED, "practice")
READ = ("document", "video")


class DealerLearningTask(models.Model):
    """One step that is asked of one person. Its state follows from what was done, never by hand."""

    _name = "dealer.learning.task"
    _description = "Learning Step of a Person"
    _order = "date_due, sequence, id"

    enrolment_id = fields.Many2one(
        "dealer.learning.enrolment", required=True, index=True, ondelete="cascade"
    )
    step_id = fields.Many2one(
        "dealer.learning.step", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(related="step_id.name")
    kind = fields.Selection(related="step_id.kind")
    description = fields.Text(related="step_id.description")
    sequence = fields.Integer(related="step_id.sequence", store=True)
    dealer_id = fields.Many2one(related="enrolment_id.dealer_id", store=True, index=True)
    network_company_id = fields.Many2one(
        related="enrolment_id.network_company_id", store=True, index=True
    )
    person_id = fields.Many2one(related="enrolment_id.person_id", store=True, index=True)
    user_id = fields.Many2one(related="person_id.user_id", store=True, index=True)
    mentor_user_id = fields.Many2one(
        related="enrolment_id.mentor_user_id",
        string="Mentor's login",
        store=True,
        index="btree_not_null",
    )
    state = fields.Selection(
        [
            ("waiting", "Not yet"),
            ("open", "To do"),
            ("asked", "Waits for the mentor"),
            ("done", "Done"),
            ("skipped", "Not here"),
        ],
        required=True,
        default="waiting",
        index=True,
    )
    date_due = fields.Date(string="Due")
    date_opened = fields.Date(readonly=True)
    date_done = fields.Date(string="Done on", readonly=True)
    score = fields.Float(string="Score (%)", readonly=True, aggregator="avg")
    attempt_count = fields.Integer(readonly=True)
    practice_found = fields.Integer(string="Done so far", readonly=True)
    practice_count = fields.Integer(related="step_id.practice_count")
    minutes_spent = fields.Integer(readonly=True)
    signed_by_id = fields.Many2one("res.users", string="Signed by", readonly=True)
    note = fields.Char(string="What was seen", readonly=True)

    _open_user_idx = models.Index("(user_id, date_due) WHERE state IN ('open', 'asked')")
    _step_uniq = models.Constraint(
        "UNIQUE(enrolment_id, step_id)", "This step is asked of this person already."
    )

    def action_open(self):
        """Do the step: open the course, the exam, the document or the screen to practise on.

        :return: action
        :raise UserError: the step's turn has not come
        """
        self.ensure_one()
        self.check_access("read")
        self._check_mine()
        self._check_open()
        return getattr(self.sudo(), f"_open_{self.sudo().kind}")()

    def action_done(self):
        """Say that a document was read or a video seen, or that a talk has taken place.

        What the mentor has to sign waits for the mentor.
        """
        self.check_access("read")
        for task in self:
            task._check_mine()
            task._check_open()
            kind = task.sudo().kind
            if kind in READ:
                task.sudo()._finish()
            elif kind in SIGNED:
                task.sudo().state = "asked"
            elif kind == "practice":
                task.sudo()._check_practice()
            else:
                raise UserError(
                    self.env._(
                        "%(step)s is done when the system sees it: go on with it there.",
                        step=task.sudo().name,
                    )
                )
        return True

    def action_sign(self, note=None):
        """Sign a talk, a shadowing or a practice, as mentor or principal.

        :param str note: what was seen
        :raise AccessError: the user is neither
        :raise UserError: the step is not one that is signed, or not now
        """
        self.check_access("read")
        for task in self.sudo():
            task._check_may_sign()
            if task.kind not in SIGNABLE or task.state not in ("open", "asked"):
                raise UserError(self.env._("%(step)s is not to be signed now.", step=task.name))
            task._finish(signed_by_id=self.env.uid, note=note or task.note)
        return True

    def action_open_form(self):
        """Open the step, for the person, the mentor and the principal."""
        self.ensure_one()
        self.check_access("read")
        return self._get_records_action()

    # --------------------------------------------------------------- how to do
    def _open_course(self):
        channel = self.step_id.channel_id
        channel._action_add_members(self.user_id.partner_id)
        return self._url(f"/slides/{self.env['ir.http']._slug(channel)}")

    def _open_document(self):
        step = self.step_id
        if step.file:
            return self._url(
                f"/web/content/dealer.learning.step/{step.id}/file/{step.filename or 'document'}"
            )
        return self._url(step.url)

    def _open_video(self):
        return self._url(self.step_id.url)

    def _open_exam(self):
        answer = self.step_id.survey_id._exam_answer(self.user_id)
        return self._url(answer.get_start_url(), target="self")

    def _open_shadowing(self):
        return self._get_records_action()

    def _open_talk(self):
        return self._get_records_action()

    def _open_practice(self):
        self._check_practice()
        if self.state == "done":
            return self._get_records_action()
        if self.step_id.practice_sandbox:
            self.env["res.partner"]._ensure_practice_customer(self.dealer_id.company_id)
        kind = self.step_id.practice_kind_id
        if kind.action_xmlid and self.env.ref(kind.action_xmlid, raise_if_not_found=False):
            return self.env["ir.actions.actions"]._for_xml_id(kind.action_xmlid)
        return {
            "type": "ir.actions.act_window",
            "name": kind.name,
            "res_model": kind.model,
            "views": [(False, "list"), (False, "form")],
        }

    def _url(self, url, target="new"):
        return {"type": "ir.actions.act_url", "url": url, "target": target}

    # ------------------------------------------------------------------- state
    def _finish(self, **values):
        """Mark the steps as done, give what they give and open the next ones."""
        today = fields.Date.context_today(self)
        tasks = self.filtered(lambda task: task.state not in ("done", "skipped"))
        for task in tasks:
            spent = values.get("minutes_spent") or task.minutes_spent or task.step_id.minutes
            task.write({**values, "state": "done", "date_done": today, "minutes_spent": spent})
            task._give_competence()
        tasks.enrolment_id._advance()

    def _give_competence(self):
        step = self.step_id
        if step.competence_id and step.kind != "exam":
            self.env["dealer.staff.competence"]._gain(
                self.person_id,
                step.competence_id,
                step.skill_level_id,
                "signoff" if step.kind in SIGNED else "practice",
                self.dealer_id,
                signed_by_id=self.signed_by_id.id,
                note=step.name,
            )

    def _check_practice(self):
        """Look whether the practice has been done; what is real is counted, nobody types it."""
        for task in self.sudo().filtered(lambda task: task.state in ("open", "asked")):
            if task.kind != "practice":
                continue
            found = task.step_id._practice_done(
                task.user_id,
                task.dealer_id.company_id,
                task.enrolment_id.date_start,
            )
            if found is not None and found != task.practice_found:
                task.practice_found = found
            if found is not None and found >= task.practice_count:
                task._finish()

    def _skip_impossible(self):
        """Practice on what is not installed here is asked of nobody."""
        self.filtered(
            lambda task: task.kind == "practice" and not task.step_id.practice_kind_id.installed
        ).write({"state": "skipped"})

    def _take_over_known(self):
        """A course or exam that the person finished before, perhaps elsewhere, is done."""
        tasks = self.filtered(lambda task: task.state == "waiting")
        partners = tasks.user_id.partner_id
        finished = (
            self.env["slide.channel.partner"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", partners.ids),
                    ("channel_id", "in", tasks.step_id.channel_id.ids),
                    ("member_status", "=", "completed"),
                ]
            )
        )
        courses = {(line.partner_id, line.channel_id) for line in finished}
        known = tasks.filtered(
            lambda task: task.kind == "course"
            and (task.user_id.partner_id, task.step_id.channel_id) in courses
        )
        known |= tasks.filtered(lambda task: task.kind == "exam" and task._holds_result())
        known.write({"state": "done", "date_done": fields.Date.context_today(self)})

    def _holds_result(self):
        """Tell whether the person holds in force, and for a while, what the exam gives."""
        survey = self.step_id.survey_id
        if self.enrolment_id.path_id.kind == "renewal" or not survey.competence_id:
            return False
        held = self.env["dealer.competence"]._in_force(self.person_id, self.dealer_id)
        line = held.get((self.person_id.id, survey.competence_id.id))
        return (
            bool(line)
            and line.level_progress >= survey.competence_level_id.level_progress
            and line.state == "current"
        )

    # ------------------------------------------------------------------ checks
    def _check_mine(self):
        if not self.env.su and self.sudo().user_id != self.env.user:
            raise AccessError(
                self.env._("%(step)s is asked of somebody else.", step=self.sudo().name)
            )

    def _check_open(self):
        task = self.sudo()
        task.enrolment_id._check_running()
        if task.state == "waiting":
            before = task.step_id.prerequisite_ids.mapped("name")
            raise UserError(
                self.env._(
                    "%(step)s comes after: %(steps)s.", step=task.name, steps=", ".join(before)
                )
            )

    def _check_may_sign(self):
        user = self.env.user
        is_principal = (
            user.has_group("dealer_network.group_dealer_manager")
            and user.sudo().dealer_id == self.dealer_id
        )
        if self.user_id == user or not (is_principal or self.mentor_user_id == user):
            raise AccessError(
                self.env._(
                    "%(step)s of %(name)s is signed by the mentor or the principal.",
                    step=self.name,
                    name=self.person_id.name,
                )
            )

    @api.model
    def _exam_finished(self, answer):
        """Take the result of an exam over to whom it was asked of.

        :param answer: survey.user_input that is done
        """
        tasks = self.sudo().search(
            [
                ("user_id.partner_id", "=", answer.partner_id.id),
                ("step_id.survey_id", "=", answer.survey_id.id),
                ("state", "in", ("open", "waiting")),
                ("enrolment_id.state", "=", "running"),
            ]
        )
        end = answer.end_datetime or fields.Datetime.now()
        spent = (end - (answer.start_datetime or end)) // timedelta(minutes=1)
        for task in tasks:
            task.write(
                {
                    "score": answer.scoring_percentage,
                    "attempt_count": task.attempt_count + 1,
                    "minutes_spent": task.minutes_spent + max(spent, 1),
                }
            )
        if answer.scoring_success:
            tasks.filtered(lambda task: task.state == "open")._finish()
        return tasks
