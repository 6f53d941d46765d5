"""The printed offer: what it says, in three languages, and that it is a PDF of whole pages."""

import io
from datetime import date

from lxml import html
from pypdf import PdfReader

from odoo.tests import tagged

from ..models.sale_order_offer import Certificate, _unbroken
from .common import EquipmentOfferCase

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    b"+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestOffer(EquipmentOfferCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.module.module"].search(
            [("name", "in", ("equipment_type", "equipment_offer"))]
        )._update_translations(["fr_FR", "ru_RU"])
        cls.small.image_1920 = PIXEL
        cls._stock(cls.small, 5)
        cls.order = cls._quote(application=["food"], flow="9 l/s")
        cls.firm.offer_terms = "<p>Warranty of 24 months</p>"

    def text(self, order=None):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.seller)
            ._render_qweb_html("equipment_offer.report_offer", (order or self.order).ids)
        )
        tree = html.fromstring(content)
        for style in tree.xpath("//style"):
            style.drop_tree()
        return " ".join(tree.text_content().split())

    def test_everything_a_customer_looks_for_is_there(self):
        text = self.text()
        for part in (
            "Commercial offer",
            "Pump for the whey line",
            "Prepared for",
            "Dairy",
            self.order.name,
            "The old pump churns the milk.",
            "32.4 m³/h",
            "Small pump",
            "5–40 m³/h",
            "Field of application: Food industry",
            "from stock, ships on",
            "1,000.00",
            "Warranty of 24 months",
            self.seller.name,
            self.seller.email,
        ):
            with self.subTest(part):
                self.assertIn(part, text)
        self.assertNotIn("Certificates", text)

    def test_it_is_printed_in_the_customers_language(self):
        for language, words in (
            ("fr_FR", ("Offre commerciale", "Vos besoins", "Données techniques", "Livraison")),
            ("ru_RU", ("Коммерческое предложение", "Ваша задача", "Технические данные")),
        ):
            self.dairy.lang = language
            text = self.text()
            for word in words:
                with self.subTest(word):
                    self.assertIn(word, text)
            self.assertNotIn("Technical data", text)

    def test_tax_is_told_in_a_language_that_its_group_does_not_know(self):
        place = {"company_id": self.firm.id, "country_id": self.env.ref("base.fr").id}
        group = self.env["account.tax.group"].create({"name": "VAT 20%", **place})
        tax = self.env["account.tax"].create(
            {"name": "20% S", "amount": 20, "tax_group_id": group.id, **place}
        )
        self.order.order_line.tax_ids = tax
        self.dairy.lang = "ru_RU"
        self.assertIn("VAT 20%", self.text())
        group.with_context(lang="fr_FR").name = "TVA 20%"
        self.assertNotIn("VAT 20%", self.text())
        self.assertIn("Налог 20 %", self.text())
        self.dairy.lang = "fr_FR"
        self.assertIn("TVA 20%", self.text())

    def test_it_is_a_pdf_with_a_cover_and_numbered_pages(self):
        for language in ("en_US", "fr_FR", "ru_RU"):
            self.dairy.lang = language
            content, kind = (
                self.env["ir.actions.report"]
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf("equipment_offer.offer_report", self.order.ids)
            )
            self.assertEqual(kind, "pdf")
            pages = PdfReader(io.BytesIO(content)).pages
            self.assertEqual(len(pages), 5)
            self.assertIn("2 / 5", pages[1].extract_text())
            self.assertNotIn("1 / 5", pages[0].extract_text())
            for page in pages:
                self.assertEqual([round(float(side)) for side in page.mediabox[2:]], [595, 842])

    def test_a_figure_stays_on_one_line(self):
        span = '<span style="white-space: nowrap">%s</span>'
        for text, expected in (
            ("Flow: 5–40 m³/h", f"Flow: {span % '5–40 m³/h'}"),
            ("−20 … 120 °C, asked", f"{span % '−20 … 120 °C,'} asked"),
            ("It's <b> 5 mm", f"It&#39;s &lt;b&gt; {span % '5 mm'}"),
        ):
            with self.subTest(text):
                self.assertEqual(_unbroken(text), expected)

    def test_certificates_are_an_extension_point(self):
        certificate = Certificate("Small pump", "Hygiene", "H-7", "Test house", False)
        model = type(self.env["sale.order"])
        self.patch(model, "_offer_certificates", lambda order: [certificate])
        text = self.text()
        for part in ("Certificates", "Hygiene", "H-7", "Test house"):
            self.assertIn(part, text)

    def test_a_quotation_without_selection_prints_too(self):
        order = self.env["sale.order"].with_user(self.seller).create({"partner_id": self.dairy.id})
        self.assertIn("Our proposal", self.text(order))

    def test_a_name_does_not_break_the_style_sheet(self):
        escaped = self.firm._offer_css_string('Evil"; } </style><script>')
        self.assertRegex(escaped, r'^"[A-Za-z0-9\\ ]*"$')
        self.firm.primary_color = "red; } body { display: none"
        self.assertEqual(self.firm._offer_colour("primary_color"), "#1f4e5f")
        self.firm.primary_color = "#0a5"
        self.assertEqual(self.firm._offer_colour("primary_color"), "#0a5")

    def test_an_offer_of_services_alone_promises_no_shipment(self):
        self.assertIn("Everything can ship on", self.text())
        self.order.order_line.product_id.type = "service"
        self.assertNotIn("Everything can ship on", self.text())

    def test_delivery_in_words(self):
        order = self.order
        lines = order._offer_promises()
        promise = next(iter(lines.values()))
        for change, words in (
            ({"source": "service"}, "by arrangement"),
            ({"ready": False, "source": "request"}, "on request"),
            ({"source": "make"}, "within a week"),
        ):
            with self.subTest(words):
                self.assertIn(words, order._offer_delivery(promise._replace(**change)))
        order.commitment_date = "2027-03-01 10:00:00"
        self.assertEqual(order._offer_delivery(promise), "ships on 03/01/2027")
        # the summary does not say another day than the line
        self.assertEqual(order._offer_complete_date(lines), date(2027, 3, 1))

    def test_a_confirmed_order_says_what_was_agreed(self):
        """What is reserved for the order itself is not free, and not missing."""
        order = self.order
        order.order_line.product_uom_qty = 5
        order.action_confirm()
        text = self.text()
        for part in ("on request", "Calculated from our stock"):
            self.assertNotIn(part, text)
        order.commitment_date = "2027-03-01 10:00:00"
        text = self.text()
        for part in ("Everything can ship on 03/01/2027", "ships on 03/01/2027"):
            self.assertIn(part, text)
