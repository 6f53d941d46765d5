from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

ADDRESS_FIELDS = ("street", "street2", "zip", "city", "state_id", "country_id")


class DealerGeoMixin(models.AbstractModel):
    """A postal address with a point on the map.

    The point is typed by hand or, where stock ``base_geolocalize`` is
    installed, asked of its provider on demand: no address leaves the
    database without a person's click.
    """

    _name = "dealer.geo.mixin"
    _description = "Address with a Point on the Map"

    street = fields.Char()
    street2 = fields.Char()
    zip = fields.Char(index="btree_not_null")
    city = fields.Char(index="trigram")
    state_id = fields.Many2one(
        "res.country.state",
        string="State or province",
        domain="[('country_id', '=?', country_id)]",
        ondelete="restrict",
    )
    country_id = fields.Many2one("res.country", ondelete="restrict", index="btree_not_null")
    latitude = fields.Float(digits=(10, 7), help="Degrees, north is positive.")
    longitude = fields.Float(digits=(10, 7), help="Degrees, east is positive.")
    has_point = fields.Boolean(
        string="On the map", compute="_compute_has_point", search="_search_has_point"
    )
    can_geolocate = fields.Boolean(compute="_compute_can_geolocate")

    @api.constrains("latitude", "longitude")
    def _check_point(self):
        for record in self:
            if not (-90 <= record.latitude <= 90 and -180 <= record.longitude <= 180):
                raise ValidationError(
                    self.env._(
                        "%(name)s: latitude %(latitude)s or longitude %(longitude)s is not a "
                        "point on Earth (-90 to 90, -180 to 180 degrees).",
                        name=record.display_name,
                        latitude=record.latitude,
                        longitude=record.longitude,
                    )
                )

    @api.depends("latitude", "longitude")
    def _compute_has_point(self):
        for record in self:
            record.has_point = bool(record.latitude or record.longitude)

    def _search_has_point(self, operator, value):
        if operator != "in":
            return NotImplemented
        return ["|", ("latitude", "!=", 0), ("longitude", "!=", 0)]

    @api.depends_context("uid")
    def _compute_can_geolocate(self):
        self.can_geolocate = "base.geocoder" in self.env

    @api.onchange("state_id")
    def _onchange_state_id(self):
        if self.state_id:
            self.country_id = self.state_id.country_id

    @api.onchange("country_id")
    def _onchange_country_id(self):
        if self.state_id.country_id != self.country_id:
            self.state_id = False

    def action_geolocate(self):
        """Ask the provider of ``base_geolocalize`` for the point of each address.

        :raise UserError: the add-on is not installed, or addresses were not found
            (those found are kept by the caller's transaction only when all were).
        """
        if "base.geocoder" not in self.env:
            raise UserError(
                self.env._("Install the Partners Geolocation app, or type the point by hand.")
            )
        missing = self.browse()
        for record in self.with_context(lang="en_US"):
            point = record._geolocate()
            if point:
                record.write({"latitude": point[0], "longitude": point[1]})
            else:
                missing |= record
        if missing:
            raise UserError(
                self.env._(
                    "No point found for the address of: %(names)s",
                    names=", ".join(missing.mapped("display_name")),
                )
            )
        return True

    def _geolocate(self):
        """Return (latitude, longitude) of the address, or None."""
        self.ensure_one()
        return self.env["res.partner"]._geo_localize(
            self.street, self.zip, self.city, self.state_id.name, self.country_id.name
        )

    def _address_values(self):
        """Return the postal address as values for another record."""
        self.ensure_one()
        return {
            name: self[name].id if name.endswith("_id") else self[name] for name in ADDRESS_FIELDS
        }
