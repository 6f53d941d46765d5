from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

TEACHES = 100


class DealerCompetenceSignoff(models.TransientModel):
    """Somebody who is able confirms that a colleague is able, too."""

    _name = "dealer.competence.signoff"
    _description = "Sign-off of a Competence"

    staff_id = fields.Many2one(
        "dealer.staff", string="Who", required=True, domain="[('state', '=', 'current')]"
    )
    competence_id = fields.Many2one("dealer.competence", required=True)
    skill_type_id = fields.Many2one(related="competence_id.skill_type_id")
    skill_level_id = fields.Many2one(
        "hr.skill.level",
        string="Level",
        required=True,
        compute="_compute_skill_level_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    note = fields.Char(string="What was seen", required=True)

    @api.depends("competence_id")
    def _compute_skill_level_id(self):
        for wizard in self:
            levels = wizard.competence_id._levels()
            default = levels.filtered("default_level") or levels
            wizard.skill_level_id = default[:1]

    def action_sign(self):
        """Record the competence for the person.

        :raise AccessError: the user may sign nothing for this person
        """
        self.ensure_one()
        self._check_may_sign()
        self.env["dealer.staff.competence"]._gain(
            self.staff_id.sudo().person_id,
            self.competence_id,
            self.skill_level_id,
            "signoff",
            self.staff_id.sudo().dealer_id,
            signed_by_id=self.env.uid,
            note=self.note,
        )
        return {"type": "ir.actions.act_window_close"}

    def _check_may_sign(self):
        """Nobody signs for himself; a dealer's principal, its teachers and the OEM do."""
        staff = self.staff_id
        staff.check_access("read")
        user = self.env.user
        if staff.sudo().person_id.user_id == user:
            raise UserError(self.env._("%(name)s: nobody signs for himself.", name=staff.name))
        if user.has_group("dealer_network.group_network_manager"):
            return
        if staff.sudo().dealer_id == user.sudo().dealer_id and (
            user.has_group("dealer_network.group_dealer_manager") or self._teaches(user)
        ):
            return
        raise AccessError(
            self.env._(
                "%(name)s: the principal of the dealer signs, or a colleague who may teach "
                "%(competence)s.",
                name=staff.name,
                competence=self.competence_id.name,
            )
        )

    def _teaches(self, user):
        """Tell whether the user holds the competence at the level of those who teach it."""
        person = self.env["dealer.person"].with_user(user)._mine()
        held = self.env["dealer.competence"]._in_force(person, user.sudo().dealer_id)
        line = held.get((person.id, self.competence_id.id))
        return bool(line) and line.level_progress >= TEACHES
