"""Telephone numbers: finding them in a text and bringing them to one form.

Rules of numbering plans come from Google's libphonenumber (package phonenumbers).
"""

import re

import phonenumbers

from .parsed import Phone
from .text import EMAIL, MAX_TEXT, URL

REGION_OF_LANGUAGE = {"ru": "RU", "fr": "FR"}
SPACE = r"[ \t\xa0.\-‐-―]"
CANDIDATE = re.compile(
    rf"""(?<![\w:/№#.,*-])
    (?P<number>(?:\+|00)?\(?\d(?:{SPACE}{{0,3}}[()]?{SPACE}{{0,2}}\d){{6,14}})
    (?!\d)
    (?:{SPACE}{{0,3}},?\s?(?:доб|вн|ext|x|poste|p|доп|extension)\b{SPACE}{{0,3}}\s?:?№?\s?(?P<extension>\d{{1,6}}))?""",
    re.I | re.X,
)
LABEL = re.compile(
    r"(?:тел|телефон|телефону|моб|мобильный|номер|звоните|позвоните|перезвоните|факс|phone|tel|tél|téléphone|mobile|mob|cell"
    r"|call|portable|appelez|whatsapp|viber|telegram|number)\b[^\d\n+(]{0,20}$",
    re.I,
)
# Digits that are no telephone: tax numbers, account numbers, dates, times, addresses of machines.
NOISE = [
    re.compile(
        r"\b(?:инн|кпп|огрн(?:ип)?|окпо|бик|р/?с(?:ч(?:ет)?)?|к/?с|inn|vat|tva|siren|siret|neq|tax\s?id|iban|ein|"
        r"арт|артикул|art|sku|счет|счёт|invoice|facture|order|заказ|договор)\b\.?\s*(?:no|n°|№|#|:)?\s*"
        r"[a-z]{0,4}[\s-]?\d[\d\s/-]{2,30}",
        re.I,
    ),
    re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b"),
    re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b"),
    re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"),
]


def _blank(match):
    return re.sub(r"\S", " ", match.group())


def _readable(text):
    """Blank out what looks like a number and is none."""
    text = (text or "")[:MAX_TEXT]
    for pattern in (URL, EMAIL, *NOISE):
        text = pattern.sub(_blank, text)
    return text


def _parse(number, region):
    """Return the parsed number when the plan of its country knows the length, else None."""
    digits = re.sub(r"\D", "", number)
    tries = [(number, region)]
    if number.startswith("00"):
        tries.insert(0, (f"+{digits[2:]}", None))
    if len(digits) == 11 and digits[0] == "8":  # trunk prefix of Russia and Kazakhstan
        tries.append((number, "RU"))
    if len(digits) >= 11 and not number.startswith(("+", "0", "8")):
        tries.append((f"+{digits}", None))
    for text, country in tries:
        try:
            parsed = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(parsed):
            return parsed
    return None


def normalise(number, region=None, extension=""):
    """Return a :class:`Phone`, or None when there are too few or too many digits.

    :param str number: in any national or international form, with or without an extension
    :param str region: ISO code of the country that national forms are dialled in; falsy where
        no country is known

    >>> normalise("8 (900) 000-01-58", "RU").number
    '+79000000158'
    """
    raw = (number or "").strip()[:64]
    match = CANDIDATE.match(raw)
    if match and match["extension"]:
        extension, number = extension or match["extension"], match["number"]
    digits = re.sub(r"\D", "", number or "")
    if not 5 <= len(digits) <= 15:
        return None
    parsed = _parse(re.sub(r"[^\d+]", "", number), region or None)
    if not parsed:
        return Phone(digits, extension, raw)
    extension = extension or parsed.extension or ""
    return Phone(
        phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), extension, raw
    )


def national_digits(number):
    """Return the digits dialled inside the country, trunk prefix included, or "".

    >>> national_digits("+33199000000")
    '0199000000'
    """
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return ""
    form = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return re.sub(r"\D", "", form)


def tail(number):
    """Return the last ten digits, or "" when there are fewer than ten."""
    digits = re.sub(r"\D", "", number or "")
    return digits[-10:] if len(digits) >= 10 else ""


def _credible(match, before, region):
    """A number counts when written like one: with a plus, a trunk prefix, brackets, or a word
    before it.
    """
    number = match["number"]
    digits = re.sub(r"\D", "", number)
    if LABEL.search(before):
        return True
    if number.startswith("+") or "(" in number:
        return len(digits) >= 10
    if digits[0] in "78" and len(digits) == 11:
        return True
    if digits[0] == "0" and len(digits) >= 10:
        return True
    parsed = _parse(number, region) if len(digits) >= 10 else None
    return bool(parsed and re.search(r"\D", number) and phonenumbers.is_valid_number(parsed))


def phones_in(text, region=None, own=()):
    """Return the telephone numbers of a text in order, each once.

    :param own: E.164 numbers of ourselves, left out
    """
    found = {}
    text = _readable(text)
    for match in CANDIDATE.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        if not _credible(match, text[max(line_start, match.start() - 60) : match.start()], region):
            continue
        phone = normalise(match["number"], region, match["extension"] or "")
        if phone and phone.number not in own:
            found.setdefault((phone.number, phone.extension), phone)
    return list(found.values())
