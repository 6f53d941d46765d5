from unittest.mock import patch

from odoo.tests import Form, tagged

from odoo.addons.dealer_network.tests.common import DealerNetworkCase
from odoo.addons.stock.models.res_company import ResCompany as StockCompany


@tagged("post_install", "-at_install")
class TestInterCompanyLocations(DealerNetworkCase):
    """The set-based override gives what stock gives, and pairs dealers with their hub only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.transit = cls.env.ref("stock.stock_location_inter_company")
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.companies = cls.env["res.company"].search([])

    def _locations(self, partners):
        """Customer and supplier location of the partners as every company sees them."""
        return {
            (partner, company): (
                partner.with_company(company).property_stock_customer,
                partner.with_company(company).property_stock_supplier,
            )
            for partner in partners
            for company in self.env["res.company"].search([])
        }

    def _create(self, name, **values):
        return self.env["res.company"].create({"name": name, **values})

    def test_same_values_as_stock(self):
        ours = self._create("Set based")
        method = StockCompany._set_per_company_inter_company_locations
        with patch.object(type(ours), method.__name__, method):
            theirs = self._create("One by one")
        partners = self.companies.partner_id
        seen = self._locations(partners | ours.partner_id | theirs.partner_id)
        for partner in partners:
            self.assertEqual(seen[partner, ours], seen[partner, theirs], partner.name)
        for company in self.companies:
            self.assertEqual(
                seen[ours.partner_id, company], seen[theirs.partner_id, company], company.name
            )

    def test_tenant_is_paired_with_its_hub_only(self):
        tenant = self._create("Tenant", network_company_id=self.oem_company.id)
        seen = self._locations(tenant.partner_id | self.companies.partner_id)
        pair = (self.transit, self.transit)
        self.assertEqual(seen[tenant.partner_id, self.oem_company], pair)
        self.assertEqual(seen[self.oem_company.partner_id, tenant], pair)
        self.assertNotEqual(seen[tenant.partner_id, self.company_a], pair)
        self.assertNotEqual(seen[self.company_a.partner_id, tenant], pair)

    def test_pairs_made_before_stay(self):
        """Adding a company merges into the values that are there."""
        before = self._locations(self.companies.partner_id)
        self._create("Another")
        after = self._locations(self.companies.partner_id)
        for key, value in before.items():
            self.assertEqual(after[key], value)

    def test_queries_do_not_grow_with_companies(self):
        counts = []
        for batch in range(2):
            self.env["res.company"].create(
                [{"name": f"Filler {batch} {number}"} for number in range(8)]
            )
            company = self._create(f"Probe {batch}")
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            company._set_per_company_inter_company_locations(self.transit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 10)


@tagged("post_install", "-at_install")
class TestWarehouse(DealerNetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealer = cls._create_dealer("T-W1", "Warehouse dealer", "type_dealer")
        cls._create_staff(cls.dealer, "role_warehouse_worker", "Wendy Worker")
        cls.dealer._provision()
        cls.worker = cls.dealer.staff_ids.user_id
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.dealer.company_id.id)]
        )

    def test_dealer_gets_one_warehouse_at_its_address(self):
        self.assertEqual(len(self.warehouse), 1)
        self.assertEqual(self.warehouse.partner_id, self.dealer.partner_id)
        self.dealer._provision()
        self.assertEqual(
            self.env["stock.warehouse"].search_count(
                [("company_id", "=", self.dealer.company_id.id)]
            ),
            1,
        )

    def test_warehouse_worker_books_a_receipt(self):
        product = self.env["product.product"].create({"name": "Seal", "is_storable": True})
        form = Form(self.env["stock.picking"].with_user(self.worker))
        form.picking_type_id = self.warehouse.in_type_id
        with form.move_ids.new() as move:
            move.product_id = product
            move.product_uom_qty = 4
        picking = form.save()
        picking.action_confirm()
        picking.move_ids.quantity = 4
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(product.with_company(self.dealer.company_id).qty_available, 4)

    def test_stock_on_hand_keeps_the_tenant_open(self):
        product = self.env["product.product"].create({"name": "Seal", "is_storable": True})
        self.env["stock.quant"]._update_available_quantity(product, self.warehouse.lot_stock_id, 3)
        labels = [label for label, _count in self.dealer._open_tenant_documents()]
        self.assertEqual(len(labels), 1)
        self.env["stock.quant"]._update_available_quantity(product, self.warehouse.lot_stock_id, -3)
        self.assertFalse(self.dealer._open_tenant_documents())

    def test_termination_archives_the_warehouse_and_return_restores_it(self):
        self.dealer.action_terminate("closed down")
        self.assertFalse(self.warehouse.active)
        self.dealer.action_candidate()
        self.dealer._provision()
        self.assertTrue(self.warehouse.active)
