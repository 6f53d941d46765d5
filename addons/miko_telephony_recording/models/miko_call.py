import base64
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_datetime

# minutes after the call at which the exchange is asked again; it converts files for up to 20
TRIES = (0.2, 1, 2, 4, 7, 12, 20, 40, 120)
LISTED = 50  # calls by name in the daily list; the menu has all


class MikoCall(models.Model):
    _inherit = "miko.call"

    recording_state = fields.Selection(
        [
            ("waiting", "Waiting for the exchange"),
            ("fetched", "There"),
            ("failed", "Not to be had"),
            ("expired", "Deleted by rule"),
        ],
        string="Recording",
        readonly=True,
        copy=False,
    )
    recording_tries = fields.Integer(readonly=True, copy=False)
    recording_problem = fields.Char(readonly=True, copy=False, help="Kind, put into words below.")
    recording_error = fields.Char(compute="_compute_recording_error")
    recording_told = fields.Boolean(
        readonly=True, copy=False, help="On a head's daily list of calls without recording."
    )
    recording_ids = fields.One2many(
        "miko.recording",
        "call_id",
        string="Recordings",
        readonly=True,
        groups="miko_telephony_recording.group_recording",
    )

    _recording_lacking = models.Index(
        "(company_id, date) WHERE recording_state IN ('waiting', 'failed')"
    )

    _recording_untold = models.Index(
        "(pbx_id) WHERE recording_state = 'failed' AND recording_told IS NOT TRUE"
    )

    @api.depends("recording_problem", "recording_ids", "recording_paths")
    def _compute_recording_error(self):
        for call in self:
            call.recording_error = call._recording_words(call.recording_problem)

    def _recording_words(self, problem):
        """Return why the recording is not whole, in the reader's language, or False."""
        if problem != "parts":
            return problem and self.pbx_id._rest_words(problem)
        return self.env._(
            "%(parts)s of %(wanted)s parts are there.",
            parts=len(self.sudo().recording_ids),
            wanted=len(self.recording_paths or ()),
        )

    def unlink(self):
        """Delete the recordings, too: the database's own cascade would leave the sound for ever."""
        self.check_access("unlink")
        # sudo: who may delete a call need not be one who may play it
        self.sudo().recording_ids.unlink()
        return super().unlink()

    # ------------------------------------------------------------------ rule
    def _recording_days(self):
        """Return how long the recording of this call is kept; 0 when it must not be fetched."""
        self.ensure_one()
        if self.outcome != "answered" or self.direction == "internal" or self.blocked:
            return 0
        if self.direction == "outbound":
            return self.pbx_id.outbound_recording_days
        # no announcement, no consent
        return self.line_id.recording_days if self.consent else 0

    def _follow_up_one(self):
        done = super()._follow_up_one()
        if self.state == "ended" and not self.recording_state and self._recording_days():
            self.recording_state = "waiting"
            self._queue_recording()
        return done

    # ------------------------------------------------------------------ job
    def _queue_recording(self):
        self.ensure_one()
        self.with_delay(
            eta=timedelta(minutes=TRIES[min(self.recording_tries, len(TRIES) - 1)]),
            identity_key=f"miko-recording-{self.id}-{self.recording_tries}",
        )._fetch_recording()

    def _fetch_recording(self):
        """Job: fetch what the exchange has; ask again later while parts are missing.

        A transferred call has a file for each colleague, and the exchange converts them one by one.
        """
        self.ensure_one()
        if self.recording_state != "waiting":
            return
        since = fields.Datetime.to_string(self.date - timedelta(days=1))
        lids = self.sudo().alias_ids.mapped("linkedid")
        found, problem = self.pbx_id._sounds(lids, since, self.recording_paths or ())
        self._keep_recordings(found)
        parts, wanted = len(self.sudo().recording_ids), len(self.recording_paths or ())
        if found and parts >= wanted:
            self.write({"recording_state": "fetched", "recording_problem": False})
            return
        self.recording_tries += 1
        self.recording_problem = problem or "parts"
        if self.recording_tries < len(TRIES):
            self._queue_recording()
        else:
            self.recording_state = "fetched" if parts else "failed"

    def _keep_recordings(self, found):
        known = set(self.sudo().recording_ids.mapped("path"))
        expiry = fields.Date.today() + timedelta(days=self._recording_days())
        self.env["miko.recording"].create(
            [
                {
                    "call_id": self.id,
                    "name": path.rpartition("/")[2],
                    "path": path,
                    "mimetype": mimetype,
                    "sound": base64.b64encode(sound),
                    "expiry": expiry,
                }
                for path, sound, mimetype in found
                if path not in known
            ]
        )

    # ------------------------------------------------------------------ by hand and daily
    def action_fetch_recording(self):
        """Ask the exchange for the recording once more."""
        self.check_access("read")
        for call in self.sudo().filtered(lambda call: call.recording_state == "failed"):
            call.write(
                {"recording_state": "waiting", "recording_tries": 0, "recording_told": False}
            )
            call._queue_recording()
        return True

    @api.model
    def _cron_lacking(self):
        """Tell each head once a day which answered calls have turned out to have no recording."""
        domain = [("recording_state", "=", "failed"), ("recording_told", "=", False)]
        for pbx, calls in self._read_group(domain, ["pbx_id"], ["id:recordset"]):
            head = pbx._channel()._heads()[:1]
            calls.recording_told = True
            if head:
                calls.sorted("date")[-1].activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=head.id,
                    summary=self.with_context(lang=head.lang).env._(
                        "Answered calls without recording since the last list: %(count)s",
                        count=len(calls),
                    ),
                    note=calls._lacking_list(head),
                )

    def _lacking_list(self, head):
        """Return links to the first calls of the daily list, as the head reads them."""
        calls = self.with_context(lang=head.lang, tz=head.tz).sorted("date", reverse=True)
        return Markup("<ul>%s</ul>") % Markup("").join(
            Markup("<li><a href='/odoo/calls/%s'>%s</a>, %s, %s</li>")
            % (
                call.id,
                call.display_name,
                format_datetime(call.env, call.date, dt_format="short"),
                call.recording_error or "",
            )
            for call in calls[:LISTED]
        )
