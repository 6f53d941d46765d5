from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.schedule import last_day


class ServiceContractRenewal(models.Model):
    """How a contract goes on, or ends."""

    _inherit = "service.contract"

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
            new_start = contract.date_end + timedelta(days=1)
            new_end = last_day(new_start, contract.plan_id.duration_months)
            contract.write({"date_end": new_end, "state": "active"})
            contract.message_post(
                body=self.env._("Renewed until %(end)s.", end=fields.Date.to_string(new_end))
            )
        self.activity_feedback(["service_contract.mail_activity_type_renew"])
        self._generate_visits()

    @api.model
    def _cron_run(self):
        """Every day: visits further ahead, reminders, tacit renewals, ends."""
        active = self.search([("state", "=", "active")])
        active._generate_visits()
        active._remind_of_renewal()
        today = fields.Date.context_today(self)
        over = active.filtered(lambda one: one.date_end < today)
        over.filtered(lambda one: one.renewal == "tacit").action_renew()
        over.filtered(lambda one: one.renewal != "tacit")._end("ended")

    def _remind_of_renewal(self):
        """Ask the responsible in time; once per period."""
        kind = "service_contract.mail_activity_type_renew"
        today = fields.Date.context_today(self)
        for contract in self.filtered(lambda one: one.renewal == "ask" and one.date_end >= today):
            remind_on = contract.date_end - timedelta(days=contract.plan_id.reminder_days)
            if today >= remind_on and not contract.activity_search([kind]):
                contract.activity_schedule(
                    kind,
                    contract.date_end,
                    user_id=(contract.user_id or self.env.user).id,
                )
