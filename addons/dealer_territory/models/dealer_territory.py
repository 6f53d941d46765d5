from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from .. import postal


class DealerTerritory(models.Model):
    """An area of primary responsibility, given by postal codes of one country."""

    _name = "dealer.territory"
    _description = "Dealer territory"
    _inherit = ["mail.thread"]
    _parent_store = True
    _order = "complete_name, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, tracking=True)
    name = fields.Char(required=True, translate=True, tracking=True)
    complete_name = fields.Char(
        compute="_compute_complete_name", store=True, recursive=True, precompute=True
    )
    active = fields.Boolean(default=True, tracking=True)
    country_id = fields.Many2one(
        "res.country",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.company.country_id,
    )
    exclusive = fields.Boolean(
        tracking=True,
        help="One dealer at a time for each activity and brand. Otherwise dealers share it.",
    )
    note = fields.Text(help="Borders and exceptions in words. Every dealer can read it.")
    parent_id = fields.Many2one(
        "dealer.territory",
        string="Part of",
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('country_id', '=', country_id)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("dealer.territory", "parent_id", string="Parts")
    zip_ids = fields.One2many("dealer.territory.zip", "territory_id", string="Postal codes")
    postal_codes = fields.Text(
        "Postal codes as text",
        compute="_compute_postal_codes",
        inverse="_inverse_postal_codes",
        help="Codes and ranges divided by commas: H2X..H3B, J4B",
    )
    assignment_ids = fields.One2many("dealer.territory.assignment", "territory_id")
    dealer_ids = fields.Many2many(
        "dealer.dealer",
        string="Dealers today",
        compute="_compute_dealer_ids",
        search="_search_dealer_ids",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(country_id, code)", "The code of a territory must be unique in its country."
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for territory in self.with_context(lang=None):
            above = territory.parent_id.complete_name
            territory.complete_name = f"{above} / {territory.name}" if above else territory.name

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for territory in self:
            territory.display_name = f"[{territory.code}] {territory.name}"

    @api.depends("zip_ids.zip_from", "zip_ids.zip_to")
    def _compute_postal_codes(self):
        for territory in self:
            texts = (line._as_text() for line in territory.zip_ids)
            territory.postal_codes = ", ".join(filter(None, texts))

    def _inverse_postal_codes(self):
        for territory in self:
            pairs = territory._parse_postal_codes(territory.postal_codes)
            territory.zip_ids = [fields.Command.clear()] + [
                fields.Command.create({"zip_from": first, "zip_to": last}) for first, last in pairs
            ]

    @api.depends("assignment_ids.date_from", "assignment_ids.date_to")
    @api.depends_context("uid")
    def _compute_dealer_ids(self):
        current = self.env["dealer.territory.assignment"]._read_group(
            [("territory_id", "in", self.ids), ("is_current", "=", True)],
            ["territory_id"],
            ["dealer_id:recordset"],
        )
        dealers = dict(current)
        for territory in self:
            territory.dealer_ids = dealers.get(territory._origin, False)

    def _search_dealer_ids(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        return [
            ("assignment_ids", "any", [("dealer_id", operator, value), ("is_current", "=", True)])
        ]

    @api.constrains("parent_id", "country_id")
    def _check_parent(self):
        for territory in self:
            above = territory.parent_id
            if above and above.country_id != territory.country_id:
                raise ValidationError(
                    self.env._(
                        "Territory %(territory)s lies in %(country)s, but %(parent)s, of which it"
                        " is a part, in %(parent_country)s.",
                        territory=territory.display_name,
                        country=territory.country_id.name,
                        parent=above.display_name,
                        parent_country=above.country_id.name,
                    )
                )

    @api.constrains("exclusive", "active", "parent_id")
    def _check_exclusive(self):
        """Refuse what gives the same address to two dealers of exclusive territories."""
        self.assignment_ids._check_exclusive()

    def action_view_assignments(self):
        """Open the assignments of the territory, past and future ones too."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dealers of %(territory)s", territory=self.display_name),
            "res_model": "dealer.territory.assignment",
            "view_mode": "list,form",
            "domain": [("territory_id", "=", self.id)],
            "context": {"default_territory_id": self.id},
        }

    @api.model
    def _find_dealers(self, country, zip, activity=None, brand=None, on=None):
        """The active dealers who serve an address, the most specific range first.

        A territory without a dealer is served by the dealers of the territory it is a part of.
        Rules do not apply: the caller decides what its user may learn.

        :param country: res.country
        :param str zip: postal code as people type it
        :param activity: dealer.activity, or None for any
        :param brand: dealer.brand, or None for any
        :param date on: the day asked for, today by default
        :return: dealer.dealer in order; empty when no territory holds the address
        """
        return self._find_assignments(country, zip, activity, brand, on).sudo(False).dealer_id

    @api.model
    def _find_assignments(self, country, zip, activity=None, brand=None, on=None):
        """The assignments behind :meth:`_find_dealers`, one for each dealer, in sudo."""
        assignments = self.env["dealer.territory.assignment"].sudo()
        for model in ("dealer.territory", "dealer.territory.zip", assignments._name):
            self.env[model].flush_model()
        self.env["dealer.dealer"].flush_model(["active", "state"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH hit AS (
                    SELECT territory_id, min(span) AS span
                      FROM dealer_territory_zip
                     WHERE country_id = %(country)s
                       AND key_from COLLATE "C" <= %(key)s
                       AND key_to COLLATE "C" >= %(key)s
                  GROUP BY territory_id
                ), area AS (
                    SELECT above.id::int AS territory_id, hit.span, above.depth
                      FROM hit
                      JOIN dealer_territory t ON t.id = hit.territory_id AND t.active,
                   LATERAL unnest(string_to_array(rtrim(t.parent_path, '/'), '/'))
                           WITH ORDINALITY AS above (id, depth)
                ), served AS (
                    SELECT DISTINCT ON (a.dealer_id) a.id, a.dealer_id, area.span, area.depth,
                           num_nonnulls(a.activity_id, a.brand_id) AS precision
                      FROM area
                      JOIN dealer_territory_assignment a ON a.territory_id = area.territory_id
                      JOIN dealer_dealer d ON d.id = a.dealer_id
                     WHERE d.active AND d.state = 'active'
                       AND %(day)s BETWEEN a.date_from AND coalesce(a.date_to, 'infinity')
                       AND %(activity)s AND %(brand)s
                  ORDER BY a.dealer_id, area.span, area.depth DESC, precision DESC, a.id
                )
                  SELECT id FROM served ORDER BY span, depth DESC, precision DESC, id
                """,
                country=country.id,
                key=postal.key(zip, country.code),
                day=on or fields.Date.context_today(self),
                activity=self._scope_condition("activity_id", activity),
                brand=self._scope_condition("brand_id", brand),
            )
        )
        return assignments.browse(row[0] for row in rows)

    @api.model
    def _scope_condition(self, column, record):
        """SQL: an assignment without an activity (or brand) stands for all of them."""
        if not record:
            return SQL("TRUE")
        name = SQL.identifier("a", column)
        return SQL("(%s IS NULL OR %s = %s)", name, name, record.id)

    def _parse_postal_codes(self, text):
        try:
            return postal.parse(text, self.country_id.code)
        except postal.PostalCodeError as error:
            raise ValidationError(
                self.env._(
                    "Territory %(territory)s: “%(code)s” is not a postal code of %(country)s or a"
                    " range of them. Write ranges with two dots and divide them by commas:"
                    " H2X..H3B, J4B.",
                    territory=self.display_name,
                    code=error.code,
                    country=self.country_id.name,
                )
            ) from error

    def _lock_neighbours(self):
        """Pairs of ids (territory, exclusive territory with common postal codes or itself).

        Neighbours are written without a change, so that another transaction which has decided
        about one of them in the meantime makes this one fail and start again.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT mine.id, other.id
                  FROM dealer_territory mine
                  JOIN dealer_territory_zip z ON z.territory_id = mine.id
                  JOIN dealer_territory_zip y ON y.country_id = z.country_id
                   AND y.key_from COLLATE "C" <= z.key_to
                   AND y.key_to COLLATE "C" >= z.key_from
                  JOIN dealer_territory other ON other.id = y.territory_id
                   AND other.exclusive AND other.active AND other.id <> mine.id
                   AND NOT starts_with(mine.parent_path, other.parent_path)
                   AND NOT starts_with(other.parent_path, mine.parent_path)
                 WHERE mine.id IN %s
                """,
                tuple(self.ids),
            )
        )
        if rows:
            ids = sorted({territory_id for row in rows for territory_id in row})
            self.env.cr.execute(
                SQL("UPDATE dealer_territory SET exclusive = exclusive WHERE id IN %s", tuple(ids))
            )
        return [*rows, *((territory.id, territory.id) for territory in self)]
