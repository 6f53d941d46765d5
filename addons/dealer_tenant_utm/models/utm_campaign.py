from odoo import models


class UtmCampaign(models.Model):
    _name = "utm.campaign"
    _inherit = ["utm.campaign", "dealer.tenant.owned.mixin"]

    # per company: a rival's choice of words must neither block nor be found out
    _unique_name = models.Constraint(
        "UNIQUE(name, company_id)", "A campaign with this name exists already."
    )
