from odoo import api, fields, models


class DealerCompetenceHistory(models.Model):
    """What training brought to a dealer, without saying to whom.

    A dealer keeps this when its people leave: the number stands for one person and leads
    nowhere.
    """

    _name = "dealer.competence.history"
    _description = "History of Competences at a Dealer"
    _inherit = ["dealer.two.party.mixin"]
    _order = "date desc, id desc"
    _rec_name = "competence_id"

    date = fields.Date(required=True, index=True)
    event = fields.Selection(
        [
            ("gained", "Gained"),
            ("revoked", "Revoked"),
            ("arrived", "Came along"),
            ("left", "Left with the person"),
        ],
        required=True,
    )
    person_ref = fields.Char(string="Person no.", required=True, index=True)
    role_id = fields.Many2one("dealer.role", ondelete="restrict")
    competence_id = fields.Many2one(
        "dealer.competence", required=True, index=True, ondelete="restrict"
    )
    skill_level_id = fields.Many2one("hr.skill.level", string="Level", ondelete="restrict")
    source = fields.Selection(
        selection=lambda self: self.env["dealer.staff.competence"]._fields["source"].selection
    )
    valid_to = fields.Date(string="Until")

    @api.model
    def _record(self, lines, event, staff=None):
        """Note an event of competences at the dealers where the people work.

        :param lines: dealer.staff.competence
        :param str event: gained, revoked, arrived or left
        :param staff: dealer.staff whose dealer is meant; default all present jobs
        """
        today = fields.Date.context_today(self)
        vals_list = []
        for line in lines.sudo():
            jobs = staff or line.person_id.staff_ids.filtered(
                lambda job, line=line: job.state == "current"
                and (not line.dealer_id or job.dealer_id == line.dealer_id)
            )
            for dealer, held in jobs.grouped("dealer_id").items():
                vals_list.append(
                    {
                        "dealer_id": dealer.id,
                        "date": today,
                        "event": event,
                        "person_ref": line.person_id._reference_at(dealer),
                        "role_id": held[:1].role_id.id,
                        "competence_id": line.competence_id.id,
                        "skill_level_id": line.skill_level_id.id,
                        "source": line.source,
                        "valid_to": line.valid_to,
                    }
                )
        return self.sudo().create(vals_list)
