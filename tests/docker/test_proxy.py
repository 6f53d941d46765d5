"""The proxies' configurations in a real nginx: a flood at a webhook stops at the door."""

import socket
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from suite import ROOT

CONFIGURATIONS = {
    "docker": {"server http:8069": "server 127.0.0.1:{http}", "/run/odoo": "{run}"},
    "config": {"@HTTP@": "{http}", "@RUN@": "{run}", "daemon on": "daemon off"},
}
MANY = 1000


class Worker(BaseHTTPRequestHandler):
    """Answers what Odoo would take."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        """Not wanted."""


@pytest.fixture(params=CONFIGURATIONS)
def proxy(request, tmp_path):
    worker = ThreadingHTTPServer(("127.0.0.1", 0), Worker)
    threading.Thread(target=worker.serve_forever, daemon=True).start()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = (ROOT / request.param / "nginx.conf").read_text()
    places = {
        "listen 8080": f"listen 127.0.0.1:{port}",
        "@PORT@": str(port),
        "server websocket:8072": "server 127.0.0.1:9",
        "@EVENT@": "9",
        **CONFIGURATIONS[request.param],
    }
    for name, place in places.items():
        text = text.replace(name, place.format(http=worker.server_port, run=tmp_path))
    conf = tmp_path / "nginx.conf"
    conf.write_text(text)
    process = subprocess.Popen(["/usr/sbin/nginx", "-e", "stderr", "-c", conf])
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        worker.shutdown()


def test_a_flood_at_one_webhook_leaves_others_alone(proxy):
    """A burst passes; from then on the answer says when to come again."""
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=Retry(connect=9, backoff_factor=0.1)))
        calls = (session.post(f"{proxy}/inquiry/one", json={}) for _call in range(MANY))
        taken, refused = 0, None
        for answer in calls:
            if answer.status_code != 200:
                refused = answer
                break
            taken += 1
        assert refused.status_code == 429 and taken > 50
        assert refused.headers["Retry-After"] == "5"
        assert refused.json() == {"result": "too many"}
        assert session.post(f"{proxy}/inquiry/other", json={}).status_code == 200
        others = [session.post(f"{proxy}/web/login", json={}) for _call in range(taken + 9)]
        assert {answer.status_code for answer in others} == {200}
