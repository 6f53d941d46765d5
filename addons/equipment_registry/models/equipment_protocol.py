from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("delivery", "Delivery"),
    ("commissioning", "Commissioning"),
    ("service", "Service"),
    ("repair", "Repair"),
]
#: How protocols of a kind are numbered.
PREFIXES = {"delivery": "DEL", "commissioning": "COM", "service": "SRV", "repair": "REP"}
#: Event that a finished protocol of a kind is in the life of its unit.
EVENTS = {
    "delivery": "handed_over",
    "commissioning": "commissioned",
    "service": "serviced",
    "repair": "repaired",
}
OPEN_STATES = ("draft", "planned", "progress")
#: Hours that work may be planned for.
LONGEST = 1000


class EquipmentProtocol(models.Model):
    """Work on a machine, from its plan to the protocol that both sides sign.

    One record is the task in the technician's calendar, the checklist on his phone and the
    signed paper. What both sides see when the first of them signs is closed from then on
    (``equipment_protocol_signature``).
    """

    _name = "equipment.protocol"
    _description = "Protocol"
    _inherit = ["equipment.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_planned desc, id desc"
    _check_company_auto = True
    _state_ways = {
        "draft": {"planned", "progress", "cancelled"},
        "planned": {"draft", "progress", "cancelled"},
        "progress": {"done", "cancelled"},
        "done": set(),
        "cancelled": set(),
    }
    _state_groups = {"cancelled": "equipment_registry.group_service_manager"}

    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    kind = fields.Selection(
        KINDS, required=True, default="commissioning", index=True, tracking=True
    )
    unit_id = fields.Many2one(
        "equipment.unit",
        string="Machine",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="unit_id.product_id", store=True)
    equipment_type_id = fields.Many2one(related="unit_id.equipment_type_id", store=True)
    serial = fields.Char(related="unit_id.serial")
    template_id = fields.Many2one(
        "equipment.protocol.template",
        string="Checklist",
        check_company=True,
        ondelete="restrict",
        domain="[('kind', '=', kind)]",
    )
    instruction = fields.Html(related="template_id.instruction")
    owner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    site_id = fields.Many2one(
        "res.partner",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    site_address = fields.Char(compute="_compute_site_address")
    site_phone = fields.Char(related="site_id.phone")
    picking_id = fields.Many2one(
        "stock.picking",
        string="Transfer",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    # a technician need not have a part in the warehouse to print which transfer it was
    picking_name = fields.Char(related="picking_id.name")
    state = fields.Selection(
        [
            ("draft", "To plan"),
            ("planned", "Planned"),
            ("progress", "In progress"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        index=True,
        tracking=True,
        copy=False,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Technician",
        index="btree_not_null",
        tracking=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    date_planned = fields.Datetime(string="Planned for", index=True, tracking=True)
    duration = fields.Float(
        string="Duration (hours)",
        compute="_compute_from_template",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_planned_end = fields.Datetime(
        string="Planned end", compute="_compute_date_planned_end", store=True
    )
    clash_ids = fields.Many2many(
        "equipment.protocol", string="At the same time", compute="_compute_clash_ids"
    )
    date_started = fields.Datetime(readonly=True, copy=False)
    date_done = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("equipment.protocol.line", "protocol_id", copy=False)
    photo_ids = fields.One2many("equipment.protocol.photo", "protocol_id", copy=False)
    photo_minimum = fields.Integer(
        compute="_compute_from_template", store=True, precompute=True, string="Photos at least"
    )
    note = fields.Text(string="Work done", copy=False)
    progress = fields.Float(compute="_compute_outcome", store=True, aggregator="avg")
    outcome = fields.Selection(
        [("open", "Open"), ("passed", "Passed"), ("deviation", "With deviations")],
        compute="_compute_outcome",
        store=True,
    )
    may_run = fields.Boolean(
        string="The machine may run",
        compute="_compute_may_run",
        store=True,
        readonly=False,
        tracking=True,
        help="In spite of deviations, if any, the machine is put into service.",
    )

    _one_open = models.UniqueIndex(
        "(unit_id, kind) WHERE kind IN ('delivery', 'commissioning')"
        " AND state IN ('draft', 'planned', 'progress')",
        "This machine has such a protocol that is not finished yet.",
    )
    _duration_check = models.Constraint(
        f"CHECK(duration >= 0 AND duration <= {LONGEST})",
        "Work takes some hours, at most a thousand: correct the duration.",
    )
    _technicians_day = models.Index("(user_id, date_planned) WHERE user_id IS NOT NULL")

    @api.depends("unit_id.owner_id", "unit_id.site_id")
    def _compute_place(self):
        """From the unit, until it is signed: the paper says how it was."""
        for protocol in self.filtered(lambda one: not one._is_place_settled()):
            protocol.owner_id = protocol.unit_id.owner_id
            protocol.site_id = protocol.unit_id.site_id or protocol.unit_id.owner_id

    def _is_place_settled(self):
        return self.is_signed or self.state in ("done", "cancelled")

    @api.depends("site_id.contact_address_inline")
    def _compute_site_address(self):
        for protocol in self:
            protocol.site_address = protocol.site_id.contact_address_inline

    @api.depends("template_id")
    def _compute_from_template(self):
        for protocol in self:
            protocol.duration = protocol.template_id.duration or protocol.duration or 2.0
            protocol.photo_minimum = protocol.template_id.photo_minimum

    @api.depends("date_planned", "duration")
    def _compute_date_planned_end(self):
        for protocol in self:
            start = protocol.date_planned
            # what is absurd is refused when it is stored, with words
            hours = min(max(protocol.duration, 0), LONGEST) or 1.0
            protocol.date_planned_end = start and start + timedelta(hours=hours)

    @api.depends("user_id", "date_planned", "date_planned_end", "state")
    def _compute_clash_ids(self):
        """What else the technician is planned for in the same hours."""
        planned = self.filtered(
            lambda one: one.user_id and one.date_planned and one.state in OPEN_STATES
        )
        (self - planned).clash_ids = False
        if not planned:
            return
        others = self.search(
            [
                ("user_id", "in", planned.user_id.ids),
                ("state", "in", OPEN_STATES),
                ("date_planned", "<", max(planned.mapped("date_planned_end"))),
                ("date_planned_end", ">", min(planned.mapped("date_planned"))),
            ]
        )
        for protocol in planned:
            protocol.clash_ids = others.filtered(
                lambda other, one=protocol: other.id != one._origin.id
                and other.user_id == one.user_id
                and other.date_planned < one.date_planned_end
                and other.date_planned_end > one.date_planned
            )

    @api.depends("line_ids.verdict", "line_ids.is_required")
    def _compute_outcome(self):
        for protocol in self:
            verdicts = protocol.line_ids.mapped("verdict")
            answered = len(verdicts) - verdicts.count("open")
            protocol.progress = 100.0 * answered / len(verdicts) if verdicts else 100.0
            if protocol._open_lines():
                protocol.outcome = "open"
            else:
                protocol.outcome = "deviation" if "deviation" in verdicts else "passed"

    @api.depends("outcome")
    def _compute_may_run(self):
        for protocol in self:
            protocol.may_run = protocol.outcome == "passed"

    @api.depends("name", "unit_id")
    def _compute_display_name(self):
        for protocol in self:
            unit = protocol.unit_id.display_name or ""
            protocol.display_name = f"{protocol.name or ''} {unit}".strip()

    @api.onchange("unit_id", "kind")
    def _onchange_unit(self):
        if self.unit_id:
            self.template_id = self._checklist_for(self.kind, self.unit_id)

    @api.model_create_multi
    def create(self, vals_list):
        # of two of a kind one may have ended a moment ago: the index must know
        self.flush_model(["state"])
        protocols = super().create([self._with_checklist(vals) for vals in vals_list])
        for protocol in protocols:
            protocol.name = protocol._number()
            if not protocol.line_ids:
                protocol._take_lines()
        protocols._follow_plan()
        return protocols

    def write(self, vals):
        old_units = {protocol: protocol.unit_id for protocol in self}
        result = super().write(vals)
        if "template_id" in vals:
            for protocol in self:
                protocol.line_ids.unlink()
                protocol._take_lines()
        if "unit_id" in vals:
            self._follow_unit(old_units)
        if {"user_id", "date_planned"} & vals.keys():
            self._follow_plan()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unfinished(self):
        for protocol in self.filtered(lambda one: one.state == "done"):
            raise UserError(
                self.env._("%(protocol)s is done and is kept.", protocol=protocol.display_name)
            )

    # Actions

    def action_start(self):
        """The technician is at the machine."""
        self.write({"state": "progress"})
        return True

    def action_cancel(self):
        """The work does not take place."""
        self.write({"state": "cancelled"})
        return True

    def action_view_unit(self):
        """Open the machine."""
        self.ensure_one()
        return self.unit_id.get_formview_action()

    def action_print(self):
        """Print the protocol."""
        return self.env.ref("equipment_registry.action_report_protocol").report_action(self)

    # Ways

    def _check_way(self, vals):
        super()._check_way(vals)
        if vals["state"] not in ("draft", "planned"):
            return
        for protocol in self:
            if vals["state"] != protocol._state_by_plan(vals):
                raise UserError(
                    self.env._(
                        "%(protocol)s is planned when it has a technician and a time.",
                        protocol=protocol.display_name,
                    )
                )

    def _arrive(self, state):
        super()._arrive(state)
        if state == "progress":
            self.sudo().date_started = fields.Datetime.now()
            self.filtered(lambda one: not one.user_id).user_id = self.env.user
        elif state == "cancelled":
            self.activity_unlink(["mail.mail_activity_data_todo"])

    def _state_by_plan(self, vals=None):
        """Return the state before work begins, with values that are about to be written."""
        plan = {"user_id": self.user_id, "date_planned": self.date_planned, **(vals or {})}
        return "planned" if plan["user_id"] and plan["date_planned"] else "draft"

    # Plan and machine

    @api.model
    def _checklist_for(self, kind, unit):
        return self.env["equipment.protocol.template"]._find(
            kind, unit.equipment_type_id, unit.company_id
        )

    def _with_checklist(self, vals):
        """Return the values with the checklist that fits, unless one is given."""
        if vals.get("template_id") or not vals.get("unit_id"):
            return vals
        unit = self.env["equipment.unit"].browse(vals["unit_id"])
        kind = vals.get("kind") or self.default_get(["kind"])["kind"]
        return {**vals, "template_id": self._checklist_for(kind, unit).id}

    def _take_lines(self):
        """Copy the checklist: what is asked stays, whatever becomes of the template.

        In the language of who does the work: a nightly job or another's delivery makes it.
        """
        self.ensure_one()
        lang = self.user_id.lang or self.company_id.partner_id.lang or self.env.lang
        checklist = self.template_id.with_context(lang=lang)
        self.env["equipment.protocol.line"].create(
            [{**vals, "protocol_id": self.id} for vals in checklist._line_vals()]
        )

    def _number(self):
        """Return the number: kind, serial number, and the how-manieth of that kind."""
        self.ensure_one()
        earlier = self.search_count(
            [("unit_id", "=", self.unit_id.id), ("kind", "=", self.kind), ("id", "<", self.id)]
        )
        return f"{PREFIXES[self.kind]}-{self.serial}-{earlier + 1:02d}"

    def _follow_unit(self, old_units):
        """Another machine stands there than was planned: number and words follow."""
        for protocol in self.filtered(lambda one: old_units[one] != one.unit_id):
            protocol.name = protocol._number()
            protocol.message_post(
                body=self.env._(
                    "Not %(old)s but %(new)s.",
                    old=old_units[protocol].display_name,
                    new=protocol.unit_id.display_name,
                )
            )

    def _follow_plan(self):
        """With a technician and a time the work is planned, and on the technician's list."""
        for protocol in self.filtered(lambda one: one.state in ("draft", "planned")):
            state = protocol._state_by_plan()
            if protocol.state != state:
                protocol.state = state
            protocol.activity_unlink(["mail.mail_activity_data_todo"])
            if state == "planned":
                protocol.activity_schedule(
                    "mail.mail_activity_data_todo",
                    fields.Datetime.context_timestamp(protocol, protocol.date_planned).date(),
                    protocol.with_context(lang=protocol.user_id.lang)._label("kind"),
                    user_id=protocol.user_id.id,
                )

    def _open_lines(self):
        return self.line_ids.filtered(lambda line: line.is_required and line.verdict == "open")

    def _label(self, name):
        """Return the translated label of a selection's value."""
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    # End

    def _finish(self):
        """Both sides have signed: the machine's life goes on."""
        self.write({"state": "done", "date_done": fields.Datetime.now()})
        self.activity_feedback(["mail.mail_activity_data_todo"])
        for protocol in self:
            protocol.unit_id.sudo()._note_event(EVENTS[protocol.kind], protocol.name)
            if protocol.kind == "commissioning" and protocol.may_run:
                protocol._put_into_service()
        self._take_meter_readings()

    def _put_into_service(self):
        day = fields.Date.context_today(self, self.date_done)
        unit = self.unit_id.sudo()
        unit.write({"state": "service", "in_service_date": day})
        if not unit.identity_id.in_service_date:
            unit.identity_id.in_service_date = day

    def _take_meter_readings(self):
        """Readings of meters become part of the machine's course."""
        self.env["equipment.meter.reading"].sudo().create(
            [
                {
                    "unit_id": line.protocol_id.unit_id.id,
                    "meter_id": line.meter_id.id,
                    "value": line.value,
                    "user_id": self.env.uid,
                    "protocol_id": line.protocol_id.id,
                }
                for line in self._metered_lines()
            ]
        )

    def _metered_lines(self):
        """Return the lines that read a meter of the machine."""
        return self.line_ids.filtered(
            lambda line: line.meter_id and line.is_measured and line.verdict != "na"
        )
