from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

HOURS = 24


class GuardUndo(models.Model):
    """A change that can be taken back for a day: a wrong stage, assignment, or archiving."""

    _name = "guard.undo"
    _description = "Change that Can Be Undone"
    _order = "id desc"
    _rec_name = "what"

    model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="model", required=True, readonly=True
    )
    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade")
    what = fields.Char(readonly=True)
    old_values = fields.Json(readonly=True)
    new_values = fields.Json(readonly=True)
    date = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)
    undone = fields.Boolean(readonly=True)
    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")

    _record_idx = models.Index("(model, res_id, user_id) WHERE undone IS NOT TRUE")

    @api.depends("date", "undone")
    def _compute_is_open(self):
        limit = fields.Datetime.now() - timedelta(hours=HOURS)
        for change in self:
            change.is_open = not change.undone and change.date >= limit

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        limit = fields.Datetime.now() - timedelta(hours=HOURS)
        return [("undone", "=", False), ("date", ">=", limit)]

    @api.model
    def _remember(self, records, vals):
        """Note what a user is about to change where it can be undone.

        :return: guard.undo (sudo), completed by ``_complete`` after the change
        """
        known = self.env["guard.rail"]._undo_fields().get(records._name, frozenset())
        names = known & vals.keys()
        if self.env.su or not names or "install_mode" in self.env.context:
            return self.sudo()
        return self.sudo().create(
            [
                {
                    "model": record._name,
                    "res_id": record.id,
                    "user_id": self.env.uid,
                    "what": record.display_name,
                    # what is written may change the others: the team follows the salesperson
                    "old_values": {name: self._plain(record, name) for name in known},
                }
                for record in records.sudo()
                if any(self._plain(record, name) != self._wanted(vals[name]) for name in names)
            ]
        )

    @api.model
    def _wanted(self, value):
        return value.id if isinstance(value, models.BaseModel) else value or False

    @api.model
    def _plain(self, record, name):
        value = record[name]
        if isinstance(value, models.BaseModel):
            return value.id if record._fields[name].type == "many2one" else value.ids
        return fields.Datetime.to_string(value) if hasattr(value, "isoformat") else value

    def _complete(self, records):
        """Note what the change led to; it is undone only while that still stands."""
        by_id = {record.id: record for record in records.sudo().with_context(active_test=False)}
        for change in self:
            record = by_id[change.res_id]
            old = change.old_values
            new = {name: self._plain(record, name) for name in old}
            changed = [name for name in old if old[name] != new[name]]
            change.write(
                {
                    "old_values": {name: old[name] for name in changed},
                    "new_values": {name: new[name] for name in changed},
                }
            )

    @api.model
    def last(self, model, record_id):
        """Return the user's last change of a record that can be undone, or False.

        :param str model: technical name
        :param int record_id: the record
        :return: dict with ``id`` and ``text``, or False
        """
        change = self.search(
            [
                ("model", "=", model),
                ("res_id", "=", record_id),
                ("user_id", "=", self.env.uid),
                ("is_open", "=", True),
            ],
            limit=1,
        )
        return {"id": change.id, "text": change._text()} if change else False

    def _text(self):
        labels = [
            self.env[self.model]._fields[name]._description_string(self.env)
            for name in self.old_values
        ]
        return self.env._("%(record)s: %(fields)s", record=self.what, fields=", ".join(labels))

    def action_undo(self):
        """Put the old values back.

        :raise UserError: a day has passed, or somebody changed it since
        """
        for change in self:
            if change.user_id != self.env.user:
                raise AccessError(self.env._("Only who changed it takes it back."))
            if not change.is_open:
                raise UserError(
                    self.env._("%(what)s: it can be undone for a day only.", what=change.what)
                )
            record = self.env[change.model].with_context(active_test=False).browse(change.res_id)
            if not record.exists():
                raise UserError(self.env._("%(what)s does not exist any more.", what=change.what))
            now = {name: self._plain(record.sudo(), name) for name in change.old_values}
            if now != change.new_values:
                raise UserError(
                    self.env._("%(what)s was changed by somebody since.", what=change.what)
                )
            before = change._of_this_record()
            change._put_back(record)
            # taking back is no change to be taken back
            (change.sudo() | change._of_this_record() - before).undone = True
            self.env["guard.rail.event"]._log("undone", change._text())
        return True

    def _put_back(self, record):
        """Write the old values; what else can be undone stays as it is beside them."""
        names = self.env["guard.rail"]._undo_fields().get(self.model, ()) - self.old_values.keys()
        kept = {name: self._plain(record.sudo(), name) for name in names}
        record.write(self.old_values)
        moved = {k: v for k, v in kept.items() if self._plain(record.sudo(), k) != v}
        if moved:
            record.write(moved)

    def _of_this_record(self):
        """Return the user's changes of the same record (sudo)."""
        return self.sudo().search(
            [
                ("model", "=", self.model),
                ("res_id", "=", self.res_id),
                ("user_id", "=", self.env.uid),
            ]
        )

    @api.autovacuum
    def _gc_old(self):
        """Forget what can no longer be undone."""
        limit = fields.Datetime.now() - timedelta(days=2)
        self.sudo().search([("date", "<", limit)], limit=10000).unlink()
