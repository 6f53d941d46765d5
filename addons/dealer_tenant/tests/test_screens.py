import ast
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DealerTenantCase

ROLES = (
    "role_principal",
    "role_head_of_sales",
    "role_salesperson",
    "role_warehouse_worker",
    "role_marketer",
    "role_service_technician",
)
# screens that stock itself cannot open without data or a server of somebody else
IGNORED_MODELS = {"base.language.install", "base.module.update"}


@tagged("post_install", "-at_install")
class TestScreens(DealerTenantCase):
    """Deny by default must not break a screen that a dealer's menus lead to."""

    def _employee(self, role_name):
        role = self.env.ref(f"dealer_network.{role_name}")
        user = self._create_staff_user(self.dealer_a, role_name, f"t_{role_name}")
        user.write(
            {"group_ids": [Command.link(group.id) for group in role.user_role_id.implied_ids]}
        )
        return user

    def _actions(self, user):
        """Window actions behind the menus that the user sees."""
        menus = self.env["ir.ui.menu"].with_user(user)
        visible = menus.browse(menus._visible_menu_ids())
        actions = visible.sudo().mapped("action")
        return {
            action.id: action
            for action in actions
            if action and action._name == "ir.actions.act_window"
        }.values()

    def test_apps_of_the_oem_are_not_among_the_dealers(self):
        """Stock shows everybody the list of modules, to ask for one."""
        apps = self.env.ref("base.menu_management")
        apps.group_ids = False  # as `base_install_request` leaves it
        for user, sees in (
            (self.seller_a, False),
            (self.principal_a, False),
            (self.oem_user, True),
        ):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertEqual(apps.id in menus["root"]["children"], sees, user.login)

    def _open(self, user, action):
        """Do what the web client does: views, the list with its sub-lists, a new form."""
        model = self._as(user, action.res_model)
        kinds = [kind for kind in action.view_mode.split(",") if kind in ("list", "kanban", "form")]
        views = model.get_views([(False, kind) for kind in [*kinds, "search"]])
        for kind in kinds:
            spec = self._specification(model, etree.fromstring(views["views"][kind]["arch"]))
            if kind == "form":
                if model.has_access("create"):
                    model.with_context(**self._context(action)).onchange({}, [], spec)
            else:
                model.web_search_read([], spec, limit=5)

    def _refusal(self, user, action):
        """Return the message with which the screen is refused, or None."""
        try:
            with self.cr.savepoint():
                self._open(user, action)
        except AccessError as error:
            return str(error)
        except UserError:
            # the tenant of the test has no journals, no currency rates …
            return None
        finally:
            self.env.transaction.clear()
        return None

    def _refusal_without_tenancy(self, user, action):
        """Some screens are refused by stock as well, to the same groups."""
        users = self.env.registry["res.users"]
        with patch.object(users, "_is_tenant_user", lambda user: False):
            self.env.registry.clear_cache()
            refusal = self._refusal(user, action)
        self.env.registry.clear_cache()
        return refusal

    def _context(self, action):
        try:
            context = ast.literal_eval((action.context or "{}").strip())
        except (ValueError, SyntaxError):
            return {}
        return {key: value for key, value in context.items() if key.startswith("default_")}

    def _specification(self, model, arch):
        """Fields of a view in the form that the web client sends."""
        spec = {}
        for node in arch.xpath(".//field[not(ancestor::field)][not(ancestor::groupby)]"):
            field = model._fields.get(node.get("name"))
            if field is None:
                continue
            spec[field.name] = {}
            children = [child for child in node if child.tag in ("list", "kanban", "form")]
            if field.relational and field.type != "many2one" and children:
                comodel = model.env[field.comodel_name]
                spec[field.name] = {"fields": self._specification(comodel, children[0])}
            elif field.type in ("many2one", "many2many"):
                spec[field.name] = {"fields": {"display_name": {}}}
        return spec

    def test_every_screen_behind_the_menus_opens(self):
        failures = []
        for role_name in ROLES:
            user = self._employee(role_name)
            actions = self._actions(user)
            self.assertTrue(actions, role_name)
            for action in actions:
                if action.res_model in IGNORED_MODELS or action.res_model not in self.env:
                    continue
                error = self._refusal(user, action)
                if error and not self._refusal_without_tenancy(user, action):
                    failures.append(f"{role_name}: {action.name} ({action.res_model}): {error}")
        self.assertFalse(failures, "\n".join(failures))


@tagged("post_install", "-at_install")
class TestWork(DealerTenantCase):
    """The everyday work of a salesperson and a storekeeper, from lead to delivery."""

    def setUp(self):
        super().setUp()
        for name in ("crm.lead", "sale.order", "stock.picking"):
            if name not in self.env:
                self.skipTest(f"{name} is not installed")
        self.sales_groups = self.env.ref("dealer_network.role_salesperson").user_role_id.implied_ids
        for user in self.seller_a | self.seller_b:
            self._grant_groups(user, self.sales_groups)
        self.storekeeper = self._create_staff_user(
            self.dealer_a, "role_warehouse_worker", "t_storekeeper"
        )
        role = self.env.ref("dealer_network.role_warehouse_worker")
        self._grant_groups(self.storekeeper, role.user_role_id.implied_ids)
        warehouses = self.env["stock.warehouse"]
        self.warehouse = warehouses.search(
            [("company_id", "=", self.company_a.id)], limit=1
        ) or warehouses.create({"name": "A", "code": "WHA", "company_id": self.company_a.id})

    def _grant_groups(self, user, groups):
        user.write({"group_ids": [Command.link(group.id) for group in groups]})

    def test_from_lead_to_delivery(self):
        product = self.env["product.product"].create(
            {"name": "Shared machine", "is_storable": True, "list_price": 100}
        )
        self.env["stock.quant"]._update_available_quantity(product, self.warehouse.lot_stock_id, 5)
        lead = self._as(self.seller_a, "crm.lead").create(
            {"name": "Needs a machine", "partner_id": self.customer_a.id, "type": "opportunity"}
        )
        self.assertEqual(lead.company_id, self.company_a)
        lead.activity_schedule("mail.mail_activity_data_call", user_id=self.principal_a.id)
        order = self._as(self.seller_a, "sale.order").create(
            {
                "partner_id": self.customer_a.id,
                "opportunity_id": lead.id,
                "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 2})],
            }
        )
        self.assertEqual(order.company_id, self.company_a)
        order.action_confirm()
        picking = order.picking_ids.with_user(self.storekeeper)
        self.assertTrue(picking)
        picking.action_assign()
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertFalse(self._sees(self.seller_b, order.sudo()))
        self.assertFalse(self._sees(self.seller_b, lead.sudo()))
        self._grant_groups(self.oem_user, self.sales_groups)
        self.oem_user.write(
            {"group_ids": [Command.unlink(self.env.ref("dealer_network.group_dealer_user").id)]}
        )
        self.assertFalse(self._sees(self.oem_user, lead.sudo()))

    def test_a_lot_of_a_shared_product_belongs_to_its_holder(self):
        product = self.env["product.product"].create(
            {"name": "Shared machine", "is_storable": True, "tracking": "serial"}
        )
        lot = self._as(self.storekeeper, "stock.lot").create(
            {"name": "SN-1", "product_id": product.id}
        )
        self.assertEqual(lot.sudo().company_id, self.company_a)
        # the OEM touches its product: the lot stays with the dealer
        product.product_tmpl_id.company_id = self.oem_company
        product.product_tmpl_id.company_id = False
        self.env.flush_all()
        self.assertEqual(lot.sudo().company_id, self.company_a)
        self.assertTrue(self._sees(self.storekeeper, lot))
