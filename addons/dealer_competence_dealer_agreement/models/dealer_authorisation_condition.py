from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain


class DealerAuthorisationCondition(models.Model):
    _inherit = "dealer.authorisation.condition"

    kind = fields.Selection(
        selection_add=[("competence", "Holders of a competence")],
        ondelete={"competence": "cascade"},
    )
    competence_id = fields.Many2one("dealer.competence", ondelete="restrict")
    competence_progress = fields.Integer(
        string="Level of at least (%)", default=75, help="0 to 100, on the scale of the competence."
    )

    def _find_problem(self):
        if self.kind == "competence" and not self.competence_id:
            return self.env._("choose the competence.")
        return super()._find_problem()

    def _count_competence(self, authorisations):
        """Count the people at work who hold the competence in force, once each."""
        place = "outlet_id" if self.at_outlet else "dealer_id"
        jobs = (
            self.env["dealer.staff"]
            .sudo()
            ._read_group(
                [(place, "in", authorisations[place].ids), ("state", "=", "current")],
                ["dealer_id", "outlet_id", "person_id"],
            )
        )
        held = self.env["dealer.staff.competence"].sudo()
        lines = held.search(
            held._domain_in_force()
            & held._domain_of(self.env["dealer.person"].union(*(job[2] for job in jobs)))
            & Domain("competence_id", "=", self.competence_id.id)
            & Domain("level_progress", ">=", self.competence_progress)
        )
        counting = set(lines.mapped(lambda line: (line.person_id.id, line.dealer_id.id)))
        shares = lines.person_id.share_ids.filtered_domain(
            self.env["dealer.passport.share"]._domain_in_force() & Domain("kind", "=", "dealer")
        )
        counting |= {(share.person_id.id, share.dealer_id.id) for share in shares}
        found = defaultdict(set)
        for dealer, outlet, person in jobs:
            if (person.id, dealer.id) in counting:
                found[outlet if self.at_outlet else dealer].add(person)
        return {a.id: len(found[self._place(a)]) for a in authorisations}

    def _explain_competence(self, check):
        return self.env._(
            "%(place)s has %(found)s of %(required)s holders of %(competence)s.",
            place=self._place(check.authorisation_id).name,
            found=check.found,
            required=self.min_count,
            competence=self.competence_id.name,
        )
