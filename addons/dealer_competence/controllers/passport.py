from odoo import http
from odoo.http import request


class PassportController(http.Controller):
    """The page by which anybody verifies a passport, and its QR code."""

    @http.route("/passport/<string:token>", type="http", auth="public", methods=["GET"])
    def passport(self, token):
        """Show what the person allows.

        :param str token: secret part of the link
        :return: the page, or 404 when the link was never given or is no longer allowed
        """
        share = request.env["dealer.passport.share"]._public(token)
        if not share:
            page = request.env["ir.qweb"]._render("dealer_competence.passport_gone", {})
            return self._page(page, 404)
        lang = self._lang(share)
        values = share.with_context(lang=lang)._page()
        share._count_view()
        page = (
            request.env["ir.qweb"]
            .sudo()
            .with_context(lang=lang)
            ._render("dealer_competence.passport_page", {**values, "lang_code": lang})
        )
        return self._page(page, 200)

    @http.route("/passport/<string:token>/qr", type="http", auth="public", methods=["GET"])
    def qr(self, token):
        """Return the QR code of the page as a PNG picture."""
        share = request.env["dealer.passport.share"]._public(token)
        if not share:
            raise request.not_found()
        png = request.env["ir.actions.report"].barcode("QR", share.url, width=300, height=300)
        return request.make_response(
            png, [("Content-Type", "image/png"), ("Cache-Control", "private, max-age=3600")]
        )

    def _lang(self, share):
        """The reader's language if it is installed, else the person's."""
        installed = dict(request.env["res.lang"].sudo().get_installed())
        wanted = (
            (request.best_lang or "").replace("-", "_") if hasattr(request, "best_lang") else ""
        )
        return wanted if wanted in installed else share.person_id.lang or request.env.lang

    def _page(self, content, status):
        """Search engines and caches keep nothing of a page that can be taken back."""
        headers = [("X-Robots-Tag", "noindex, nofollow"), ("Cache-Control", "no-store")]
        return request.make_response(content, headers, status=status)
