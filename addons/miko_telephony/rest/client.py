"""REST v3 of MikoPBX 2026.1 and later, and the little that older ones offer."""

import requests

PAGE, TIMEOUT = 500, 15  # records, seconds
V3, OLD = "/pbxcore/api/v3", "/pbxcore/api/cdr"


class RestError(Exception):
    """The web interface did not give what was asked for.

    ``kind`` is unreachable, certificate, unauthorised, forbidden, missing, busy, not_json or
    refused;
    ``wait`` the seconds after which it may be asked again.
    """

    def __init__(self, kind, detail="", wait=60):
        super().__init__(f"{kind} {detail}".strip())
        self.kind, self.detail, self.wait = kind, detail, wait


STATUSES = {401: "unauthorised", 403: "forbidden", 404: "missing", 429: "busy", 503: "busy"}


class RestClient:
    """A session with an exchange's web interface.

    :param str url: beginning, such as ``https://pbx.example``
    :param str key: API key
    :param bool verify: check the certificate
    """

    def __init__(self, url, key, verify=True):
        url = url.strip().rstrip("/")
        self.url, self.session = url if "://" in url else f"https://{url}", requests.Session()
        self.session.headers["Authorization"] = f"Bearer {key}"
        self.session.verify = verify
        self.session.trust_env = False

    def _get(self, path, **params):
        try:
            answer = self.session.get(self.url + path, params=params, timeout=TIMEOUT)
        except requests.exceptions.SSLError as error:
            raise RestError("certificate") from error
        except requests.RequestException as error:
            raise RestError("unreachable", type(error).__name__) from error
        if answer.status_code >= 400:
            kind = STATUSES.get(answer.status_code, "refused")
            raise RestError(kind, str(answer.status_code), _wait(answer))
        return answer

    def _decoded(self, path, **params):
        answer = self._get(path, **params)
        try:
            return answer.json()
        except ValueError as error:
            raise RestError("not_json", answer.headers.get("Content-Type", "")) from error

    def _json(self, path, **params):
        body = self._decoded(path, **params)
        if not isinstance(body, dict) or body.get("result") is False:
            raise RestError("refused")
        return body.get("data") or {}

    def records(self, after, since):
        """Return the next records of the call history and whether there are more.

        :param int after: only records with a greater id
        :param str since: earliest start in the exchange's own time; without it the exchange takes
            the last 30 days
        """
        data = self._json(
            f"{V3}/cdr",
            grouped="false",
            sort="id",
            order="ASC",
            idFrom=after,
            dateFrom=since,
            limit=PAGE,
        )
        records = data.get("records")
        if not isinstance(records, list):
            raise RestError("not_json")
        return records, bool((data.get("pagination") or {}).get("hasMore"))

    def newest(self, since):
        """Return the greatest number of a record, 0 when there is none.

        :param str since: as for `records`
        """
        data = self._json(
            f"{V3}/cdr", grouped="false", sort="id", order="DESC", dateFrom=since, limit=1
        )
        return max((int(record["id"]) for record in data.get("records") or ()), default=0)

    def of_call(self, lid, since):
        """Return the records of one call."""
        return self._json(
            f"{V3}/cdr", grouped="false", linkedid=lid, dateFrom=since, limit=100
        ).get("records", [])

    def sounds(self, lids, since):
        """Return [(path, sound, MIME type)] of the answered parts of a call.

        The token in a sound's address lives for an hour: it is fetched at once, never stored.
        """
        addresses = {}
        for lid in lids:
            for record in self.of_call(lid, since):
                address = record.get("download_url") or record.get("playback_url")
                if (
                    record.get("disposition") == "ANSWERED"
                    and record.get("recordingfile")
                    and address
                ):
                    addresses[record["recordingfile"]] = address
        return [(path, *self.recording(address)) for path, address in sorted(addresses.items())]

    def recording(self, path):
        """Return (bytes, MIME type) of a sound file; an answer that is none is an error.

        :param str path: ``playback_url`` or ``download_url`` of a record, or the path of a file on
            an exchange of before 2026.1
        """
        if path.startswith(("/pbxcore/", "http")):
            answer = self._get(path.removeprefix(self.url))
        else:
            answer = self._get(f"{OLD}/v2/playback", view=path)
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if not kind.startswith(("audio/", "application/octet-stream")):
            raise RestError("not_json", kind)
        if not answer.content:
            raise RestError("missing", "empty")
        return answer.content, kind

    def version(self):
        """Return which history the exchange offers: "v3", or "old" with next to none."""
        try:
            self._json(f"{V3}/cdr", grouped="false", limit=1)
        except RestError as error:
            if error.kind not in ("missing", "not_json"):
                raise
            self._decoded(f"{OLD}/getActiveCalls")  # a web page is no exchange of any version
            return "old"
        return "v3"


def _wait(answer):
    try:
        return max(1, min(int(answer.headers.get("Retry-After", 60)), 3600))
    except ValueError:
        return 60
