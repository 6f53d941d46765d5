"""What the tests that cross processes share: a running region and the ways into it."""

import functools
import os
import shutil
import socket
import subprocess
import sys
import time
import xmlrpc.client
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import requests

ROOT = Path(__file__).resolve().parent.parent
LOCAL = Path(os.environ.get("SUITE_LOCAL") or ROOT / ".local")
sys.path.insert(0, str(ROOT / "tools"))

import template_db  # noqa: E402


@contextmanager
def environment(database, login=None):
    """An environment of this process on a database that is not the one under test.

    Committed at the end, other processes are told.

    :param str login: act as this user instead of the superuser
    """
    import odoo.tools
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    testing = odoo.tools.config["test_enable"]
    odoo.tools.config["test_enable"] = False  # loading a registry would run its tests
    try:
        registry = Registry(database)
    finally:
        odoo.tools.config["test_enable"] = testing
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        if login:
            env = env(user=env["res.users"].search([("login", "=", login)]).ensure_one())
        yield env
        cr.commit()
        registry.signal_changes()


class Client:
    """XML-RPC for one login: ``client("res.partner", "search_count", [])``."""

    def __init__(self, region, login, secret):
        self.region, self.login, self.secret = region, login, secret
        self.common = xmlrpc.client.ServerProxy(f"{region.url}/xmlrpc/2/common")
        self.object = xmlrpc.client.ServerProxy(f"{region.url}/xmlrpc/2/object", allow_none=True)

    @functools.cached_property
    def uid(self):
        return self.common.authenticate(self.region.db, self.login, self.secret, {})

    def __call__(self, model, method, *args, **kwargs):
        return self.object.execute_kw(
            self.region.db, self.uid, self.secret, model, method, list(args), kwargs
        )


class Json2:
    """POST /json/2/<model>/<method> with a bearer key; named arguments only.

    ``client(model, method, ids=[…], **arguments)`` returns the decoded answer,
    `raw` the response whatever its status.
    """

    def __init__(self, region, key):
        self.region, self.session = region, requests.Session()
        self.session.headers["Authorization"] = f"bearer {key}"
        self.session.headers["X-Odoo-Database"] = region.db

    def raw(self, model, method, **arguments):
        return self.session.post(
            f"{self.region.url}/json/2/{model}/{method}", json=arguments, timeout=60
        )

    def __call__(self, model, method, **arguments):
        answer = self.raw(model, method, **arguments)
        answer.raise_for_status()
        return answer.json()


class Web:
    """A logged-in browser session without a browser: the web client's own routes."""

    def __init__(self, region, login, password):
        self.region, self.session = region, requests.Session()
        page = self.session.get(f"{region.url}/web/login", timeout=60).text
        token = page.split('csrf_token" value="')[1].split('"')[0]
        form = {"csrf_token": token, "login": login, "password": password, "redirect": "/odoo"}
        self.landing = self.session.post(f"{region.url}/web/login", data=form, timeout=120)

    def json(self, route, **params):
        """Call a JSON route and return its whole answer: {"result": …} or {"error": …}."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return self.session.post(f"{self.region.url}{route}", json=body, timeout=120).json()

    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does and return its whole answer."""
        return self.json(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(args),
            kwargs=kwargs,
        )


class Region:
    """A running region and the ways into it."""

    def __init__(self, db, port):
        self.db, self.port, self.url = db, port, f"http://127.0.0.1:{port}"

    def rpc(self, login, secret="demo"):
        return Client(self, login, secret)

    def json2(self, key):
        return Json2(self, key)

    def web(self, login, password="demo"):
        return Web(self, login, password)

    def env(self, login=None):
        """An environment on the region's database, see `environment`."""
        return environment(self.db, login)

    def switch_off_jobs(self, *xml_ids):
        """Switch scheduled actions off, all where none is named.

        One that is running just now may not be written: it is waited for.
        """
        with self.env() as env:
            jobs = [env.ref(xml_id).id for xml_id in xml_ids] or env["ir.cron"].search([]).ids
        for job in jobs:
            self._switch_off_job(job)

    def _switch_off_job(self, job_id):
        from odoo.exceptions import UserError

        for _attempt in range(240):
            try:
                with self.env() as env:
                    env["ir.cron"].browse(job_id).active = False
                return
            except UserError:
                time.sleep(0.5)
        raise AssertionError(f"scheduled action {job_id} has been running for two minutes")

    def odoo(self, *arguments, **options):
        """Start the Odoo command line on this database and return the process."""
        command = ["odoo", *arguments[:1], "-d", self.db, "--no-http", *arguments[1:]]
        return subprocess.Popen(command, cwd=ROOT, **options)


def together(*calls):
    """Run calls at the same moment, each in a thread of its own; return their answers."""
    gate = Barrier(len(calls))

    def run(call):
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def free_port():
    """Return the first of three free ports: proxy, HTTP workers, event process."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port > 60000:
            continue
        try:
            for offset in range(3):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port + offset))
        except OSError:
            continue
        return port


@contextmanager
def served_region(name="demo", workers=2):
    """Clone the template of a region, serve it, and throw it away at the end."""
    template = template_db.region_template(name)
    port = free_port()
    db = f"region_{port}"
    template_db.clone(template, db)
    server = str(ROOT / "script" / "server")
    options = ["--region", name, "--db", db, "--port", str(port), "--workers", str(workers)]
    try:
        subprocess.run([server, *options, "--detach"], check=True, stdout=sys.stderr)
        yield Region(db, port)
    finally:
        log = LOCAL / "run" / f"server-{port}"
        for pid in (log / "nginx.pid", log / "odoo.pid"):
            if pid.exists():
                subprocess.run(["kill", pid.read_text().strip()], check=False)
        try:
            import odoo.sql_db

            odoo.sql_db.close_db(db)
        finally:
            template_db.drop(db)
        if os.environ.get("KEEP_SERVER_LOGS") != "1":
            shutil.rmtree(log, ignore_errors=True)
