from odoo import api, fields, models
from odoo.fields import Domain


class DealerCompetence(models.Model):
    """Something that people at dealers can be able to do. The catalogue is the OEM's.

    It is a skill of stock's catalogue with what the network adds: how long it
    holds, how early a renewal begins, what it belongs to.
    """

    _name = "dealer.competence"
    _description = "Competence"
    _inherits = {"hr.skill": "skill_id"}
    _order = "area, code"
    _rec_names_search = ["name", "code"]

    skill_id = fields.Many2one("hr.skill", required=True, index=True, ondelete="cascade")
    skill_type_id = fields.Many2one(
        related="skill_id.skill_type_id",
        inherited=True,
        readonly=False,
        default=lambda self: self.env.ref("dealer_competence.skill_type_network", False),
    )
    code = fields.Char(required=True, index=True)
    description = fields.Text(translate=True, help="What a holder is able to do.")
    area = fields.Selection(
        [
            ("process", "Process"),
            ("product", "Product"),
            ("service", "Service"),
            ("warehouse", "Warehouse"),
            ("marketing", "Marketing"),
            ("lead", "Leadership"),
            ("legal", "Law and safety"),
        ],
        required=True,
        default="process",
    )
    product_line_id = fields.Many2one(
        "dealer.product.line", index="btree_not_null", ondelete="restrict"
    )
    validity_months = fields.Integer(help="How long it holds; 0 is for ever.")
    renew_days = fields.Integer(
        default=30, help="So many days ahead of the end the renewal begins."
    )
    need_ids = fields.One2many("dealer.competence.need", "competence_id", string="Needed by")
    holder_count = fields.Integer(compute="_compute_holder_count")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another competence has this code.")
    _validity_positive = models.Constraint(
        "CHECK(validity_months >= 0 AND renew_days >= 0)",
        "Validity and days of renewal cannot be negative.",
    )

    def _compute_holder_count(self):
        held = self.env["dealer.staff.competence"]
        groups = held._read_group(
            held._domain_in_force() & Domain("competence_id", "in", self.ids),
            ["competence_id"],
            ["person_id:count_distinct"],
        )
        counts = {competence.id: count for competence, count in groups}
        for competence in self:
            competence.holder_count = counts.get(competence.id, 0)

    def _levels(self):
        """Return the levels in which the competences can be held, lowest first."""
        return self.skill_type_id.skill_level_ids.sorted("level_progress")

    def _valid_to(self, start):
        """Return the last day of a competence gained on a day, or False.

        :param date start: first day
        """
        self.ensure_one()
        if not self.validity_months:
            return False
        end = fields.Date.add(start, months=self.validity_months)
        return fields.Date.subtract(end, days=1)

    def action_view_holders(self):
        """Show who holds the competence."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Holders of %(competence)s", competence=self.name),
            "res_model": "dealer.staff.competence",
            "view_mode": "list,form",
            "domain": [("competence_id", "=", self.id)],
            "context": {"search_default_in_force": 1},
        }

    @api.model
    def _in_force(self, persons, dealer=None):
        """Return what persons can do today, each competence at its best.

        At a dealer counts what was gained there and what the person shares with it.

        :param persons: dealer.person
        :param dealer: dealer.dealer, or None for what the persons hold wherever
        :return: dict of (person id, competence id) to dealer.staff.competence (sudo)
        """
        held = self.env["dealer.staff.competence"].sudo()
        domain = held._domain_in_force() & Domain("person_id", "in", persons.ids)
        if dealer is not None:
            domain &= held._domain_counts_at(dealer)
        best = {}
        for line in held.search(domain, order="level_progress, valid_to, id"):
            best[line.person_id.id, line.competence_id.id] = line
        return best
