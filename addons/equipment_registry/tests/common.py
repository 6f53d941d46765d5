from odoo.tests import TransactionCase

from odoo.addons.mail.tests.common import mail_new_test_user


class EquipmentCase(TransactionCase):
    """Two companies with a warehouse, a shared product with serial numbers, and their people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "tracking_disable": True, "no_reset_password": True}
        )
        cls.company_a, cls.company_b = cls.env["res.company"].create(
            [{"name": "Company A"}, {"name": "Company B"}]
        )
        cls.pump_type = cls.env["equipment.type"].create({"name": "Pump", "code": "t_pump"})
        cls.pump = cls._create_product("Test pump", equipment_brand="Testa")
        cls.compressor = cls._create_product("Test compressor", equipment_brand="Testa")
        cls.bolt = cls._create_product("Test bolt", tracking="none", equipment_type_id=False)
        cls._setup_users()
        cls.customer, cls.other_customer = cls.env["res.partner"].create(
            [
                {"name": "Customer of A", "company_id": cls.company_a.id},
                {"name": "Second customer of A", "company_id": cls.company_a.id},
            ]
        )
        cls.site = cls.env["res.partner"].create(
            {
                "name": "Pump house",
                "parent_id": cls.customer.id,
                "type": "delivery",
                "company_id": cls.company_a.id,
            }
        )
        cls.customer_b = cls.env["res.partner"].create(
            {"name": "Customer of B", "company_id": cls.company_b.id}
        )

    @classmethod
    def _setup_users(cls):
        technician, manager = (
            "base.group_user,equipment_registry.group_technician",
            "base.group_user,equipment_registry.group_service_manager,stock.group_stock_user",
        )
        cls.technician_a = cls._create_user("tech_a", technician, cls.company_a)
        cls.colleague_a = cls._create_user("tech_a2", technician, cls.company_a)
        cls.manager_a = cls._create_user("manager_a", manager, cls.company_a)
        cls.technician_b = cls._create_user("tech_b", technician, cls.company_b)
        cls.manager_b = cls._create_user("manager_b", manager, cls.company_b)

    @classmethod
    def _create_user(cls, login, groups, company):
        return mail_new_test_user(
            cls.env,
            login=login,
            name=login.replace("_", " ").title(),
            groups=groups,
            company_id=company.id,
            company_ids=company.ids,
            email=f"{login}@test.example",
        )

    @classmethod
    def _create_product(cls, name, **vals):
        return cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "tracking": "serial",
                "equipment_type_id": cls.pump_type.id,
                **vals,
            }
        )

    @classmethod
    def _warehouse(cls, company):
        return cls.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)

    @classmethod
    def _transfer(cls, company, kind, serials, partner=None, product=None):
        """Move machines into or out of a company's stock and return the picking.

        :param str kind: receipt, delivery or return
        :param serials: serial numbers
        """
        warehouse = cls._warehouse(company)
        stock = warehouse.lot_stock_id
        outside = (
            cls.env.ref("stock.stock_location_suppliers")
            if kind == "receipt"
            else cls.env.ref("stock.stock_location_customers")
        )
        source, target = (stock, outside) if kind == "delivery" else (outside, stock)
        picking_type = warehouse.out_type_id if kind == "delivery" else warehouse.in_type_id
        product = product or cls.pump
        picking = cls.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "location_id": source.id,
                "location_dest_id": target.id,
                "partner_id": partner.id if partner else False,
                "company_id": company.id,
            }
        )
        move = cls.env["stock.move"].create(
            {
                "picking_id": picking.id,
                "product_id": product.id,
                "product_uom_qty": len(serials),
                "location_id": source.id,
                "location_dest_id": target.id,
                "company_id": company.id,
            }
        )
        picking.action_confirm()
        cls._pick(move, serials)
        return picking

    @classmethod
    def _pick(cls, move, serials):
        """Set the serial numbers of a move as the warehouse does, and take it as picked."""
        move.move_line_ids.unlink()
        Lot = cls.env["stock.lot"]
        for serial in serials:
            lot = Lot.search(
                [
                    ("name", "=", serial),
                    ("product_id", "=", move.product_id.id),
                    ("company_id", "in", (move.company_id.id, False)),
                ],
                limit=1,
            ) or Lot.create(
                {
                    "name": serial,
                    "product_id": move.product_id.id,
                    "company_id": move.company_id.id,
                }
            )
            cls.env["stock.move.line"].create(
                {
                    "move_id": move.id,
                    "picking_id": move.picking_id.id,
                    "product_id": move.product_id.id,
                    "lot_id": lot.id,
                    "quantity": 1,
                    "location_id": move.location_id.id,
                    "location_dest_id": move.location_dest_id.id,
                }
            )
        move.picked = True

    @classmethod
    def _move(cls, company, kind, serials, partner=None, product=None):
        """As ``_transfer``, validated; return the company's units."""
        picking = cls._transfer(company, kind, serials, partner, product)
        picking.button_validate()
        return cls._units(company, serials, product)

    @classmethod
    def _units(cls, company, serials, product=None):
        return (
            cls.env["equipment.unit"]
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", company.id),
                    ("serial", "in", serials),
                    ("product_id", "=", (product or cls.pump).id),
                ]
            )
        )
