"""A raw mail: headers, bodies and attachments of anything that calls itself one."""

import email
import email.policy
import re
from dataclasses import dataclass, field
from datetime import UTC
from email.errors import MessageError
from email.header import decode_header
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

from .text import clean, html_to_text

MAX_PARTS = 300
MAX_DEPTH = 40
FALLBACK = ("utf-8", "windows-1251", "latin-1")
HEADERS_READ = 40  # of recipients, against address bombs
MIME_DEPTH = re.compile(rb"content-type:\s*(?:multipart/|message/rfc822)", re.I)


@dataclass
class Mail:
    """What a mail holds, decoded as well as it can be."""

    raw: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)  # lower-case names, the first of each
    content_type: str = "text/plain"
    sender_name: str = ""
    sender: str = ""
    reply_to: list[tuple[str, str]] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    subject: str = ""
    message_id: str = ""
    references: list[str] = field(default_factory=list)
    date: object = None  # naive UTC datetime
    text: str = ""
    html: str = ""
    attachments: list[tuple[str, bytes, str]] = field(default_factory=list)
    broken: str = ""  # why the bodies could not be read

    @property
    def body(self):
        """The text a person would read."""
        return self.text if self.text.strip() else html_to_text(self.html)

    @property
    def letter(self):
        """The same with what HTML quotes marked as quoted."""
        return self.text if self.text.strip() else html_to_text(self.html, quotes=True)


def decode_bytes(data, charset=""):
    """Return text from bytes: by the declared charset, else the first of FALLBACK that fits."""
    for name in (charset, *FALLBACK):
        try:
            text = data.decode(name or "utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
        if name == charset and "\ufffd" in text:
            continue
        return text
    return data.decode("latin-1")


def header_text(value):
    """Return a header without its encoding, on one line."""
    parts = []
    try:
        for data, charset in decode_header(str(value or "")):
            parts.append(decode_bytes(data, charset or "") if isinstance(data, bytes) else data)
    except (MessageError, ValueError, LookupError):
        parts = [str(value)]
    text = "".join(parts).encode("utf-8", "surrogateescape")
    return " ".join(clean(decode_bytes(text)).split())


def _addresses(message, *names):
    values = [
        header_text(value) for name in names for value in message.get_all(name, [])[:HEADERS_READ]
    ]
    try:
        pairs = getaddresses(values)
    except (ValueError, IndexError, TypeError):
        pairs = []
    return [(name.strip(), address.strip().lower()) for name, address in pairs if "@" in address]


def _date(message):
    try:
        moment = parsedate_to_datetime(str(message.get("Date")))
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        return moment.replace(microsecond=0) if moment.year > 1990 else None
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _head(mail, message):
    mail.headers = {}
    for name, value in message.items():
        mail.headers.setdefault(name.lower(), header_text(value))
    mail.subject = mail.headers.get("subject", "")
    mail.message_id = next(
        iter(re.findall(r"<[^<>\s]{1,300}>", mail.headers.get("message-id", ""))), ""
    )
    known = f"{mail.headers.get('references', '')} {mail.headers.get('in-reply-to', '')}"
    mail.references = list(dict.fromkeys(re.findall(r"<[^<>\s]{1,300}>", known)))[-50:]
    mail.sender_name, mail.sender = next(iter(_addresses(message, "From", "Sender")), ("", ""))
    mail.reply_to = _addresses(message, "Reply-To")
    found = _addresses(
        message, "To", "Cc", "Delivered-To", "X-Original-To", "X-Forwarded-To", "Resent-To"
    )
    mail.recipients = list(dict.fromkeys(address for _name, address in found))
    mail.date = _date(message)


def _parts(message):
    """Yield the leaves of the MIME tree; ValueError when it is a bomb."""
    stack, seen = [(message, 0)], 0
    while stack:
        part, depth = stack.pop()
        seen += 1
        if seen > MAX_PARTS or depth > MAX_DEPTH:
            raise ValueError("too many parts")
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_type() != "message/rfc822":
            stack += [(child, depth + 1) for child in reversed(inner)]
        else:
            yield part


def _filename(part):
    name = header_text(part.get_filename() or "").replace("/", "_").replace("\\", "_")
    return name[:200]


def _content(part):
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner else b""
    return part.get_payload(decode=True) or b""


def _bodies(mail, message):
    texts, htmls = [], []
    for part in _parts(message):
        kind, name = part.get_content_type(), _filename(part)
        data = _content(part)
        attached = (
            name or part.get_content_disposition() == "attachment" or not kind.startswith("text/")
        )
        if attached:
            if data:
                default = "forwarded.eml" if kind == "message/rfc822" else "attachment"
                mail.attachments.append((name or default, data, kind))
        elif kind == "text/html":
            htmls.append(decode_bytes(data, part.get_content_charset() or ""))
        else:
            texts.append(decode_bytes(data, part.get_content_charset() or ""))
    mail.text, mail.html = clean("\n".join(texts)), "\n".join(htmls)


def recipients_of(raw):
    """Return the bare addresses a mail is for, reading its head only."""
    try:
        mail = Mail()
        _head(mail, BytesHeaderParser(policy=email.policy.compat32).parsebytes(raw[:100_000]))
        return mail
    except Exception:
        return Mail()


def read_mail(raw):
    """Read a mail from its bytes.

    :return: Mail; ``broken`` says why bodies are missing, the head is read even then
    """
    mail = recipients_of(raw)
    mail.raw = raw
    if len(MIME_DEPTH.findall(raw)) > MAX_PARTS:
        mail.broken = "too many parts"
        return mail
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        mail.content_type = message.get_content_type()
        _bodies(mail, message)
    except (
        RecursionError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        MessageError,
        AssertionError,
    ) as error:
        mail.broken = str(error) or type(error).__name__
        mail.attachments = []
    return mail
