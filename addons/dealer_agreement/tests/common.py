import base64

from odoo.addons.dealer_network.tests.common import DealerNetworkCase

SIGNED = base64.b64encode(b"signed by both")


class AgreementCase(DealerNetworkCase):
    """Dealer A with an outlet that sells and services; agreements on demand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.type"].search([]).agreement_required = True
        cls.kind = cls.env["dealer.agreement.type"].create(
            {
                "code": "T-KIND",
                "name": "Test agreement",
                "duration_months": 12,
                "notice_days": 60,
                "reminder_days": 30,
                "review_months": 6,
            }
        )
        cls.sales = cls.env.ref("dealer_network.activity_sales")
        cls.service = cls.env.ref("dealer_network.activity_service")
        cls.outlet_a = cls._create_outlet(cls.dealer_a)
        cls.outlet_b = cls._create_outlet(cls.dealer_b)

    @classmethod
    def _create_outlet(cls, dealer):
        outlet = cls.env["dealer.outlet"].create({"dealer_id": dealer.id, "name": "Main"})
        cls.env["dealer.operation"].create(
            [
                {"outlet_id": outlet.id, "activity_id": activity.id, "brand_id": cls.brand.id}
                for activity in (cls.sales, cls.service)
            ]
        )
        return outlet

    @classmethod
    def _create_agreement(cls, dealer, date_start="2026-01-01", **vals):
        return cls.env["dealer.agreement"].create(
            {
                "dealer_id": dealer.id,
                "type_id": cls.kind.id,
                "date_start": date_start,
                "signed_file": SIGNED,
                "signed_filename": "agreement.pdf",
                **vals,
            }
        )

    @classmethod
    def _run_agreement(cls, dealer, **vals):
        agreement = cls._create_agreement(dealer, **vals)
        agreement.action_sign()
        return agreement

    @classmethod
    def _authorise(cls, agreement, outlet, activity, **vals):
        return cls.env["dealer.authorisation"].create(
            {
                "agreement_id": agreement.id,
                "outlet_id": outlet.id,
                "activity_id": activity.id,
                "brand_id": cls.brand.id,
                "date_from": agreement.date_start,
                **vals,
            }
        )
