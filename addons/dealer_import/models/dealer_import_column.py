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
        labels = {
            "code": self.env._("Code"),
            "name": self.env._("Name"),
            "type": self.env._("Type"),
            "parent": self.env._("Code of the parent dealer"),
            "mode": self.env._("Mode"),
            "state": self.env._("Status"),
            "country": self.env._("Country"),
            "region": self.env._("State or province"),
            "city": self.env._("City"),
            "zip": self.env._("Postal code"),
            "street": self.env._("Street"),
            "street2": self.env._("Street, second line"),
            "phone": self.env._("Phone"),
            "email": self.env._("E-mail"),
            "website": self.env._("Web site"),
            "vat": self.env._("Tax number"),
            "lang": self.env._("Language"),
            "currency": self.env._("Currency"),
            "latitude": self.env._("Latitude"),
            "longitude": self.env._("Longitude"),
            "brands": self.env._("Brands"),
            "activities": self.env._("Activities"),
            "outlet": self.env._("Name of the main outlet"),
            "principal": self.env._("Principal: name"),
            "principal_email": self.env._("Principal: e-mail"),
            "principal_phone": self.env._("Principal: phone"),
            "role": self.env._("Principal: role"),
        }
        return list(labels.items())

    @api.depends("name")
    def _compute_folded(self):
        for column in self:
            column.folded = fold(column.name or "")
