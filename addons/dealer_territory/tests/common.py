from odoo.addons.dealer_network.tests.common import DealerNetworkCase


class TerritoryCase(DealerNetworkCase):
    """A region of Canada with a city in it, and the test network to share it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canada = cls.env.ref("base.ca")
        cls.sales = cls.env.ref("dealer_network.activity_sales")
        cls.service = cls.env.ref("dealer_network.activity_service")
        cls.region = cls._create_territory("QC-T", "Québec", "G..J")
        cls.city = cls._create_territory("MTL-T", "Montréal", "H1A..H9Z", parent=cls.region)

    @classmethod
    def _create_territory(cls, code, name, postal_codes=None, parent=None, **vals):
        return cls.env["dealer.territory"].create(
            {
                "code": code,
                "name": name,
                "country_id": cls.canada.id,
                "parent_id": parent.id if parent else False,
                "postal_codes": postal_codes,
                **vals,
            }
        )

    @classmethod
    def _assign(cls, territory, dealer, date_from="2026-01-01", date_to=False, **vals):
        return cls.env["dealer.territory.assignment"].create(
            {
                "territory_id": territory.id,
                "dealer_id": dealer.id,
                "date_from": date_from,
                "date_to": date_to,
                **vals,
            }
        )

    @classmethod
    def _find(cls, zip_code, on="2026-06-01", country=None, **scope):
        return cls.env["dealer.territory"]._find_dealers(
            country or cls.canada, zip_code, on=on, **scope
        )
