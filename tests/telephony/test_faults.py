"""What goes wrong, and that every call is there once with the right outcome all the same."""

import signal
import subprocess
import time

from cluster import Cluster
from exchange import ROOT, free_ports
from relay import Relay


def one_answered(scene, number, seconds=40):
    """The call of this number is there once, answered and over."""
    scene.wait_calls(seconds=seconds, number=number, outcome="answered", state="ended")
    with scene.env() as env:
        calls = scene.call(env, number=number)
        assert len(calls) == 1
        return calls.id


def test_listener_killed_in_the_middle_of_a_call(listening):
    exchange = listening.exchange
    phone = exchange.phone("201")
    began = time.monotonic()
    caller = exchange.call_in("74950000001", "79161231001", hold=9000)
    listening.wait_calls(state="talking")
    (process,) = [one for one in listening.listeners if one.poll() is None]
    listening.silence(process, signal.SIGKILL)
    listening.listen()
    with listening.env() as env:
        gap = env["miko.gap"].search([("pbx_id", "=", listening.pbx)])
        assert gap and gap.end, "the gap is there and closed"
    exchange.finished(caller, phone)
    lasted = time.monotonic() - began  # nine seconds, and what a slow machine adds to them
    call_id = one_answered(listening, "+79161231001")
    with listening.env() as env:
        assert 7 <= env["miko.call"].browse(call_id).talk_seconds <= lasted


def test_calls_that_began_and_ended_while_nobody_listened(listening):
    exchange = listening.exchange
    (process,) = [one for one in listening.listeners if one.poll() is None]
    listening.silence(process, signal.SIGKILL)
    phone = exchange.phone("201")
    exchange.finished(exchange.call_in("74950000001", "79161232001", hold=3000), phone)
    phone = exchange.phone("201", "uas_ring")
    exchange.finished(exchange.call_in("74950000001", "79161232002", "uac_abandon", 1000), phone)
    listening.listen()
    one_answered(listening, "+79161232001")
    listening.wait_calls(number="+79161232002", outcome="missed")
    listening.wait(lambda env: env["miko.gap"].search([])[:1].recovered >= 2, what="counted")
    with listening.env() as env:
        assert env["miko.gap"].search([]).mapped("recovered") == [2]
        assert len(listening.call(env)) == 2
        call = listening.call(env, number="+79161232001")
        assert call.user_id.login == "seller@rivage.example"


def test_connection_dropped_and_exchange_restarted(listening):
    exchange = listening.exchange
    (port,) = free_ports(1)
    relay = Relay(("127.0.0.1", port), ("127.0.0.1", exchange.ports["AMI"]))
    with listening.env() as env:
        env["miko.pbx"].browse(listening.pbx).ami_port = port
    try:
        (process,) = [one for one in listening.listeners if one.poll() is None]
        listening.silence(process)
        listening.listen()
        phone = exchange.phone("201")
        caller = exchange.call_in("74950000001", "79161233001", hold=8000)
        listening.wait_calls(state="talking")
        relay.cut()

        def seen(env):
            pbx = env["miko.pbx"].browse(listening.pbx)
            gap = pbx.gap_ids[:1]
            told = (pbx.state, pbx.cause, gap.cause) == ("lost", "closed", "closed")
            return told and not gap.end

        listening.wait(seen, what="the open gap, and why")
        exchange.finished(caller, phone)
        relay.mend()
        one_answered(listening, "+79161233001", 60)
        # the exchange itself is switched off in the middle of a call
        phone = exchange.phone("201")
        exchange.call_in("74950000001", "79161233002", hold=20000)
        listening.wait_calls(number="+79161233002", state="talking")
        exchange.kill()
        exchange.start()
        one_answered(listening, "+79161233002", 90)
        exchange.end(phone)
        phone = exchange.phone("201")
        exchange.finished(exchange.call_in("74950000001", "79161233003", hold=3000), phone)
        one_answered(listening, "+79161233003")
    finally:
        with listening.env() as env:
            env["miko.pbx"].browse(listening.pbx).ami_port = exchange.ports["AMI"]
        (process,) = [one for one in listening.listeners if one.poll() is None]
        listening.silence(process)
        relay.close()


def test_postgresql_stopped_for_ten_seconds(listening):
    """In the middle of a call; another comes and goes meanwhile. The cluster is the test's own."""
    exchange = listening.exchange
    (process,) = [one for one in listening.listeners if one.poll() is None]
    listening.silence(process)
    cluster = Cluster(listening.db)

    def calls(number, words="state"):
        return cluster.query(
            f"SELECT {words} FROM miko_call WHERE number = '{number}' AND pbx_id = {listening.pbx}"
        )

    def until(found, number, words="state"):
        deadline = time.time() + 60
        while calls(number, words) != found:
            assert time.time() < deadline, (number, calls(number, words))
            time.sleep(0.3)

    process = listening.listen(wait=False, pg_host=cluster.folder)
    try:
        deadline = time.time() + 180
        state = (
            f"SELECT state FROM miko_health WHERE pbx_id = {listening.pbx}"
            " AND seen > now() AT TIME ZONE 'utc' - interval '5 s'"
        )
        while cluster.query(state) != [["connected"]]:
            assert time.time() < deadline, "the listener has not connected"
            time.sleep(0.3)
        phone = exchange.phone("201")
        caller = exchange.call_in("74950000001", "79161234001", hold=5000)
        until([["talking"]], "+79161234001")
        stopped = time.time()
        cluster.stop()
        exchange.finished(caller, phone)
        gone = exchange.phone("201", "uas_ring")
        exchange.finished(exchange.call_in("74950000001", "79161234002", "uac_abandon", 1000), gone)
        time.sleep(max(0, stopped + 10 - time.time()))
        cluster.start()
        until([["answered", "ended"]], "+79161234001", "outcome, state")
        until([["missed", "ended"]], "+79161234002", "outcome, state")
        assert process.poll() is None, "it is the same process"
    finally:
        listening.silence(process)
        cluster.close()


MISBEHAVIOUR = {
    "html": "web page and no call history",
    "401": "API key is wrong",
    "403": "may not read the call history",
    "429": "too much to do",
    "503": "too much to do",
}


def test_web_interface_misbehaves(listening):
    """Calls of which only the history knows, and a history that is refused in every way: each is
    said in the record, and at the end both calls are there.
    """
    exchange, double = listening.exchange, listening.double
    (process,) = [one for one in listening.listeners if one.poll() is None]
    listening.silence(process)
    phone = exchange.phone("201")
    exchange.finished(exchange.call_in("74950000001", "79161240001", hold=3000), phone)
    double.mode = "html"
    listening.listen()
    for mode, words in MISBEHAVIOUR.items():
        double.mode = mode
        if mode == "401":  # what answers with a page is asked again after a call, or in a minute
            gone = exchange.phone("201", "uas_ring")
            exchange.finished(
                exchange.call_in("74950000001", "79161240002", "uac_abandon", 500), gone
            )
        times = 1 if mode == "html" else 2
        listening.wait(
            lambda env, mode=mode, words=words, times=times: (
                double.answered[-times:] == [mode] * times
                and words in (env["miko.pbx"].browse(listening.pbx).sweep_message or "")
            ),
            what=f"{mode}: said in the record",
        )
        with listening.env() as env:
            assert not listening.call(env, number="+79161240001"), mode
    double.mode = ""
    one_answered(listening, "+79161240001", 60)
    listening.wait_calls(number="+79161240002", outcome="missed")
    listening.wait(lambda env: not env["miko.pbx"].browse(listening.pbx).sweep_message)
    with listening.env() as env:
        assert len(listening.call(env)) == 2


def test_record_that_the_exchange_writes_late(listening):
    """Two calls that only the history knows. The longer began first and is written last; the record
    of the other has its number already, but is seen only after the other's.
    """
    exchange, double = listening.exchange, listening.double
    (process,) = [one for one in listening.listeners if one.poll() is None]
    listening.silence(process)
    phone, head = exchange.phone("201"), exchange.phone("203")
    longer = exchange.call_in("74950000001", "79161251001", hold=5000)
    exchange.finished(exchange.call_in("74950000004", "79161251002", hold=1000), head)
    exchange.finished(longer, phone)
    double.late = {"79161251002"}
    listening.listen()
    one_answered(listening, "+79161251001")
    with listening.env() as env:
        assert not listening.call(env, number="+79161251002")
    double.late = set()
    # the history is read again after a call, or in a minute
    gone = exchange.phone("201", "uas_ring")
    exchange.finished(exchange.call_in("74950000001", "79161251003", "uac_abandon", 500), gone)
    one_answered(listening, "+79161251002")
    one_answered(listening, "+79161251001")
    listening.wait(
        lambda env: (
            env["miko.pbx"].browse(listening.pbx)._health().cursor == double.records()[-1]["id"]
        ),
        what="nothing is read again for ever",
    )


def test_exchange_set_up_anew_numbers_its_records_from_one(listening):
    exchange, double = listening.exchange, listening.double
    (process,) = [one for one in listening.listeners if one.poll() is None]
    listening.silence(process)
    with listening.env() as env:
        env["miko.pbx"].browse(listening.pbx)._health().cursor = 5000
    double.forgotten = len(exchange.rows())
    phone = exchange.phone("201")
    exchange.finished(exchange.call_in("74950000001", "79161252001", hold=1000), phone)
    listening.listen()
    one_answered(listening, "+79161252001")


def test_second_listener_stands_by(listening):
    (first,) = [one for one in listening.listeners if one.poll() is None]
    with listening.env() as env:
        began = env.cr.now()
    second = listening.listen(wait=False)
    exchange = listening.exchange

    def tried(env):
        env.cr.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND query LIKE 'SELECT pg_try_advisory_lock%%'"
            " AND query_start AT TIME ZONE 'utc' > %s",
            [began],
        )
        return env.cr.fetchone()[0]

    listening.wait(tried, 60, "the second has asked for the lock")
    shown = exchange.command("manager show connected")
    assert sum("crm" in line for line in shown.splitlines()) == 1, shown
    listening.silence(first, signal.SIGKILL)
    deadline = time.time() + 40
    while "crm" not in exchange.command("manager show connected"):
        assert time.time() < deadline, "nobody took over"
        time.sleep(0.5)
    assert second.poll() is None


def test_recorded_stream_through_the_command_line(listening):
    trace = ROOT / "addons" / "miko_telephony" / "tests" / "traces" / "in_queue_answered.txt"
    command = ["odoo", "telephony", "-d", listening.db, "--pbx", str(listening.pbx)]
    for _time in range(2):
        subprocess.run([*command, "--replay", trace], cwd=ROOT, check=True, timeout=120)
    with listening.env() as env:
        call = listening.call(env)
        assert (len(call), call.outcome, call.queue) == (1, "answered", "sales")


def test_no_personal_data_in_the_log(listening):
    """Nor in the server's; after each module all its logs are looked through."""
    logs = listening.logs()
    listener = logs[f"listener-{listening.db}.log"]
    assert "this process listens" in listener and f"server-{listening.db}.log" in logs
    assert not [name for name, text in logs.items() if "7916123" in text or "7916124" in text]
