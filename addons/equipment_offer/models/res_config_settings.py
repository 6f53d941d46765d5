from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_tagline = fields.Char(related="company_id.offer_tagline", readonly=False)
    offer_cover = fields.Image(related="company_id.offer_cover", readonly=False)
    offer_about = fields.Text(related="company_id.offer_about", readonly=False)
    offer_terms = fields.Html(related="company_id.offer_terms", readonly=False)
