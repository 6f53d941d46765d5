from odoo.fields import Command

from odoo.addons.deal_process.tests.common import DealProcessCase

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class DealMachinesCase(DealProcessCase):
    """A deal of firm A for a pump in its stock, which is commissioned after delivery."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        templates = cls.env["equipment.protocol.template"]
        templates.search([]).active = False
        kind = cls.env["equipment.type"].create({"name": "Pump", "code": "t_deal_pump"})
        cls.template = templates.create(
            {
                "name": "Commissioning",
                "kind": "commissioning",
                "is_automatic": True,
                "company_id": False,
                "equipment_type_ids": kind.ids,
                "line_ids": [Command.create({"name": "Runs"})],
            }
        )
        cls.pump = cls._machine("Deal pump", kind)
        cls.technician = cls._make_user(
            "technician_a", cls.firm_a, "equipment_registry.group_technician"
        )

    @classmethod
    def _machine(cls, name, kind):
        return cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "tracking": "serial",
                "equipment_type_id": kind.id,
            }
        )

    @classmethod
    def _deal_with_order(cls, product=None):
        deal = cls.make_deal(deal_way="direct")
        cls._order(deal, product or cls.pump)
        return deal

    @classmethod
    def _order(cls, deal, product):
        cls.order = (
            cls.env["sale.order"]
            .with_company(cls.firm_a)
            .create(
                {
                    "partner_id": deal.partner_id.id,
                    "opportunity_id": deal.id,
                    "company_id": cls.firm_a.id,
                    "order_line": [Command.create({"product_id": product.id})],
                }
            )
        )

    @classmethod
    def _deliver(cls, serial="DEAL-1"):
        """Confirm the order, and ship it with a serial number that is in stock."""
        lot = cls._stock(serial)
        cls.order.action_confirm()
        return cls._ship(lot)

    @classmethod
    def _stock(cls, serial):
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.firm_a.id)], limit=1)
        product = cls.order.order_line.product_id
        lot = cls.env["stock.lot"].create(
            {"name": serial, "product_id": product.id, "company_id": cls.firm_a.id}
        )
        cls.env["stock.quant"]._update_available_quantity(
            product, warehouse.lot_stock_id, 1, lot_id=lot
        )
        return lot

    @classmethod
    def _ship(cls, lot):
        picking = cls.order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        return cls.env["equipment.unit"].sudo().search([("lot_id", "=", lot.id)])

    @classmethod
    def _commission(cls, unit):
        work = unit.protocol_ids.with_user(cls.technician)
        work.action_start()
        work.line_ids.result = "ok"
        work.write({"technician_signature": PIXEL})
        work.write({"customer_signature": PIXEL, "customer_signer": "Eva (demo)"})
        return work
