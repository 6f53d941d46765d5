from odoo import api, fields, models

from ..core.words import fold


class DealerImportValue(models.Model):
    """A word of a network file and the code that it stands for.

    Codes, and names in the installed languages, are understood without.
    """

    _name = "dealer.import.value"
    _description = "Word of a Network File"
    _order = "kind, code, name"

    name = fields.Char(
        string="Word",
        required=True,
        help="As it stands in the file; capitals, accents and punctuation do not matter.",
    )
    kind = fields.Selection(
        [
            ("type", "Type"),
            ("mode", "Mode"),
            ("state", "Status"),
            ("brand", "Brand"),
            ("activity", "Activity"),
            ("role", "Role"),
            ("country", "Country"),
            ("currency", "Currency"),
            ("lang", "Language"),
        ],
        string="Names a",
        required=True,
    )
    code = fields.Char(
        required=True,
        help="Code of the type, brand, activity or role; technical name of the mode or "
        "status; ISO code of the country, currency or language.",
    )
    folded = fields.Char(compute="_compute_folded", store=True)
    active = fields.Boolean(default=True)

    _folded_uniq = models.Constraint(
        "UNIQUE(kind, folded)", "This word is known already; look for it in the list."
    )

    @api.depends("name")
    def _compute_folded(self):
        for value in self:
            value.folded = fold(value.name or "")
