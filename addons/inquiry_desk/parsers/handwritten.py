"""Mails that people write: who they are, how to reach them, what they want."""

import re

from .parsed import Parsed
from .phone import phones_in
from .text import clean, emails_in, language_of, split_quoted, split_signature

ROLES = {
    "info",
    "sales",
    "office",
    "zakupki",
    "snab",
    "snabzhenie",
    "commerce",
    "contact",
    "contacts",
    "admin",
    "mail",
    "post",
    "support",
    "service",
    "noreply",
    "no-reply",
    "reception",
    "achats",
    "commercial",
    "tender",
    "otdel",
    "buh",
    "secretary",
    "purchasing",
    "orders",
    "webmaster",
    "postmaster",
    "mailer-daemon",
    "hello",
    "team",
    "direction",
    "accueil",
}
PERSON = r"[А-ЯЁA-ZÀ-Ý][а-яёa-zà-ÿ'’-]{1,30}"
PERSON_NAME = re.compile(rf"^{PERSON}(?: [А-ЯЁA-ZÀ-Ý]\.)*(?: (?:de |van |von )?{PERSON}){{0,3}}$")
BESIDE_PHONE = re.compile(
    rf"(?:\d[ ()-]{{0,2}}){{7,15}}[ ,.—-]{{1,3}}(?P<name>{PERSON}(?: {PERSON})?)(?=[\s,.!]|$)"
)
INTRODUCED = re.compile(
    rf"(?i:меня зовут|my name is|je m'appelle|je suis|это)\s+(?P<name>{PERSON}(?: {PERSON})?)"
)
PARTICLE = r"(?:(?:d[eu]|des|la|le|les|et|of|and|и|&)\ |[ld]['’]){0,2}"
COMPANY = re.compile(
    rf"""\b(?P<form>ООО|ОАО|ЗАО|ПАО|АО|НАО|ТОО|ИП|ФГУП|SARL|SAS|SASU|EURL)\b\s*
        (?P<name>[«"“][^»"”\n]{{1,80}}[»"”]
            |[А-ЯЁA-ZÀ-Ý][\w'’-]{{1,40}}(?:\ {PARTICLE}[А-ЯЁA-ZÀ-Ý][\w'’-]{{1,40}}){{0,3}})
    |(?P<before>[A-ZÀ-Ý][\w&'’-]{{1,40}}(?:\ [A-ZÀ-Ý&][\w&'’-]{{0,40}}){{0,3}})
        \ (?P<after>LLC|Ltd\.?|Inc\.?|GmbH|Corp\.?|S\.?A\.?S?\.?|SARL|B\.V\.|Limited)(?!\w)""",
    re.X,
)
TAX = re.compile(
    r"\b(?:инн|inn|siren|siret|neq|vat|tva|n° tva|tax id)\b"
    r"[^\w\n]{0,3}(?:no|n°|number|№)?[^\w\n]{0,3}"
    r"(?P<number>[a-z]{0,2} ?\d[\d ]{7,16}\d)",
    re.I,
)
ITEM = re.compile(
    r"^(?:\d{1,2}[.)]\s+)?\S.*?\b\d{1,6}\s*(?:шт|ед|компл|pcs|pieces|units?|pièces?|unités?|off)\b\.?.*$",
    re.I,
)
NUMBERED = re.compile(r"^\d{1,2}[.)]\s+\S.{2,}$")
# A postal code with its town, where an address has it: at the end of a line or between commas.
PLACES = [
    re.compile(
        r"(?:^|[,;–-])\s*(?:[A-Z]{1,2}-)?(?P<zip>\d{5})\s+"
        r"(?P<city>[A-ZÀ-Ý][\w'’-]{1,30}(?:[ -][A-ZÀ-Ýa-zà-ÿ][\w'’-]{1,30}){0,4})\s*(?:[,;(.]|$)",
        re.M,
    ),
    re.compile(
        r"(?:^|[,;])\s*(?P<zip>\d{6}),?\s+(?:(?:Россия|РФ),?\s+)?(?:г\.?\s*)?"
        r"(?P<city>[А-ЯЁ][а-яё-]{2,30}(?:[ -][А-ЯЁ][а-яё-]{1,30})?)",
        re.M,
    ),
    re.compile(r"(?P<city>[A-Z][a-z-]{2,30})?,?\s*\b(?P<zip>[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b"),
]
ZIP_LABEL = re.compile(
    r"\b(?:code postal|zip(?: code)?|post(?:al ?)?code|(?:почтовый )?индекс)\s*[:№]?\s*"
    r"(?P<zip>[a-z0-9][a-z0-9 -]{2,8}[a-z0-9])\b",
    re.I,
)
FORWARD = re.compile(r"^\s*(?:fw|fwd|tr|пересл|переслано|i)\s*:", re.I)
FROM_LINE = re.compile(r"^(?:from|de|от|от кого)\s*:\s*(.+)$", re.I | re.M)
HEADER_LINE = re.compile(
    r"^(?:from|to|cc|sent|date|subject|de|à|envoyé|objet|от|кому|копия|отправлено|дата|тема)\s*:.*$",
    re.I,
)


def _plausible(name):
    words = (name or "").replace("\n", " ").strip(" \"'")
    if not words or "@" in words or words.casefold() in ROLES or len(words) > 80:
        return ""
    return words if re.search(r"[^\W\d_]{2}", words) else ""


def name_in(display, address, text, signature):
    """Return the sender's name: as he signs his mails, else as he signs this one.

    A display name that only repeats the mailbox or names a role is none.
    """
    name = _plausible(display)
    if name and name.casefold() != (address or "").partition("@")[0].casefold():
        return name
    for line in signature.split("\n")[:4]:
        line = re.sub(
            r"^(?:с уважением|best regards|kind regards|regards|cordialement)[\s,]*",
            "",
            line,
            flags=re.I,
        ).strip(" ,.")
        if PERSON_NAME.match(line) and line.casefold() not in ROLES:
            return line
    return person_in(text)


def person_in(text):
    """Return the name by which somebody introduces himself, or that he puts behind his number."""
    for pattern in (INTRODUCED, BESIDE_PHONE):
        if match := pattern.search(text or ""):
            return match["name"]
    return ""


def company_in(text):
    """Return the first company named with its legal form."""
    match = COMPANY.search(text or "")
    if not match:
        return ""
    if match["form"]:
        return f"{match['form']} {match['name']}".strip()
    return f"{match['before']} {match['after']}".strip()


def tax_number_in(text):
    """Return the first tax number that is introduced as one, without spaces."""
    match = TAX.search(text or "")
    return match["number"].replace(" ", "").upper() if match else ""


def place_in(text):
    """Return (postal code, town) of the first address in a text, "" for what is missing."""
    if match := ZIP_LABEL.search(text or ""):
        return match["zip"].upper(), ""
    for pattern in PLACES:
        if match := pattern.search(text or ""):
            return match["zip"], (match["city"] or "").strip()
    return "", ""


def items_in(text):
    """Return the lines that ask for goods: numbered, or with a quantity."""
    lines = (text or "").split("\n")
    numbered = [line for line in lines if NUMBERED.match(line)]
    counted = [line for line in lines if ITEM.match(line) and line not in numbered]
    return [
        re.sub(r"^\d{1,2}[.)]\s+", "", line)
        for line in (numbered if len(numbered) > 1 else counted + numbered)
    ]


def _forwarded(quoted):
    """Return the first sender named in a forwarded part and its text without the header lines."""
    quoted = re.sub(r"^(?:> ?)+", "", quoted, flags=re.M)
    match = FROM_LINE.search(quoted)
    sender = (emails_in(match[1]) or [""])[0] if match else ""
    lines = [line for line in quoted.split("\n")[1:] if not HEADER_LINE.match(line)]
    return sender, "\n".join(lines).strip()


def complete(parsed):
    """Fill who and where he is from what he says, where no label told."""
    if not parsed.zip:
        parsed.zip, city = place_in(parsed.text)
        parsed.city = parsed.city or city
    parsed.name = parsed.name or person_in(parsed.text)
    parsed.company = parsed.company or company_in(parsed.text)
    parsed.vat = parsed.vat or tax_number_in(parsed.text)
    parsed.items = parsed.items or items_in(parsed.text)
    parsed.language = parsed.language or language_of(parsed.text) or language_of(parsed.subject)
    return parsed


def read(text, display="", address="", subject="", region=None, own=()):
    """Read a mail that a person wrote.

    :param own: our own numbers and addresses, left out
    :return: Parsed, not understood when there is no text or nobody to answer
    """
    own_text, quoted = split_quoted(clean(text))
    letter, signature = split_signature(own_text)
    parsed = Parsed(parser="handwritten", subject=" ".join((subject or "").split()))
    parsed.text = letter
    if FORWARD.match(subject or "") and quoted:
        parsed.forwarded_from, forwarded = _forwarded(quoted)
        parsed.text = f"{letter}\n\n{forwarded}".strip()
    parsed.phones = phones_in(own_text, region, own)
    addresses = [(address or "").lower(), *emails_in(own_text)]
    if parsed.forwarded_from and (address or "").lower() in own:
        addresses.insert(0, parsed.forwarded_from)
        display = ""
    parsed.emails = [
        found for found in dict.fromkeys(addresses) if "@" in found and found not in own
    ]
    parsed.name = name_in(display, address, own_text, signature)
    parsed.company = company_in(own_text) or company_in(parsed.text)
    parsed.vat = tax_number_in(own_text)
    parsed.zip, parsed.city = place_in(own_text)
    parsed.items = items_in(parsed.text)
    parsed.language = language_of(own_text) or language_of(subject)
    parsed.understood = parsed.reachable and bool(parsed.text)
    return parsed
