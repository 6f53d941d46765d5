from odoo import models


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _shared_product(self, maker):
        """A machine of the OEM's range: the product is everybody's, the stock is not."""
        Product = maker.env["product.product"].sudo()
        values = {
            "name": "Isolation probe machine",
            "is_storable": True,
            "tracking": "serial",
            "company_id": False,
        }
        return Product.search([("name", "=", values["name"])], limit=1) or Product.with_user(
            self.env.ref("base.user_root")
        ).create(values)

    def _make_stock_lot(self, maker):
        """A lot of a shared OEM product, made as the warehouse does."""
        return {"name": "SN-ISOLATION-1", "product_id": self._shared_product(maker).id}

    def _warehouse(self, maker):
        return (
            maker.env["stock.warehouse"]
            .sudo()
            .search([("company_id", "=", maker.env.company.id)], limit=1)
        )

    def _make_stock_warehouse(self, maker):
        found = self._warehouse(maker)
        return found.sudo(False) or {"name": "Isolation probe", "code": "ISOPR"}

    def _make_stock_location(self, maker):
        return {"name": "Isolation probe", "location_id": self._warehouse(maker).lot_stock_id.id}

    def _make_stock_quant(self, maker):
        lot = maker.record("stock.lot")
        return (
            maker.env["stock.quant"]
            .with_context(inventory_mode=True)
            .create(
                {
                    "product_id": lot.product_id.id,
                    "lot_id": lot.id,
                    "location_id": self._warehouse(maker).lot_stock_id.id,
                    "inventory_quantity": 1,
                }
            )
        )

    def _make_stock_picking(self, maker):
        warehouse = self._warehouse(maker)
        picking_type = warehouse.out_type_id
        customers = picking_type.default_location_dest_id
        return {
            "picking_type_id": picking_type.id,
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": customers.id,
            "partner_id": maker.record("res.partner").id,
        }

    def _make_stock_move(self, maker):
        picking = maker.record("stock.picking")
        return {
            "picking_id": picking.id,
            "product_id": self._shared_product(maker).id,
            "product_uom_qty": 1,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
        }

    def _make_stock_move_line(self, maker):
        move = maker.record("stock.move")
        return {
            "move_id": move.id,
            "picking_id": move.picking_id.id,
            "product_id": move.product_id.id,
            "product_uom_id": move.product_uom.id,
            "quantity": 1,
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
        }

    def _make_stock_scrap(self, maker):
        product = self._shared_product(maker)
        return {
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "location_id": self._warehouse(maker).lot_stock_id.id,
        }

    def _make_stock_putaway_rule(self, maker):
        stock = self._warehouse(maker).lot_stock_id
        return {
            "location_in_id": stock.id,
            "location_out_id": stock.id,
            "product_id": self._shared_product(maker).id,
        }

    def _make_stock_warehouse_orderpoint(self, maker):
        warehouse = self._warehouse(maker)
        return {
            "warehouse_id": warehouse.id,
            "location_id": warehouse.lot_stock_id.id,
            "product_id": self._shared_product(maker).id,
            "trigger": "manual",
        }
