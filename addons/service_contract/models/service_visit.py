from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError


class ServiceVisit(models.Model):
    """A visit that a contract owes a machine: due on a day, done by a protocol."""

    _name = "service.visit"
    _description = "Maintenance Visit"
    _inherit = [
        "equipment.state.mixin",
        "equipment.shared.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date, id"
    _rec_names_search = ["unit_id", "contract_id"]
    _check_company_auto = True
    _state_ways = {
        "planned": {"prepared", "done", "cancelled"},
        "prepared": {"planned", "done", "cancelled"},
        "done": set(),
        "cancelled": {"planned"},
    }
    _state_groups = {"cancelled": "equipment_registry.group_service_manager"}

    contract_id = fields.Many2one(
        "service.contract", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="contract_id.partner_id", store=True)
    unit_id = fields.Many2one(
        "equipment.unit",
        string="Machine",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    site_id = fields.Many2one(related="unit_id.site_id")
    number = fields.Integer(required=True, help="The how-manieth visit of the contract.")
    date = fields.Date(string="Due on", required=True, tracking=True)
    protocol_id = fields.Many2one(
        "equipment.protocol",
        string="Work",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    user_id = fields.Many2one(related="protocol_id.user_id", string="Technician")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("prepared", "Work prepared"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        index=True,
        tracking=True,
        copy=False,
        group_expand=True,
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")

    _number_uniq = models.Constraint(
        "UNIQUE(contract_id, unit_id, number)", "This visit of the contract is planned already."
    )
    _to_prepare = models.Index("(date) WHERE state = 'planned'")

    @api.depends("unit_id", "date")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = self.env._(
                "%(unit)s, due on %(date)s",
                unit=visit.unit_id.display_name or "",
                date=fields.Date.to_string(visit.date) or "",
            )

    @api.depends("state", "date")
    def _compute_is_overdue(self):
        overdue = self.filtered_domain(self._domain_overdue())
        overdue.is_overdue = True
        (self - overdue).is_overdue = False

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._domain_overdue()

    @api.model
    def _domain_overdue(self):
        return [
            ("state", "in", ("planned", "prepared")),
            ("date", "<", fields.Date.context_today(self)),
        ]

    def action_prepare(self):
        """Make the visit's work, to be planned with a technician and a time."""
        waiting = self.filtered(lambda visit: visit.state == "planned")
        protocols = self.env["equipment.protocol"].create(
            [
                {
                    "unit_id": visit.unit_id.id,
                    "kind": "service",
                    "date_planned": visit._proposed_start(),
                    "user_id": visit._technician().id,
                }
                for visit in waiting
            ]
        )
        for visit, protocol in zip(waiting, protocols, strict=True):
            visit.write({"state": "prepared", "protocol_id": protocol.id})
        return self.action_view_protocol() if len(self) == 1 else True

    def action_view_protocol(self):
        """Open the visit's work."""
        self.ensure_one()
        return self.protocol_id.get_formview_action()

    def action_cancel(self):
        """The visit is not owed any more."""
        self.write({"state": "cancelled"})
        return True

    def _check_way(self, vals):
        super()._check_way(vals)
        if vals["state"] == "prepared" and not vals.get("protocol_id"):
            raise UserError(self.env._("A visit is prepared by making its work."))
        if vals["state"] == "done":
            self._check_work_done(vals)

    def _check_work_done(self, vals):
        given = self.env["equipment.protocol"].browse(vals.get("protocol_id") or [])
        for visit in self:
            work = given or visit.protocol_id
            if work.state != "done" or work.unit_id != visit.unit_id:
                raise UserError(
                    self.env._(
                        "%(visit)s: a visit is done when both sides have signed its work.",
                        visit=visit.display_name,
                    )
                )

    def _arrive(self, state):
        super()._arrive(state)
        if state == "cancelled":
            self.protocol_id.filtered(lambda work: work.state != "cancelled").action_cancel()

    def _owe_again(self):
        """The machine is covered again: visits that were cancelled and are to come are owed."""
        today = fields.Date.context_today(self)
        self.filtered(lambda one: one.state == "cancelled" and one.date >= today).write(
            {"state": "planned", "protocol_id": False}
        )

    def _proposed_start(self):
        """Return the morning of the due day where the technician is, but never one in the past."""
        day = max(self.date, fields.Date.context_today(self) + timedelta(days=1))
        zone = self._technician().tz or self.company_id.resource_calendar_id.tz or "UTC"
        morning = datetime.combine(day, time(8), tzinfo=ZoneInfo(zone))
        return morning.astimezone(UTC).replace(tzinfo=None)

    def _technician(self):
        """Return the usual technician; one who has left gets no work, it waits to be planned."""
        return self.contract_id.technician_id.filtered("active")

    @api.model
    def _cron_prepare(self):
        """Prepare the work of visits that are due soon; each plan says how soon.

        A contract that has ended still owes the visits that fell due before.
        """
        today = fields.Date.context_today(self)
        plans = self.env["service.plan"].with_context(active_test=False).search([])
        for days, same in plans.grouped("lead_days").items():
            visits = self.search(
                [
                    ("state", "=", "planned"),
                    ("contract_id.state", "in", ("active", "ended")),
                    ("contract_id.plan_id", "in", same.ids),
                    ("date", "<=", today + timedelta(days=days)),
                ]
            )
            visits.action_prepare()
            self.env["ir.cron"]._commit_progress(len(visits))
