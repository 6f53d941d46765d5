from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _provisioning_steps(self):
        return [*super()._provisioning_steps(), (20, "_provision_warehouse")]

    def _provision_warehouse(self):
        """Full mode: one warehouse, whose address is the dealer's."""
        companies = self.filtered(lambda d: d.mode == "full").company_id
        equipped = (
            self.env["stock.warehouse"]
            .with_context(active_test=False)
            .search([("company_id", "in", companies.ids)])
        )
        working = equipped.filtered("active").company_id
        archived = equipped.filtered(lambda w: w.company_id.active and w.company_id not in working)
        for warehouse in archived:
            warehouse.with_company(warehouse.company_id).active = True
        self.env["stock.warehouse"].create(
            [
                {
                    "name": dealer.company_id.name,
                    "code": dealer._warehouse_code(),
                    "company_id": dealer.company_id.id,
                    "partner_id": dealer.company_id.partner_id.id,
                }
                for dealer in self
                if dealer.company_id in companies - equipped.company_id
            ]
        )

    def _warehouse_code(self):
        """Short name of the warehouse; it begins the number of every transfer.

        Unique in the company only, so that the dealer's code may be cut to the
        five characters a short name has.
        """
        self.ensure_one()
        return "".join(filter(str.isalnum, self.code))[-5:] or "WH"

    def _archive_tenant(self, company):
        """Archive the warehouses too, unless goods are still under way."""
        warehouses = self.env["stock.warehouse"].sudo().search([("company_id", "=", company.id)])
        under_way = (
            self.env["stock.move"]
            .sudo()
            .search(
                [
                    ("picking_type_id.warehouse_id", "in", warehouses.ids),
                    ("state", "not in", ("done", "cancel")),
                ]
            )
        )
        idle = warehouses - under_way.picking_type_id.warehouse_id
        idle.with_company(company).action_archive()
        return super()._archive_tenant(company)

    @api.model
    def _open_document_domains(self):
        return {
            **super()._open_document_domains(),
            "stock.picking": [("state", "not in", ("done", "cancel"))],
            "stock.quant": [("location_id.usage", "=", "internal"), ("quantity", ">", 0)],
        }
