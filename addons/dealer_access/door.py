"""What an RPC request asks for, read from the request itself.

Whoever needs it asks here, so that no door has to announce its call and none can forget to.
"""

import xmlrpc.client
from typing import NamedTuple

from odoo.http import request

ENVIRON_KEY = "dealer_access.call"


class Call(NamedTuple):
    """One call of a method by RPC; empty strings where the request is none."""

    secret: str = ""
    model: str = ""
    method: str = ""


def current_call():
    """Return the :class:`Call` of the current request. Its body is parsed once."""
    if not request:
        return Call()
    environ = request.httprequest.environ
    if ENVIRON_KEY not in environ:
        environ[ENVIRON_KEY] = _read_call()
    return environ[ENVIRON_KEY]


def bearer_token():
    """Return the token of the Authorization header, or an empty string."""
    kind, _sep, token = request.httprequest.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _read_call():
    path = request.httprequest.path
    if path.startswith("/xmlrpc/"):
        params, _method = xmlrpc.client.loads(request.httprequest.get_data(), use_datetime=True)
        return _positional(params)
    if path == "/jsonrpc":
        return _positional(request.dispatcher.jsonrequest.get("params", {}).get("args", ()))
    if path.startswith("/json/2/"):
        _empty, _json, _two, model, method = (path.split("/") + ["", ""])[:5]
        return Call(bearer_token(), model, method)
    return Call()


def _positional(params):
    """``execute`` and ``execute_kw``: database, user, key, model, method, …"""
    return Call(params[2], params[3], params[4]) if len(params) > 4 else Call()
