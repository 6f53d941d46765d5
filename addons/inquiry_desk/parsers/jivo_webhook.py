"""Webhook of JivoSite: events chat_finished and offline_message.

Source: JivoSite's description of its webhooks (jivo.ru/docs/webhooks).
"""

from datetime import UTC, datetime

from .handwritten import complete
from .parsed import Line, Parsed
from .phone import normalise, phones_in
from .template import utm_of
from .text import clean, emails_in

EVENTS = ("chat_finished", "offline_message")


def _dict(value):
    return value if isinstance(value, dict) else {}


def _list(value):
    return value if isinstance(value, list) else []


def _text(value):
    return (
        clean(str(value))
        if isinstance(value, str | int | float) and not isinstance(value, bool)
        else ""
    )


def _time(stamp):
    try:
        return datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (TypeError, ValueError, OverflowError, OSError):
        return ""


def _chat(payload, visitor, agents):
    names = {_text(agent.get("id")): _text(agent.get("name")) for agent in agents}
    lines = []
    for message in map(_dict, _list(_dict(payload.get("chat")).get("messages"))):
        is_agent = message.get("type") != "visitor"
        author = names.get(_text(message.get("agent_id")), "") if is_agent else visitor
        lines.append(
            Line(author, _text(message.get("message")), _time(message.get("timestamp")), is_agent)
        )
    return [line for line in lines if line.text]


def event_key(payload):
    """Return what identifies the event, the same for the transcript that comes by mail; or ""."""
    if payload.get("event_name") == "offline_message" and _text(payload.get("offline_message_id")):
        return f"jivo-offline:{_text(payload['offline_message_id'])}"
    chat_id = _text(payload.get("chat_id"))
    return f"jivo:{chat_id}" if chat_id else ""


def read(payload, region=None, own=()):
    """Read a decoded webhook body.

    :return: Parsed, not understood for other events and for what is no event at all
    """
    payload = _dict(payload)
    visitor, session, page = (_dict(payload.get(name)) for name in ("visitor", "session", "page"))
    agents = [_dict(agent) for agent in _list(payload.get("agents"))]
    parsed = Parsed(parser="jivo webhook", key=event_key(payload))
    parsed.name = _text(visitor.get("name"))
    parsed.chat = _chat(payload, parsed.name, agents)
    said = "\n".join(line.text for line in parsed.chat if not line.is_agent)
    parsed.text = said or _text(payload.get("message"))
    own = {
        *own,
        *(
            phone.number
            for agent in agents
            if (phone := normalise(_text(agent.get("phone")), region))
        ),
    }
    phone = normalise(_text(visitor.get("phone")), region)
    parsed.phones = [phone] if phone else phones_in(parsed.text, region, own)
    parsed.emails = emails_in(_text(visitor.get("email"))) or emails_in(parsed.text)
    parsed.agent = next((_text(agent.get("name")) for agent in agents), "")
    parsed.page = _text(page.get("url"))[:2000]
    marks = _dict(session.get("utm_json"))
    parsed.utm = utm_of(_text(session.get("utm")), parsed.page)
    parsed.utm |= {
        key[:40]: _text(value)[:200] for key, value in marks.items() if _text(value).strip(".")
    }
    parsed.ip = _text(session.get("ip_addr"))
    parsed.city = _text(_dict(session.get("geoip")).get("city"))
    complete(parsed)
    parsed.understood = payload.get("event_name") in EVENTS and (
        parsed.reachable or bool(parsed.text)
    )
    return parsed
