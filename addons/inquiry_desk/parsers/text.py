"""Text: from HTML to lines, quoted parts and signatures off, language, addresses."""

import re
from html import unescape
from html.parser import HTMLParser

MAX_TEXT = 200_000  # characters looked at; the whole stays in the original
BLOCKS = {
    "p", "div", "tr", "table", "ul", "ol", "li", "hr", "pre", "blockquote", "section", "article",
    "h1", "h2", "h3", "h4", "h5", "h6", "body", "html", "header", "footer", "form",
    "dl", "dt", "dd",
}  # fmt: skip
SILENT = {"script", "style", "head", "title", "noscript", "template"}
VOID = {"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "wbr"}

EMAIL = re.compile(
    r"[a-z0-9][a-z0-9._%+'-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z][a-z0-9-]{1,24}", re.I
)
URL = re.compile(r"\bhttps?://[^\s<>\"']{1,2000}", re.I)
REMOTE_IMAGE = re.compile(
    r"<(?:img|image|input|video|audio|source)\b[^>]{0,4000}?(?:src|srcset|href|poster)\s*=\s*[\"']?\s*(?:https?:)?//[^>]{0,4000}>",
    re.I,
)

QUOTE_HEAD = re.compile(
    r"""^\s*(?:
        -{2,}\s*(?:original\ message|forwarded\ message
            |message\ d'origine|message\ original|message\ transféré
            |исходное\ сообщение|пересылаемое\ сообщение|пересланное\ сообщение)\s*-{2,}
        | on\ .{5,200}\ wrote:
        | le\ .{5,200}\ a\ écrit\s*:
        | .{5,200}(?:пишет|писал|писала|написал|написала|написал\(а\))\s*:
        | _{20,}
        | (?:from|de|от)\s*:\s.{1,200}@.{1,200}
    )\s*$""",
    re.I | re.X,
)
SIGNATURE_HEAD = re.compile(
    r"""^\s*(?:
        --\s*
        | с\ (?:уважением|наилучшими\ пожеланиями)\b.{0,80}
        | (?:best|kind|warm)?\s*regards\b.{0,80}
        | (?:yours\ )?(?:sincerely|faithfully)\b.{0,40}
        | many\ thanks[,.!]?
        | (?:bien\ )?cordialement\b.{0,80}
        | bien\ à\ vous\b.{0,40}
        | (?:sincères\ |meilleures\ )?salutations\b.{0,80}
        | sent\ from\ my\ .{1,40}
        | envoyé\ (?:de|depuis)\ mon\ .{1,40}
        | отправлено\ (?:с|из)\ .{1,40}
    )$""",
    re.I | re.X,
)
FRENCH = {
    "bonjour",
    "bonsoir",
    "merci",
    "nous",
    "vous",
    "je",
    "une",
    "des",
    "les",
    "est",
    "pour",
    "avec",
    "votre",
    "notre",
    "cherchons",
    "souhaite",
    "recevoir",
    "devis",
    "pompe",
    "prix",
    "demande",
    "cordialement",
    "et",
    "dans",
    "sur",
    "pas",
    "que",
    "quel",
    "quelle",
    "madame",
    "monsieur",
    "le",
    "la",
    "un",
    "au",
    "aux",
    "du",
    "ce",
    "cette",
    "avez",
}
ENGLISH = {
    "hello",
    "hi",
    "dear",
    "the",
    "and",
    "for",
    "with",
    "please",
    "need",
    "we",
    "you",
    "your",
    "our",
    "is",
    "are",
    "thanks",
    "regards",
    "would",
    "like",
    "want",
    "price",
    "quote",
    "how",
    "much",
    "can",
    "have",
    "of",
    "to",
    "a",
    "in",
    "this",
    "that",
    "from",
}


# private code points: no text has them
QUOTE_BEGINS, QUOTE_ENDS, QUOTE_MARKS = "\ue000", "\ue001", "[\ue000\ue001]"


class _Lines(HTMLParser):
    """Collects the visible text, a line per block or table row."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.silent, self.links = [], 0, []

    def handle_starttag(self, tag, attrs):
        if tag in SILENT:
            self.silent += 1
        elif tag == "br" or tag in BLOCKS:
            self.parts.append(f"\n{QUOTE_BEGINS}\n" if tag == "blockquote" else "\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.parts)))

    def handle_endtag(self, tag):
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "a" and self.links:
            self._close_link(*self.links.pop())
        elif tag in BLOCKS:
            self.parts.append(f"\n{QUOTE_ENDS}\n" if tag == "blockquote" else "\n")

    def _close_link(self, address, start):
        """Where a page's title hides its address, show both."""
        if URL.match(address) and address not in "".join(self.parts[start:]):
            self.parts.append(f" {address} ")

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(data if "\n" not in data else re.sub(r"\s+", " ", data))


def html_to_text(html, quotes=False):
    """Return the visible text of a piece of HTML, however broken it is.

    :param bool quotes: begin the lines of a blockquote with ">", as plain text does
    """
    html = (html or "")[: MAX_TEXT * 4]
    reader = _Lines()
    try:
        reader.feed(html)
        reader.close()
        text = "".join(reader.parts)
    except (AssertionError, ValueError, RecursionError):  # what html.parser is known to raise
        text = unescape(re.sub(r"<[^>]{0,2000}>", " ", html))
    return clean(_quoted_lines(text) if quotes else re.sub(QUOTE_MARKS, "", text))


def _quoted_lines(text):
    """Turn the marks of quotations into the sign at the beginning of their lines."""
    lines, depth = [], 0
    for line in text.split("\n"):
        depth = max(0, depth + line.count(QUOTE_BEGINS) - line.count(QUOTE_ENDS))
        line = re.sub(QUOTE_MARKS, "", line)
        lines.append(f"> {line}" if depth and line.strip() else line)
    return "\n".join(lines)


def harmless(html):
    """Return HTML without pictures from elsewhere, which tell their sender that they were seen."""
    return REMOTE_IMAGE.sub("", html or "")


def clean(text):
    """Return text with one kind of line end and of space, without control characters."""
    text = (text or "")[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]", "", text
    )
    text = re.sub(r"[ \t\xa0\u2007\u202f]+", " ", text)
    lines = [line.strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def emails_in(text):
    """Return the mail addresses in a text, normalised, in order, each once."""
    found = (address.strip(".'").lower() for address in EMAIL.findall((text or "")[:MAX_TEXT]))
    return list(dict.fromkeys(found))


def normalise_email(address):
    """Return the address that stands for a mailbox: lower case, without a +tag.

    >>> normalise_email("Anna.Petit+sales@Example.COM")
    'anna.petit@example.com'
    """
    address = (address or "").strip().lower()
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        return ""
    tag = local.find("+", 1)  # a plus in front is the mailbox's own
    return f"{local[:tag] if tag > 0 else local}@{domain.rstrip('.')}"


def split_quoted(text):
    """Return what the sender wrote and what he quoted.

    Quoted are lines that begin with ">" and everything below the head that a mail program writes.
    """
    own, quoted = [], []
    lines = (text or "").split("\n")
    for index, line in enumerate(lines):
        if QUOTE_HEAD.match(line):
            quoted += lines[index:]
            break
        (quoted if line.startswith(">") else own).append(line)
    return "\n".join(own).strip(), "\n".join(quoted).strip()


def split_signature(text):
    """Return the letter and its signature, beginning with the closing phrase."""
    lines = (text or "").split("\n")
    for index, line in enumerate(lines):
        if index and SIGNATURE_HEAD.match(line):
            return "\n".join(lines[:index]).strip(), "\n".join(lines[index:]).strip()
    return text.strip(), ""


def language_of(text):
    """Return "ru", "fr" or "en", or "" when the text does not tell."""
    sample = (text or "")[:4000].lower()
    cyrillic = len(re.findall(r"[а-яё]", sample))
    latin = len(re.findall(r"[a-zà-ÿ]", sample))
    if cyrillic > 3 and cyrillic * 2 > latin:
        return "ru"
    words = re.findall(r"[a-zà-ÿ']+", sample)
    french = sum(word in FRENCH for word in words) + len(re.findall(r"[éèêàçùîôœ]", sample))
    english = sum(word in ENGLISH for word in words)
    if french > english:
        return "fr"
    return "en" if english else ""


def excerpt(text, length=120):
    """Return the first words of a text on one line."""
    line = " ".join((text or "").split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
