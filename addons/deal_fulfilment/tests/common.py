from odoo.fields import Command
from odoo.tests import Form, TransactionCase, new_test_user


class FulfilmentCase(TransactionCase):
    """A firm that makes, buys and stocks, with a seller, a planner and a warehouse worker."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env["res.company"].create({"name": "Pumps of the test"})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)])
        cls.seller = cls._user(
            "seller", "sales_team.group_sale_salesman_all_leads,base.group_partner_manager"
        )
        cls.planner = cls._user(
            "planner", "mrp.group_mrp_user,stock.group_stock_user,purchase.group_purchase_user"
        )
        cls.worker = cls._user("worker", "stock.group_stock_user")
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids},
        )
        cls.customer = cls.env["res.partner"].create({"name": "Water utility of the test"})
        cls.vendor = cls.env["res.partner"].create({"name": "Vendor of the test"})
        cls.part = cls._product("Impeller")
        cls._put(cls.part, 1000)
        cls.stocked = cls._product("CP-40 in stock")
        cls.made = cls._product("CP-80 made")
        cls.bom = cls._make_bom(cls.made)
        cls.bought = cls._product("VF-7 bought", vendor=cls.vendor)
        cls.orphan = cls._product("Neither made nor bought")

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login=f"fulfilment_{login}",
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _product(cls, name, vendor=None, **values):
        seller = {"partner_id": vendor and vendor.id, "delay": 5, "price": 70}
        return cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "list_price": 100,
                "seller_ids": [Command.create(seller)] if vendor else False,
                **values,
            }
        )

    @classmethod
    def _make_bom(cls, product, **values):
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "company_id": cls.company.id,
                "produce_delay": 3,
                "bom_line_ids": [Command.create({"product_id": cls.part.id, "product_qty": 1})],
                **values,
            }
        )

    @classmethod
    def _put(cls, product, quantity, location=None):
        cls.env["stock.quant"]._update_available_quantity(
            product, location or cls.warehouse.lot_stock_id, quantity
        )

    def _order(self, *lines, confirm=True, user=None, **values):
        """Make an order of (product, quantity) pairs as the seller, and confirm it."""
        order = (
            self.env["sale.order"]
            .with_user(user or self.seller)
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [
                        Command.create({"product_id": product.id, "product_uom_qty": quantity})
                        for product, quantity in lines
                    ],
                    **values,
                }
            )
        )
        if confirm:
            order.action_confirm()
        return order

    def _deal(self, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Deal of the test",
                "type": "opportunity",
                "partner_id": self.customer.id,
                "user_id": self.seller.id,
                **values,
            }
        )

    def _parts(self, records, *names):
        """Read the parts of orders, lines or deals anew, as the named values or records."""
        self._forget()
        field = {
            "sale.order": "order_id",
            "sale.order.line": "sale_line_id",
            "crm.lead": "lead_id",
        }[records._name]
        parts = self.env["deal.fulfilment"].search([(field, "in", records.ids)], order="id")
        return [tuple(part[name] for name in names) for part in parts] if names else parts

    def _forget(self):
        """Empty the cache: what a privileged read left there hides a lack of rights."""
        self.env.flush_all()
        self.env.invalidate_all()

    def _productions(self, order):
        return order.sudo().order_line.move_ids.move_orig_ids.production_id

    def _purchase_lines(self, order):
        return order.sudo().order_line.move_ids.created_purchase_line_ids

    def _produce(self, production, quantity=None):
        """Make some or all of a production; the rest becomes a back order."""
        production = production.with_user(self.planner)
        production.action_assign()
        production.qty_producing = quantity or production.product_qty
        production._set_qty_producing()
        if production.qty_producing < production.product_qty:
            production = production.with_context(
                skip_backorder=True, mo_ids_to_backorder=production.ids
            )
        production.button_mark_done()

    def _tasks(self, record, kind):
        """Return the open tasks of a kind (missing, slip, surplus) on a document."""
        activity_type = self.env.ref(f"deal_fulfilment.mail_activity_type_{kind}")
        return record.sudo().activity_ids.filtered(lambda a: a.activity_type_id == activity_type)

    def _return(self, picking, quantity):
        """Take a quantity of the one product of a delivery back."""
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.quantity = quantity
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.picked = True
        back.with_user(self.worker).button_validate()

    def _ship(self, picking, backorder=True):
        """Ship what is reserved, as the warehouse worker."""
        picking = picking.with_user(self.worker)
        picking.move_ids.picked = True
        picking.with_context(
            skip_backorder=True, picking_ids_not_to_backorder=[] if backorder else picking.ids
        ).button_validate()
