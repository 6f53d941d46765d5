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
            _start, new_end = contract._next_period()
            contract.write({"date_end": new_end, "state": "active"})
            contract.message_post(
                body=self.env._("Renewed until %(end)s.", end=fields.Date.to_string(new_end))
            )
        self.activity_feedback(["service_contract.mail_activity_type_renew"])
        return True

    def _next_period(self):
        """Return the first and the last day of the period that would follow."""
        start = self.date_end + timedelta(days=1)
        return start, last_day(start, self.plan_id.duration_months)

    @api.model
    def _cron_run(self):
        """Every day: visits further ahead, reminders, tacit renewals, ends."""
        active = self.search([("state", "=", "active")])
        active._generate_visits()
        active._remind_of_renewal()
        today = fields.Date.context_today(self)
        over = active.filtered(lambda one: one.date_end < today)
        tacit = over.filtered(lambda one: one.renewal == "tacit")
        (over - tacit._renew_tacitly()).write({"state": "ended"})

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
                contract._release_units(
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
