from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.schedule import following_last_day

MANAGER = "equipment_registry.group_service_manager"


class ServiceContractRenewal(models.Model):
    """How a contract goes on, or ends."""

    _inherit = "service.contract"

    # kept, as a task that is done is found no longer
    reminded_for = fields.Date(string="Reminded of the end on", readonly=True, copy=False)

    def action_renew(self):
        """The contract goes on for another period of its plan."""
        for contract in self:
            if contract.state not in ("active", "ended"):
                raise UserError(
                    self.env._(
                        "%(contract)s was never in force: it is not renewed.",
                        contract=contract.display_name,
                    )
                )
            _start, new_end = contract._next_period()
            contract.write({"date_end": new_end, "state": "active"})
            contract.message_post(
                body=self.env._("Renewed until %(end)s.", end=fields.Date.to_string(new_end))
            )
        self.activity_feedback(["service_contract.mail_activity_type_renew"])
        return True

    def _next_period(self):
        """Return the first and the last day of the period that would follow."""
        months = self.plan_id.duration_months
        end = following_last_day(self.date_start, self.date_end, months)
        return self.date_end + timedelta(days=1), end

    @api.model
    def _cron_run(self):
        """Every day: visits further ahead, reminders, tacit renewals, ends."""
        active = self.search([("state", "=", "active")])
        active._generate_visits()
        active._remind_of_renewal()
        today = fields.Date.context_today(self)
        over = active.filtered(lambda one: one.date_end < today)
        over -= over.filtered(lambda one: one.renewal == "tacit")._renew_tacitly()
        # the job's day is that of UTC: west of it, the last day may still go on
        everywhere = today - timedelta(days=1)
        over.filtered(lambda one: one.date_end < everywhere).write({"state": "ended"})

    def _renew_tacitly(self):
        """Go on with the machines that no other contract covers by now.

        One contract that cannot go on must not keep those of other companies from it.

        :return: service.contract that go on
        """
        going_on = self.browse()
        for contract in self:
            start, end = contract._next_period()
            others = contract._others_covering(start, end)
            kept = contract.unit_ids - others.unit_ids
            if not kept:
                continue
            if kept != contract.unit_ids:
                # what fell due in the period that is over is owed by this contract still
                due = contract.with_context(visits_due_by=contract.date_end)
                due._release_units(
                    others.unit_ids,
                    self.env._(
                        "Machines no longer covered, as %(contract)s covers them.",
                        contract=", ".join(others.mapped("display_name")),
                    ),
                )
            going_on |= contract
        going_on.action_renew()
        return going_on

    def _remind_of_renewal(self):
        """Ask the responsible in time; once per period, whatever became of the task."""
        kind = "service_contract.mail_activity_type_renew"
        due = self.filtered(lambda one: one._is_reminder_due())
        due._hand_over()
        for contract in due:
            if not contract.activity_search([kind]):
                contract.activity_schedule(kind, contract.date_end, user_id=contract.user_id.id)
            contract.reminded_for = contract.date_end

    def _is_reminder_due(self):
        self.ensure_one()
        if self.renewal != "ask" or self.reminded_for == self.date_end:
            return False
        remind_on = self.date_end - timedelta(days=self.plan_id.reminder_days)
        return remind_on <= fields.Date.context_today(self) <= self.date_end

    def _hand_over(self):
        """A contract whose responsible has left gets another, so that somebody is reminded."""
        managers = self.env.ref(MANAGER).all_user_ids.filtered("active")
        # an administrator may do everything, and is the last to be told
        managers = managers.sorted(lambda user: user._is_system())
        for contract in self.filtered(lambda one: not one.user_id.active):
            contract.user_id = managers.filtered(
                lambda user, of=contract.company_id: user.company_id == of
            )[:1]
