from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .dealer_opening_template_milestone import SIDES

TODO = "mail.mail_activity_data_todo"


class DealerOpeningMilestone(models.Model):
    """A step of opening one dealer."""

    _name = "dealer.opening.milestone"
    _description = "Opening Milestone"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "opening_id, date_planned, sequence, id"
    _mail_post_access = "read"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    opening_id = fields.Many2one("dealer.opening", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(
        related="opening_id.dealer_id", string="Dealer", store=True, index=True
    )
    network_company_id = fields.Many2one(
        related="opening_id.network_company_id", string="Upstream company", store=True, index=True
    )
    opening_state = fields.Selection(related="opening_id.state", string="Opening status")
    side = fields.Selection(
        SIDES, string="Responsible side", required=True, default="oem", tracking=True
    )
    role_id = fields.Many2one("dealer.role", string="Role at the dealer", ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", string="Responsible", index="btree_not_null", tracking=True
    )
    blocking = fields.Boolean(string="Blocks activation", default=True, tracking=True)
    help_text = fields.Html(string="How to do it")
    date_planned = fields.Date(string="Due on", required=True, tracking=True)
    state = fields.Selection(
        [("todo", "To do"), ("done", "Done"), ("skipped", "Not needed")],
        required=True,
        default="todo",
        readonly=True,
        tracking=True,
        index=True,
        group_expand=True,
    )
    date_done = fields.Date(string="Done on", readonly=True)
    done_user_id = fields.Many2one("res.users", string="Done by", readonly=True)
    is_late = fields.Boolean(string="Late", compute="_compute_is_late", search="_search_is_late")
    can_do = fields.Boolean(compute="_compute_can_do")

    _due_idx = models.Index("(date_planned) WHERE state = 'todo'")

    @api.depends("state", "date_planned")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for milestone in self:
            milestone.is_late = bool(
                milestone.state == "todo"
                and milestone.date_planned
                and milestone.date_planned < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("state", "=", "todo") & Domain("date_planned", "<", today)

    @api.depends_context("uid")
    @api.depends("side", "dealer_id", "opening_id.state")
    def _compute_can_do(self):
        oem = self.env.su or self.env.user.has_group("dealer_network.group_network_manager")
        mine = self._dealers_of_user()
        for milestone in self:
            own_side = milestone.side == "dealer" and milestone.sudo().dealer_id in mine
            milestone.can_do = milestone.opening_id.state == "running" and (oem or own_side)

    @api.model_create_multi
    def create(self, vals_list):
        milestones = super().create(vals_list)
        milestones._schedule()
        return milestones

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "date_planned"} & vals.keys():
            self._reschedule()
        return result

    # Actions

    def action_done(self):
        """Tick the milestones off; for the OEM, or for the dealer's people on their side."""
        self._finish("done")
        return True

    def action_skip(self):
        """Mark the milestones as not needed here; for the OEM."""
        self.check_access("write")
        self._finish("skipped")
        return True

    def action_reopen(self):
        """Put milestones back on the list; for the OEM."""
        self.check_access("write")
        closed = self.filtered(lambda milestone: milestone.state != "todo")
        closed._check_running()
        closed.write({"state": "todo", "date_done": False, "done_user_id": False})
        closed._schedule()
        return True

    def _finish(self, state):
        self.check_access("read")
        todo = self.filtered(lambda milestone: milestone.state == "todo")
        todo._check_running()
        for milestone in todo:
            if not milestone.can_do:
                raise AccessError(
                    self.env._(
                        "%(milestone)s of %(dealer)s is for the other side to do.",
                        milestone=milestone.name,
                        dealer=milestone.dealer_id.display_name,
                    )
                )
        # a dealer ticks, and nothing more: it has no right to write the plan
        todo.sudo().write(
            {
                "state": state,
                "date_done": fields.Date.context_today(self),
                "done_user_id": self.env.uid,
            }
        )
        todo.sudo().activity_feedback([TODO])

    def _check_running(self):
        for milestone in self:
            if milestone.opening_id.state != "running":
                raise UserError(
                    self.env._(
                        "The opening of %(dealer)s has ended; "
                        "%(milestone)s cannot change any more.",
                        dealer=milestone.dealer_id.display_name,
                        milestone=milestone.name,
                    )
                )

    # Responsible people

    @api.model
    def _dealers_of_user(self):
        """Return the dealers (sudo) where the user works today."""
        return (
            self.env["dealer.staff"]
            .sudo()
            .search([("user_id", "=", self.env.uid), ("state", "=", "current")])
            .dealer_id
        )

    def _assign(self):
        """Give each milestone without a responsible its natural one."""
        by_user = {}
        staff = self._current_staff()
        for milestone in self.filtered(lambda milestone: not milestone.user_id):
            user = milestone.opening_id.user_id
            if milestone.side == "dealer":
                user = milestone._staff_user(staff)
            by_user.setdefault(user, self.browse())
            by_user[user] |= milestone
        for user, milestones in by_user.items():
            if user:
                milestones.user_id = user

    def _current_staff(self):
        return (
            self.env["dealer.staff"]
            .sudo()
            .search(
                [
                    ("dealer_id", "in", self.dealer_id.ids),
                    ("state", "=", "current"),
                    ("user_id", "!=", False),
                ]
            )
        )

    def _staff_user(self, staff):
        own = staff.filtered(lambda line: line.dealer_id == self.dealer_id)
        in_role = own.filtered(lambda line: line.role_id == self.role_id)
        return (in_role or own.filtered("role_id.is_principal"))[:1].user_id

    def _schedule(self):
        """Ask the responsible for it by an activity that is due with the milestone.

        In one batch and without a mail for each: an opening may have hundreds.
        """
        todo = self.filtered(lambda line: line.state == "todo" and line.user_id)
        activity_type = self.env.ref(TODO)
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": milestone.id,
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "date_deadline": milestone.date_planned,
                    "summary": milestone.name,
                    "note": milestone.help_text,
                    "user_id": milestone.user_id.id,
                }
                for milestone in todo
            ]
        )

    def _reschedule(self):
        todo = self.filtered(lambda milestone: milestone.state == "todo")
        todo.sudo().activity_unlink([TODO])
        todo._schedule()
