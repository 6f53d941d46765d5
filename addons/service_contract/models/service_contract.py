from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..tools.schedule import last_day, visit_dates


class ServiceContract(models.Model):
    """Maintenance sold to a customer for machines and a period."""

    _name = "service.contract"
    _description = "Maintenance Contract"
    _inherit = ["equipment.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_end desc, id desc"
    _check_company_auto = True
    _state_ways = {
        "draft": {"active", "cancelled"},
        "active": {"active", "ended", "cancelled"},
        "ended": {"active"},
        "cancelled": set(),
    }

    name = fields.Char(
        string="Number", required=True, copy=False, default=lambda self: self.env._("New")
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )
    plan_id = fields.Many2one(
        "service.plan",
        required=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )
    unit_ids = fields.Many2many(
        "equipment.unit",
        "service_contract_unit_rel",
        "contract_id",
        "unit_id",
        string="Machines covered",
        check_company=True,
        domain="[('owner_id', 'parent_of', partner_id), ('state', 'in', ('delivered', 'service'))]",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        ondelete="restrict",
    )
    technician_id = fields.Many2one(
        "res.users",
        string="Usual technician",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        ondelete="restrict",
    )
    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_end = fields.Date(
        string="Last day",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    renewal = fields.Selection(
        [
            ("ask", "The customer is asked"),
            ("tacit", "Goes on unless it is cancelled"),
            ("none", "Ends"),
        ],
        compute="_compute_renewal",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(string="Price per period", tracking=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("active", "Active"),
            ("ended", "Ended"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        index=True,
        tracking=True,
        copy=False,
        group_expand=True,
    )
    signed_on = fields.Date(tracking=True, copy=False)
    cancel_reason = fields.Char(tracking=True, copy=False)
    visit_ids = fields.One2many("service.visit", "contract_id", string="Visits")
    visit_count = fields.Integer(compute="_compute_visits")
    next_visit_date = fields.Date(string="Next visit", compute="_compute_visits")
    offer_ids = fields.One2many("service.offer", "contract_id", string="Offered by")
    note = fields.Html()

    _dates_order = models.Constraint(
        "CHECK(date_end >= date_start)", "A contract cannot end before it begins."
    )
    _ending = models.Index("(date_end) WHERE state = 'active'")

    @api.depends("plan_id", "date_start")
    def _compute_date_end(self):
        """The first period; renewals write the last day themselves."""
        for contract in self.filtered(lambda one: one.state == "draft"):
            start = contract.date_start
            if start:
                contract.date_end = last_day(start, contract.plan_id.duration_months or 12)

    @api.depends("plan_id")
    def _compute_renewal(self):
        for contract in self:
            contract.renewal = contract.plan_id.renewal or contract.renewal or "ask"

    def _compute_visits(self):
        rows = self.env["service.visit"]._read_group(
            [("contract_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["contract_id", "state"],
            ["__count", "date:min"],
        )
        for contract in self:
            own = [row[1:] for row in rows if row[0] == contract]
            contract.visit_count = sum(count for _state, count, _date in own)
            dates = [date for state, _count, date in own if state != "done"]
            contract.next_visit_date = min(dates, default=False)

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for contract in self:
            contract.display_name = f"{contract.name} {contract.partner_id.name or ''}".strip()

    @api.constrains("unit_ids", "state", "date_start", "date_end")
    def _check_covered_once(self):
        """A machine is under one contract at a time."""
        for contract in self.filtered(lambda one: one.state == "active"):
            other = contract._others_covering(contract.date_start, contract.date_end)[:1]
            if other:
                unit = (other.unit_ids & contract.unit_ids)[:1]
                raise ValidationError(
                    self.env._(
                        "%(unit)s is covered by %(contract)s until %(end)s already.",
                        unit=unit.display_name,
                        contract=other.display_name,
                        end=fields.Date.to_string(other.date_end),
                    )
                )

    def write(self, vals):
        """Machines that come in or go out change the visits of a running contract."""
        before = {contract: contract.unit_ids for contract in self}
        result = super().write(vals)
        if "unit_ids" in vals:
            running = self.filtered(lambda one: one.state == "active")
            for contract in running:
                contract._follow_units(before[contract])
            running._generate_visits()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        for contract in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "%(contract)s was in force and is kept: cancel it instead.",
                    contract=contract.display_name,
                )
            )

    def action_activate(self):
        """The contract is signed: it gets its number and its visits."""
        for contract in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._("%(contract)s is in force already.", contract=contract.display_name)
            )
        self.write({"state": "active"})
        return True

    def action_cancel(self):
        """The contract ends before its time; visits that are still owed are not made."""
        self.write({"state": "cancelled"})
        return True

    def action_view_visits(self):
        """Open the visits of the contract."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_contract.service_visit_action"
        )
        return {
            **action,
            "domain": [("contract_id", "in", self.ids)],
            "context": {},
            "view_mode": "list,calendar,form",
        }

    def action_print(self):
        """Print the contract."""
        return self.env.ref("service_contract.action_report_contract").report_action(self)

    @api.model
    def _domain_in_force(self):
        today = fields.Date.context_today(self)
        return [
            ("state", "=", "active"),
            ("date_start", "<=", today),
            ("date_end", ">=", today),
        ]

    def _check_way(self, vals):
        super()._check_way(vals)
        if vals["state"] == "active":
            self._check_covers()
        elif vals["state"] == "ended":
            self._check_over()
        elif vals["state"] == "cancelled":
            self._check_cancel_reason(vals.get("cancel_reason"))

    def _check_covers(self):
        for contract in self.filtered(lambda one: not one.unit_ids):
            raise UserError(
                self.env._(
                    "%(contract)s: a contract in force covers at least one machine.",
                    contract=contract.display_name,
                )
            )

    def _check_over(self):
        today = fields.Date.context_today(self)
        for contract in self.filtered(lambda one: one.date_end >= today):
            raise UserError(
                self.env._(
                    "%(contract)s runs until %(end)s: cancel it to end it before.",
                    contract=contract.display_name,
                    end=fields.Date.to_string(contract.date_end),
                )
            )

    def _check_cancel_reason(self, reason):
        for contract in self.filtered(lambda one: one.state == "active"):
            if not (reason or contract.cancel_reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(contract)s: write down why it is cancelled.",
                        contract=contract.display_name,
                    )
                )

    def _arrive(self, state):
        super()._arrive(state)
        if state == "active":
            self._come_into_force()
        else:
            self._stop_visits(state)
            self.activity_unlink(["service_contract.mail_activity_type_renew"])

    def _come_into_force(self):
        """The contract has its number, its visits, and what was offered is concluded."""
        for contract in self.filtered(lambda one: not one.signed_on):
            contract.signed_on = fields.Date.context_today(contract)
        for contract in self:
            contract.name = contract._number()
        self._generate_visits()
        self.offer_ids._conclude()

    def _stop_visits(self, state):
        """Visits are owed no more; those that fell due before a contract's end still are."""
        owed = self._owed_visits()
        if state == "ended":
            owed = owed.filtered(lambda visit: visit.date > visit.contract_id.date_end)
        owed.sudo().action_cancel()

    def _owed_visits(self):
        return self.visit_ids.filtered(lambda visit: visit.state in ("planned", "prepared"))

    def _number(self):
        """Return the number: the year of the first day, and the id."""
        self.ensure_one()
        return f"MC-{self.date_start:%Y}-{self.id:05d}"

    def _generate_visits(self):
        """Plan the visits up to each plan's horizon; those that are there stay.

        Visits of a machine that was covered later begin with its first due date in the future.
        """
        today = fields.Date.context_today(self)
        known = {(visit.contract_id.id, visit.unit_id.id, visit.number) for visit in self.visit_ids}
        values = []
        for contract in self.filtered(lambda one: one.state == "active"):
            plan = contract.plan_id
            dates = visit_dates(
                contract.date_start,
                contract.date_end,
                plan.interval_months,
                last_day(today, plan.horizon_months),
            )
            values += [
                {
                    "contract_id": contract.id,
                    "unit_id": unit.id,
                    "number": number,
                    "date": due,
                }
                for unit in contract.unit_ids
                for number, due in dates
                if due >= today and (contract.id, unit.id, number) not in known
            ]
        return self.env["service.visit"].create(values)

    def _follow_units(self, before):
        """Visits of machines that went are not owed, those of machines that came back are again.

        :param before: equipment.unit that were covered
        """
        gone, come = before - self.unit_ids, self.unit_ids - before
        owed = self._owed_visits().filtered(lambda visit: visit.unit_id in gone)
        still_due = self.env.context.get("visits_due_by")
        if still_due:
            owed = owed.filtered(lambda visit: visit.date > still_due)
        owed.sudo().action_cancel()
        self.visit_ids.filtered(lambda visit: visit.unit_id in come)._owe_again()

    def _others_covering(self, start, end):
        """Return the other contracts in force that cover some of the machines in a period."""
        self.ensure_one()
        return self.search(
            [
                ("id", "!=", self.id),
                ("state", "=", "active"),
                ("unit_ids", "in", self.unit_ids.ids),
                ("date_start", "<=", end),
                ("date_end", ">=", start),
            ]
        )

    def _release_units(self, units, reason):
        """Machines are gone: contracts cover them no longer.

        :param units: equipment.unit
        :param str reason: sentence for the chatter
        """
        for contract in self:
            contract.unit_ids = [Command.unlink(unit.id) for unit in units & contract.unit_ids]
            contract.message_post(body=reason)
