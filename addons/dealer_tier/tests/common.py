from odoo.addons.dealer_network.tests.common import DealerNetworkCase


class TierCase(DealerNetworkCase):
    """Three tiers: for everybody, with one outlet, with two outlets and a technician."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.tier"].search([]).active = False
        cls.bronze, cls.silver, cls.gold = cls.env["dealer.tier"].create(
            [
                {"code": f"T-{name}", "name": name, "sequence": sequence, "grace_days": 30}
                for sequence, name in enumerate(("Bronze", "Silver", "Gold"), start=1)
            ]
        )
        cls.one_outlet = cls._rule(cls.silver, "One outlet", "outlets", 1)
        cls.two_outlets = cls._rule(cls.gold, "Two outlets", "outlets", 2)
        cls.technician = cls._rule(
            cls.gold,
            "A technician",
            "staff",
            1,
            purpose="entry",
            role_id=cls.env.ref("dealer_network.role_service_technician").id,
        )

    @classmethod
    def _rule(cls, tier, name, kind, threshold, **vals):
        return cls.env["dealer.tier.rule"].create(
            {"tier_id": tier.id, "name": name, "kind": kind, "threshold": threshold, **vals}
        )

    @classmethod
    def _open_outlets(cls, dealer, count):
        return cls.env["dealer.outlet"].create(
            [{"dealer_id": dealer.id, "name": f"Outlet {number}"} for number in range(count)]
        )

    @classmethod
    def _hire_technician(cls, dealer):
        return cls._create_staff(
            dealer, "role_service_technician", f"Technician {dealer.code}", date_start="2020-01-01"
        )
