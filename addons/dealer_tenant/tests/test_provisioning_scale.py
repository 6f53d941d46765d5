import json

from odoo.tests import tagged

from odoo.addons.base.models.ir_default import IrDefault

from .common_provisioning import ProvisioningCase


@tagged("post_install", "-at_install")
class TestCompanyFallbacks(ProvisioningCase):
    """The override of ir.default gives what stock gives, in a fixed number of queries."""

    def _fields(self):
        return [
            (model_name, field.name)
            for model_name in ("res.partner", "product.template", "product.category")
            if model_name in self.env
            for field in self.env[model_name]._fields.values()
            if field.company_dependent
        ] or [("res.partner", "barcode")]

    def _assert_like_stock(self):
        defaults = self.env["ir.default"]
        stock = IrDefault._get_field_column_fallbacks.__wrapped__
        for model_name, field_name in self._fields():
            with self.subTest(field=f"{model_name}.{field_name}"):
                self.env.registry.clear_cache()
                self.assertEqual(
                    json.loads(defaults._get_field_column_fallbacks(model_name, field_name)),
                    json.loads(stock(defaults, model_name, field_name)),
                )

    def test_same_values_as_stock(self):
        self._assert_like_stock()

    def test_same_values_as_stock_with_defaults_of_every_scope(self):
        root, defaults = self.env.ref("base.user_root"), self.env["ir.default"]
        steps = [
            {},
            {"company_id": self.company_a.id},
            {"user_id": self.oem_user.id},
            {"user_id": root.id, "company_id": self.company_b.id},
            {"user_id": root.id},
        ]
        for number, scope in enumerate(steps):
            defaults.set("res.partner", "barcode", f"code {number}", **scope)
            self._assert_like_stock()

    def test_queries_do_not_grow_with_companies(self):
        counts = []
        for batch in range(2):
            self.env["res.company"].create(
                [{"name": f"Company {batch} {number}"} for number in range(8)]
            )
            self.env.flush_all()
            self.env.registry.clear_cache()
            before = self.env.cr.sql_log_count
            self.env["ir.default"]._get_field_column_fallbacks("res.partner", "barcode")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestProvisioningQueries(ProvisioningCase):
    def _queries(self, number):
        dealer = self._create_dealer(f"T-S{number}", f"Scale {number}", "type_dealer")
        for index in range(3):
            self._create_staff(dealer, "role_salesperson", f"Person {number} {index}")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        dealer._provision()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_tenth_dealer_costs_what_the_third_did(self):
        counts = [self._queries(number) for number in range(10)]
        self.assertLessEqual(counts[9], counts[2] * 1.03, counts)

    def test_batch_is_cheaper_than_one_by_one(self):
        single = self._queries(90)
        dealers = self.env["dealer.dealer"]
        for number in range(91, 95):
            dealers |= self._create_dealer(f"T-S{number}", f"Scale {number}", "type_dealer")
            for index in range(3):
                self._create_staff(dealers[-1], "role_salesperson", f"Person {number} {index}")
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        dealers._provision()
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 4 * single)
