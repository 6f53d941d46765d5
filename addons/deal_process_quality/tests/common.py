"""A firm with two salespersons whose customers are phoned."""

from random import Random

from odoo import Command
from odoo.tests import TransactionCase, new_test_user


class QualityCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        process = cls.env.ref("deal_process.process_standard")
        cls.firm, cls.other_firm = cls.env["res.company"].create(
            [{"name": name, "deal_process_id": process.id} for name in ("Firm A", "Firm B")]
        )
        cls.firm.deal_quality_calls = 4
        cls.sellers = cls._user("q_one", "sales_team.group_sale_salesman")
        cls.sellers |= cls._user("q_two", "sales_team.group_sale_salesman")
        cls.head = cls._user("q_head", "deal_process.group_deal_head")
        cls.stranger = cls._user("q_stranger", "deal_process.group_deal_head", cls.other_firm)
        cls.Call = cls.env["deal.quality.call"]
        # the first salesperson has many customers, the second two
        cls.deals = cls._deals(cls.sellers[0], 8) | cls._deals(cls.sellers[1], 2)

    @classmethod
    def _user(cls, login, group, firm=None):
        firm = firm or cls.firm
        return new_test_user(
            cls.env,
            login,
            group,
            company_id=firm.id,
            company_ids=[Command.set(firm.ids)],
            password=f"{login}-secret",
        )

    @classmethod
    def _deals(cls, seller, count):
        partners = cls.env["res.partner"].create(
            [
                {
                    "name": f"Customer {number} of {seller.login}",
                    "phone": f"+3324000000{number}",
                    "street": "1 rue",
                    "city": "Nantes",
                    "country_id": cls.env.ref("base.fr").id,
                    "company_id": cls.firm.id,
                }
                for number in range(count)
            ]
        )
        kind = cls.env.ref("deal_process.need_kind_equipment")
        return (
            cls.env["crm.lead"]
            .with_user(seller)
            .create(
                [
                    {
                        "name": f"Deal of {partner.name}",
                        "type": "opportunity",
                        "partner_id": partner.id,
                        "need_ids": [Command.create({"kind_id": kind.id, "name": "pump"})],
                    }
                    for partner in partners
                ]
            )
            .sudo()
        )

    def draw_of_firm(self, seed=1):
        return self.Call._draw(self.firm, Random(seed))
