from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase

KINDS = (
    "certification.body",
    "certification.accreditation",
    "certification.application",
    "certification.test",
    "certification.test.line",
    "certification.certificate",
    "certification.scope",
)


@tagged("post_install", "-at_install")
class TestIsolation(DealerTenantCase):
    def test_every_kind_is_made_and_every_door_stays_shut(self):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: list(KINDS))
        check = self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)
        self.assertEqual(
            {line.model: (line.made, line.verdict) for line in check.line_ids},
            dict.fromkeys(KINDS, ("form", "tight")),
        )
        self.assertTrue(all(check.line_ids.mapped("owner_sees")))

    def test_a_dealer_reads_what_the_oem_shares_and_changes_nothing(self):
        self._grant(self.seller_a, "equipment_certification.group_certification_engineer")
        body = self.env["certification.body"].create({"name": "Shared", "company_id": False})
        scheme = self.env.ref("equipment_certification.scheme_climatic")
        for shared in (body, scheme, scheme.parameter_ids, scheme.requirement_ids):
            self.assertTrue(self._sees(self.seller_a, shared), shared._name)
            mine = self._as(self.seller_a, shared._name).browse(shared.ids)
            self.assertFalse(mine.has_access("write"), shared._name)
        own = self._as(self.seller_a, "certification.body").create({"name": "Own"})
        self.assertEqual(own.company_id, self.company_a)
        self._grant(self.seller_b, "equipment_certification.group_certification_engineer")
        self.assertFalse(self._sees(self.seller_b, own))

    def test_no_role_of_a_dealer_leads_to_the_managers_group(self):
        manager = self.env.ref("equipment_certification.group_certification_manager")
        for role in self.env["dealer.role"].search([]).user_role_id:
            self.assertNotIn(manager, role.group_id.all_implied_ids, role.name)
