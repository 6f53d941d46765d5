from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestPolicy(DealerTenantCase):
    def test_every_installed_model_has_a_class(self):
        self.assertEqual(self.env["dealer.tenant.policy"]._unclassified_models(), [])

    def test_the_oems_administrator_reads_the_registry(self):
        """The registry is a model like others, and its rules are asked of it as well."""
        self.assertTrue(self._as(self.oem_admin, "dealer.tenant.policy").search([], limit=1))

    def test_every_path_leads_to_an_owner(self):
        policies = self.env["dealer.tenant.policy"].search([])
        self.assertFalse(policies._with_broken_path().mapped("model"))

    def test_documents_between_parties_have_a_rule_of_their_own(self):
        """The class *network* adds none: it relies on that of the add-on."""
        ruled = set(self.env["ir.rule"].search([("perm_read", "=", True)]).model_id.mapped("model"))
        network = self.env["dealer.tenant.policy"].search(
            [("tenancy_class", "=", "network"), ("installed", "=", True)]
        )
        self.assertFalse(set(network.mapped("model")) - ruled)

    def test_a_model_without_class_is_denied_and_reported(self):
        industries = self._as(self.seller_a, "res.partner.industry")
        self.assertTrue(industries.search([]))
        self._policy("res.partner.industry").unlink()
        with self.assertRaises(AccessError):
            industries.search([])
        self.assertFalse(industries.has_access("read"))
        self.assertIn(
            "res.partner.industry", self.env["dealer.tenant.policy"]._unclassified_models()
        )

    def test_the_oem_is_not_bound_by_missing_classes(self):
        self._policy("res.partner.industry").unlink()
        self.assertTrue(self._as(self.oem_user, "res.partner.industry").search([]))

    def test_shared_models_are_read_only(self):
        countries = self._as(self.principal_a, "res.country")
        self._grant(self.principal_a, "base.group_partner_manager")
        self.assertTrue(countries.search([], limit=1))
        self.assertFalse(countries.has_access("write"))
        self.assertFalse(countries.has_access("create"))

    def test_a_path_to_nowhere_is_refused(self):
        policy = self._policy("res.partner.bank")
        with self.assertRaisesRegex(ValidationError, "name_of_nothing"):
            policy.company_field = "name_of_nothing"

    def test_dealers_do_not_read_the_registry(self):
        with self.assertRaises(AccessError):
            self._as(self.principal_a, "dealer.tenant.policy").search([])

    def test_checks_cost_no_query_once_warm(self):
        partners = self._as(self.seller_a, "res.partner")
        partners.search([("name", "=", "x")])
        with self.assertQueryCount(1):
            partners.search([("name", "=", "y")])

    def test_a_list_costs_the_same_for_ten_and_forty_records(self):
        partners = self._as(self.seller_a, "res.partner")
        partners.create([{"name": f"Customer {number}"} for number in range(40)])
        spec = {"display_name": {}, "email": {}, "phone": {}}

        def queries(limit):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            partners.web_search_read([("name", "like", "Customer")], spec, limit=limit)
            return self.cr.sql_log_count - before

        queries(1)
        self.assertEqual(queries(10), queries(40))

    def test_naming_what_is_in_memory_costs_no_query(self):
        """Confirming an order writes references to what it has just read."""
        partners = self._as(self.seller_a, "res.partner")
        parents = partners.create([{"name": f"Firm {number}"} for number in range(20)])
        self.env.flush_all()
        self.env.invalidate_all()
        values = [{"name": "Contact", "parent_id": parent.id} for parent in parents]
        partners._tenant_check_references(values[:1])
        parents.invalidate_recordset()
        with self.assertQueryCount(1):
            partners._tenant_check_references(values)
        with self.assertQueryCount(0):
            partners._tenant_check_references(values)

    def test_naming_what_does_not_exist_is_refused(self):
        partners = self._as(self.seller_a, "res.partner")
        gone = partners.create({"name": "Gone"})
        gone_id = gone.id
        gone.sudo().unlink()
        with self.assertRaisesRegex(AccessError, "does not exist"):
            partners.create({"name": "Contact", "parent_id": gone_id})
