from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools.validity import STATES, domain_stale, state_on


class DealerStaff(models.Model):
    """A person in a role at a dealer, from a day to a day. History is kept."""

    _name = "dealer.staff"
    _description = "Staff Member"
    _inherit = ["dealer.part.mixin"]
    _order = "dealer_id, state, role_id, name, id"
    _rec_names_search = ["name"]

    name = fields.Char(related="person_id.name", store=True, index="trigram")
    person_id = fields.Many2one("dealer.person", required=True, index=True, ondelete="restrict")
    email = fields.Char(related="person_id.email", related_sudo=False)
    phone = fields.Char(related="person_id.phone", related_sudo=False)
    outlet_id = fields.Many2one(
        "dealer.outlet",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('dealer_id', '=', dealer_id)]",
    )
    role_id = fields.Many2one("dealer.role", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        string="Login",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        help="Given by provisioning.",
    )
    date_start = fields.Date(
        string="Since", required=True, default=lambda self: fields.Date.context_today(self)
    )
    date_end = fields.Date(string="Until", help="Last day at work; empty while it goes on.")
    state = fields.Selection(STATES, compute="_compute_state", store=True, index=True)

    _dates_order = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "A job cannot end before it begins.",
    )
    _user_dates_idx = models.Index("(user_id, dealer_id) WHERE user_id IS NOT NULL")

    @api.constrains("outlet_id", "dealer_id")
    def _check_outlet(self):
        for staff in self.sudo():
            if staff.outlet_id and staff.outlet_id.dealer_id != staff.dealer_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s: outlet %(outlet)s is not one of %(dealer)s.",
                        name=staff.name,
                        outlet=staff.outlet_id.name,
                        dealer=staff.dealer_id.display_name,
                    )
                )

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        today = fields.Date.today()
        for staff in self:
            staff.state = state_on(today, staff.date_start, staff.date_end)

    @api.depends("name", "role_id.name")
    def _compute_display_name(self):
        for staff in self:
            staff.display_name = " – ".join(filter(None, (staff.name, staff.role_id.name)))

    @api.model_create_multi
    def create(self, vals_list):
        self._check_links(vals_list)
        staff = super().create(vals_list)
        staff.sudo().user_id._sync_dealer_scope()
        return staff

    def write(self, vals):
        self._check_links([vals])
        users = self.sudo().user_id
        result = super().write(vals)
        if {"user_id", "dealer_id", "date_start", "date_end"} & vals.keys():
            (users | self.sudo().user_id)._sync_dealer_scope()
        return result

    def unlink(self):
        users = self.sudo().user_id
        result = super().unlink()
        users._sync_dealer_scope()
        return result

    def action_leave(self):
        """End the jobs today; access ends with them."""
        self.filtered(lambda staff: staff.state != "past").write(
            {"date_end": fields.Date.context_today(self)}
        )
        return True

    def _check_links(self, vals_list):
        """A login opens a dealer's documents, and a job opens a person's card:
        a dealer names neither a user nor a person that it cannot see."""
        if self.env.su or self.env.user.has_group("dealer_network.group_network_manager"):
            return
        if any(vals.get("user_id") for vals in vals_list):
            raise AccessError(self.env._("Logins of staff are given by provisioning."))
        person_ids = {vals["person_id"] for vals in vals_list if vals.get("person_id")}
        self.env["dealer.person"].browse(person_ids).check_access("read")

    @api.model
    def _refresh_state(self):
        """Recompute the lines whose dates were passed."""
        stale = self.sudo().search(domain_stale(fields.Date.today(), "date_start", "date_end"))
        # nothing was written: tell the ORM that what follows from the dates may have changed
        stale.modified(["date_start"])
        stale.flush_recordset()
        return stale
