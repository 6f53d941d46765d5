from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request

from ..door import current_call


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Shut every door but two to technical users of connected dealers.

        Every request that is authenticated as a user comes past here, whatever its route.
        Such a user gets on by JSON-2, to what the facade lists. The other way in, XML-RPC
        and JSON-RPC, authenticates later: see ``res.users._check_uid_passwd``.
        """
        if request.env.uid and request.env.user._is_dealer_api():
            cls._check_partner_call(rule, args)
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _check_partner_call(cls, rule, args):
        if rule.endpoint.routing["type"] != "json2" or not args.get("__model__"):
            raise AccessDenied()
        call = current_call()
        if (call.model, call.method) != (args["__model__"], args.get("__method__")):
            raise AccessDenied()
        request.env["dealer.api"].sudo()._enter(
            request.env.user, call.secret, call.model, call.method
        )
