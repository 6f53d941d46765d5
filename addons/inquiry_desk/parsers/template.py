"""Forms and chat transcripts read by a template: lists of labels an administrator can edit."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from .parsed import Line, Parsed
from .phone import normalise, phones_in
from .text import URL, clean, emails_in, html_to_text

FIELDS = (
    "contact", "name", "phone", "email", "company", "vat", "subject", "message", "product", "page",
    "utm", "agent", "city", "zip", "ip", "form", "visitor", "anonymous", "stop",
)  # fmt: skip
MANY_LINES = ("message",)
UNKNOWN = re.compile(r"^([^\W\d_][\w .'/()-]{0,40}?)\s?:\s+(\S.*)$")
TIME = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+)?\d{1,2}:\d{2}(?::\d{2})?"
UTTERANCE = re.compile(rf"^\[?({TIME})\]?\s+([^:\n]{{1,80}}?)\s?:\s*(.*)$")
RULE = re.compile(r"^[-_*=]{3,}$")
TOO_SLOW = re.compile(r"\([^)]*[+*][^)]*\)\s*[+*{]")  # (a+)+ and its kin


@dataclass(frozen=True)
class Template:
    """How to recognise and read one kind of mail.

    :param kind: "form" or "chat"
    :param layout: "line" for ``Label: value``, "block" for the label on a line above its value
    :param sender, subject, body: regular expressions; each that is given must be found
    :param labels: {field of FIELDS: labels}; compared without case, "_" counts as a space
    :param key: regular expression; its groups identify the event
    :param prefix: names the source in the event's key
    """

    name: str
    kind: str = "form"
    layout: str = "line"
    sender: str = ""
    subject: str = ""
    body: str = ""
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    key: str = ""
    prefix: str = ""

    def words(self, field):
        return [label for name, labels in self.labels if name == field for label in labels]


def fault_of(pattern):
    """Return why a regular expression cannot be used, or ""."""
    try:
        re.compile(pattern or "")
    except re.error as error:
        return str(error)
    return "nested repetition" if TOO_SLOW.search(pattern or "") else ""


def _found(pattern, text):
    if fault_of(pattern):
        return None
    return re.search(pattern, (text or "")[:20_000], re.I | re.M)


def matches(template, sender, subject, text):
    """Whether a mail is of the template's kind. A template without any pattern matches nothing."""
    wanted = [
        (template.sender, sender),
        (template.subject, subject),
        (template.body, text),
    ]
    wanted = [(pattern, value) for pattern, value in wanted if pattern]
    return bool(wanted) and all(_found(pattern, value) for pattern, value in wanted)


def _fold(label):
    return " ".join(label.replace("_", " ").casefold().split()).rstrip(" :*")


def _labels(template):
    """Return {folded label: field}."""
    return {
        _fold(label): name for name, labels in template.labels for label in labels if _fold(label)
    }


def _split_label(line, labels):
    """Return (field, label, rest) of a line that begins with a known label, else None."""
    head, colon, rest = line.partition(":")
    if colon and _fold(head) in labels:
        return labels[_fold(head)], head.strip(), rest.strip()
    if not colon and _fold(line) in labels:
        return labels[_fold(line)], line, ""
    return None


def _read_lines(template, lines):
    """Return ({field: value}, {unknown label: value}) of ``Label: value`` lines."""
    labels, stops = _labels(template), [_fold(word) for word in template.words("stop")]
    values, extra, current = {}, {}, None
    for line in lines:
        if any(stop and _fold(line).startswith(stop) for stop in stops) or line == "--":
            current = None
            continue
        known = _split_label(line, labels)
        if known and known[0] != "stop":
            current = known[0]
            values.setdefault(current, []).append(known[2])
        elif current in MANY_LINES:
            values[current].append(line)
        elif current and not values[current][-1] and line:
            values[current][-1] = line
        elif unknown := UNKNOWN.match(line):
            extra[unknown[1].strip()] = unknown[2].strip()
            current = None
    return {name: "\n".join(value).strip() for name, value in values.items()}, extra


def _read_blocks(template, lines):
    """Return the same of labels that stand on a line of their own above the value."""
    labels, values, extra, current = _labels(template), {}, {}, None
    for index, line in enumerate(lines):
        ruled = index + 1 < len(lines) and RULE.match(lines[index + 1])
        if RULE.match(line):
            continue
        if _fold(line) in [_fold(word) for word in template.words("stop")] or URL.match(line):
            current = None
        elif line and ruled:
            current = labels.get(_fold(line), f"extra {line}")
        elif line and current:
            target = extra if current.startswith("extra ") else values
            name = current.removeprefix("extra ")
            target[name] = f"{target[name]}\n{line}" if name in target else line
    return values, extra


def _utterances(template, lines):
    """Return the lines of a chat as (time, author, text), continuation lines joined."""
    stops = [_fold(word) for word in template.words("stop")]
    spoken = []
    for line in lines:
        if any(stop and _fold(line).startswith(stop) for stop in stops):
            break
        if match := UTTERANCE.match(line):
            spoken.append([match[1], match[2].strip(), match[3]])
        elif spoken and line:
            spoken[-1][2] += f"\n{line}"
    return spoken


def _visitor(template, text):
    """Return the visitor's name as the heading gives it."""
    for label in template.words("visitor"):
        if match := re.search(rf"^{re.escape(label)}[ :]+(\S.*)$", text, re.I | re.M):
            return match[1].strip()
    return ""


def _is_anonymous(template, name):
    words = "|".join(re.escape(word) for word in template.words("anonymous"))
    return not name or bool(re.fullmatch(rf"(?:(?:{words})\s*)?[№#]?\s*\d*", name.strip(), re.I))


def utm_of(value="", page=""):
    """Return the campaign's marks from ``source=a|medium=b`` and from the page's address."""
    try:
        query = parse_qsl(urlsplit(page or "").query)
    except ValueError:
        query = []
    pairs = [(key[4:], text) for key, text in query if key.startswith("utm_")]
    pairs += [part.split("=", 1) for part in re.split(r"[|&;]", value or "") if "=" in part]
    return {
        key.strip()[:40]: text.strip()[:200] for key, text in pairs if key.strip() and text.strip()
    }


def event_key(template, text, default=""):
    """Return the key that the event has wherever it is reported, or the default."""
    match = _found(template.key, text) if template.key else None
    groups = [group for group in match.groups() if group] if match else []
    return f"{template.prefix}:{':'.join(groups)}" if groups else default


def _fill(parsed, values, region):
    """Move the values under the labels to the fields of the result."""
    contact = values.get("contact", "")
    parsed.emails = emails_in(values.get("email", "")) or emails_in(contact)
    parsed.name = values.get("name", "") or re.sub(r"\s*<[^>]*>?\s*", "", contact).strip(' "')
    phones = [
        normalise(part, region)
        for part in re.split(r"[,;/\n]", values.get("phone", ""))
        if part.strip()
    ]
    parsed.phones = [phone for phone in phones if phone]
    for name in ("company", "vat", "subject", "product", "agent", "city", "zip", "ip"):
        setattr(parsed, name, values.get(name, ""))
    parsed.text = values.get("message", "")
    if match := URL.search(values.get("page", "")):
        parsed.page = match.group().rstrip(".,;)")


def _read_chat(template, parsed, text, lines, region, own):
    visitor = _visitor(template, text) or parsed.name
    spoken = _utterances(template, lines)
    names = {name.casefold() for name in (visitor, parsed.name) if name}
    if not names and spoken:
        names = {spoken[0][1].casefold()} - {parsed.agent.casefold()}
    parsed.chat = [
        Line(author, said.strip(), time, author.casefold() not in names)
        for time, author, said in spoken
    ]
    said = "\n".join(line.text for line in parsed.chat if not line.is_agent)
    parsed.agent = parsed.agent or next((line.author for line in parsed.chat if line.is_agent), "")
    parsed.text = said or parsed.text
    if not parsed.name and not _is_anonymous(template, visitor):
        parsed.name = visitor
    if _is_anonymous(template, parsed.name):
        parsed.name = ""
    parsed.phones = parsed.phones or phones_in(said, region, own)
    parsed.emails = parsed.emails or emails_in(said)


def read_text(template, text, region=None, own=()):
    """Read a text by a template.

    :return: Parsed; ``understood`` when somebody can be reached or something was said
    """
    text = clean(text)
    lines = text.split("\n")
    parsed = Parsed(parser=template.name)
    head = (
        [line for line in lines if not UTTERANCE.match(line)] if template.kind == "chat" else lines
    )
    values, extra = (_read_blocks if template.layout == "block" else _read_lines)(template, head)
    _fill(parsed, values, region)
    if not parsed.page and template.kind == "form":
        parsed.page = next(
            (line for line in lines if URL.fullmatch(line) and "/admin/" not in line), ""
        )
    if template.kind == "chat":
        _read_chat(template, parsed, text, lines, region, own)
    parsed.phones = parsed.phones or phones_in(parsed.text, region, own)
    parsed.emails = parsed.emails or emails_in(parsed.text)
    parsed.phones = [phone for phone in parsed.phones if phone.number not in own]
    parsed.emails = [address for address in parsed.emails if address not in own]
    parsed.utm = utm_of(values.get("utm", ""), parsed.page)
    parsed.extra = extra | ({"form": values["form"]} if values.get("form") else {})
    parsed.key = event_key(template, text)
    parsed.understood = parsed.reachable or bool(parsed.chat)
    return parsed


def _weight(parsed):
    """How much was read: to prefer one of the two bodies of a mail."""
    filled = (
        parsed.name,
        parsed.phones,
        parsed.emails,
        parsed.text,
        parsed.page,
        parsed.agent,
        parsed.city,
    )
    return sum(map(bool, filled)) + len(parsed.chat) + len(parsed.utm)


def read(template, text="", html="", region=None, own=()):
    """Read a mail's two bodies and return the fuller result."""
    results = [
        read_text(template, body, region, own)
        for body in (html_to_text(html), text)
        if body and body.strip()
    ]
    return max(results, key=_weight, default=Parsed(parser=template.name))
