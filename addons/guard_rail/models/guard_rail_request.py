import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import formatLang

from ..tools.passes import passing

ROWS = 60  # of a difference that are shown; more are nobody's reading


class GuardRailRequest(models.Model):
    """Something prepared by one and waiting for a holder of the competence."""

    _name = "guard.rail.request"
    _description = "Request for a Confirmation"
    _order = "state, deadline, id"

    rail_id = fields.Many2one("guard.rail", required=True, index=True, ondelete="restrict")
    action_id = fields.Many2one(related="rail_id.action_id")
    competence_id = fields.Many2one(related="rail_id.competence_id")
    dealer_id = fields.Many2one(
        "dealer.dealer", required=True, index=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Asked by", required=True, index=True, readonly=True
    )
    model = fields.Char(readonly=True, required=True)
    res_ids = fields.Char(string="Record ids", readonly=True, required=True)
    payload = fields.Text(readonly=True)
    what = fields.Char(readonly=True, required=True)
    note = fields.Char(string="Why")
    snapshot = fields.Text(readonly=True)
    lang = fields.Char(string="Language of who asked", readonly=True)
    difference = fields.Json(compute="_compute_difference")
    difference_html = fields.Html(string="What it changes", compute="_compute_difference")
    has_changed = fields.Boolean(
        compute="_compute_difference", help="The record is not as it was when it was asked for."
    )
    state = fields.Selection(
        [
            ("asked", "Waits"),
            ("confirmed", "Confirmed"),
            ("refused", "Refused"),
            ("expired", "Expired"),
        ],
        required=True,
        default="asked",
        readonly=True,
        index=True,
        group_expand=True,
    )
    deadline = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    answer_date = fields.Datetime(readonly=True)
    reason = fields.Char(string="Reason of the answer", readonly=True)
    is_emergency = fields.Boolean(readonly=True)
    can_confirm = fields.Boolean(compute="_compute_can_confirm")
    can_override = fields.Boolean(compute="_compute_can_confirm")

    _due_idx = models.Index("(deadline) WHERE state = 'asked'")

    @api.depends("what", "user_id.name")
    def _compute_display_name(self):
        for request in self:
            request.display_name = request.what

    @api.depends_context("uid")
    @api.depends("state", "rail_id", "user_id")
    def _compute_can_confirm(self):
        user = self.env.user
        jobs = user.sudo().dealer_staff_ids
        working = jobs.filtered(lambda job: job.state == "current").dealer_id
        is_principal = user.has_group("dealer_network.group_dealer_manager")
        for request in self:
            foreign = request.state != "asked" or request.user_id == user
            dealer = request.sudo().dealer_id
            here = dealer in working
            holds = self.env["guard.rail"]._holds(user, request.sudo().rail_id, dealer)
            request.can_confirm = here and not foreign and holds
            request.can_override = here and request.state == "asked" and is_principal and not holds

    @api.depends("snapshot", "payload", "state")
    def _compute_difference(self):
        for request in self:
            rows = request._difference_rows()
            request.difference = rows
            request.has_changed = request.state == "asked" and any(row["moved"] for row in rows)
            shown = [row for row in rows if row["moved"]] + [r for r in rows if not r["moved"]]
            request.difference_html = self.env["ir.qweb"]._render(
                "guard_rail.difference",
                {"rows": shown[:ROWS], "more": len(shown) - ROWS},
            )

    # ------------------------------------------------------------------- asking
    @api.model
    def _proposal(self, rail, records, payload):
        """Return the values by which the stopped user asks for a confirmation."""
        return {
            "rail_id": rail.id,
            "res_ids": ",".join(str(record_id) for record_id in records.ids),
            "payload": json.dumps(payload, default=str),
            "what": rail._describe(records),
        }

    @api.model_create_multi
    def create(self, vals_list):
        """What is asked for is taken from the guard rail and the records, not from the caller."""
        prepared = [self._prepared(vals) for vals in vals_list]
        requests = super().create(prepared)
        for request in requests.sudo():
            self.env["guard.rail.event"]._log(
                "asked", request.what, request.rail_id, request, request.note
            )
            request._tell_who_answers()
        return requests

    @api.model
    def _prepared(self, vals):
        rail = self.env["guard.rail"].sudo().browse(vals.get("rail_id")).exists()
        if not rail:
            raise UserError(self.env._("Say which guard rail is asked about."))
        action = rail.action_id
        written = str(vals.get("res_ids") or "").split(",")
        ids = [int(part) for part in written if part.strip().isdecimal()]
        records = self.env[action.model].browse(ids).exists()
        if not records:
            raise UserError(self.env._("%(action)s: there is no record.", action=action.name))
        records.check_access("read")
        payload = self._clean_payload(action, vals.get("payload"))
        proposal = self._proposal(rail, records, payload)
        return {
            **proposal,
            "model": action.model,
            "note": vals.get("note"),
            "user_id": self.env.uid,
            "dealer_id": self.env.user._dealer_at_work(records).id,
            "snapshot": json.dumps(self._snapshot(action, records.sudo(), payload)),
            "lang": self.env.lang,
            "deadline": fields.Datetime.add(fields.Datetime.now(), hours=rail.hours),
        }

    @api.model
    def _clean_payload(self, action, text):
        """Keep of a payload what the action on the allow-list may carry."""
        payload = json.loads(text or "{}")
        values = payload.get("values") if isinstance(payload, dict) else None
        if action.kind == "write":
            allowed = {*action._names("field_names"), *action._values()}
            values = {k: v for k, v in (values or {}).items() if k in allowed}
            if not values:
                raise UserError(
                    self.env._("%(action)s: nothing would be changed.", action=action.name)
                )
            return {"values": values}
        return {}

    def _holders(self):
        """Return the colleagues who can confirm."""
        self.ensure_one()
        jobs = self.sudo().dealer_id.staff_ids.filtered(lambda job: job.state == "current")
        rails = self.env["guard.rail"]
        return (jobs.user_id - self.user_id).filtered(
            lambda user: user.active
            and rails._holds(user, self.sudo().rail_id, self.sudo().dealer_id)
        )

    def _principals(self):
        jobs = self.sudo().dealer_id.staff_ids
        return jobs.filtered(
            lambda job: job.state == "current" and job.role_id.is_principal
        ).user_id

    def _tell_who_answers(self):
        """Put the question before who is at work; at a dealer without a holder, the principal."""
        for user in self._holders() or self._principals() - self.user_id:
            user._bus_send(
                "simple_notification",
                {
                    "title": self.with_context(lang=user.lang).env._(
                        "%(name)s asks", name=self.user_id.name
                    ),
                    "message": self.what,
                    "type": "warning",
                    "sticky": True,
                },
            )

    def _tell_who_asked(self):
        user = self.user_id
        env = self.with_context(lang=user.lang).env
        states = dict(self._fields["state"]._description_selection(env))
        user._bus_send(
            "simple_notification",
            {
                "title": states[self.state],
                "message": f"{self.what}\n{self.reason}" if self.reason else self.what,
                "type": "success" if self.state == "confirmed" else "warning",
                "sticky": True,
            },
        )

    def write(self, vals):
        if not self.env.su and vals.keys() - {"note"}:
            raise AccessError(self.env._("A request is answered by its buttons."))
        return super().write(vals)

    # --------------------------------------------------------------- difference
    @api.model
    def _snapshot(self, action, records, payload):
        """Return the shown values of the records, as texts in the language of their context."""
        names = dict.fromkeys((*action._names("shows"), *(payload.get("values") or {})))
        return [
            {
                "id": record.id,
                "name": record.display_name,
                "values": {name: self._text(record, name, record[name]) for name in names},
            }
            for record in records
        ]

    @api.model
    def _text(self, record, name, value):
        field = record._fields[name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            options = dict(field._description_selection(record.env))
            return options.get(value, str(value or ""))
        if field.type == "monetary":
            return formatLang(
                record.env, value, currency_obj=record[field.get_currency_field(record)]
            )
        if field.type == "float":
            return formatLang(record.env, value)
        return "" if value is False and field.type != "boolean" else str(value)

    def _difference_rows(self):
        """Return one row per shown field: before, after, and whether it moved since asked."""
        self.ensure_one()
        action = self.sudo().action_id
        if not self.snapshot or self.model not in self.env:
            return []
        payload = json.loads(self.payload or "{}")
        asked = json.loads(self.snapshot)
        records = self._records().sudo()
        now = self._values_by_id(action, records, payload)
        then = records.with_context(lang=self.lang or self.env.lang)
        now_as_asked = self._values_by_id(action, then, payload)
        rows = []
        for line in asked:
            current = now.get(line["id"], {})
            as_asked = now_as_asked.get(line["id"], {})
            after = self._after(action, payload, line["id"])
            if not line["values"] and action.kind == "unlink":
                rows.append(self._row(line, "", line["name"], self.env._("deleted"), False))
            for name, before in line["values"].items():
                moved = self.state == "asked" and as_asked.get(name, before) != before
                rows.append(
                    self._row(
                        line,
                        self.env[self.model]._fields[name]._description_string(self.env),
                        current.get(name, before) if self.state == "asked" else before,
                        after.get(name, self.env._("deleted") if action.kind == "unlink" else ""),
                        moved,
                    )
                )
        return rows

    @api.model
    def _values_by_id(self, action, records, payload):
        return {line["id"]: line["values"] for line in self._snapshot(action, records, payload)}

    @api.model
    def _row(self, line, label, before, after, moved):
        return {
            "record": line["name"],
            "field": label,
            "before": before,
            "after": after,
            "moved": moved,
        }

    def _after(self, action, payload, record_id):
        """Return {field: text} that the action leads to, as far as it is told beforehand."""
        values = dict(payload.get("values") or {})
        if action.kind == "method":
            values = {**{k: found[0] for k, found in action._values().items() if found}, **values}
        record = self.env[self.model].sudo().browse(record_id)
        result = {}
        for name, value in values.items():
            field = record._fields[name]
            if field.type == "many2one":
                # the payload is the asker's: it may name whatever he knows a number of
                chosen = self.env[field.comodel_name].browse(value or [])
                value = chosen._filtered_access("read").sudo()
            elif field.relational:
                result[name] = str(value)
                continue
            result[name] = self._text(record, name, value)
        return result

    def _records(self):
        ids = [int(part) for part in self.res_ids.split(",") if part]
        return self.env[self.model].browse(ids).exists()

    # ---------------------------------------------------------------- answering
    def action_confirm(self):
        """Do what was prepared, with the rights of who confirms.

        :return: what the action itself returns, a wizard perhaps
        :raise AccessError: the user does not hold the competence, or asked himself
        :raise UserError: the record has changed since it was asked for, or is gone
        """
        self.ensure_one()
        if not self.can_confirm:
            raise AccessError(
                self.env._(
                    "%(what)s is confirmed by a colleague who holds “%(competence)s”.",
                    what=self.what,
                    competence=self.sudo().competence_id.name,
                )
            )
        if self.has_changed:
            raise UserError(
                self.env._(
                    "%(what)s: the record has changed since it was asked for. Let the colleague "
                    "ask again, so that you confirm what you see.",
                    what=self.what,
                )
            )
        return self._carry_out("confirmed")

    def action_override(self, reason):
        """Do it in an emergency, as principal without the competence.

        :param str reason: kept in the log
        """
        self.ensure_one()
        if not self.can_override:
            raise AccessError(self.env._("In an emergency the principal decides."))
        if not (reason or "").strip():
            raise UserError(self.env._("%(what)s: give the reason.", what=self.what))
        return self._carry_out("overridden", reason)

    def action_refuse(self, reason):
        """Refuse, and say why.

        :param str reason: told to who asked
        """
        self.ensure_one()
        if not (self.can_confirm or self.can_override):
            raise AccessError(self.env._("Only who could confirm refuses."))
        if not (reason or "").strip():
            raise UserError(self.env._("%(what)s: say why.", what=self.what))
        self._answer("refused", "refused", reason)
        return True

    def action_open_answer(self):
        """Open the form in which the reason is given."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "guard.rail.answer",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_request_id": self.id,
                "default_answer": self.env.context.get("answer", "refuse"),
            },
        }

    def action_open_record(self):
        """Open what is asked about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.model,
            "res_id": self._records()[:1].id,
            "views": [(False, "form")],
        }

    def action_open_form(self):
        """Open the request."""
        return self._get_records_action()

    def action_ask(self):
        """Close the dialog: saving it has asked already."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Your colleagues see it; you hear when it is answered."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _carry_out(self, event, reason=None):
        action = self.sudo().action_id
        records = self._records()
        if not records:
            raise UserError(self.env._("%(what)s: it does not exist any more.", what=self.what))
        values = json.loads(self.payload or "{}").get("values")
        # marked first: the action may delete what the request tells about
        self._answer("confirmed", event, reason)
        # an emergency is about the action; who confirms is bound by its other guard rails himself
        guard = ("rail", self.sudo().rail_id.id) if event == "confirmed" else ("action", action.id)
        with passing(*guard, records.ids):
            if action.kind == "unlink":
                return records.unlink()
            if action.kind == "write":
                return records.write(values)
            # by whichever door it was tried: a state that is only written does half of it
            return getattr(records, action._names("method")[0])()

    def _answer(self, state, event, reason=None):
        self.sudo().write(
            {
                "state": state,
                "answered_by_id": self.env.uid,
                "answer_date": fields.Datetime.now(),
                "reason": reason,
                "is_emergency": event == "overridden",
            }
        )
        self.env["guard.rail.event"]._log(event, self.what, self.sudo().rail_id, self, reason)
        self.sudo()._tell_who_asked()

    # --------------------------------------------------------------------- cron
    @api.model
    def _cron_expire(self):
        """Turn what nobody answered in time into a task of the principal."""
        late = self.sudo().search(
            Domain("state", "=", "asked") & Domain("deadline", "<", fields.Datetime.now())
        )
        for request in late:
            request.state = "expired"
            reader = request._principals()[:1] or request.user_id
            request.dealer_id.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.with_context(lang=reader.lang).env._(
                    "Not confirmed in time: %(what)s", what=request.what
                ),
                note=request.note or "",
                user_id=reader.id,
            )
            self.env["guard.rail.event"]._log(
                "expired", request.what, request.rail_id, request, user=request.user_id
            )
