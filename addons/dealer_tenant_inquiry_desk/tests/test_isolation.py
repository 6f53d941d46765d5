from odoo.tests import tagged

from .common import TwoDesksCase

#: What the roles of a dealer's people reach; the others are denied to everybody.
KINDS = [
    "crm.inquiry",
    "crm.inquiry.channel",
    "crm.inquiry.direction",
    "crm.inquiry.refusal",
    "crm.inquiry.rule",
    "crm.inquiry.template",
    "crm.inquiry.template.line",
    "crm.inquiry.triage",
    "crm.inquiry.triage.check",
]


@tagged("post_install", "-at_install")
class TestIsolation(TwoDesksCase):
    def test_one_of_each_kind_is_made_and_every_door_stays_shut(self):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: KINDS)
        check = self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)
        found = {
            line.model: (line.made != "no", line.owner_sees, line.verdict, line.reason)
            for line in check.line_ids
        }
        self.assertEqual(found, dict.fromkeys(KINDS, (True, True, "tight", False)))

    def test_the_check_takes_all_of_them(self):
        self.assertLessEqual(set(KINDS), set(self.env["dealer.isolation.check"]._kinds()))

    def test_every_model_has_its_class(self):
        unknown = self.env["dealer.tenant.policy"]._unclassified_models()
        self.assertFalse([name for name in unknown if name.startswith(("crm.inq", "crm.contact"))])
