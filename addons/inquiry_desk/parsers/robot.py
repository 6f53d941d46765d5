"""Mails that no person wrote to us: automatic answers, bounces, newsletters."""

import re

SUBJECT = re.compile(
    r"^\s*(?:(?:re|fw|fwd)\s*:\s*)*"
    r"(?:automatic reply|auto[- ]?reply|out of (?:the )?office|autoreply"
    r"|автоответ|автоматический ответ"
    r"|réponse automatique|absence du bureau|absent du bureau|abwesenheitsnotiz)",
    re.I,
)
BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status notification|failure)|mail delivery failed|returned mail"
    r"|failure notice"
    r"|недоставлен|не доставлено|échec de (?:la )?remise|non remis",
    re.I,
)
DAEMON = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|bounces?)(?:[+@-]|$)", re.I)
NO_REPLY = re.compile(
    r"^(?:no|ne|do-?not)-?_?(?:reply|repondre|répondre|otvechat)|^mailer-daemon|^postmaster|^bounce",
    re.I,
)


def robot(headers, address="", content_type=""):
    """Return "bounce", "auto-reply", "newsletter", or "" for a person.

    :param headers: {lower-case name: value}
    :param address: the sender's bare address
    :param content_type: MIME type of the whole mail

    Sources: RFC 3834 (Auto-Submitted), RFC 3464 (multipart/report), RFC 2369 and 8058 (List-*).
    """
    subject = headers.get("subject", "")
    if (
        "report" in content_type
        or DAEMON.match(address)
        or headers.get("return-path", "").strip() == "<>"
    ):
        if "report" in content_type or DAEMON.match(address) or BOUNCE_SUBJECT.search(subject):
            return "bounce"
        return "auto-reply"
    if headers.get("auto-submitted", "no").split(";")[0].strip().lower() != "no":
        return "auto-reply"
    if any(
        name in headers
        for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-response")
    ):
        return "auto-reply"
    if headers.get("precedence", "").strip().lower() == "auto_reply" or SUBJECT.match(subject):
        return "auto-reply"
    if any(name in headers for name in ("list-unsubscribe", "list-id", "list-post", "feedback-id")):
        return "newsletter"
    if headers.get("precedence", "").strip().lower() in ("bulk", "junk", "list"):
        return "newsletter"
    return ""


def answerable(address):
    """Whether a machine answer to this address makes sense."""
    return bool(address) and not NO_REPLY.match(address)
