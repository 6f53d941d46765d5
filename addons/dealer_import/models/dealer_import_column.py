from odoo import api, fields, models

from ..core.words import fold


class DealerImportColumn(models.Model):
    """A way in which a column of a network file is headed."""

    _name = "dealer.import.column"
    _description = "Column Heading of a Network File"
    _order = "key, name"

    name = fields.Char(
        string="Heading",
        required=True,
        help="As it stands in the file; capitals, accents and punctuation do not matter.",
    )
    key = fields.Selection(selection="_selection_key", string="Is read as", required=True)
    folded = fields.Char(compute="_compute_folded", store=True, index=True)
    active = fields.Boolean(default=True)

    _folded_uniq = models.Constraint(
        "UNIQUE(folded)", "This heading is known already; look for it in the list."
    )

    @api.model
    def _selection_key(self):
        _ = self.env._
        return [
            ("code", _("Code")),
            ("name", _("Name")),
            ("type", _("Type")),
            ("parent", _("Code of the parent dealer")),
            ("mode", _("Mode")),
            ("state", _("Status")),
            ("country", _("Country")),
            ("region", _("State or province")),
            ("city", _("City")),
            ("zip", _("Postal code")),
            ("street", _("Street")),
            ("street2", _("Street, second line")),
            ("phone", _("Phone")),
            ("email", _("E-mail")),
            ("website", _("Web site")),
            ("vat", _("Tax number")),
            ("lang", _("Language")),
            ("currency", _("Currency")),
            ("latitude", _("Latitude")),
            ("longitude", _("Longitude")),
            ("brands", _("Brands")),
            ("activities", _("Activities")),
            ("outlet", _("Name of the main outlet")),
            ("principal", _("Principal: name")),
            ("principal_email", _("Principal: e-mail")),
            ("principal_phone", _("Principal: phone")),
            ("role", _("Principal: role")),
        ]

    @api.depends("name")
    def _compute_folded(self):
        for column in self:
            column.folded = fold(column.name or "")
