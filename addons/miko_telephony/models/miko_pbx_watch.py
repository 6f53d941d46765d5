from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_datetime

PATIENCE = timedelta(minutes=5)  # a restart of the listener or the exchange is nobody's task
HISTORY_PATIENCE = timedelta(hours=1)
GAP, HISTORY = "miko_telephony.mail_activity_gap", "miko_telephony.mail_activity_history"


class MikoPbx(models.Model):
    _inherit = "miko.pbx"

    @api.model
    def _cron_watch(self):
        """Tell whoever looks after an exchange that nobody listens to it, or that its history
        cannot be read; take the task back once that is over.

        A listener that does not run can say nothing of itself: this does not need it.
        """
        for pbx in self.search([]):
            pbx._watch_listener()
            pbx._watch_history()

    def _watch_listener(self):
        """Once per gap; a short one is only listed."""
        Gap, health = self.env["miko.gap"].sudo(), self._health()
        if health.shown_state in ("silent", "never"):
            gap = Gap._opened(self, "listener", health.seen or health.create_date)
        else:
            gap = Gap.search([("pbx_id", "=", self.id), ("end", "=", False)], limit=1)
        if gap and not gap.told and gap.start < fields.Datetime.now() - PATIENCE:
            gap.told = self._tell(GAP, gap.start, lambda pbx: pbx._gap_words(gap.cause))

    def _watch_history(self):
        """Once per failure; a short one is only shown in the form."""
        health = self._health()
        since = health.sweep_date or health.sweep_from or health.create_date
        if not health.sweep_problem:
            if health.sweep_told:
                self._took_back(HISTORY)
                health.sweep_told = False
        elif not health.sweep_told and since < fields.Datetime.now() - HISTORY_PATIENCE:
            health.sweep_told = self._tell(
                HISTORY, since, lambda pbx: [pbx._rest_words(health.sweep_problem)]
            )

    def _tell(self, kind, since, words):
        """Give who looks after the exchange a task; return whether there is anybody.

        :param str kind: XML id of the activity's type
        :param datetime since: of the failure
        :param words: called with the exchange in that person's language: sentences
        """
        user = self._keeper()
        if not user:
            return False
        pbx = self.with_context(lang=user.lang, tz=user.tz or self.tz)
        moment = format_datetime(pbx.env, since)
        sentences = [pbx.env._("Since %(moment)s.", moment=moment), *words(pbx)]
        pbx.activity_schedule(
            kind,
            user_id=user.id,
            note=Markup("").join(Markup("<p>%s</p>") % sentence for sentence in sentences),
        )
        return True

    def _listened(self):
        """Somebody listens: what gap there was is over."""
        gaps = self.env["miko.gap"].search([("pbx_id", "in", self.ids), ("end", "=", False)])
        gaps.end = fields.Datetime.now()
        gaps.filtered("told").pbx_id._took_back(GAP)

    def _gap_words(self, cause):
        """Return what to do about a gap, and what becomes of calls meanwhile."""
        if self._rest() and self.sudo().history == "v3":
            calls = self.env._("Calls made meanwhile are caught up from the exchange's history.")
        else:
            calls = self.env._(
                "Calls made meanwhile will not be known here: look through the exchange's own list "
                "afterwards, and call back whom nobody has answered."
            )
        return [
            self._ami_words(cause),
            self.env._("Once it is mended, the button Test says what else is lacking."),
            calls,
        ]

    def _took_back(self, kind):
        """What somebody was told of is over."""
        for pbx in self:
            user = pbx._keeper()
            words = pbx.with_context(lang=user.lang).env._("This is over.")
            pbx.activity_feedback([kind], feedback=words)

    def _keeper(self):
        """Return who looks after the exchange, else who is on duty, the head of its channel, or an
        administrator of telephony.
        """
        self.ensure_one()
        pbx = self.sudo()
        group = self.env.ref("miko_telephony.group_administrator")
        administrator = pbx.env["res.users"].search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", pbx.company_id.ids)],
            order="id",
            limit=1,
        )
        heads = pbx.channel_id._heads() if pbx.channel_id else []
        return pbx._first_fit([pbx.keeper_id, pbx.duty_user_id, *heads, administrator])

    def _first_fit(self, people):
        """Return the first of some users who works for the exchange's company."""
        fit = (
            user for user in people if user and user.active and self.company_id in user.company_ids
        )
        return next(fit, self.env["res.users"])
