"""A headless Chromium driven over the pipe of its DevTools protocol.

The pipe (file descriptors 3 and 4 of the browser, messages ended by NUL) needs no TCP port and
no websocket client, and ends with the process that opened it.
Protocol: https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import contextlib
import fcntl
import itertools
import json
import os
import resource
import select
import shutil
import signal
import subprocess
import tempfile
import time

EXECUTABLES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-default-browser-check",
    "--no-first-run",
    "--font-render-hinting=none",
)


class BrowserError(Exception):
    """Chromium is missing, died, answered with an error or took too long."""


def find_executable():
    """Path of the browser: `$CHROMIUM`, or the first known name in the PATH."""
    for name in filter(None, (os.environ.get("CHROMIUM"), *EXECUTABLES)):
        path = shutil.which(name)
        if path:
            return path
    raise BrowserError("Chromium is not installed (Debian: apt-get install chromium)")


class Browser:
    """One browser with one page. Use as a context manager.

    :param deadline: value of `time.monotonic()` after which every wait fails
    """

    def __init__(self, deadline):
        self.deadline = deadline
        self.warnings = []
        self._ids = itertools.count(1)
        self._buffer = b""
        self._session = None
        self._process = None
        self._documents = {}
        self._origin = None
        self._loaded = False

    # -- life cycle ---------------------------------------------------------------------------

    def __enter__(self):
        self._profile = tempfile.mkdtemp(prefix="chromium-pdf.")
        try:
            self._start()
            self._open_page()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *exception):
        self._stop()

    def _start(self):
        command = [find_executable(), *FLAGS, f"--user-data-dir={self._profile}"]
        # a container forbids the name spaces that the sandbox is made of: its image says so here
        command += os.environ.get("PDF_CHROMIUM_FLAGS", "").split()
        if os.geteuid() == 0:
            command.append("--no-sandbox")
        child_in, self._write_fd = _pipe()
        self._read_fd, child_out = _pipe()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 closed in _stop

        def prepare():
            # Odoo caps its own address space; Chromium reserves far more than it uses
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
            os.dup2(child_in, 3)
            os.dup2(child_out, 4)

        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            pass_fds=(3, 4),
            preexec_fn=prepare,
            env={**os.environ, "HOME": self._profile, "TMPDIR": self._profile},
            start_new_session=True,
        )
        os.close(child_in)
        os.close(child_out)

    def _stop(self):
        if self._process:
            # the pipe is the only master of the browser: closing it makes it leave
            os.close(self._write_fd)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            # its helpers may still write into the profile
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            os.close(self._read_fd)
            self._log.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _open_page(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")

    # -- protocol -----------------------------------------------------------------------------

    def call(self, method, **params):
        """Send one command and return its result.

        :raises BrowserError: if Chromium refuses the command or does not answer in time
        """
        number = self._send(method, params)
        while True:
            message = self._receive()
            if message.get("id") == number:
                if "error" in message:
                    raise BrowserError(f"{method}: {message['error']['message']}")
                return message["result"]
            self._on_event(message)

    def _send(self, method, params):
        message = {"id": next(self._ids), "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self._write_fd, data) :]
        except OSError as error:
            raise BrowserError(f"Chromium ended: {self._last_words()}") from error
        return message["id"]

    def _receive(self):
        while b"\0" not in self._buffer:
            left = self.deadline - time.monotonic()
            if left <= 0 or not select.select([self._read_fd], [], [], left)[0]:
                raise BrowserError("Chromium took too long")
            chunk = os.read(self._read_fd, 1 << 20)
            if not chunk:
                raise BrowserError(f"Chromium ended: {self._last_words()}")
            self._buffer += chunk
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)

    def _last_words(self):
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return " / ".join(lines[-3:]) or "no message"

    def _on_event(self, message):
        handler = {
            "Page.loadEventFired": self._on_load,
            "Fetch.requestPaused": self._on_request,
            "Network.loadingFailed": self._on_failure,
            "Network.responseReceived": self._on_response,
            "Inspector.targetCrashed": self._on_crash,
        }.get(message.get("method"))
        if handler:
            handler(message["params"])

    def _on_load(self, params):
        self._loaded = True

    def _on_request(self, params):
        path = params["request"]["url"].split("?")[0].removeprefix(self._origin)
        content = self._documents.get(path)
        if content is None:
            answer = {"method": "Fetch.failRequest", "errorReason": "AccessDenied"}
        else:
            answer = {
                "method": "Fetch.fulfillRequest",
                "responseCode": 200,
                "responseHeaders": [{"name": "Content-Type", "value": "text/html; charset=utf-8"}],
                "body": base64.b64encode(content).decode(),
            }
        self._send(answer.pop("method"), {"requestId": params["requestId"], **answer})

    def _on_failure(self, params):
        # what is "other" belongs to the browser, as the site's icon
        if not params.get("canceled") and params["type"] != "Other":
            self.warnings.append(f"{params['type']}: {params['errorText']}")

    def _on_response(self, params):
        response = params["response"]
        if response["status"] >= 400 and params["type"] != "Other":
            self.warnings.append(f"{response['url'][:200]}: HTTP {response['status']}")

    def _on_crash(self, params):
        raise BrowserError("a page of Chromium crashed")

    # -- pages --------------------------------------------------------------------------------

    def serve(self, origin, documents):
        """Answer requests for `documents` (path → HTML bytes) as if `origin` served them.

        Pages get the origin of the site that their links point to, so that web fonts and the
        session's cookie work, and the browser itself keeps them from reading local files.
        """
        self._origin = origin
        self._documents = documents
        folders = {path.rsplit("/", 1)[0] for path in documents}
        patterns = [{"urlPattern": f"{origin}{folder}/*"} for folder in sorted(folders)]
        self.call("Fetch.enable", patterns=patterns)

    def set_cookie(self, name, value, domain):
        """Send a cookie with the requests to a host."""
        self.call("Network.setCookie", name=name, value=value, domain=domain, path="/")

    def load(self, url):
        """Open a page and wait until its resources and fonts are there."""
        self._loaded = False
        result = self.call("Page.navigate", url=url)
        if result.get("errorText"):
            raise BrowserError(f"cannot open {url}: {result['errorText']}")
        while not self._loaded:
            self._on_event(self._receive())
        self.call(
            "Runtime.evaluate",
            expression="Promise.all([...document.querySelectorAll('iframe')].map("
            "f => f.contentDocument.fonts.ready).concat(document.fonts.ready)).then(() => true)",
            awaitPromise=True,
        )

    def evaluate(self, expression):
        """Value of a JavaScript expression in the open page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result["result"].get("value")

    def print(self, **params):
        """The open page as the bytes of a PDF. Parameters as in `Page.printToPDF`."""
        stream = self.call(
            "Page.printToPDF", printBackground=True, transferMode="ReturnAsStream", **params
        )["stream"]
        parts = []
        while True:
            part = self.call("IO.read", handle=stream, size=1 << 20)
            data = part["data"]
            parts.append(base64.b64decode(data) if part.get("base64Encoded") else data.encode())
            if part["eof"]:
                break
        self.call("IO.close", handle=stream)
        return b"".join(parts)


def _pipe():
    """A pipe whose ends are above the descriptors that the child gets."""
    ends = []
    for fd in os.pipe():
        ends.append(fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(fd)
    return ends
