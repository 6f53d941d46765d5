from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import hmac


class DealerPerson(models.Model):
    """The passport: what a person has learnt belongs to the person, not to the dealer."""

    _inherit = "dealer.person"

    user_id = fields.Many2one(
        "res.users",
        string="Login",
        compute="_compute_user_id",
        store=True,
        index="btree_not_null",
        compute_sudo=True,
        help="A person keeps one login over all jobs.",
    )
    competence_ids = fields.One2many("dealer.staff.competence", "person_id", string="Competences")
    share_ids = fields.One2many("dealer.passport.share", "person_id", string="Who may see it")
    competence_count = fields.Integer(compute="_compute_competence_count")
    is_me = fields.Boolean(compute="_compute_is_me")

    @api.depends("staff_ids.user_id")
    def _compute_user_id(self):
        for person in self:
            person.user_id = person.staff_ids.user_id[:1]

    @api.depends("competence_ids")
    def _compute_competence_count(self):
        held = self.env["dealer.staff.competence"]
        groups = held._read_group(
            held._domain_in_force() & held._domain_of(self),
            ["person_id"],
            ["competence_id:count_distinct"],
        )
        counts = {person.id: count for person, count in groups}
        for person in self:
            person.competence_count = counts.get(person.id, 0)

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_me(self):
        for person in self:
            person.is_me = person.user_id == self.env.user

    @api.model
    def _mine(self):
        """Return the current user's person (sudo), or none."""
        return self.sudo().search([("user_id", "=", self.env.uid)], limit=1)

    @api.model
    def action_open_my_passport(self):
        """Open the passport of the current user.

        :raise AccessError: the user is nobody's staff
        """
        person = self._mine()
        if not person:
            raise AccessError(
                self.env._("You work at no dealer of the network: there is no passport of yours.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My passport"),
            "res_model": self._name,
            "res_id": person.id,
            "views": [
                (self.env.ref("dealer_competence.dealer_person_view_form_passport").id, "form")
            ],
        }

    def action_new_public_link(self):
        """Open the form by which the person makes a page that anybody with its link can see."""
        self.ensure_one()
        self._check_is_me()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New public page"),
            "res_model": "dealer.passport.share",
            "view_mode": "form",
            "target": "new",
            "context": {"default_person_id": self.id, "default_kind": "public"},
        }

    def _check_is_me(self):
        """:raise AccessError: the passport is somebody else's"""
        if not self.env.su and self.sudo().user_id != self.env.user:
            self.check_access("read")  # who may not know the person is not told its name
            raise AccessError(
                self.env._(
                    "The passport of %(person)s belongs to nobody else.", person=self.sudo().name
                )
            )

    def _reference_at(self, dealer):
        """Return the number by which a dealer's history speaks of the person.

        It differs from dealer to dealer and cannot be turned back into a name.
        """
        self.ensure_one()
        return hmac(self.env(su=True), "dealer.competence.history", (self.id, dealer.id))[:10]
