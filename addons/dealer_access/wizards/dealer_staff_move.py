from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerStaffMove(models.TransientModel):
    """Move a person to another dealer of the network."""

    _name = "dealer.staff.move"
    _description = "Move to Another Dealer"

    staff_id = fields.Many2one("dealer.staff", required=True, readonly=True)
    from_dealer_id = fields.Many2one(related="staff_id.dealer_id", string="From")
    dealer_id = fields.Many2one(
        "dealer.dealer", string="To", required=True, domain="[('id', '!=', from_dealer_id)]"
    )
    role_id = fields.Many2one(
        "dealer.role",
        string="Role there",
        required=True,
        compute="_compute_role_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    outlet_id = fields.Many2one("dealer.outlet", domain="[('dealer_id', '=', dealer_id)]")
    date_start = fields.Date(
        string="First day there",
        required=True,
        default=lambda self: fields.Date.context_today(self),
    )
    successor_id = fields.Many2one(
        "dealer.staff",
        string="Takes over here",
        domain="[('dealer_id', '=', from_dealer_id), ('state', '=', 'current'),"
        " ('id', '!=', staff_id)]",
        help="Gets what is still open. Default is the principal.",
    )

    @api.depends("staff_id")
    def _compute_role_id(self):
        for wizard in self:
            wizard.role_id = wizard.staff_id.role_id

    def action_move(self):
        """Move the person.

        :return: action that shows the new line
        :raise AccessError: the user does not manage the people of both dealers
        """
        self.ensure_one()
        (self.from_dealer_id | self.dealer_id)._check_may_manage_staff()
        if self.successor_id and self.successor_id.dealer_id != self.from_dealer_id:
            raise UserError(
                self.env._(
                    "%(name)s does not work at %(dealer)s.",
                    name=self.successor_id.name,
                    dealer=self.from_dealer_id.display_name,
                )
            )
        begun = self.staff_id._move_to(
            self.dealer_id, self.role_id, self.outlet_id, self.date_start, self.successor_id
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "dealer.staff",
            "res_id": begun.id,
            "view_mode": "form",
        }
