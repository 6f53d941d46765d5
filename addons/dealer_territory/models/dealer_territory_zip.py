from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import postal


class DealerTerritoryZip(models.Model):
    """A range of postal codes of a territory; empty means the whole country."""

    _name = "dealer.territory.zip"
    _description = "Postal code range"
    _order = "territory_id, key_from, key_to, id"

    territory_id = fields.Many2one(
        "dealer.territory", required=True, index=True, ondelete="cascade"
    )
    country_id = fields.Many2one(related="territory_id.country_id", store=True, precompute=True)
    zip_from = fields.Char(
        "From",
        help="First postal code, or the beginning of it (H2X). Empty: the whole country.",
    )
    zip_to = fields.Char(
        "To", help="Last postal code, or the beginning of it. Empty: as the first."
    )
    key_from = fields.Char("First key", compute="_compute_keys", store=True, precompute=True)
    key_to = fields.Char("Last key", compute="_compute_keys", store=True, precompute=True)
    span = fields.Float(
        compute="_compute_keys",
        store=True,
        precompute=True,
        digits=False,
        help="Share of all thinkable codes: the smallest range that holds an address wins.",
    )

    # The look-up of an address reads nothing but this index. Byte order, whatever the database's.
    _lookup_idx = models.Index(
        '(country_id, key_from COLLATE "C", key_to COLLATE "C") INCLUDE (territory_id, span)'
    )

    @api.depends("zip_from", "zip_to", "country_id.code")
    def _compute_keys(self):
        for record in self:
            interval = record._interval()
            record.key_from, record.key_to = interval or (False, False)
            record.span = interval.span if interval else 0.0

    @api.constrains("zip_from", "zip_to", "country_id")
    def _check_codes(self):
        for record in self:
            if not record._interval():
                raise ValidationError(
                    self.env._(
                        "Territory %(territory)s: “%(code)s” is not a postal code of %(country)s,"
                        " or the last code comes before the first. Type for example 1000 and"
                        " 1999, or H2X and H3B.",
                        territory=record.territory_id.display_name,
                        code=record._as_text() or record.zip_to,
                        country=record.country_id.name,
                    )
                )

    @api.depends("zip_from", "zip_to")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record._as_text() or self.env._("Whole country")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.territory_id._check_exclusive()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not {"zip_from", "zip_to", "territory_id"}.isdisjoint(vals):
            self.territory_id._check_exclusive()
        return result

    def _interval(self):
        """The interval of keys, None while what is typed is not a range of codes."""
        self.ensure_one()
        try:
            return postal.interval(self.zip_from, self.zip_to, self.country_id.code)
        except postal.PostalCodeError:
            return None

    def _as_text(self):
        """The range as :func:`postal.parse` reads it."""
        self.ensure_one()
        if not self.zip_from:
            return ""
        single = not self.zip_to or self.zip_to == self.zip_from
        return self.zip_from if single else f"{self.zip_from}..{self.zip_to}"
