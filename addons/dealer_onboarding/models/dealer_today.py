from odoo import api, fields, models
from odoo.fields import Domain

MOST = 5
# so many are counted, whoever has more sees "100+"
MOST_ACTIVITIES = 100


class DealerToday(models.AbstractModel):
    """What is asked of a person today: never more than five things.

    Other add-ons extend ``_items``. An item is a dict of ``model``, ``id``, ``method`` (called
    when it is done, its action is opened), ``title``, ``detail``, ``kind``, ``due`` (a date or
    None) and ``urgent``.
    """

    _name = "dealer.today"
    _description = "Asked Today"

    @api.model
    def load(self):
        """Return what is asked of the current user today.

        :return: dict of ``name``, ``items`` (five at most), ``more`` (number of further ones),
            and ``paths`` with their progress
        """
        today = fields.Date.context_today(self)
        items = sorted(self._items(), key=lambda item: (not item["urgent"], item["due"] or today))
        for item in items:
            item["late"] = bool(item["due"]) and item["due"] < today
            item["due"] = fields.Date.to_string(item["due"]) if item["due"] else False
        return {
            "name": self.env.user.name,
            "items": items[:MOST],
            "more": max(len(items) - MOST, 0),
            "paths": self._paths(),
        }

    @api.model
    def _items(self):
        """Return all that is asked; extended by other add-ons."""
        return [
            *self._learning_items(),
            *self._mentor_items(),
            *self._passport_items(),
            *self._principal_items(),
            *self._activity_items(),
        ]

    @api.model
    def _item(self, record, method, title, kind, due=None, detail="", urgent=False):
        return {
            "model": record._name,
            "id": record.id,
            "method": method,
            "title": title,
            "detail": detail or "",
            "kind": kind,
            "due": due,
            "urgent": urgent,
        }

    @api.model
    def _paths(self):
        person = self.env["dealer.person"]._mine()
        lines = (
            self.env["dealer.learning.enrolment"]
            .sudo()
            .search([("person_id", "=", person.id), ("state", "=", "running")])
            if person
            else []
        )
        return [
            {
                "id": line.id,
                "name": line.path_id.name,
                "progress": line.progress,
                "done": line.done_count,
                "total": line.task_count,
                "asked": ", ".join(
                    line.task_ids.filtered(lambda task: task.state == "asked").mapped("name")
                ),
                "mentor": line.mentor_id.name or "",
                "target": fields.Date.to_string(line.date_target),
            }
            for line in lines
        ]

    @api.model
    def _learning_items(self):
        tasks = self.env["dealer.learning.task"].sudo()
        mine = tasks.search(
            [
                ("user_id", "=", self.env.uid),
                ("state", "=", "open"),
                ("enrolment_id.state", "=", "running"),
            ]
        )
        mine._check_practice()
        kinds = dict(tasks._fields["kind"]._description_selection(self.env))
        return [
            self._item(
                task, "action_open", task.name, kinds[task.kind], task.date_due, task.description
            )
            for task in mine
            if task.state == "open"
        ]

    @api.model
    def _mentor_items(self):
        asked = (
            self.env["dealer.learning.task"]
            .sudo()
            .search([("mentor_user_id", "=", self.env.uid), ("state", "=", "asked")])
        )
        return [
            self._item(
                task,
                "action_open_form",
                self.env._("Sign for %(name)s: %(step)s", name=task.person_id.name, step=task.name),
                self.env._("Mentor"),
                task.date_due,
                urgent=True,
            )
            for task in asked
        ]

    @api.model
    def _passport_items(self):
        person = self.env["dealer.person"]._mine()
        shares = person.share_ids.filtered(lambda share: share.state == "asked")
        return [
            self._item(
                share,
                "action_open_form",
                self.env._("%(dealer)s asks to see your passport", dealer=share.dealer_name),
                self.env._("Passport"),
                urgent=True,
            )
            for share in shares
        ]

    @api.model
    def _principal_items(self):
        user = self.env.user
        if not user.has_group("dealer_network.group_dealer_manager"):
            return []
        late = (
            self.env["dealer.learning.enrolment"]
            .sudo()
            .search(
                Domain("dealer_id", "=", user.sudo().dealer_id.id) & Domain("is_late", "=", True)
            )
        )
        return [
            self._item(
                line,
                "action_open_form",
                self.env._(
                    "%(name)s is behind: %(percent)s %% of %(path)s",
                    name=line.staff_id.name,
                    percent=line.progress,
                    path=line.path_id.name,
                ),
                self.env._("Team"),
                line.date_target,
            )
            for line in late
        ]

    @api.model
    def _activity_items(self):
        """The activities that are due, as one thing, so that they leave room for the others."""
        activities = self.env["mail.activity"].search(
            [
                ("user_id", "=", self.env.uid),
                ("date_deadline", "<=", fields.Date.context_today(self)),
            ],
            order="date_deadline, id",
            limit=MOST_ACTIVITIES,
        )
        if not activities:
            return []
        first = activities[0]
        title = first.summary or first.activity_type_id.name or self.env._("Activity")
        if len(activities) > 1:
            count = f"{len(activities)}{'+' if len(activities) == MOST_ACTIVITIES else ''}"
            title = self.env._("Activities that are due: %(count)s", count=count)
        return [
            self._item(
                first,
                "action_open_due",
                title,
                self.env._("Activity"),
                first.date_deadline,
                first.res_name,
            )
        ]
