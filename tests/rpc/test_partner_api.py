"""A connected dealer's system at every door of a running region."""

import json
import xmlrpc.client

import pytest
import requests

from odoo import fields

HARBOUR = "dealer_network.dealer_harbour"


@pytest.fixture(scope="module")
def partner(region):
    """Login and key of the connected demo dealer; the key is revoked at the end."""
    with region.env() as env:
        dealer = env.ref(HARBOUR)
        dealer._provision_api_user()
        key, secret = env["dealer.api.key"]._issue(
            dealer,
            "rpc tests",
            fields.Datetime.add(fields.Datetime.now(), days=1),
            env["dealer.api.model"],
        )
        user, code, key_id = dealer.api_user_id, dealer.code, key.id
        values = {"login": user.login, "uid": user.id, "secret": secret, "code": code}
    yield values
    with region.env() as env:
        env["dealer.api.key"].browse(key_id)._revoke()


def test_ping_by_json2_and_xmlrpc(region, partner):
    by_json2 = region.json2(partner["secret"])("dealer.api", "ping")
    by_xmlrpc = region.rpc(partner["login"], partner["secret"])("dealer.api", "ping")
    for answer in (by_json2, by_xmlrpc):
        assert answer["ok"] is True
        assert answer["dealer"]["code"] == partner["code"]
        assert answer["dealer"]["mode"] == "connected"
        assert "ping" in [process["code"] for process in answer["processes"]]
    by_json2.pop("time"), by_xmlrpc.pop("time")
    assert by_json2 == by_xmlrpc


MODELS = (
    "res.partner",
    "res.users",
    "res.company",
    "dealer.dealer",
    "dealer.staff",
    "dealer.api.key",
    "dealer.access.event",
    "mail.message",
    "ir.attachment",
    "ir.model",
    "ir.config_parameter",
    "ir.ui.menu",
    "res.groups",
    "res.users.apikeys",
    "dealer.api",
)
METHODS = ("search_read", "web_search_read", "name_search", "fields_get", "create", "search_count")


@pytest.mark.parametrize("model", MODELS)
def test_nothing_else_by_json2(region, partner, model):
    client = region.json2(partner["secret"])
    for method in METHODS:
        answer = client.raw(model, method)
        assert answer.status_code in (401, 403, 404), (model, method, answer.text)


@pytest.mark.parametrize("model", MODELS)
def test_nothing_else_by_xmlrpc(region, partner, model):
    client = region.rpc(partner["login"], partner["secret"])
    for method in METHODS:
        with pytest.raises(xmlrpc.client.Fault) as fault:
            client(model, method, [])
        assert fault.value.faultCode in (3, 4), (model, method, fault.value)
        with pytest.raises(xmlrpc.client.Fault):
            client.object.execute(region.db, partner["uid"], partner["secret"], model, method, [])


def test_nothing_else_by_jsonrpc(region, partner):
    def call(*args):
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {"service": "object", "method": "execute_kw", "args": args},
        }
        return requests.post(f"{region.url}/jsonrpc", json=body, timeout=60).json()

    key = (region.db, partner["uid"], partner["secret"])
    assert call(*key, "dealer.api", "ping", [], {})["result"]["ok"] is True
    for model in MODELS:
        answer = call(*key, model, "search_read", [[]], {})
        assert "result" not in answer, model


@pytest.mark.parametrize(
    "route",
    [
        "/web/dataset/call_kw/res.partner/search_read",
        "/web/dataset/call_kw/dealer.api/ping",
        "/web/dataset/call_button/res.partner/read",
        "/web/session/get_session_info",
        "/web/action/load",
        "/web/webclient/load_menus",
        "/mail/data",
        "/web/export/csv",
        "/web/session/authenticate",
    ],
)
def test_web_client_doors(region, partner, route):
    body = {
        "jsonrpc": "2.0",
        "method": "call",
        "params": {
            "model": "res.partner",
            "method": "search_read",
            "args": [[]],
            "kwargs": {},
            "db": region.db,
            "login": partner["login"],
            "password": partner["secret"],
        },
    }
    answer = requests.post(
        f"{region.url}{route}",
        data=json.dumps(body),
        timeout=60,
        allow_redirects=False,
        headers={
            "Content-Type": "application/json",
            "Authorization": f"bearer {partner['secret']}",
        },
    )
    assert answer.status_code != 200 or "result" not in answer.json(), answer.text[:300]
    assert partner["code"] not in answer.text


@pytest.mark.parametrize("route", ["/odoo", "/web", "/doc-bearer/index.json", "/json/1/contacts"])
def test_pages(region, partner, route):
    answer = requests.get(
        f"{region.url}{route}",
        timeout=60,
        allow_redirects=False,
        headers={"Authorization": f"bearer {partner['secret']}"},
    )
    assert answer.status_code in (303, 401, 403, 404), (route, answer.status_code)


def test_a_wrong_key_is_told_nothing(region, partner):
    wrong = "0" * 40
    assert region.json2(wrong).raw("dealer.api", "ping").status_code == 401
    assert region.rpc(partner["login"], wrong).uid is False


def test_revoked_key_is_refused_at_once(region):
    with region.env() as env:
        key, secret = env["dealer.api.key"]._issue(
            env.ref(HARBOUR),
            "short",
            fields.Datetime.add(fields.Datetime.now(), days=1),
            env["dealer.api.model"],
        )
        key_id, login = key.id, env.ref(HARBOUR).api_user_id.login
    client = region.rpc(login, secret)
    assert client("dealer.api", "ping")["ok"] is True
    with region.env() as env:
        env["dealer.api.key"].browse(key_id)._revoke()
    assert region.json2(secret).raw("dealer.api", "ping").status_code == 401
    with pytest.raises(xmlrpc.client.Fault):
        client("dealer.api", "ping")
