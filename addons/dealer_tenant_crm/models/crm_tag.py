from odoo import models


class CrmTag(models.Model):
    _name = "crm.tag"
    _inherit = ["crm.tag", "dealer.tenant.owned.mixin"]

    # per company: a rival's choice of words must neither block nor be found out
    _name_uniq = models.Constraint(
        "UNIQUE(name, company_id)", "A tag with this name exists already."
    )
