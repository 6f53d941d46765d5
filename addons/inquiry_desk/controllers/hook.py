import hmac
import json
import logging

from werkzeug.exceptions import RequestEntityTooLarge

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..parsers import jivo_webhook

_logger = logging.getLogger(__name__)
LIMIT = 2 * 1024 * 1024  # bytes of one call
FILES = 10  # attachments of one form
TEXTS = (
    "phone",
    "email",
    "name",
    "company",
    "subject",
    "page",
    "city",
    "zip",
    "product",
    "language",
)


class InquiryHook(http.Controller):
    """The door for chats and forms that call us: one secret address per channel."""

    @http.route(
        "/inquiry/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def hook(self, token, **form):
        """Take one event; the same event again is answered like the first time.

        :return: 200 with the inquiry's number kept to ourselves, 400 for what is no event, 404 for
            an unknown token, 413 for too much, 429 with Retry-After for too many in a minute
        """
        channel = self._channel(token)
        if not channel:
            return self._answer(404, "unknown")
        if wait := channel._hook_wait():
            channel.env["crm.inquiry.refusal"].create({"channel_id": channel.id})
            return self._answer(429, "too many", {"Retry-After": str(wait)})
        if (request.httprequest.content_length or 0) > LIMIT:
            return self._answer(413, "too large")
        try:
            body = request.httprequest.get_data(cache=True, as_text=False)
        except RequestEntityTooLarge:
            return self._answer(413, "too large")
        event = self._form_event(form) if form else self._json_event(channel, body)
        if not event:
            return self._answer(400, "not an event")
        if event == "other":
            return self._answer(200, "ok")
        # a form with files is kept as its fields; the files are attached beside it
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        original = body or json.dumps(fields, ensure_ascii=False).encode()
        request.env["crm.inquiry"].with_user(SUPERUSER_ID)._receive(
            {
                **event,
                "channel": channel,
                "original": original,
                "original_name": "event.json",
                "attachments": self._files(),
            }
        )
        return self._answer(200, "ok")

    def _channel(self, token):
        """Return the channel with this token, compared in constant time."""
        channels = request.env["crm.inquiry.channel"].with_user(SUPERUSER_ID)
        channel = (
            channels.search([("token", "=", token)], limit=1)
            if 20 <= len(token) <= 100 and token.isprintable()
            else channels
        )
        if channel and hmac.compare_digest(channel.token.encode(), token.encode()):
            return channel if channel.kind in ("chat", "form", "api") else channels
        return channels

    def _files(self):
        """Return the files of a posted form as (name, bytes, MIME type)."""
        files = request.httprequest.files.values()
        named = [file for file in files if file.filename][:FILES]
        return [
            (file.filename[:200], file.read(), file.mimetype or "application/octet-stream")
            for file in named
        ]

    def _json_event(self, channel, body):
        """Return the event in a JSON body, "other" for one we do not take, None for garbage."""
        try:
            payload = json.loads(body.decode("utf-8"))
        except (UnicodeDecodeError, ValueError, RecursionError):
            return None
        if not isinstance(payload, dict):
            return None
        if "event_name" in payload:
            return self._jivo_event(channel, payload)
        return self._form_event(payload)

    def _jivo_event(self, channel, payload):
        if channel.widget and str(payload.get("widget_id")) != channel.widget:
            return None
        if payload["event_name"] not in jivo_webhook.EVENTS:
            return "other"
        company = channel.company_id
        return {
            "parsed": jivo_webhook.read(payload, company.country_id.code, company._inquiry_own())
        }

    def _form_event(self, values):
        """Return the event in the fields of a form: names as in the templates' fields."""
        known = {
            name: str(values[name])[:20_000]
            for name in TEXTS
            if isinstance(values.get(name), str | int)
        }
        known["text"] = str(values.get("text") or values.get("message") or "")[:20_000]
        if not (known.get("phone") or known.get("email") or known["text"]):
            return None
        key = "".join(filter(str.isprintable, str(values.get("id") or "")))
        return {**known, "key": f"form:{key[:100]}"} if key else known

    def _answer(self, status, text, headers=None):
        return request.make_json_response({"result": text}, headers=headers, status=status)
