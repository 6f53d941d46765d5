from odoo import models


class UtmMedium(models.Model):
    _name = "utm.medium"
    _inherit = ["utm.medium", "dealer.tenant.owned.mixin"]

    # per company: a rival's choice of words must neither block nor be found out
    _unique_name = models.Constraint(
        "UNIQUE(name, company_id)", "A medium with this name exists already."
    )
