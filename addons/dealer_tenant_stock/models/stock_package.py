from odoo import api, models
from odoo.fields import Domain


class StockPackage(models.Model):
    _inherit = "stock.package"

    @api.model
    def _tenant_domain(self, mode):
        """An empty package has no company yet, as it takes that of its content: until then it
        belongs to whoever made it.
        """
        domain = super()._tenant_domain(mode)
        if domain.is_true():
            return domain
        return domain | (Domain("company_id", "=", False) & Domain("create_uid", "=", self.env.uid))
