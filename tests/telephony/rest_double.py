"""A web interface as MikoPBX has one: serves the records that Asterisk's own CDR backend wrote.

Misbehaves on demand: `mode` is "", "401", "403", "404", "429", "503" or "html"; records of the
callers in `late` are still being written, though they have their numbers; while `convert` is false
the recordings' names stay empty, as before their conversion; `forgotten` records were there before
the exchange was set up anew and numbers from 1 again.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

KEY = "k" * 64


class RestDouble:
    """The door of one exchange; runs in a thread.

    :param exchange: :class:`~exchange.Exchange`
    """

    def __init__(self, exchange):
        self.exchange = exchange
        self.behave()
        self.answered = []  # mode of each request
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.double = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def behave(self):
        """Misbehave no more; what was forgotten stays so."""
        self.mode, self.convert, self.late = "", True, set()
        self.forgotten = getattr(self, "forgotten", 0)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def records(self):
        """Return all records in the form of REST v3, the oldest first."""
        rows = self.exchange.rows()[self.forgotten :]
        return [
            self._record(number, row)
            for number, row in enumerate(rows, 1)
            if row["src"] not in self.late
        ]

    def _record(self, number, row):
        path = row["recordingfile"] if self.convert else ""
        token = f"token={number}"
        return {
            "id": number,
            "start": row["start"],
            "answer": row["answer"],
            "endtime": row["end"],
            "src_chan": row["channel"],
            "src_num": row["src"],
            "dst_chan": row["dstchannel"],
            "dst_num": row["dst"],
            "UNIQUEID": row["uniqueid"],
            "linkedid": row["linkedid"],
            "did": row["dst"] if row["dcontext"] == "did" else "",
            "disposition": row["disposition"],
            "recordingfile": path,
            "appname": row["lastapp"],
            "duration": int(row["duration"]),
            "billsec": int(row["billsec"]),
            "playback_url": path and f"/pbxcore/api/v3/cdr:playback?{token}",
            "download_url": path and f"/pbxcore/api/v3/cdr:download?{token}&format=wav",
        }


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        double = self.server.double
        url = urlparse(self.path)
        asked = {name: found[-1] for name, found in parse_qs(url.query).items()}
        double.answered.append(double.mode)
        if double.mode == "html":
            return self._send(200, "text/html", b"<html><body>Login</body></html>")
        if double.mode.isdigit():
            return self._refuse(int(double.mode))
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            return self._refuse(401)
        if url.path == "/pbxcore/api/v3/cdr":
            return self._list(asked)
        if url.path in ("/pbxcore/api/v3/cdr:download", "/pbxcore/api/v3/cdr:playback"):
            return self._sound(int(asked["token"]))
        return self._refuse(404)

    def _list(self, asked):
        double = self.server.double
        found = [one for one in double.records() if one["id"] > int(asked.get("idFrom", 0))]
        if "linkedid" in asked:
            found = [one for one in found if one["linkedid"] == asked["linkedid"]]
        if "dateFrom" in asked:
            found = [one for one in found if one["start"] >= asked["dateFrom"]]
        if asked.get("order", "DESC") != "ASC":
            found.reverse()
        limit = min(int(asked.get("limit", 100)), 1000)
        body = {
            "result": True,
            "data": {
                "records": found[:limit],
                "pagination": {"total": len(found), "limit": limit, "hasMore": len(found) > limit},
            },
        }
        return self._send(200, "application/json", json.dumps(body).encode())

    def _sound(self, number):
        double = self.server.double
        path = Path(double.exchange.rows()[double.forgotten + number - 1]["recordingfile"])
        return self._send(200, "audio/wav", path.read_bytes())

    def _refuse(self, status):
        body = {"result": False, "data": None, "messages": {"error": ["no"]}, "httpCode": status}
        return self._send(status, "application/json", json.dumps(body).encode())

    def _send(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Retry-After", "1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Keep quiet."""
