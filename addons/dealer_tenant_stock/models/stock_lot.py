from odoo import api, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    @api.depends("product_id.company_id")
    def _compute_company_id(self):
        """A serial number of a shared product belongs to the dealer that holds the machine.

        Stock gives it the company of the product, which is none: every dealer would read
        every rival's machines.
        """
        holders = {lot: lot._tenant_holder() for lot in self}
        super()._compute_company_id()
        for lot, holder in holders.items():
            if not lot.company_id:
                lot.company_id = holder

    def _tenant_holder(self):
        """Return the dealer's company that owns the lot, or will by creating it; else none."""
        tenants = self.env["res.company"].sudo()._tenant_company_ids()
        if self.company_id.id in tenants:
            return self.company_id
        creates = not self._origin and self.env.user._is_tenant_user()
        return self.env.company if creates else self.env["res.company"]
