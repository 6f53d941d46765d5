from odoo import fields, models


class CrmInquiryDirection(models.Model):
    """A direction of the product range, recognised by its words; each has a sales department."""

    _name = "crm.inquiry.direction"
    _description = "Inquiry Direction"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, index=True)
    words = fields.Char(
        required=True,
        help="Words or their beginnings, separated by commas, in every language you sell in. "
        "The direction whose words occur most often in the request is taken.",
    )
    team_id = fields.Many2one("crm.team", string="Department", check_company=True)
    active = fields.Boolean(default=True)

    def _of(self, text):
        """Return the direction whose words occur most often in a text, none when none occurs."""
        text = f" {(text or '').casefold()}"
        score = {direction: sum(map(text.count, direction._starts())) for direction in self}
        best = max(score, key=score.get, default=self.browse())
        return best if score.get(best) else self.browse()

    def _starts(self):
        words = (word.strip().casefold() for word in (self.words or "").split(","))
        return [f" {word}" for word in words if word]
