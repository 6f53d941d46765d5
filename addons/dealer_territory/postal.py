"""Postal codes as sortable keys: no ORM, no database.

A postal code becomes a *key* of ``0-9A-Z-`` such that the plain byte order of keys is the order
people expect of the codes of one country.  A range of codes is a closed interval of keys.  Its
upper bound ends in :data:`TOP`, which sorts after every character of a key, so that a range given
by prefixes holds every longer code: ``H2X..H3B`` holds ``H3B 2Y5``.

Formats: Universal Postal Union, "Postal addressing systems", one sheet per country.
"""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

TOP = "~"
_ALPHABET = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" + TOP
_WEIGHT = {char: index for index, char in enumerate(_ALPHABET, start=1)}
_BASE = len(_ALPHABET) + 2

#: Countries with codes of digits only: length, and whether codes may start with a zero.
#: A code one digit short has lost its zero in a spreadsheet and gets it back.
_DIGITS = {
    "AT": (4, False), "AU": (4, True), "BE": (4, False), "BG": (4, False), "BR": (8, True),
    "BY": (6, False), "CH": (4, False), "CN": (6, True), "CY": (4, False), "CZ": (5, False),
    "DE": (5, True), "DK": (4, True), "EE": (5, False), "ES": (5, True), "FI": (5, True),
    "FR": (5, True), "GR": (5, False), "HR": (5, False), "HU": (4, False), "IN": (6, False),
    "IT": (5, True), "JP": (7, True), "KG": (6, False), "KR": (5, True), "LT": (5, True),
    "LU": (4, False), "LV": (4, False), "MX": (5, True), "NO": (4, True), "PL": (5, True),
    "PT": (7, False), "RO": (6, True), "RS": (5, False), "RU": (6, False), "SE": (5, False),
    "SI": (4, False), "SK": (5, True), "TR": (5, True), "UA": (5, True), "US": (5, True),
    "UZ": (6, False),
}  # fmt: skip

#: Area, district, letter of the district, inward part; all but the area may be missing.
_BRITISH = re.compile(r"([A-Z]{1,2})(?:(\d{1,2})([A-Z]?)(\d[A-Z]{2})?)?")
_PART = re.compile(r"[;,\n]+")
_BETWEEN = re.compile(r"\s*(?:\.{2,}|…|–|—|\s-\s)\s*")


class PostalCodeError(ValueError):
    """A text that cannot be a postal code or a range of them; ``code`` holds the text."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Interval(NamedTuple):
    """Closed interval of keys."""

    first: str
    last: str

    def __contains__(self, key):
        return self.first <= key <= self.last

    def overlaps(self, other):
        """Whether a key can lie in both intervals."""
        return self.first <= other.last and other.first <= self.last

    @property
    def span(self):
        """Share of all thinkable keys in the interval, from 0 to 1: the smaller, the more
        specific."""
        return float(_position(self.last) - _position(self.first))


def key(code, country=None):
    """The sort key of a postal code.

    >>> key("h2x 1y4", "CA"), key("1000", "FR"), key("LV-1010", "LV"), key("e1 6aa", "GB")
    ('H2X1Y4', '01000', '1010', 'E-01-6AA')

    :param str code: as people type it; spaces, hyphens and case do not matter
    :param str country: ISO 3166 code of two letters
    :return str: the key, empty for an empty code
    """
    text = unicodedata.normalize("NFKC", code or "").upper()
    compact = re.sub(r"[^0-9A-Z]", "", text)
    country = (country or "").upper()
    if country in _DIGITS:
        return _digits(compact, *_DIGITS[country])
    return _british(compact) if country == "GB" else compact


def interval(first, last=None, country=None):
    """The interval of keys from one postal code, or prefix, to another.

    :param str first: first code; empty together with ``last``: all codes of the country
    :param str last: last code, ``first`` when empty
    :param str country: ISO 3166 code of two letters
    :raise PostalCodeError: not a code, or the last code sorts before the first
    """
    first, last = (first or "").strip(), (last or "").strip()
    if not first and last:
        raise PostalCodeError(last)
    low = _strict_key(first, country)
    high = (_strict_key(last, country) if last else low) + TOP
    if low > high:
        raise PostalCodeError(f"{first}..{last}")
    return Interval(low, high)


def parse(text, country=None):
    """Read a list of codes and ranges, such as ``"H2X..H3B, J4B; G1A - G1Z"``.

    :param str text: parts divided by comma, semicolon or new line; a range is written with two
        dots, a dash, or a hyphen between spaces
    :return list: pairs ``(first, last)`` of texts as typed, ``last`` equal to ``first`` for a
        single code
    :raise PostalCodeError: a part that is no code and no range
    """
    pairs = []
    for part in filter(None, (part.strip() for part in _PART.split(text or ""))):
        ends = _BETWEEN.split(part)
        if len(ends) > 2 or not all(ends):
            raise PostalCodeError(part)
        first, last = ends[0], ends[-1]
        interval(first, last, country)
        pairs.append((first, last))
    return pairs


def _strict_key(code, country):
    """The key of a bound somebody typed on purpose: refuse what :func:`key` would drop."""
    text = unicodedata.normalize("NFKC", code)
    found = key(code, country)
    if code and (not found or re.search(r"[^0-9A-Za-z\s\-]", text)):
        raise PostalCodeError(code)
    if (country or "").upper() in _DIGITS and not re.fullmatch(r"\d*", found):
        raise PostalCodeError(code)
    return found


def _digits(compact, length, zero):
    number = re.sub(r"^[A-Z]{1,3}(?=\d)", "", compact)
    if zero and number.isdigit() and len(number) == length - 1:
        return "0" + number
    return number


def _british(compact):
    found = _BRITISH.fullmatch(compact)
    if not found:
        return compact
    area, district, letter, inward = found.groups()
    if not district:
        return area.ljust(2, "-")
    # Without an inward part the district is a prefix: SW1 holds SW1A.
    letter = letter or ("-" if inward else "")
    return f"{area.ljust(2, '-')}{int(district):02d}{letter}{inward or ''}"


def _position(text):
    """Where a key lies between 0 and 1, in the order of keys."""
    return sum(
        (Fraction(_WEIGHT[char], _BASE**index) for index, char in enumerate(text, start=1)),
        Fraction(0),
    )
