from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

SOURCES = [
    ("exam", "Exam"),
    ("practice", "Practice"),
    ("signoff", "Sign-off"),
    ("record", "Earlier record"),
]


class DealerStaffCompetence(models.Model):
    """A competence that a person holds, from a day to a day. It goes along with the person."""

    _name = "dealer.staff.competence"
    _description = "Competence of a Person"
    _inherit = ["hr.individual.skill.mixin"]
    _order = "person_id, competence_id, valid_from desc, id desc"
    _rec_name = "competence_id"

    person_id = fields.Many2one("dealer.person", required=True, index=True, ondelete="cascade")
    competence_id = fields.Many2one(
        "dealer.competence", required=True, index=True, ondelete="restrict"
    )
    skill_id = fields.Many2one(
        related="competence_id.skill_id",
        store=True,
        precompute=True,
        readonly=True,
        required=True,
    )
    skill_type_id = fields.Many2one(
        related="competence_id.skill_type_id",
        store=True,
        precompute=True,
        readonly=True,
        required=True,
        default=None,
    )
    skill_level_id = fields.Many2one(
        compute=None, domain="[('skill_type_id', '=', skill_type_id)]", ondelete="restrict"
    )
    level_progress = fields.Integer(store=True, string="Level (%)", aggregator="avg")
    valid_from = fields.Date(
        string="Since", required=True, default=lambda self: fields.Date.context_today(self)
    )
    valid_to = fields.Date(string="Until", index="btree_not_null")
    source = fields.Selection(SOURCES, required=True, default="signoff")
    dealer_id = fields.Many2one(
        "dealer.dealer",
        string="Gained at",
        index="btree_not_null",
        ondelete="set null",
        help="Where the person worked when the competence was gained.",
    )
    oem_company_id = fields.Many2one(
        related="person_id.oem_company_id", string="OEM company", store=True, index=True
    )
    signed_by_id = fields.Many2one("res.users", string="Signed by", ondelete="set null")
    note = fields.Char()
    state = fields.Selection(
        [
            ("future", "To come"),
            ("current", "In force"),
            ("expiring", "Ends soon"),
            ("past", "Expired"),
        ],
        compute="_compute_state",
        search="_search_state",
    )
    renewal_started = fields.Date(
        readonly=True, copy=False, help="Day on which the renewal was asked for."
    )

    _person_valid_idx = models.Index("(person_id, competence_id, valid_to)")

    def _linked_field_name(self):
        return "person_id"

    def _get_overlapping_individual_skill(self, vals_list):
        """What is gained at two dealers on one day are two lines: each counts at its own."""
        result = {}
        for line, found in super()._get_overlapping_individual_skill(vals_list).items():
            others = self.browse([vals["id"] for vals in found]) - line
            same = others.filtered(lambda other, line=line: other.dealer_id == line.dealer_id)
            if same:
                result[line] = [vals for vals in found if vals["id"] in same.ids]
        return result

    @api.depends("competence_id.name", "skill_level_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.competence_id.name}: {line.skill_level_id.name}"

    @api.depends("valid_from", "valid_to", "competence_id.renew_days")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for line in self:
            if line.valid_from and line.valid_from > today:
                line.state = "future"
            elif line.valid_to and line.valid_to < today:
                line.state = "past"
            elif line.valid_to and (line.valid_to - today).days <= line.competence_id.renew_days:
                line.state = "expiring"
            else:
                line.state = "current"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        expiring = self._domain_expiring()
        domains = {
            "future": Domain("valid_from", ">", today),
            "past": Domain("valid_to", "<", today),
            "expiring": expiring,
            "current": self._domain_in_force() & ~expiring,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_record()
        competences = self.env["dealer.competence"]
        for vals in vals_list:
            competence = competences.browse(vals.get("competence_id"))
            start = fields.Date.to_date(vals.get("valid_from"))
            if competence and "valid_to" not in vals:
                vals["valid_to"] = competence._valid_to(start or fields.Date.context_today(self))
        lines = super().create(vals_list)
        self.env["dealer.competence.history"]._record(lines, "gained")
        return lines

    def write(self, vals):
        self._check_may_record()
        return super().write(vals)

    def _check_may_record(self):
        """Competences are gained by exam, practice and sign-off; by hand only the OEM enters one.

        :raise AccessError: for everybody else
        """
        if not self.env.su and not self.env.user.has_group("dealer_network.group_network_manager"):
            raise AccessError(
                self.env._(
                    "A competence is gained by exam, practice or sign-off; "
                    "nobody enters it by hand."
                )
            )

    def action_revoke(self):
        """End the competences with yesterday, for the OEM."""
        self._check_may_record()
        yesterday = fields.Date.subtract(fields.Date.context_today(self), days=1)
        for line in self:
            line.write({"valid_to": max(yesterday, line.valid_from)})
        self.env["dealer.competence.history"]._record(self, "revoked")
        return True

    @api.model
    def _domain_in_force(self, on=None):
        day = on or fields.Date.context_today(self)
        return Domain("valid_from", "<=", day) & (
            Domain("valid_to", "=", False) | Domain("valid_to", ">=", day)
        )

    @api.model
    def _domain_of(self, persons):
        return Domain("person_id", "in", persons.ids)

    @api.model
    def _domain_expiring(self):
        """Domain of what ends within the days of renewal of its competence."""
        today = fields.Date.context_today(self)
        competences = self.env["dealer.competence"].sudo().with_context(active_test=False)
        by_days = competences.search([("validity_months", ">", 0)]).grouped("renew_days")
        return self._domain_in_force() & Domain.OR(
            Domain("competence_id", "in", group.ids)
            & Domain("valid_to", "<=", fields.Date.add(today, days=days))
            for days, group in by_days.items()
        )

    @api.model
    def _domain_counts_at(self, dealer):
        """Domain of what counts at a dealer: gained there, or shared with it by its owner."""
        shares = self.env["dealer.passport.share"]._domain_in_force()
        return Domain("dealer_id", "=", dealer.id) | Domain(
            "person_id.share_ids",
            "any",
            shares & Domain([("kind", "=", "dealer"), ("dealer_id", "=", dealer.id)]),
        )

    @api.model
    def _gain(self, person, competence, level, source, dealer=None, **values):
        """Record that a person gained a competence, or renewed it, today.

        What is held already at this level or a higher one ends where the new one begins to
        count longer; nothing that was held is deleted.

        :param person: dealer.person
        :param competence: dealer.competence
        :param level: hr.skill.level
        :param str source: exam, practice, signoff or record
        :param dealer: dealer.dealer where it was gained
        :return: dealer.staff.competence (sudo), the line in force
        """
        lines = self.sudo()
        today = fields.Date.context_today(self)
        end = competence._valid_to(today)
        same = lines.search(
            lines._domain_in_force()
            & Domain(
                [
                    ("person_id", "=", person.id),
                    ("competence_id", "=", competence.id),
                    ("level_progress", ">=", level.level_progress),
                    ("dealer_id", "=", dealer.id if dealer else False),
                ]
            )
        ).filtered(lambda line: not line.valid_to or (end and line.valid_to >= end))
        if same:
            return same[0]
        return lines.create(
            {
                "person_id": person.id,
                "competence_id": competence.id,
                "skill_level_id": level.id,
                "source": source,
                "valid_from": today,
                "valid_to": end,
                "dealer_id": dealer.id if dealer else False,
                **values,
            }
        )

    @api.model
    def _cron_renew(self):
        """Ask for the renewal of what ends soon, once for each line."""
        due = self.sudo().search(
            self._domain_expiring()
            & Domain([("renewal_started", "=", False), ("person_id.employer_ids", "!=", False)])
        )
        due = due.filtered(lambda line: not line._is_renewed())
        # what counts at no employer is looked at again: it may be shared with one yet
        told = due.browse().union(*due._by_employer().values())
        told._start_renewal()
        told.write({"renewal_started": fields.Date.context_today(self)})

    def _is_renewed(self):
        """Tell whether the person holds the same at this level for longer already."""
        self.ensure_one()
        return bool(
            self.search_count(
                [
                    ("person_id", "=", self.person_id.id),
                    ("competence_id", "=", self.competence_id.id),
                    ("level_progress", ">=", self.level_progress),
                    "|",
                    ("valid_to", "=", False),
                    ("valid_to", ">", self.valid_to),
                ],
                limit=1,
            )
        )

    def _start_renewal(self):
        """Put the renewals before the principals of the people; learning add-ons do more."""
        for dealer, lines in self._by_employer().items():
            principal = dealer.staff_ids.filtered(
                lambda staff: staff.state == "current" and staff.role_id.is_principal
            ).user_id[:1]
            reader = principal or self.env.user
            lines = lines.with_context(lang=reader.lang)
            names = ", ".join(
                lines.env._(
                    "%(person)s: %(competence)s until %(day)s",
                    person=line.person_id.name,
                    competence=line.competence_id.name,
                    day=format_date(lines.env, line.valid_to),
                )
                for line in lines
            )
            dealer.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=min(lines.mapped("valid_to")),
                summary=lines.env._("Competences end soon"),
                note=names,
                user_id=reader.id,
            )

    def _by_employer(self):
        """Return {dealer: lines} of the people who work there now, with what counts there.

        What was gained elsewhere and is not shared is not told.
        """
        result = {}
        jobs = self.person_id.staff_ids.filtered(lambda job: job.state == "current")
        for dealer, held in jobs.grouped("dealer_id").items():
            lines = self.filtered(lambda line, held=held: line.person_id in held.person_id)
            lines = lines.filtered_domain(self._domain_counts_at(dealer))
            if lines:
                result[dealer] = lines
        return result
