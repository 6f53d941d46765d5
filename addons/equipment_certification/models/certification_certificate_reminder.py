from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

ENGINEER = "equipment_certification.group_certification_engineer"


class CertificationCertificate(models.Model):
    """Certificates come to their end: who is reminded, and when, and what happens that night."""

    _inherit = "certification.certificate"

    #: Certificates handled in one transaction of the nightly job.
    _BATCH = 500
    #: Those that ended first, first: the order of the indexes below, whatever the planner guesses.
    _BATCH_ORDER = "date_to, id"

    # what the nightly job looks for, among many that are far from their end
    _expiry_idx = models.Index("(date_to) WHERE state IN ('valid', 'suspended')")
    _remind_idx = models.Index("(date_remind) WHERE date_remind IS NOT NULL")

    def _first_reminder(self):
        self.ensure_one()
        if not self.date_to or self._is_renewed():
            return False
        return self.date_to - timedelta(days=self.scheme_id.reminder_days)

    def _is_renewed(self):
        """Tell whether all that the certificate covers is covered by what renews it."""
        self.ensure_one()
        renewed = self.next_ids.filtered(lambda one: one.state == "valid").scope_ids
        return bool(renewed) and all(
            any(new._includes(old) for new in renewed) for old in self.scope_ids
        )

    def _no_more_reminders(self):
        """A successor is in force: of what it has renewed altogether nobody is reminded."""
        renewed = self.filtered(lambda one: one._is_renewed())
        renewed.write({"date_remind": False})
        renewed.activity_unlink(["equipment_certification.mail_activity_type_renewal"])

    @api.model
    def _cron_follow_up(self):
        """Let certificates expire after their last day, and remind of those that come near it."""
        self._in_batches(self._domain_ended(), "_expire")
        self._in_batches(self._domain_to_remind(), "_remind")

    @api.model
    def _in_batches(self, domain, method):
        """Call a method, which takes the records out of the domain, batch by batch."""
        while batch := self.search(domain, limit=self._BATCH, order=self._BATCH_ORDER):
            getattr(batch, method)()
            remaining = (
                0 if len(batch) < self._BATCH else self.search_count(domain, limit=10 * self._BATCH)
            )
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                return

    @api.model
    def _domain_ended(self):
        # a day after today's in UTC the last day is over in every time zone; gate and public page
        # go by the date, and do not wait for the night
        yesterday = fields.Date.today() - timedelta(days=1)
        return Domain("state", "in", ("valid", "suspended")) & Domain("date_to", "<", yesterday)

    @api.model
    def _domain_to_remind(self):
        return Domain("date_remind", "<=", fields.Date.context_today(self))

    def _expire(self):
        self.write({"state": "expired"})

    def _remind(self):
        """Tell those in charge: a task on the certificate and a mail, again until it is renewed."""
        self._hand_over()
        kind = self.env.ref("equipment_certification.mail_activity_type_renewal")
        known = self.activity_ids.filtered(lambda a: a.activity_type_id == kind).mapped("res_id")
        model = self.env["ir.model"]._get(self._name)
        # the mail below tells them, with more words than the notification of a task
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": kind.id,
                    "automated": True,
                    "summary": certificate._renewal_summary(),
                    "date_deadline": certificate.date_to,
                    "res_model_id": model.id,
                    "res_id": certificate.id,
                    "user_id": certificate.user_id.id,
                }
                for certificate in self
                if certificate.user_id and certificate.id not in known
            ]
        )
        template = self.env.ref("equipment_certification.mail_template_reminder")
        addressed = self.filtered(lambda certificate: certificate.user_id.email)
        if addressed:
            template.send_mail_batch(addressed.ids)
        for (day, repeat), certificates in self.grouped(
            lambda c: (c.date_to, c.scheme_id.reminder_repeat_days)
        ).items():
            certificates.date_remind = self._next_reminder(day, repeat)

    @api.model
    def _next_reminder(self, last_day, repeat):
        following = fields.Date.context_today(self) + timedelta(days=repeat)
        return following if repeat and following <= last_day else False

    def _hand_over(self):
        """A certificate whose responsible has left gets another, so that somebody is told."""
        engineers = self.env.ref(ENGINEER).all_user_ids.filtered("active")
        # an administrator may do everything, and is the last to be told
        engineers = engineers.sorted(lambda user: user._is_system())
        for certificate in self.filtered(lambda one: not one.user_id.active):
            company = certificate._report_company()
            certificate.user_id = engineers.filtered(
                lambda user, of=company: user.company_id == of
            )[:1]

    def _renewal_summary(self):
        """Return what is to be done, in the language of who does it."""
        env = self.with_context(lang=self.user_id.lang or self.env.lang).env
        return env._("Renew before %(day)s", day=format_date(env, self.date_to))
