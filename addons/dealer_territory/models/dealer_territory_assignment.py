from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class DealerTerritoryAssignment(models.Model):
    """A dealer's responsibility for a territory, dated, for all or one activity and brand."""

    _name = "dealer.territory.assignment"
    _description = "Territory assignment"
    _inherit = ["dealer.two.party.mixin"]
    _order = "territory_id, date_from desc, id"
    _rec_names_search = ["territory_id.name", "dealer_id.name"]
    _upstream_party = "oem_company_id"  # areas of responsibility are the OEM's, whoever sells there

    territory_id = fields.Many2one(
        "dealer.territory", required=True, index=True, ondelete="restrict"
    )
    exclusive = fields.Boolean(
        related="territory_id.exclusive", store=True, precompute=True, string="Exclusive"
    )
    activity_id = fields.Many2one(
        "dealer.activity", index="btree_not_null", ondelete="restrict", help="Empty: all."
    )
    brand_id = fields.Many2one(
        "dealer.brand", index="btree_not_null", ondelete="restrict", help="Empty: all."
    )
    date_from = fields.Date(required=True, default=fields.Date.context_today)
    date_to = fields.Date()
    is_current = fields.Boolean("Today", compute="_compute_is_current", search="_search_is_current")

    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "A territory assignment must end after it starts.",
    )
    # Ranges over ids: they need no extension, and an empty activity or brand spans all of them.
    # Deferred, because _check_exclusive says the same in better words first.
    _exclusive_excl = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(territory_id, territory_id, '[]') WITH &&, "
        "int4range(activity_id, activity_id, '[]') WITH &&, "
        "int4range(brand_id, brand_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&) WHERE (exclusive) "
        "DEFERRABLE INITIALLY DEFERRED",
        "An exclusive territory is already assigned to a dealer for these dates.",
    )

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for record in self:
            started = record.date_from and record.date_from <= today
            record.is_current = started and (not record.date_to or record.date_to >= today)

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        current = Domain("date_from", "<=", today) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        )
        return current if True in value else ~current

    @api.depends("dealer_id", "territory_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = (
                f"{record.territory_id.display_name}: {record.dealer_id.display_name}"
            )

    @api.constrains("territory_id", "dealer_id", "activity_id", "brand_id", "date_from", "date_to")
    def _check_exclusive(self):
        """Refuse an assignment that overlaps another's in an exclusive territory.

        The exclusion constraint holds for one territory whatever happens at the same time.  Here
        are also territories with common postal codes, none of them a part of the other: these are
        touched, so that of two transactions at the same time one is tried again.
        """
        overlap = self.sudo()._find_overlap()
        if not overlap:
            self._force_constraint()
            return
        mine, other = overlap
        raise ValidationError(
            self.env._(
                "%(territory)s is exclusive: %(dealer)s cannot have it from %(start)s, because"
                " %(other)s is responsible for %(other_territory)s from %(other_start)s to"
                " %(other_end)s. End one assignment first, or make the territory a shared one.",
                territory=mine.territory_id.display_name,
                dealer=mine.dealer_id.display_name,
                start=mine.date_from,
                other=other.dealer_id.display_name,
                other_territory=other.territory_id.display_name,
                other_start=other.date_from,
                other_end=other.date_to or self.env._("further notice"),
            )
        )

    def _find_overlap(self):
        """The first pair (own, other) of overlapping assignments as a recordset, or None."""
        exclusive = self.filtered(lambda a: a.territory_id.exclusive and a.territory_id.active)
        if not exclusive:
            return None
        for model in (self, self.territory_id, self.territory_id.zip_ids):
            model.flush_model()
        near = exclusive.territory_id._lock_neighbours()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT mine.id, other.id
                  FROM dealer_territory_assignment mine
                  JOIN dealer_territory_assignment other ON other.id <> mine.id
                 WHERE mine.id IN %(ids)s
                   AND (mine.territory_id, other.territory_id) IN %(near)s
                   AND daterange(mine.date_from, mine.date_to, '[]')
                    && daterange(other.date_from, other.date_to, '[]')
                   AND int4range(mine.activity_id, mine.activity_id, '[]')
                    && int4range(other.activity_id, other.activity_id, '[]')
                   AND int4range(mine.brand_id, mine.brand_id, '[]')
                    && int4range(other.brand_id, other.brand_id, '[]')
                   AND (mine.territory_id = other.territory_id
                        OR mine.dealer_id <> other.dealer_id)
              ORDER BY mine.id, other.id
                 LIMIT 1
                """,
                ids=tuple(exclusive.ids),
                near=tuple(near),
            )
        )
        return self.browse(rows[0]) if rows else None

    def _force_constraint(self):
        """Let the exclusion constraint speak now, not at the end of the transaction."""
        name = SQL.identifier("dealer_territory_assignment_exclusive_excl")
        self.env.cr.execute(SQL("SET CONSTRAINTS %s IMMEDIATE", name))
        self.env.cr.execute(SQL("SET CONSTRAINTS %s DEFERRED", name))
