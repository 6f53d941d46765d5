from datetime import UTC, timedelta

from odoo import api, fields, models

BATCH = 100
UNREACHED = ("missed", "busy", "failed", "cancelled")


class MikoCallCallback(models.AbstractModel):
    """What follows from a call: its inquiry, and the task to call back that a call back closes."""

    _name = "miko.call.callback"
    _description = "Calling Back"

    callback_state = fields.Selection(
        [("due", "To call back"), ("done", "Reached"), ("dropped", "Dropped")],
        string="Call back",
        readonly=True,
        copy=False,
    )
    callback_user_id = fields.Many2one(
        "res.users",
        string="To be called by",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    callback_deadline = fields.Datetime(string="Call back by", copy=False)
    callback_date = fields.Datetime(string="Reached at", readonly=True, copy=False)
    callback_hours = fields.Float(
        string="Hours until reached", readonly=True, copy=False, aggregator="avg"
    )
    callback_call_id = fields.Many2one(
        "miko.call", string="Reached by", readonly=True, copy=False, ondelete="set null"
    )
    callback_attempts = fields.Integer(string="Attempts", readonly=True, copy=False)
    callback_calls = fields.Integer(
        string="Times missed",
        readonly=True,
        copy=False,
        help="Calls of this caller that one task is for.",
    )
    callback_late = fields.Boolean(compute="_compute_callback_late", search="_search_callback_late")

    @api.depends("callback_state", "callback_deadline")
    def _compute_callback_late(self):
        now = fields.Datetime.now()
        for call in self:
            due = call.callback_state == "due" and call.callback_deadline
            call.callback_late = bool(due and due < now)

    def _search_callback_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("callback_state", "=", "due"), ("callback_deadline", "<", fields.Datetime.now())]

    # ------------------------------------------------------------------ actions
    def action_call_back(self):
        """Dial the caller; once somebody speaks with him the task is done."""
        self.ensure_one()
        self.check_access("read")
        # sudo: the deal may be a colleague's; who has the task dials the number all the same
        call = self.sudo()
        record = call._readable(call.lead_id) or call._readable(call.partner_id)
        self.dial(call.number, record._name if record else None, record.id)
        return True

    def action_drop_callback(self):
        """Take the task off the list: there is nothing to call back for."""
        self.check_access("read")
        for call in self.sudo().filtered(lambda call: call.callback_state == "due"):
            call._finish_callback("dropped")
        return True

    # ------------------------------------------------------------------ job
    @api.model
    def _follow_up(self):
        """Job: do what follows from the calls that are due, a batch at a time."""
        now = fields.Datetime.now()
        due = self.search([("todo", "=", True), ("todo_date", "<=", now)], order="id", limit=BATCH)
        for call in due.try_lock_for_update():
            call.with_company(call.company_id)._follow_up_one()
        rest = self.search([("todo", "=", True), ("id", "not in", due.ids)], limit=1)
        if rest or len(due) == BATCH:
            self.with_delay(eta=2, identity_key=f"miko-follow-up-rest-{due[-1:].id}")._follow_up()

    @api.model
    def _cron_follow_up(self):
        """Do what a job that was lost has left."""
        self._follow_up()

    def _follow_up_one(self):
        self.ensure_one()
        self.write({"todo": False, "todo_date": False})
        if self.direction == "inbound":
            self._ensure_inquiry()
            if self.state == "ended":
                self._refresh_inquiry()
        if self.outcome == "answered":
            self._reached()
        elif self.state == "ended":
            self._not_reached()

    def _open_callbacks(self):
        """Return the open tasks to call this number back, in this company."""
        return self._same_number([("callback_state", "=", "due")])

    def _waiting_callbacks(self):
        """Return the open tasks of other calls that came before somebody spoke in this one."""
        moment = self.answer_date or self.date
        return (self._open_callbacks() - self).filtered(lambda call: call.date <= moment)

    def _later_answer(self):
        """Return the first call in which somebody has spoken with the caller since he called.

        This call may have become known after it, or the two have crossed.
        """
        since = [("outcome", "=", "answered"), ("answer_date", ">=", self.date)]
        return self._same_number(since).sorted("answer_date")[:1]

    def _same_number(self, domain):
        """Return the calls with this number, in this company, that a domain wants."""
        if not self.number:
            return self.browse()
        own = [("company_id", "=", self.company_id.id), ("number", "=", self.number)]
        return self.search([*own, *domain])

    def _reached(self):
        """Somebody spoke with the customer: the tasks to call him back are done."""
        waiting = self._waiting_callbacks()
        if self.callback_state == "due":  # turned out to have been answered
            waiting |= self
        for call in waiting:
            call._finish_callback("done", self)
        waiting._inquiries_answered(self.answer_date)

    def _inquiries_answered(self, moment):
        for inquiry in self.inquiry_id.filtered(lambda inquiry: not inquiry.response_date):
            inquiry._answered(moment)

    def _not_reached(self):
        waiting = self._waiting_callbacks()
        if self.direction == "outbound":
            waiting._count_tries()
        elif self._wants_callback():
            if waiting:
                waiting._count_tries()
            elif answer := self._later_answer():
                self._inquiries_answered(answer.answer_date)
            else:
                self._ask_callback()

    def _wants_callback(self):
        """Whether a caller who can be called back has been nobody's task yet."""
        known = not (self.anonymous or self.blocked)  # blocked since he called
        return self.direction == "inbound" and known and not self.callback_state

    def _count_tries(self):
        """Count what each task has seen since. Counted anew: a call is followed up as often as
        something more becomes known of it.
        """
        for call in self:
            since = [
                ("company_id", "=", call.company_id.id),
                ("number", "=", call.number),
                ("date", ">=", call.date),
                ("outcome", "in", UNREACHED),
            ]
            groups = dict(self._read_group(since, ["direction"], ["__count"]))
            call.callback_attempts = groups.get("outbound", 0)
            call.callback_calls = groups.get("inbound", 0)

    def _ask_callback(self):
        """Give somebody the task to call back, with a deadline in working hours."""
        line, pbx = self.line_id, self.pbx_id
        hours = line.callback_hours if line else 1.0
        if not hours or self.outcome not in UNREACHED:
            return
        channel = line.channel_id or pbx._channel()
        user = self._callback_person(channel)
        calendar = channel._calendar()
        start = (self.end_date or self.date).replace(tzinfo=UTC)
        due = calendar and calendar.plan_hours(hours, start, compute_leaves=True)
        deadline = due.astimezone(UTC) if due else start + timedelta(hours=hours)
        self.write(
            {
                "callback_state": "due",
                "callback_user_id": user.id,
                "callback_deadline": deadline.replace(tzinfo=None, microsecond=0),
                "callback_calls": 1,
            }
        )
        if user:
            self.activity_schedule(
                "miko_telephony.mail_activity_callback",
                date_deadline=fields.Datetime.context_timestamp(
                    self.with_context(tz=user.tz or pbx.tz), self.callback_deadline
                ).date(),
                user_id=user.id,
                summary=self.display_name,
            )

    def _callback_person(self, channel):
        """Return the responsible, else who is on duty, else the head of the channel."""
        people = [
            self.responsible_id,
            self.line_id.duty_user_id,
            self.pbx_id.duty_user_id,
            channel._heads()[:1],
        ]
        return self.pbx_id._first_fit(people)

    def _finish_callback(self, state, call=None):
        values = {"callback_state": state}
        if call:
            moment = call.answer_date or call.date
            seconds = (moment - (self.end_date or self.date)).total_seconds()
            values.update(
                callback_date=moment,
                callback_call_id=call.id if call != self else False,
                callback_hours=max(seconds, 0) / 3600,
            )
        self.write(values)
        self.activity_unlink(["miko_telephony.mail_activity_callback"])
