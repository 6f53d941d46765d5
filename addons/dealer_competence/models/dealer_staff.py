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
        before = self.sudo().filtered(lambda line: line.state != "past")
        result = super().write(vals)
        before.filtered(lambda line: line.state == "past")._note_leaving()
        return result

    @api.model
    def _refresh_state(self):
        """A last day that was entered ahead comes by the calendar."""
        stale = super()._refresh_state()
        stale.filtered(lambda line: line.state == "past")._note_leaving()
        return stale

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
        by_person = self.grouped(lambda job: (job.person_id, job.dealer_id))
        for (person, dealer), jobs in by_person.items():
            others = person.staff_ids.filtered(
                lambda job, dealer=dealer: job.dealer_id == dealer and job.state == "current"
            )
            if not others:
                lines = held.search(
                    held._domain_in_force()
                    & held._domain_counts_at(dealer)
                    & held._domain_of(person)
                )
                history._record(lines, "left", jobs)
                person.share_ids.filtered(
                    lambda share, dealer=dealer: share.dealer_id == dealer
                ).write({"state": "ended"})
