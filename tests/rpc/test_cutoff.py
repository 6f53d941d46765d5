"""A suspended dealer is cut off within a minute: sessions, websockets and keys, in every process.

The suspension is made by this process; what is cut runs in the region's HTTP workers and in its
event process.
"""

import json
import time
import xmlrpc.client
from contextlib import closing

import pytest
import requests
import websocket

from odoo import fields

DEALER = "dealer_network.dealer_rivage"
RIVAL = "dealer_network.dealer_taiga"
USER, RIVAL_USER = "sales1@rivage.example", "sales1@taiga.example"
SESSION_EXPIRED = 4001
MINUTE = 60


def open_socket(region, web):
    """A websocket as the web client opens it, subscribed to the user's own channel."""
    cookie = "; ".join(f"{name}={value}" for name, value in web.session.cookies.items())
    socket = websocket.create_connection(
        region.url.replace("http", "ws", 1) + "/websocket",
        cookie=cookie,
        origin=region.url,
        timeout=MINUTE,
    )
    subscription = {"event_name": "subscribe", "data": {"channels": [], "last": 0}}
    socket.send(json.dumps(subscription))
    return socket


def send_bus_message(region, login, text):
    with region.env() as env:
        user = env["res.users"].with_context(active_test=False).search([("login", "=", login)])
        user._bus_send("test.message", {"text": text})


def messages_until_closed(socket, seconds):
    """Return the messages that come, and the close code; None while the socket stays open."""
    got, deadline = [], time.monotonic() + seconds
    while time.monotonic() < deadline:
        socket.settimeout(max(0.1, deadline - time.monotonic()))
        try:
            kind, data = socket.recv_data(control_frame=True)
        except (websocket.WebSocketTimeoutException, TimeoutError):
            break
        except (websocket.WebSocketConnectionClosedException, OSError):
            return got, 0
        if kind == websocket.ABNF.OPCODE_CLOSE:
            return got, int.from_bytes(data[:2], "big")
        if kind == websocket.ABNF.OPCODE_TEXT:
            got += [item["message"] for item in json.loads(data)]
    return got, None


def texts(messages):
    return [m["payload"]["text"] for m in messages if m["type"] == "test.message"]


@pytest.fixture
def key(region):
    """A plain API key of the dealer's salesperson."""
    with region.env() as env:
        user = env["res.users"].search([("login", "=", USER)]).ensure_one()
        return (
            env["res.users.apikeys"]
            .with_user(user)
            .sudo()
            ._generate(None, "cut-off", fields.Datetime.add(fields.Datetime.now(), days=1))
        )


@pytest.fixture
def resumed(region):
    """Whatever the test does, the dealer works again afterwards."""
    yield
    with region.env() as env:
        dealer = env.ref(DEALER)
        if dealer.state == "suspended":
            dealer.action_resume()


def suspend(region):
    with region.env() as env:
        env.ref(DEALER).action_suspend("cut-off test")
    return time.monotonic()


def sales_team(region, login):
    with region.env() as env:
        return env["res.users"].search([("login", "=", login)]).crm_team_ids.ids


def test_suspension_cuts_everything_and_resume_restores(region, key, resumed):
    team = sales_team(region, USER)
    assert team
    web, rival = region.web(USER), region.web(RIVAL_USER)
    assert "result" in web.call("res.users", "context_get")
    json2, rpc = region.json2(key), region.rpc(USER, key)
    assert json2.raw("res.users", "context_get").status_code == 200
    assert rpc("res.users", "context_get")["uid"]
    with closing(open_socket(region, web)) as mine, closing(open_socket(region, rival)) as other:
        send_bus_message(region, USER, "before")
        assert "before" in texts(messages_until_closed(mine, 5)[0])

        suspended = suspend(region)
        got, code = messages_until_closed(mine, MINUTE)
        assert code == SESSION_EXPIRED, f"the socket was not closed in a minute: {code}"
        assert time.monotonic() - suspended < MINUTE
        assert not texts(got)
        send_bus_message(region, USER, "after")
        send_bus_message(region, RIVAL_USER, "still here")
        got, code = messages_until_closed(other, 5)
        assert "still here" in texts(got) and code is None, "the rival is not disturbed"

    answer = web.call("res.users", "context_get")
    assert answer["error"]["code"] == 100, answer
    assert json2.raw("res.users", "context_get").status_code == 401
    with pytest.raises(xmlrpc.client.Fault):
        rpc("res.users", "context_get")
    assert rpc.common.authenticate(region.db, USER, "demo", {}) is False
    assert time.monotonic() - suspended < MINUTE

    with region.env() as env:
        env.ref(DEALER).action_resume()
    assert "result" in region.web(USER).call("res.users", "context_get")
    assert json2.raw("res.users", "context_get").status_code == 200
    assert rpc("res.users", "context_get")["uid"]
    assert sales_team(region, USER) == team


def test_message_of_the_same_moment_is_not_delivered(region, resumed):
    """The message and the suspension are committed together: an open socket must look
    again before it hands the message on."""
    web = region.web(USER)
    with closing(open_socket(region, web)) as socket:
        send_bus_message(region, USER, "a moment before")
        # a new socket also gets what was sent in the last minute
        assert "a moment before" in texts(messages_until_closed(socket, 5)[0])
        with region.env() as env:
            user = env["res.users"].search([("login", "=", USER)]).ensure_one()
            env.ref(DEALER).action_suspend("cut-off test")
            user._bus_send("test.message", {"text": "secret"})
        got, code = messages_until_closed(socket, MINUTE)
    assert code == SESSION_EXPIRED
    assert "secret" not in texts(got)


def test_leaver_is_cut_off_by_the_button(region):
    login = "marketing@rivage.example"
    web = region.web(login)
    with closing(open_socket(region, web)) as socket:
        send_bus_message(region, login, "before")
        assert "before" in texts(messages_until_closed(socket, 5)[0])
        principal = region.web("principal@rivage.example")
        with region.env() as env:
            staff = env["dealer.staff"].search([("user_id.login", "=", login)]).ids
        answer = principal.call("dealer.staff", "action_end_access", staff)
        assert answer.get("result") is True, answer
        assert messages_until_closed(socket, MINUTE)[1] == SESSION_EXPIRED
    assert web.call("res.users", "context_get")["error"]["code"] == 100
    answer = principal.call("dealer.staff", "action_grant_access", staff)
    assert answer.get("result") is True, answer
    assert "result" in region.web(login).call("res.users", "context_get")


def test_a_connected_dealers_key_is_cut(region):
    with region.env() as env:
        dealer = env.ref("dealer_network.dealer_harbour")
        dealer._provision_api_user()
        _key, secret = env["dealer.api.key"]._issue(
            dealer,
            "cut-off",
            fields.Datetime.add(fields.Datetime.now(), days=1),
            env["dealer.api.model"],
        )
        login = dealer.api_user_id.login
    client, json2 = region.rpc(login, secret), region.json2(secret)
    assert client("dealer.api", "ping")["ok"] is True
    assert json2("dealer.api", "ping")["ok"] is True
    try:
        with region.env() as env:
            env.ref("dealer_network.dealer_harbour").action_suspend("cut-off test")
        assert json2.raw("dealer.api", "ping").status_code == 401
        with pytest.raises(xmlrpc.client.Fault):
            client("dealer.api", "ping")
    finally:
        with region.env() as env:
            env.ref("dealer_network.dealer_harbour").action_resume()
    assert json2("dealer.api", "ping")["ok"] is True


def test_anonymous_socket_gets_nobodys_messages(region):
    socket = websocket.create_connection(
        region.url.replace("http", "ws", 1) + "/websocket",
        origin=region.url,
        timeout=10,
        cookie="; ".join(
            f"{c.name}={c.value}"
            for c in requests.get(f"{region.url}/web/login", timeout=60).cookies
        ),
    )
    with closing(socket):
        socket.send(json.dumps({"event_name": "subscribe", "data": {"channels": [], "last": 0}}))
        send_bus_message(region, RIVAL_USER, "not yours")
        assert "not yours" not in texts(messages_until_closed(socket, 4)[0])
