from odoo import models


class LinkTracker(models.Model):
    _name = "link.tracker"
    _inherit = ["link.tracker", "dealer.tenant.owned.mixin"]
