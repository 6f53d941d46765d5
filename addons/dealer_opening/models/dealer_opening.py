from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerOpening(models.Model):
    """The opening of a dealer, a project with milestones on both sides."""

    _name = "dealer.opening"
    _description = "Opening of a Dealer"
    _inherit = ["dealer.two.party.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "state desc, date_target, id"
    _rec_name = "dealer_id"
    _mail_post_access = "read"
    _upstream_party = "oem_company_id"  # the OEM opens dealers, whoever sells to them

    template_id = fields.Many2one("dealer.opening.template", ondelete="restrict", tracking=True)
    user_id = fields.Many2one(
        "res.users",
        string="Led by",
        index="btree_not_null",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Answers for the milestones of the OEM.",
    )
    date_start = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self), tracking=True
    )
    date_target = fields.Date(
        string="Planned opening",
        compute="_compute_date_target",
        store=True,
        help="When the last milestone is due.",
    )
    date_done = fields.Date(string="Ended on", readonly=True, copy=False)
    state = fields.Selection(
        [("running", "Running"), ("done", "Opened"), ("cancelled", "Cancelled")],
        required=True,
        default="running",
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    milestone_ids = fields.One2many("dealer.opening.milestone", "opening_id", string="Milestones")
    milestone_count = fields.Integer(compute="_compute_progress", store=True)
    progress = fields.Float(
        string="Progress (%)", compute="_compute_progress", store=True, aggregator="avg"
    )
    blocking_count = fields.Integer(
        string="Blocking",
        compute="_compute_progress",
        store=True,
        help="Open milestones without which the dealer cannot be activated.",
    )
    late_count = fields.Integer(string="Late", compute="_compute_late")
    next_milestone_id = fields.Many2one("dealer.opening.milestone", compute="_compute_late")
    override_reason = fields.Text(string="Activated in spite of", readonly=True, copy=False)
    override_user_id = fields.Many2one("res.users", string="Decided by", readonly=True, copy=False)
    override_date = fields.Datetime(string="Decided on", readonly=True, copy=False)
    color = fields.Integer(compute="_compute_late")

    _running_uniq = models.UniqueIndex(
        "(dealer_id) WHERE state = 'running'", "This dealer is being opened already."
    )

    @api.depends("milestone_ids.date_planned")
    def _compute_date_target(self):
        for opening in self:
            dates = opening.milestone_ids.filtered("date_planned").mapped("date_planned")
            opening.date_target = max(dates, default=opening.date_start)

    @api.depends("milestone_ids.state", "milestone_ids.blocking")
    def _compute_progress(self):
        for opening in self:
            milestones = opening.milestone_ids
            todo = milestones.filtered(lambda milestone: milestone.state == "todo")
            opening.milestone_count = len(milestones)
            opening.blocking_count = len(todo.filtered("blocking"))
            share = 1 - len(todo) / len(milestones) if milestones else 0
            opening.progress = round(100 * share, 1)

    @api.depends("milestone_ids.state", "milestone_ids.date_planned", "milestone_ids.sequence")
    def _compute_late(self):
        for opening in self:
            todo = opening.milestone_ids.filtered(lambda milestone: milestone.state == "todo")
            opening.late_count = len(todo.filtered("is_late"))
            opening.next_milestone_id = todo.sorted(
                lambda milestone: (milestone.date_planned, milestone.sequence, milestone.id)
            )[:1]
            opening.color = 1 if opening.state == "running" and opening.late_count else 0

    @api.model_create_multi
    def create(self, vals_list):
        openings = super().create(vals_list)
        openings.filtered(lambda opening: not opening.milestone_ids)._plan_milestones()
        return openings

    # Actions

    def action_view_milestones(self):
        """Show the milestones on a board, a calendar and a list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_opening.dealer_opening_milestone_action"
        )
        action["domain"] = [("opening_id", "=", self.id)]
        action["context"] = {"default_opening_id": self.id}
        return action

    def action_activate(self):
        """Activate the dealers; refused while blocking milestones are open."""
        self.dealer_id.action_activate()
        return True

    def action_cancel(self):
        """Give the opening up; the dealer goes back to the prospects."""
        self.check_access("write")
        candidates = self.dealer_id.filtered(lambda dealer: dealer.state == "candidate")
        candidates.action_prospect()
        self.filtered(lambda opening: opening.state == "running")._end("cancelled")
        return True

    # Services

    @api.model
    def _start(self, dealers):
        """Open a project for each dealer that has a template and no running project.

        :param dealers: dealer.dealer
        :return: the new dealer.opening records
        """
        running = (
            self.sudo()
            .search([("dealer_id", "in", dealers.ids), ("state", "=", "running")])
            .dealer_id
        )
        templates = self.env["dealer.opening.template"]._for_dealers(dealers - running)
        return self.create(
            [
                {
                    "dealer_id": dealer.id,
                    "template_id": template.id,
                    "user_id": (dealer.area_manager_id or self.env.user).id,
                }
                for dealer, template in templates.items()
            ]
        )

    def _plan_milestones(self):
        """Make the milestones of the template and tell those who answer for them."""
        milestones = self.env["dealer.opening.milestone"].create(
            [
                {"opening_id": opening.id, **values}
                for opening in self
                for values in opening.template_id.milestone_ids._milestone_values(
                    opening.date_start
                )
            ]
        )
        milestones._assign()

    def _blocking_milestones(self):
        return self.milestone_ids.filtered(
            lambda milestone: milestone.blocking and milestone.state == "todo"
        )

    def _check_can_activate(self):
        """Raise with the list of what is still open, unless an administrator overrode it."""
        for opening in self.filtered(lambda opening: not opening.override_reason):
            missing = opening._blocking_milestones()
            if missing:
                raise UserError(
                    self.env._(
                        "%(dealer)s cannot be activated yet. Still to be done: %(milestones)s.",
                        dealer=opening.dealer_id.display_name,
                        milestones=", ".join(missing.mapped("display_name")),
                    )
                )

    def _override(self, reason):
        """Let the dealers be activated in spite of open milestones, and log why.

        :param str reason: shown on the opening for good
        :raise AccessError: the user is no network administrator
        """
        self.env["dealer.opening.override"].check_access("create")
        for opening in self:
            names = opening._blocking_milestones().mapped("name")
            opening.write(
                {
                    "override_reason": reason,
                    "override_user_id": self.env.uid,
                    "override_date": fields.Datetime.now(),
                }
            )
            opening.message_post(
                body=Markup("<p>%s</p><p>%s</p>")
                % (
                    self.env._("Activated in spite of: %(names)s", names=", ".join(names)),
                    reason,
                )
            )

    def _end(self, state):
        """Close the projects; what was not done is no longer asked of anybody."""
        self.write({"state": state, "date_done": fields.Date.context_today(self)})
        self.flush_recordset(["state"])  # the index of running ones must see it before the next
        self.milestone_ids.filtered(
            lambda milestone: milestone.state == "todo"
        ).sudo().activity_unlink(["mail.mail_activity_data_todo"])
