from odoo import fields, models, tools


class MikoCallReport(models.Model):
    """One row per call with a customer, counted in every way that heads ask for.

    Hours and weekdays are those of the exchange's time zone.
    """

    _name = "miko.call.report"
    _description = "Statistics of Calls"
    _auto = False
    _rec_name = "date"
    _order = "date desc"

    date = fields.Datetime(readonly=True)
    hour = fields.Selection([(f"{hour:02}", f"{hour:02}:00") for hour in range(24)], readonly=True)
    weekday = fields.Selection(
        [
            ("1", "Monday"),
            ("2", "Tuesday"),
            ("3", "Wednesday"),
            ("4", "Thursday"),
            ("5", "Friday"),
            ("6", "Saturday"),
            ("7", "Sunday"),
        ],
        readonly=True,
    )
    company_id = fields.Many2one("res.company", readonly=True)
    pbx_id = fields.Many2one("miko.pbx", string="Exchange", readonly=True)
    line_id = fields.Many2one("miko.line", readonly=True)
    team_id = fields.Many2one("crm.team", string="Department", readonly=True)
    user_id = fields.Many2one("res.users", string="Colleague", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True)
    direction = fields.Selection(selection=lambda self: self._words_of("direction"), readonly=True)
    outcome = fields.Selection(selection=lambda self: self._words_of("outcome"), readonly=True)
    reason = fields.Selection(selection=lambda self: self._words_of("reason"), readonly=True)
    calls = fields.Integer(readonly=True)
    answered = fields.Integer(readonly=True)
    missed = fields.Integer(readonly=True, help="Incoming calls that nobody answered.")
    reached_back = fields.Integer(
        readonly=True, help="Missed calls whose caller somebody has spoken with since."
    )
    answer_rate = fields.Float(string="Answered (%)", readonly=True, aggregator="avg")
    wait_seconds = fields.Integer(string="Waited (s)", readonly=True, aggregator="avg")
    longest_wait = fields.Integer(string="Longest wait (s)", readonly=True, aggregator="max")
    talk_minutes = fields.Float(string="Talked (min)", readonly=True)
    callback_hours = fields.Float(string="Hours until reached", readonly=True, aggregator="avg")

    def _words_of(self, name):
        """Return the choices of a field of calls in the reader's language."""
        return self.env["miko.call"]._fields[name]._description_selection(self.env)

    @property
    def _table_query(self):
        return tools.SQL(
            """SELECT call.id, call.date, call.company_id, call.pbx_id, call.line_id, call.team_id,
                      call.user_id, call.partner_id, call.direction, call.outcome, call.reason,
                      to_char(call.date AT TIME ZONE 'UTC' AT TIME ZONE pbx.tz, 'HH24') AS hour,
                      to_char(call.date AT TIME ZONE 'UTC' AT TIME ZONE pbx.tz, 'ID') AS weekday,
                      1 AS calls,
                      (call.outcome = 'answered')::int AS answered,
                      (call.direction = 'inbound' AND call.outcome != 'answered')::int AS missed,
                      (call.direction = 'inbound' AND call.outcome != 'answered'
                       AND (call.callback_state = 'done' OR EXISTS (
                           SELECT FROM miko_call AS later
                           WHERE later.number = call.number
                             AND later.company_id = call.company_id
                             AND later.outcome = 'answered'
                             AND later.date >= call.date)))::int AS reached_back,
                      CASE WHEN call.outcome = 'answered' THEN 100.0 ELSE 0.0 END AS answer_rate,
                      call.wait_seconds,
                      call.wait_seconds AS longest_wait,
                      call.talk_seconds / 60.0 AS talk_minutes,
                      CASE WHEN call.callback_state = 'done' THEN call.callback_hours END AS
                      callback_hours
               FROM miko_call AS call
               JOIN miko_pbx AS pbx ON pbx.id = call.pbx_id
               WHERE call.direction != 'internal' AND call.state = 'ended'
                 AND call.blocked IS NOT TRUE AND call.outcome IS NOT NULL"""
        )
