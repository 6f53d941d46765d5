"""A database with two dealers, an exchange for the first, and the processes of a region around
it.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2.errors
from exchange import LOCAL, ROOT, Exchange, free_ports
from rest_double import KEY, RestDouble

sys.path.insert(0, str(ROOT / "tests"))

from harness import environment, template_db

PASSWORD = "telephony"


class Scene:
    """What a test of telephony works with.

    ``db`` name of the database, ``exchange``, ``double`` its web interface, ``pbx`` id of miko.pbx.
    """

    def __init__(self, db, exchange, double):
        self.db, self.exchange, self.double = db, exchange, double
        self.listeners, self.servers, self.url = [], [], None
        with self.env() as env:
            self.pbx = _furnish(env, exchange, double)

    # ------------------------------------------------------------------ the database
    def env(self, login=None):
        return environment(self.db, login)

    def wait(self, condition, seconds=30, what=""):
        """Return what ``condition(env)`` gives once it is true."""
        end, found = time.time() + seconds, None
        while time.time() < end:
            with self.env() as env:
                found = condition(env)
            if found:
                return found
            time.sleep(0.2)
        raise AssertionError(f"did not happen in {seconds} s: {what or condition}")

    def wait_calls(self, count=1, seconds=30, **values):
        """Wait for calls with these values; return their ids."""
        domain = [("pbx_id", "=", self.pbx), *((name, "=", one) for name, one in values.items())]

        def found(env):
            calls = env["miko.call"].search(domain, order="id")
            return calls.ids if len(calls) >= count else None

        return self.wait(found, seconds, values)

    def call(self, env, **values):
        """Return the calls of the exchange with these values, in an environment."""
        domain = [("pbx_id", "=", self.pbx), *((name, "=", one) for name, one in values.items())]
        return env["miko.call"].search(domain, order="id")

    def clear(self):
        """Forget all calls; what a listener or a job still makes of the last test's, too."""
        for chance in range(40):
            try:
                self._clear()
            except (psycopg2.errors.SerializationFailure, psycopg2.errors.DeadlockDetected):
                if chance == 39:
                    raise
            time.sleep(0.5)
            with self.env() as env:
                if not env["miko.call"].search_count([]):
                    return

    def _clear(self):
        with self.env() as env:
            env["miko.call"].search([]).unlink()
            env["crm.inquiry"].search([]).unlink()
            env["crm.lead"].search([]).unlink()
            env["miko.gap"].search([]).unlink()
            env["res.partner"].search([("customer_type", "=", "potential")]).unlink()
            env["bus.bus"].search([]).unlink()
            # what was made before is not caught up: it belongs to another test
            records = self.double.records()
            env["miko.pbx"].browse(self.pbx)._health().cursor = records[-1]["id"] if records else 0

    def hurry(self, env):
        """Let the time pass that jobs for recordings wait: those that are due later are due now."""
        env.cr.execute(
            """UPDATE queue_job SET eta = now() AT TIME ZONE 'utc' WHERE id IN (
                   SELECT id FROM queue_job
                   WHERE method_name = '_fetch_recording' AND state = 'pending'
                     AND eta > now() AT TIME ZONE 'utc' FOR UPDATE SKIP LOCKED)"""
        )

    def wait_recorded(self, call_id, what, condition):
        """Wait for ``condition(call)`` while the exchange is asked again and again."""

        def met(env):
            call = env["miko.call"].browse(call_id)
            return condition(call) or self.hurry(env)

        return self.wait(met, 90, what)

    def logs(self):
        """Return what the processes around the database have logged."""
        logs = (LOCAL / "run").glob(f"*-{self.db}.log")
        return {log.name: log.read_text(errors="replace") for log in logs}

    def cards(self, login):
        """Return the states of the cards that a user's browser was sent."""
        with self.env() as env:
            user = env["res.users"].search([("login", "=", login)])
            sent = env["bus.bus"].search([("message", "like", "miko_telephony/card")], order="id")
            channel = f'"res.partner",{user.partner_id.id}]'
            return [
                line.message.split('"state": "')[1].split('"')[0]
                if '"state": "' in line.message
                else line.message.split('"state":"')[1].split('"')[0]
                for line in sent
                if line.channel.endswith(channel)
            ]

    # ------------------------------------------------------------------ processes
    def listen(self, wait=True, pg_host=None, seconds=180):
        """Start a listener and wait until it is connected."""
        log = (LOCAL / "run" / f"listener-{self.db}.log").open("ab")
        environ = {**os.environ, **({"PGHOST": str(pg_host)} if pg_host else {})}
        process = subprocess.Popen(
            ["odoo", "telephony", "-d", self.db, "--pbx", str(self.pbx)],
            cwd=ROOT,
            env=environ,
            stdout=log,
            stderr=log,
        )
        self.listeners.append(process)
        began = time.time()
        if wait:
            self.wait(lambda env: self._connected(env, began), seconds, "listener connected")
        return process

    def _connected(self, env, since):
        health = env["miko.pbx"].browse(self.pbx)._health()
        return health.state == "connected" and health.seen.timestamp() >= int(since) - time.timezone

    def silence(self, process, how=signal.SIGTERM):
        """End a listener."""
        if process.poll() is None:
            process.send_signal(how)
            process.wait(20)

    def serve(self, jobs_apart=False):
        """Start an HTTP server with websocket and job runner; return its address.

        :param bool jobs_apart: run jobs in a process of their own that yields to the others, as
            the containers do
        """
        if not self.url:
            web = {"ODOO_QUEUE_JOB_CHANNELS": "root:0"} if jobs_apart else {}
            self.url = self._server("server", **web)
            if jobs_apart:
                self._server("jobs", before=["nice", "-n", "10"])
        return self.url

    def _server(self, name, before=(), **environ):
        port, websocket = free_ports(2)
        log = (LOCAL / "run" / f"{name}-{self.db}.log").open("ab")
        options = ["--http-port", str(port), "--gevent-port", str(websocket)]
        options += ["--db-filter", f"^{self.db}$", "--max-cron-threads=0"]
        process = subprocess.Popen(
            [*before, "odoo", "-d", self.db, *options],
            cwd=ROOT,
            env={**os.environ, **environ},
            stdout=log,
            stderr=log,
        )
        self.servers.append(process)
        url = f"http://127.0.0.1:{port}"
        ready = [sys.executable, ROOT / "tools" / "ready.py", f"{url}/web/health"]
        for _ in range(240):
            if subprocess.run(ready, capture_output=True).returncode == 0:
                return url
            assert process.poll() is None, f"the server ended; see {log.name}"
            time.sleep(0.5)
        raise AssertionError(f"the server does not answer; see {log.name}")

    def close(self):
        for process in self.listeners:
            self.silence(process, signal.SIGKILL)
        for process in self.servers:
            self.silence(process)
        self.exchange.stop()
        self.double.close()


def _furnish(env, exchange, double):
    """Make two dealers with people; the first has the exchange. Return the id of its record."""
    from odoo import Command

    companies = env["res.company"].create(
        [
            {"name": name, "country_id": env.ref(country).id}
            for name, country in (("Rivage (test)", "base.fr"), ("Taiga (test)", "base.ru"))
        ]
    )
    people = {
        "seller@rivage.example": (0, "sales_team.group_sale_salesman"),
        "other@rivage.example": (0, "sales_team.group_sale_salesman"),
        "head@rivage.example": (0, "sales_team.group_sale_manager"),
        "head@taiga.example": (1, "sales_team.group_sale_manager"),
    }
    groups = ["base.group_user", "base.group_partner_manager"]
    users = {}
    for login, (number, group) in people.items():
        wanted = [env.ref(name).id for name in [*groups, group]]
        users[login] = env["res.users"].create(
            {
                "name": login.partition("@")[0].title(),
                "login": login,
                "password": PASSWORD,
                "email": login,
                "tz": "UTC",
                "company_id": companies[number].id,
                "company_ids": [Command.set(companies[number].ids)],
                "group_ids": [Command.set(wanted)],
            }
        )
    head = users["head@rivage.example"]
    head.group_ids += env.ref("miko_telephony.group_listen")
    channel = env["crm.inquiry.channel"].create(
        {
            "name": "Telephone",
            "kind": "telephone",
            "company_id": companies[0].id,
            "head_id": head.id,
        }
    )
    pbx = env["miko.pbx"].create(
        {
            "name": "Office",
            "company_id": companies[0].id,
            "host": "127.0.0.1",
            "ami_port": exchange.ports["AMI"],
            "ami_user": "crm",
            "ami_secret": "crmsecret",
            "rest_url": double.url,
            "rest_key": KEY,
            "tz": "UTC",
            "channel_id": channel.id,
            "keeper_id": head.id,
        }
    )
    numbers = {
        "201": "seller@rivage.example",
        "202": "other@rivage.example",
        "203": "head@rivage.example",
    }
    env["miko.extension"].create(
        [
            {"pbx_id": pbx.id, "number": number, "user_id": users[login].id}
            for number, login in numbers.items()
        ]
    )
    env["miko.line"].create(
        {"name": "Pumps", "pbx_id": pbx.id, "number": "74950000001", "announcement": True}
    )
    return pbx.id


@contextmanager
def made_scene(folder):
    """A scene in a database of its own with all add-ons, thrown away at the end.

    :param Path folder: for the exchange's files
    """
    template = os.environ.get("BENCH_TEMPLATE_OURS") or template_db.test_template(
        list(template_db.manifests())
    )
    db = f"telephony_test_{os.getpid()}"
    template_db.drop(db)
    template_db.clone(template, db)
    (LOCAL / "run").mkdir(parents=True, exist_ok=True)
    exchange = Exchange(Path(folder)).start()
    scene = None
    try:
        scene = Scene(db, exchange, RestDouble(exchange))
        yield scene
    finally:
        if scene:
            scene.close()
        else:
            exchange.stop()
        import odoo.sql_db

        odoo.sql_db.close_db(db)
        template_db.drop(db)
