from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class EquipmentDemo(models.Model):
    """A unit lent out to be shown or tried, and when it comes back."""

    _name = "equipment.demo"
    _description = "Demo Loan"
    _inherit = [
        "equipment.state.mixin",
        "equipment.shared.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_from desc, id desc"
    _rec_names_search = ["unit_id", "partner_id"]
    _check_company_auto = True
    _state_ways = {
        "planned": {"lent", "cancelled"},
        "lent": {"back"},
        "back": set(),
        "cancelled": set(),
    }

    unit_id = fields.Many2one(
        "equipment.unit",
        string="Machine",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'stock')]",
        tracking=True,
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Lent to", required=True, ondelete="restrict", tracking=True
    )
    site_id = fields.Many2one("res.partner", string="Place", ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        ondelete="restrict",
        tracking=True,
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_to = fields.Date(string="Until", required=True, tracking=True)
    date_back = fields.Date(string="Came back on", readonly=True, copy=False, tracking=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("lent", "Lent out"),
            ("back", "Back"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        index=True,
        tracking=True,
        copy=False,
        group_expand=True,
    )
    hours_out = fields.Float(string="Hours when lent", digits=0)
    hours_back = fields.Float(string="Hours when back", digits=0)
    hours_used = fields.Float(compute="_compute_hours_used", store=True, string="Hours of use")
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    note = fields.Html(string="Condition and accessories")

    _one_at_a_time = models.UniqueIndex(
        "(unit_id) WHERE state = 'lent'", "This unit is lent out already."
    )
    _dates_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A loan cannot end before it begins."
    )

    @api.depends("unit_id", "partner_id.name")
    def _compute_display_name(self):
        for loan in self:
            unit, partner = loan.unit_id.display_name or "", loan.partner_id.name or ""
            loan.display_name = f"{unit} → {partner}"

    @api.depends("hours_out", "hours_back", "state")
    def _compute_hours_used(self):
        for loan in self:
            used = loan.hours_back - loan.hours_out if loan.state == "back" else 0.0
            loan.hours_used = max(used, 0.0)

    @api.depends("state", "date_to")
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
        return [("state", "=", "lent"), ("date_to", "<", fields.Date.context_today(self))]

    @api.constrains("unit_id", "date_from", "date_to", "state")
    def _check_overlap(self):
        """One machine is at one place."""
        for loan in self.filtered(lambda one: one.state in ("planned", "lent")):
            other = self.search(
                [
                    ("id", "!=", loan.id),
                    ("unit_id", "=", loan.unit_id.id),
                    ("state", "in", ("planned", "lent")),
                    ("date_from", "<=", loan.date_to),
                    ("date_to", ">=", loan.date_from),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(unit)s is promised to %(partner)s from %(start)s until %(end)s.",
                        unit=loan.unit_id.display_name,
                        partner=other.partner_id.name,
                        start=other.date_from,
                        end=other.date_to,
                    )
                )

    def write(self, vals):
        """Write; the machine is settled when it has gone out.

        :raise UserError: another machine is given for a loan that is not planned any more
        """
        if "unit_id" in vals:
            self._check_unit_open(vals["unit_id"])
        return super().write(vals)

    def action_lend(self):
        """The unit goes out."""
        self.write({"state": "lent"})
        return True

    def action_take_back(self):
        """The unit is back."""
        self.write({"state": "back"})
        return True

    def action_cancel(self):
        """The loan does not take place."""
        self.write({"state": "cancelled"})
        return True

    def _check_way(self, vals):
        super()._check_way(vals)
        for loan in self:
            if vals["state"] == "lent":
                loan._check_may_go()
            elif vals["state"] == "back":
                loan._check_hours(vals.get("hours_back") or loan.hours_back)

    def _check_unit_open(self, unit_id):
        for loan in self.filtered(lambda one: one.state != "planned"):
            if loan.unit_id.id != unit_id:
                raise UserError(
                    self.env._(
                        "%(loan)s: another machine can be chosen while the loan is planned only.",
                        loan=loan.display_name,
                    )
                )

    def _check_may_go(self):
        """Raise unless the unit may be lent now."""
        if self.unit_id.state != "stock":
            raise UserError(
                self.env._("%(loan)s: only a unit in stock can be lent.", loan=self.display_name)
            )

    def _check_hours(self, hours_back):
        if hours_back and hours_back < self.hours_out:
            raise UserError(
                self.env._(
                    "%(loan)s: it cannot have fewer hours than when it was lent.",
                    loan=self.display_name,
                )
            )

    def _arrive(self, state):
        super()._arrive(state)
        if state == "lent":
            self._go_out()
        elif state == "back":
            self._come_back()

    def _go_out(self):
        for loan in self:
            loan.unit_id._note_event("lent", loan._told())
            loan.activity_schedule(
                "mail.mail_activity_data_todo",
                loan.date_to,
                loan.with_context(lang=loan.user_id.lang).env._("Fetch the demo unit"),
                user_id=loan.user_id.id,
            )

    def _come_back(self):
        self.date_back = fields.Date.context_today(self)
        for loan in self:
            loan.unit_id._note_event("back", loan._told())
        self.activity_feedback(["mail.mail_activity_data_todo"])

    @api.model
    def _after_passage(self, kind, units, move):
        """The warehouse moved units: one that is sold or gone is not lent any more.

        :param str kind: event of the units
        :param move: stock.move that is done
        """
        if kind not in ("delivered", "left", "scrapped"):
            return
        loans = self.search([("unit_id", "in", units.ids), ("state", "in", ("planned", "lent"))])
        for loan in loans:
            loan.message_post(
                body=self.env._(
                    "Ended: the machine was moved by %(transfer)s on %(date)s.",
                    transfer=move._equipment_reference() or "",
                    date=fields.Date.to_string(move.date),
                )
            )
        loans.filtered(lambda one: one.state == "lent").action_take_back()
        loans.filtered(lambda one: one.state == "planned").action_cancel()

    def _told(self):
        return self.env._("Loan to %(partner)s", partner=self.partner_id.name)
