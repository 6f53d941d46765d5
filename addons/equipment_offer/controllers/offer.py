import base64

from odoo import http
from odoo.http import request
from odoo.tools import consteq

#: One transparent pixel.
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


class OfferController(http.Controller):
    """Where the picture and the link of a sent offer lead."""

    @http.route("/offer/opened/<string:token>.gif", type="http", auth="public", sitemap=False)
    def opened(self, token):
        """Count an opening by a reader's mail program, and answer with an empty picture.

        Whoever asks gets the same picture: the answer does not tell whether a token exists.
        """
        self._register(token)
        return request.make_response(
            PIXEL, headers=[("Content-Type", "image/gif"), ("Cache-Control", "no-store")]
        )

    @http.route(
        "/offer/read/<int:order_id>/<string:access>", type="http", auth="public", sitemap=False
    )
    def read_offer(self, order_id, access, reader=None):
        """Show the offer to who has its link, and count it as an opening of the reader."""
        order = request.env["sale.order"].sudo().browse(order_id).exists()
        if not order or not order.access_token or not consteq(order.access_token, access):
            raise request.not_found()
        self._register(reader, order)
        return request.redirect(order.get_portal_url())

    def _register(self, token, order=None):
        """Count, unless one of the firm's own people looks."""
        if request.env.user._is_internal():
            return
        sending = request.env["equipment.offer.sending"]._by_token(token)
        if order is None or sending.order_id == order:
            sending._register_opening()
