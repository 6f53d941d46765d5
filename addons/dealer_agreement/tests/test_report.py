from lxml import html

from odoo.tests import tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestReport(AgreementCase):
    def test_the_summary_names_both_parties_and_the_fingerprint(self):
        agreement = self._run_agreement(self.dealer_a, date_start="2020-01-01", date_end=False)
        self._authorise(agreement, self.outlet_a, self.service)
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(self.oem_user)
            ._render_qweb_html("dealer_agreement.report_agreement", agreement.ids)
        )
        self.assertEqual(kind, "html")
        text = " ".join(html.fromstring(content).text_content().split())
        for part in (
            agreement.name,
            self.oem_company.partner_id.name,
            "Dealer A",
            "T-A",
            agreement.signed_hash,
            "until terminated",
            self.service.name,
        ):
            self.assertIn(part, text)
