from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    deal_quality_calls = fields.Integer(
        string="Quality calls a week", default=5, help="0: no sample is drawn."
    )
    deal_quality_script_id = fields.Many2one(
        "deal.quality.script", string="Script of quality calls"
    )

    def _deal_quality_script(self):
        """Return the company's script, by default the first one that it may use."""
        self.ensure_one()
        return self.deal_quality_script_id or self.env["deal.quality.script"].search(
            [("company_id", "in", (self.id, False))], order="company_id, id", limit=1
        )
