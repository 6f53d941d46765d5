from odoo import models


class MrpProductionGroup(models.Model):
    _name = "mrp.production.group"
    _inherit = ["mrp.production.group", "dealer.tenant.owned.mixin"]
