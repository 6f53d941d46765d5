from odoo import fields, models
from odoo.fields import Domain


class DealerDealer(models.Model):
    """What training costs a dealer, and what of it is still there."""

    _inherit = "dealer.dealer"

    training_cost = fields.Monetary(
        compute="_compute_training",
        groups="dealer_network.group_network_user,dealer_network.group_dealer_manager",
    )
    retained_count = fields.Integer(
        string="Competences retained",
        compute="_compute_training",
        groups="dealer_network.group_network_user,dealer_network.group_dealer_manager",
        help="Gained at this dealer, in force, and held by people who still work here.",
    )
    cost_per_retained = fields.Monetary(
        string="Cost per retained competence",
        compute="_compute_training",
        groups="dealer_network.group_network_user,dealer_network.group_dealer_manager",
    )
    retention_rate = fields.Integer(
        string="Retention of competence (%)",
        compute="_compute_training",
        groups="dealer_network.group_network_user,dealer_network.group_dealer_manager",
        help="Share of what was gained here that people who still work here hold today.",
    )

    def _compute_training(self):
        costs = self.env["dealer.training.cost"]._read_group(
            [("dealer_id", "in", self.ids)], ["dealer_id"], ["amount:sum"]
        )
        spent = {dealer.id: amount for dealer, amount in costs}
        retained = self._retained_competences()
        gained = self._gained_competences()
        for dealer in self:
            kept = retained.get(dealer.id, 0)
            dealer.training_cost = spent.get(dealer.id, 0.0)
            dealer.retained_count = kept
            dealer.cost_per_retained = dealer.training_cost / kept if kept else 0.0
            total = gained.get(dealer.id, 0)
            dealer.retention_rate = round(100 * min(kept, total) / total) if total else 0

    def _gained_competences(self):
        """Return {dealer id: number of competences gained there}, one of a person once.

        A renewal or a higher level is no other competence.
        """
        groups = (
            self.env["dealer.competence.history"]
            .sudo()
            ._read_group(
                [("dealer_id", "in", self.ids), ("event", "=", "gained")],
                ["dealer_id", "person_ref", "competence_id"],
            )
        )
        gained = dict.fromkeys(self.ids, 0)
        for dealer, _person, _competence in groups:
            gained[dealer.id] += 1
        return gained

    def _retained_competences(self):
        """Return {dealer id: number of competences gained there and still held there}."""
        held = self.env["dealer.staff.competence"].sudo()
        jobs = (
            self.env["dealer.staff"]
            .sudo()
            ._read_group(
                [("dealer_id", "in", self.ids), ("state", "=", "current")],
                ["dealer_id"],
                ["person_id:array_agg"],
            )
        )
        people = {dealer.id: set(persons) for dealer, persons in jobs}
        groups = held._read_group(
            held._domain_in_force() & Domain("dealer_id", "in", self.ids),
            ["dealer_id", "person_id", "competence_id"],
        )
        kept = dict.fromkeys(self.ids, 0)
        for dealer, person, _competence in groups:
            kept[dealer.id] += person.id in people.get(dealer.id, ())
        return kept

    def action_view_competence_matrix(self):
        """Open the matrix of the dealer's people."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "dealer_competence.matrix",
            "name": self.env._("Competences of %(dealer)s", dealer=self.name),
            "params": {"dealer_id": self.id},
        }
