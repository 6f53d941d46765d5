from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize


class DealerStaffHire(models.TransientModel):
    """Take on a person: the job, and the login from its first day."""

    _name = "dealer.staff.hire"
    _description = "Hire"

    dealer_id = fields.Many2one(
        "dealer.dealer",
        required=True,
        default=lambda self: self.env.user.sudo().dealer_id,
    )
    name = fields.Char(string="Full name", required=True)
    email = fields.Char(required=True, help="The login; the invitation goes there.")
    phone = fields.Char()
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        compute="_compute_lang",
        store=True,
        readonly=False,
    )
    role_id = fields.Many2one("dealer.role", required=True)
    outlet_id = fields.Many2one("dealer.outlet", domain="[('dealer_id', '=', dealer_id)]")
    date_start = fields.Date(
        string="First day", required=True, default=lambda self: fields.Date.context_today(self)
    )
    gives_login = fields.Boolean(compute="_compute_gives_login")

    @api.depends("dealer_id")
    def _compute_lang(self):
        for wizard in self:
            wizard.lang = wizard.dealer_id.lang or self.env.lang

    @api.depends("dealer_id")
    def _compute_gives_login(self):
        for wizard in self:
            wizard.gives_login = bool(wizard.dealer_id) and wizard.dealer_id.mode != "connected"

    def action_hire(self):
        """Make the job, find or make the person, and give the login when the day has come.

        :return: action that shows the new line
        :raise UserError: no valid address, or the person works elsewhere
        """
        self.ensure_one()
        self.dealer_id._check_may_manage_staff()
        if not email_normalize(self.email):
            raise UserError(
                self.env._(
                    "%(email)s is no e-mail address: the invitation could not be sent.",
                    email=self.email,
                )
            )
        staff = self._make_staff()
        self.env["dealer.access.event"]._log(
            "hired", staff.sudo().user_id, self.dealer_id.sudo(), f"from {self.date_start}"
        )
        if self.date_start <= fields.Date.today():
            staff._begin_access()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dealer.staff",
            "res_id": staff.id,
            "view_mode": "form",
        }

    def _make_staff(self):
        return (
            self.env["dealer.staff"]
            .sudo()
            .create(
                {
                    "person_id": self._find_or_make_person().id,
                    "dealer_id": self.dealer_id.id,
                    "role_id": self.role_id.id,
                    "outlet_id": self.outlet_id.id,
                    "date_start": self.date_start,
                    "access_pending": self.gives_login,
                }
            )
            .sudo(False)
        )

    def _find_or_make_person(self):
        """A person who worked in the network before stays the same person.

        Name and address on file are kept: the passport is the person's, not the dealer's.
        """
        persons = self.env["dealer.person"].sudo()
        known = persons._match([self.email]).get(self.email)
        if known:
            self.env["dealer.staff"]._check_person_free(known)
            return known
        return persons.create(
            {
                "name": self.name,
                "email": self.email,
                "phone": self.phone,
                "lang": self.lang,
                "oem_company_id": self.dealer_id.sudo().oem_company_id.id,
            }
        )
