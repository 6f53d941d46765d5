from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerStaffLeave(models.TransientModel):
    """End a job, and say who takes over."""

    _name = "dealer.staff.leave"
    _description = "Leave the Dealer"

    staff_id = fields.Many2one("dealer.staff", required=True, readonly=True)
    dealer_id = fields.Many2one(related="staff_id.dealer_id")
    date_end = fields.Date(
        string="Last day", required=True, default=lambda self: fields.Date.context_today(self)
    )
    successor_id = fields.Many2one(
        "dealer.staff",
        string="Takes over",
        domain="[('dealer_id', '=', dealer_id), ('state', '=', 'current'), ('id', '!=', staff_id)]",
        compute="_compute_successor_id",
        store=True,
        readonly=False,
    )
    end_now = fields.Boolean(
        string="Close the login at once",
        help="Otherwise it is closed within the hour after the last day.",
    )
    open_work = fields.Char(compute="_compute_open_work")

    @api.depends("staff_id")
    def _compute_successor_id(self):
        for wizard in self:
            successor = wizard.staff_id._default_successor() if wizard.staff_id else False
            wizard.successor_id = successor and successor.sudo(False)

    @api.depends("staff_id")
    def _compute_open_work(self):
        for wizard in self:
            staff = wizard.staff_id.sudo()
            work = (
                self.env["dealer.access.handover"]._open_work(staff.user_id, staff.dealer_id)
                if staff._parting()
                else {}
            )
            wizard.open_work = ", ".join(
                f"{row.name}: {len(records)}" for row, records in work.items()
            )

    def action_leave(self):
        """End the job; the login goes after the last day, or at once.

        :raise AccessError: the user does not manage the people of this dealer
        """
        self.ensure_one()
        self.staff_id._check_may_manage()
        if self.successor_id and self.successor_id.dealer_id != self.dealer_id:
            raise UserError(
                self.env._(
                    "%(name)s does not work at %(dealer)s.",
                    name=self.successor_id.name,
                    dealer=self.dealer_id.display_name,
                )
            )
        self.staff_id._leave(self.date_end, self.successor_id, now=self.end_now)
        return {"type": "ir.actions.act_window_close"}
