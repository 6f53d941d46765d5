from datetime import timedelta

from odoo import api, fields, models

from .miko_gap import CAUSES

SILENT = timedelta(seconds=45)  # three signs of life that did not come


class MikoHealth(models.Model):
    """How the listener of an exchange fares; written by the listener alone."""

    _name = "miko.health"
    _description = "Health of a Listener"
    _rec_name = "pbx_id"

    pbx_id = fields.Many2one("miko.pbx", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="pbx_id.company_id", store=True, index=True)
    state = fields.Selection(
        [
            ("never", "Not started yet"),
            ("connected", "Listening"),
            ("lost", "Connection lost"),
            ("refused", "Refused by the exchange"),
            ("silent", "The listener does not run"),
        ],
        required=True,
        default="never",
    )
    shown_state = fields.Selection(
        selection=lambda self: self._fields["state"]._description_selection(self.env),
        compute="_compute_shown_state",
    )
    cause = fields.Selection(CAUSES)
    seen = fields.Datetime()
    last_event = fields.Datetime()
    lag_ms = fields.Integer(
        string="Lag (ms)", help="From an event's arrival to its storing, longest of late."
    )
    skew = fields.Float(string="Clock differs (s)", help="What is added to the exchange's times.")
    cursor = fields.Integer(help="Last record of the exchange's history that was taken.")
    sweep_from = fields.Datetime(default=fields.Datetime.now)
    sweep_date = fields.Datetime(string="History read")
    sweep_problem = fields.Char(help="Kind of the error, by which it is put into words.")
    sweep_told = fields.Boolean(string="Told")
    unstored_date = fields.Datetime(string="Call not stored")

    _pbx_uniq = models.UniqueIndex("(pbx_id)")

    @api.depends("state", "seen")
    def _compute_shown_state(self):
        now = fields.Datetime.now()
        for health in self:
            silent = health.seen and health.seen < now - SILENT
            health.shown_state = "silent" if silent else health.state
