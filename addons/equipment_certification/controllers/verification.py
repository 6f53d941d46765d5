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
        reader = request.env["ir.qweb"].with_context(lang=self._visitors_language())
        page = reader._render("equipment_certification.verification_page", values)
        page = Markup("<!DOCTYPE html>\n") + page.strip()
        return request.make_response(page, HEADERS, status=200 if certificate else 404)

    def _visitors_language(self):
        """Return the installed language that the visitor reads best.

        A phone from Montreal asks for Canadian French; the French of France serves it better
        than English.
        """
        if request.session.uid:
            return request.env.lang
        installed = [code for code, _name in request.env["res.lang"].get_installed()]
        for wanted, _quality in request.httprequest.accept_languages:
            code = wanted.replace("-", "_")
            same = [one for one in installed if one.split("_")[0] == code.split("_")[0]]
            if same:
                return code if code in same else same[0]
        return request.env.lang
