"""What an RPC request asks for, read from the request itself.

Whoever needs it asks here, so that no door has to announce its call and none can forget to.
"""

import threading
import xmlrpc.client
from contextlib import contextmanager
from typing import NamedTuple

from odoo.http import request

ENVIRON_KEY = "dealer_access.call"
_held = threading.local()


class Call(NamedTuple):
    """One call of a method by RPC; empty strings where the request is none."""

    secret: str = ""
    model: str = ""
    method: str = ""


@contextmanager
def held_request():
    """Keep the current request within reach while Odoo dispatches an RPC.

    ``odoo.http.dispatch_rpc`` takes it off the stack for that time.
    """
    _held.request = request._get_current_object()
    try:
        yield
    finally:
        del _held.request


def current_call():
    """Return the :class:`Call` that is being served, parsed from its request once."""
    current = getattr(_held, "request", None)
    if current is None:
        if not request:
            return Call()
        current = request._get_current_object()
    environ = current.httprequest.environ
    if ENVIRON_KEY not in environ:
        environ[ENVIRON_KEY] = _read_call(current)
    return environ[ENVIRON_KEY]


def bearer_token(current):
    """Return the token of a request's Authorization header, or an empty string."""
    kind, _sep, token = current.httprequest.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _read_call(current):
    path = current.httprequest.path
    if path.startswith("/xmlrpc/"):
        params, _method = xmlrpc.client.loads(current.httprequest.get_data(), use_datetime=True)
        return _positional(params)
    if path == "/jsonrpc":
        return _positional(current.dispatcher.jsonrequest.get("params", {}).get("args", ()))
    if path.startswith("/json/2/"):
        _empty, _json, _two, model, method = [*path.split("/"), "", ""][:5]
        return Call(bearer_token(current), model, method)
    return Call()


def _positional(params):
    """``execute`` and ``execute_kw``: database, user, key, model, method, …"""
    return Call(params[2], params[3], params[4]) if len(params) > 4 else Call()
