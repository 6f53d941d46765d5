"""Real calls: what becomes of each in Odoo."""

import time

SELLER, OTHER, HEAD = "seller@rivage.example", "other@rivage.example", "head@rivage.example"


def customer(scene, login, number="+79161234567"):
    with scene.env() as env:
        user = env["res.users"].search([("login", "=", login)])
        return (
            env["res.partner"]
            .create(
                {
                    "name": "Water Utility (test)",
                    "phone": number,
                    "company_id": user.company_id.id,
                    "user_id": user.id,
                }
            )
            .id
        )


def drop(scene, partner):
    with scene.env() as env:
        env["crm.inquiry"].search([("partner_id", "=", partner)]).unlink()
        env["miko.call"].search([]).unlink()
        env["res.partner"].browse(partner).unlink()


def test_unknown_number_is_recorded_and_becomes_inquiry_and_lead(listening):
    exchange = listening.exchange
    listening.double.convert = False
    phone = exchange.phone("201")
    began = time.monotonic()
    exchange.finished(exchange.call_in("74950000001", caller="79161230001"), phone)
    lasted = time.monotonic() - began  # three seconds, and what a slow machine adds to them
    (call_id,) = listening.wait_calls(outcome="answered", state="ended")
    listening.wait(lambda env: env["miko.call"].browse(call_id).lead_id, what="lead, by a job")
    with listening.env() as env:
        call = env["miko.call"].browse(call_id)
        assert call.number == "+79161230001"
        assert call.inquiry_id.relation == "new"
        assert call.inquiry_id.lead_id == call.lead_id
        assert call.user_id.login == SELLER
        assert 2 <= call.talk_seconds <= lasted
    listening.wait_recorded(call_id, "asked in vain", lambda call: call.recording_tries)
    listening.double.convert = True
    listening.wait_recorded(
        call_id,
        "recording, after the exchange has converted it",
        lambda call: call.recording_state == "fetched",
    )
    with listening.env(HEAD) as env:
        sound = env["miko.call"].browse(call_id).recording_ids
        assert sound and sound.mimetype == "audio/wav"
    assert listening.cards(SELLER) == ["ringing", "talking", "ended"]


def test_known_customer_makes_no_lead_and_tells_his_manager(listening):
    partner = customer(listening, OTHER)
    try:
        exchange = listening.exchange
        phone = exchange.phone("201")
        exchange.finished(exchange.call_in("74950000001"), phone)
        (call_id,) = listening.wait_calls(outcome="answered", state="ended")
        listening.wait(lambda env: env["miko.call"].browse(call_id).inquiry_id)
        with listening.env() as env:
            call = env["miko.call"].browse(call_id)
            assert (call.partner_id.id, call.inquiry_id.relation) == (partner, "known")
            assert not call.lead_id and not env["crm.lead"].search([])
            assert call.responsible_id.login == OTHER
        assert listening.cards(OTHER)[0] == "info"
    finally:
        drop(listening, partner)


def test_missed_call_is_called_back_by_a_click(listening):
    exchange = listening.exchange
    phone = exchange.phone("201", "uas_ring")
    exchange.finished(exchange.call_in("74950000001", scenario="uac_abandon", hold=1500), phone)
    (call_id,) = listening.wait_calls(outcome="missed")
    listening.wait(lambda env: env["miko.call"].browse(call_id).callback_state == "due")
    own, provider = (
        exchange.phone("201", delay=500),
        exchange.phone("provider", "uas_answer_hangup", 800),
    )
    with listening.env(SELLER) as env:
        env["miko.call"].dial("+79161234567")
    exchange.finished(own, provider)
    listening.wait(lambda env: env["miko.call"].browse(call_id).callback_state == "done")
    with listening.env() as env:
        call = env["miko.call"].browse(call_id)
        assert not call.activity_ids
        back = call.callback_call_id
        assert (back.direction, back.outcome, back.user_id.login) == (
            "outbound",
            "answered",
            SELLER,
        )
        assert len(listening.call(env)) == 2, "the click made one call, not two"


def test_queue_busy_abandoned_and_voicemail(listening):
    exchange = listening.exchange
    first, second = exchange.phone("201", "uas_ring"), exchange.phone("202")
    exchange.finished(exchange.call_in("74950000002", caller="79161230002"), first, second)
    (queued,) = listening.wait_calls(outcome="answered", state="ended")
    busy = exchange.phone("201", "uas_busy")
    exchange.finished(exchange.call_in("74950000001", "79161230003", "uac_refused"), busy)
    listening.wait_calls(outcome="busy", state="ended")
    ringing = exchange.phone("202", "uas_ring")
    exchange.call_in("74950000006", "79161230004")
    listening.wait_calls(reason="voicemail")
    exchange.end(ringing)
    gone = exchange.phone("201", "uas_ring")
    exchange.finished(exchange.call_in("74950000001", "79161230005", "uac_abandon", 1200), gone)
    listening.wait_calls(reason="abandoned")
    with listening.env() as env:
        call = env["miko.call"].browse(queued)
        assert (call.user_id.login, call.queue) == (OTHER, "sales")
        assert len(listening.call(env)) == 4
    assert "gone" in listening.cards(SELLER)


def test_blind_transfer_by_button(listening):
    exchange = listening.exchange
    first, second = exchange.phone("201"), exchange.phone("203")
    caller = exchange.call_in("74950000001", hold=6000)
    (call_id,) = listening.wait_calls(state="talking")
    with listening.env(SELLER) as env:
        env["miko.call"].browse(call_id).transfer("203")
    exchange.finished(caller, first, second)
    listening.wait_calls(state="ended", outcome="answered")
    with listening.env() as env:
        call = listening.call(env)
        assert len(call) == 1 and call.transferred
        assert (call.user_id.login, call.last_user_id.login) == (SELLER, HEAD)
    assert listening.cards(HEAD)[-1] == "ended"


def attended(scene, seconds=6):
    """The call of two colleagues is one call, with what was recorded of each."""
    scene.wait_calls(state="ended", outcome="answered")
    with scene.env() as env:
        call = scene.call(env)
        assert len(call) == 1 and call.transferred
        assert (call.user_id.login, call.last_user_id.login) == (SELLER, HEAD)
        assert call.direction == "inbound" and call.talk_seconds >= seconds
        call_id = call.id
    scene.wait_recorded(
        call_id,
        "the recordings of both colleagues",
        lambda call: len(call.recording_ids) == 2,
    )
    assert scene.cards(HEAD)[-2:] == ["talking", "ended"]
    assert scene.cards(SELLER)[:2] == ["ringing", "talking"]
    assert scene.cards(SELLER)[-1] in ("gone", "ended")


def test_attended_transfer_by_button(listening):
    """The seller asks the head first and hangs up: the head has the customer."""
    exchange = listening.exchange
    first, second = (
        exchange.phone("201", "uas_answer_hangup", 500, talk=5000),
        exchange.phone("203", delay=700),
    )
    caller = exchange.call_in("74950000001", hold=9000)
    (call_id,) = listening.wait_calls(state="talking")
    with listening.env(SELLER) as env:
        env["miko.call"].browse(call_id).transfer("203", consult=True)
    exchange.finished(caller, first, second)
    attended(listening)


def test_attended_transfer_by_telephone(listening):
    """The same on a desk telephone with two lines; the question is a call of its own at first."""
    exchange = listening.exchange
    note = exchange.run_folder / "dialogue"
    first, second = (
        exchange.phone("201", "uas_note", 500, note=note),
        exchange.phone("203", delay=700),
    )
    caller = exchange.call_in("74950000001", hold=9000)
    listening.wait_calls(state="talking")
    asking = exchange.consult("201", "203", note)
    exchange.finished(caller, first, second, asking)
    attended(listening)


def test_responsible_is_rung_in_parallel_and_gets_the_call(listening):
    partner = customer(listening, OTHER)
    with listening.env() as env:
        env["miko.line"].search([("pbx_id", "=", listening.pbx)]).route_responsible = True
    try:
        exchange = listening.exchange
        first, second = exchange.phone("201", "uas_ring"), exchange.phone("202", delay=700)
        caller = exchange.call_in("74950000001", hold=5000)
        exchange.finished(caller, first, second)
        listening.wait_calls(state="ended", outcome="answered")
        with listening.env() as env:
            call = listening.call(env)
            assert len(call) == 1 and call.intercepted
            assert call.user_id.login == OTHER
            assert len(call.alias_ids) == 2
        # the other answers first: the responsible's telephone stops
        listening.clear()
        first, second = exchange.phone("201", delay=1800), exchange.phone("202", "uas_ring")
        caller = exchange.call_in("74950000001", hold=3000)
        exchange.finished(caller, first, second)
        listening.wait_calls(state="ended", outcome="answered")
        with listening.env() as env:
            call = listening.call(env)
            assert len(call) == 1 and not call.intercepted
            assert call.user_id.login == SELLER
    finally:
        with listening.env() as env:
            env["miko.line"].search([("pbx_id", "=", listening.pbx)]).route_responsible = False
        drop(listening, partner)


def test_listen_in_and_hang_up(listening):
    exchange = listening.exchange
    first = exchange.phone("201")
    exchange.call_in("74950000001", scenario="uac_wait_bye", hold=20000)
    (call_id,) = listening.wait_calls(state="talking")
    head = exchange.phone("203", delay=200)
    with listening.env(HEAD) as env:
        env["miko.call"].browse(call_id).listen_in()
    deadline = time.time() + 10
    while "ChanSpy" not in exchange.command("core show channels concise"):
        assert time.time() < deadline, "nobody listens in"
        time.sleep(0.2)
    with listening.env() as env:
        assert len(listening.call(env)) == 1, "listening in is no call"
    with listening.env(SELLER) as env:
        env["miko.call"].browse(call_id).hang_up()
    exchange.finished(first)
    listening.wait_calls(state="ended", outcome="answered")
    exchange.end(head)


def test_take_over_while_it_rings_elsewhere(listening):
    exchange = listening.exchange
    exchange.phone("201", "uas_ring")
    exchange.call_in("74950000001", scenario="uac_wait_bye", hold=20000)
    (call_id,) = listening.wait_calls(state="ringing")
    listening.wait(lambda env: env["miko.call"].browse(call_id).leg_ids)
    exchange.phone("202")
    with listening.env(OTHER) as env:
        call = env["miko.call"].browse(call_id).sudo()
        call.responsible_id = env.user
        call.sudo(False).take_over()
    listening.wait_calls(state="talking", outcome="answered")
    with listening.env() as env:
        assert listening.call(env).user_id.login == OTHER


def test_test_button_at_a_real_exchange(listening):
    with listening.env(HEAD) as env:
        pbx = env["miko.pbx"].browse(listening.pbx)
        pbx.action_test()
        report = pbx.test_report
    assert "Asterisk 22" in report and "has the rights it needs" in report
    assert "call history can be read" in report
