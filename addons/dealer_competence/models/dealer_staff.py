from odoo import api, models


class DealerStaff(models.Model):
    """When a job begins or ends, the dealer's history says what came and what went."""

    _inherit = "dealer.staff"

    @api.model_create_multi
    def create(self, vals_list):
        staff = super().create(vals_list)
        staff.sudo()._ask_for_passports()
        return staff

    def write(self, vals):
        working = self.sudo().filtered(lambda line: line.state == "current")
        result = super().write(vals)
        if "date_end" in vals:
            working.filtered("date_end")._note_leaving()
        return result

    def _ask_for_passports(self):
        """Ask the people who gained something elsewhere to let their new dealer see it."""
        persons = self.person_id.filtered("competence_ids")
        for staff in self.filtered(lambda line: line.person_id in persons):
            foreign = staff.person_id.competence_ids.filtered(
                lambda line, staff=staff: line.dealer_id != staff.dealer_id
            )
            if foreign:
                self.env["dealer.passport.share"]._ask(staff.person_id, staff.dealer_id)

    def _note_leaving(self):
        """The former dealer keeps what training brought, without the person."""
        history = self.env["dealer.competence.history"]
        held = self.env["dealer.staff.competence"]
        for staff in self:
            others = staff.person_id.staff_ids.filtered(
                lambda line, staff=staff: line != staff
                and line.dealer_id == staff.dealer_id
                and line.state == "current"
            )
            if not others:
                lines = held.search(
                    held._domain_in_force()
                    & held._domain_counts_at(staff.dealer_id)
                    & held._domain_of(staff.person_id)
                )
                history._record(lines, "left", staff)
                staff.person_id.share_ids.filtered(
                    lambda share, staff=staff: share.dealer_id == staff.dealer_id
                ).write({"state": "ended"})
