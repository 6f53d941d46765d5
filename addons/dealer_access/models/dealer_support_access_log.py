from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

OPERATIONS = [
    ("read", "Opened"),
    ("group", "Counted or summed up"),
    ("export", "Exported"),
    ("create", "Created"),
    ("write", "Changed"),
    ("unlink", "Deleted"),
]


class DealerSupportAccessLog(models.Model):
    """What was opened of a dealer's data during a support access.

    One line per record and kind of access, with the first time, the last and how often:
    no content, no names. What was counted or summed up is a line per model, with record 0.
    """

    _name = "dealer.support.access.log"
    _description = "Log of Support Access"
    _order = "date_last desc, id desc"
    _rec_name = "model"

    access_id = fields.Many2one(
        "dealer.support.access", required=True, readonly=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(related="access_id.dealer_id", store=True, index=True)
    network_company_id = fields.Many2one(
        related="access_id.network_company_id", store=True, index=True
    )
    user_id = fields.Many2one(related="access_id.user_id", string="By")
    model = fields.Char(string="Technical model", required=True, readonly=True)
    model_name = fields.Char(string="Kind of record", compute="_compute_model_name")
    res_id = fields.Many2oneReference(
        string="Record", model_field="model", required=True, readonly=True
    )
    record_name = fields.Char(
        string="Name",
        compute="_compute_record_name",
        help="As the reader of this log may read it; nothing of it is stored here.",
    )
    operation = fields.Selection(OPERATIONS, required=True, readonly=True)
    date_first = fields.Datetime(string="First", required=True, readonly=True)
    date_last = fields.Datetime(string="Last", required=True, readonly=True)
    times = fields.Integer(required=True, readonly=True, default=1)

    _record_uniq = models.UniqueIndex("(access_id, model, res_id, operation)")

    @api.depends("model")
    def _compute_model_name(self):
        for line in self:
            known = line.model in self.env
            line.model_name = (
                self.env["ir.model"]._get(line.model).sudo().name if known else line.model
            )

    @api.depends("model", "res_id")
    @api.depends_context("uid")
    def _compute_record_name(self):
        self.record_name = False
        for model, lines in self.grouped("model").items():
            if model not in self.env or not self.env[model].has_access("read"):
                continue
            found = self.env[model].browse(lines.mapped("res_id")).exists()
            names = {record.id: record.display_name for record in found._filtered_access("read")}
            for line in lines:
                line.record_name = names.get(line.res_id, False)

    def write(self, vals):
        """:raise UserError: always"""
        if self:
            raise UserError(self.env._("The log of a support access is never changed."))
        return super().write(vals)

    def action_open_record(self):
        """Open the record, for those who may read it; the list, of what was counted."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.model_name,
            "res_model": self.model,
            "res_id": self.res_id,
            "view_mode": "form" if self.res_id else "list,form",
        }

    @api.model
    def _upsert(self, cr, lines):
        """Write a batch of accesses in one statement.

        :param lines: dict of (access id, model, record id, operation) to times
        """
        now = fields.Datetime.now()
        cr.execute(
            SQL(
                """
            INSERT INTO dealer_support_access_log
                   (access_id, model, res_id, operation, times, date_first, date_last,
                    dealer_id, network_company_id, create_date, write_date)
            SELECT line.access_id, line.model, line.res_id, line.operation, line.times,
                   %(now)s, %(now)s, access.dealer_id, access.network_company_id, %(now)s, %(now)s
              FROM (VALUES %(lines)s) AS line (access_id, model, res_id, operation, times)
              JOIN dealer_support_access access ON access.id = line.access_id
                ON CONFLICT (access_id, model, res_id, operation) DO UPDATE
               SET times = dealer_support_access_log.times + EXCLUDED.times,
                   date_last = EXCLUDED.date_last
            """,
                now=now,
                lines=SQL(", ").join(
                    SQL("%s", (*key, times)) for key, times in sorted(lines.items())
                ),
            )
        )
