from odoo import models


class UtmSource(models.Model):
    _name = "utm.source"
    _inherit = ["utm.source", "dealer.tenant.owned.mixin"]

    # per company: a rival's choice of words must neither block nor be found out
    _unique_name = models.Constraint(
        "UNIQUE(name, company_id)", "A source with this name exists already."
    )
