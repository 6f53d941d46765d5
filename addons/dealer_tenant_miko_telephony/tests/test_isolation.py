from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase

KINDS = [
    "miko.blacklist",
    "miko.call",
    "miko.call.leg",
    "miko.extension",
    "miko.gap",
    "miko.health",
    "miko.line",
    "miko.pbx",
]
#: of add-ons that need not be there
MORE = ["miko.recording", "miko.call.report"]


@tagged("post_install", "-at_install")
class TestIsolation(DealerTenantCase):
    def test_one_of_each_kind_is_made_and_every_door_stays_shut(self):
        for user in self.principal_a | self.principal_b:
            self._grant(user, "miko_telephony.group_administrator", "base.group_partner_manager")
        kinds = [*KINDS, *(name for name in MORE if name in self.env)]
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: kinds)
        check = self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)
        found = {
            line.model: (line.made != "no", line.owner_sees, line.verdict, line.reason)
            for line in check.line_ids
        }
        self.assertEqual(found, dict.fromkeys(kinds, (True, True, "tight", False)))

    def test_every_model_has_its_class(self):
        unknown = self.env["dealer.tenant.policy"]._unclassified_models()
        self.assertFalse([name for name in unknown if name.startswith("miko.")])

    def test_roles_have_their_ranks(self):
        wanted = {
            "salesperson": ("miko_telephony.group_user", True),
            "head_of_sales": ("miko_telephony.group_listen", True),
            "principal": ("miko_telephony.group_administrator", True),
        }
        for name, (group, may) in wanted.items():
            role = self.env.ref(f"dealer_tenant.user_role_{name}")
            groups = role.implied_ids | role.implied_ids.all_implied_ids
            self.assertEqual(self.env.ref(group) in groups, may, name)

    def test_contact_without_company_is_no_dealers_caller(self):
        """It is the OEM's; a dealer's card must not name it."""
        self.env["res.partner"].create({"name": "OEM's", "phone": "+33199009911"})
        pbx = self.env["miko.pbx"].create(
            {
                "name": "A",
                "host": "pbx.a.example",
                "ami_user": "a",
                "tz": "UTC",
                "company_id": self.company_a.id,
            }
        )
        self.assertFalse(self.env["miko.call"]._caller(pbx, "+33199009911"))
