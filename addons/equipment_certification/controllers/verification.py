from markupsafe import Markup

from odoo import fields, http
from odoo.http import request

#: A page for strangers: nothing is loaded, framed, indexed, kept or told to other sites.
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Robots-Tag", "noindex, nofollow"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'",
    ),
]


class Verification(http.Controller):
    """The page that the QR code of a printed certificate leads to."""

    @http.route(
        "/certificate/<path:code>",
        type="http",
        auth="public",
        methods=["GET"],
        website=False,
        sitemap=False,
        readonly=True,
        save_session=False,
    )
    def verify(self, code, **_other):
        """Show whether the certificate of a code counts today: its number and dates, no more.

        Whatever is no code gets the same answer as a code of no certificate: 404.
        """
        certificate = request.env["certification.certificate"]._find_by_code(code)
        values = {"found": bool(certificate), "today": fields.Date.today()}
        if certificate:
            values.update(
                status=certificate._public_status(),
                number=certificate.name,
                date_from=certificate.date_from,
                date_to=certificate.date_to,
                stop_date=certificate.stop_date,
            )
        page = request.env["ir.qweb"]._render("equipment_certification.verification_page", values)
        page = Markup("<!DOCTYPE html>\n") + page.strip()
        return request.make_response(page, HEADERS, status=200 if certificate else 404)
