"""Read a figure as a customer says it: "11 l/s", "10 – 40 m3/h", "≥ 6 bar", "до 90 °C".

>>> read("10-40 m3/h", {"m³/h": 7})
Reading(low=10.0, high=40.0, unit=7)
>>> read("max. 90", {})
Reading(low=None, high=90.0, unit=None)
"""

import re
import unicodedata
from typing import NamedTuple


class Reading(NamedTuple):
    """Bounds that may be open (None), and the unit as the caller named it."""

    low: float | None
    high: float | None
    unit: object


class ReadingError(ValueError):
    """The text is no figure. ``code``: empty, no_number, unit, order or rest."""

    def __init__(self, code, part=""):
        super().__init__(code)
        self.code = code
        self.part = part


NUMBER = r"[+-]?\d+(?:\.\d+)?"
#: English, French, Russian; longest first.
UP_TO = r"(?:<=?|≤|at most|up to|max\.?|maximum|jusqu'à|au plus|не более|макс\.?|до)"
FROM = r"(?:>=?|≥|at least|min\.?|minimum|au moins|à partir de|не менее|мин\.?)"
BETWEEN = r"(?:from|between|de|entre|от)"
TO = r"(?:\.{2,3}|…|–|—|-|~|to|and|à|et|до)"
_RANGE = re.compile(rf"^(?:{BETWEEN}\s+)?({NUMBER})\s*{TO}\s*({NUMBER})\s*(.*)$")
_UP_TO = re.compile(rf"^{UP_TO}\s*({NUMBER})\s*(.*)$")
_FROM = re.compile(rf"^(?:{FROM}|{BETWEEN}\s)\s*({NUMBER})\s*(.*)$")
_ONE = re.compile(rf"^(?:=|≈|about|environ|около)?\s*({NUMBER})\s*(.*)$")
_SPACES = "\u00a0\u202f\u2009"
_NOT_DECIMAL = {",": ".", ".": ","}


def plain_unit(name):
    """Return a unit's name without the differences that keyboards make: ``m³/h`` → ``m3/h``."""
    text = unicodedata.normalize("NFKC", name).casefold().strip().rstrip(".")
    # letters that look alike on a Russian keyboard stay as they are: "м" is a unit of its own
    return re.sub(r"[\s·*]+", "", text).replace("°", "")


#: What customers write for units that have a name of their own in the product.
ALIASES = {
    "l/sec": "l/s",
    "л/с": "l/s",
    "л/мин": "l/min",
    "м3/ч": "m3/h",
    "м3/час": "m3/h",
    "m3/hour": "m3/h",
    "cbm/h": "m3/h",
    "м3/мин": "m3/min",
    "бар": "bar",
    "кпа": "kpa",
    "мпа": "mpa",
    "квт": "kw",
    "вт": "w",
    "ch": "hp",
    "cv": "hp",
    "ps": "hp",
    "л.с": "hp",
    "gpm": "usgal/min",
    "гц": "hz",
    "с": "c",
    "мм": "mm",
    "кг": "kg",
    "кн": "kn",
    "db": "db(a)",
    "дб": "db(a)",
    "об/мин": "rpm",
    "tr/min": "rpm",
    "mce": "mh2o",
    "g": "gn",
    "kgf": "kg",
}


def read(text, units, decimal=".", fallback=None):
    """Return the :class:`Reading` of a customer's words.

    :param str text: figure, range or bound, with or without a unit
    :param dict units: ``{name of unit: whatever stands for it}``
    :param str decimal: the decimal sign of the writer's language, "." or ","
    :param fallback: the unit when the text names none
    :raise ReadingError: see there
    """
    words = _plain_numbers(text or "", decimal)
    if not words:
        raise ReadingError("empty")
    if found := _RANGE.match(words):
        low, high, rest = float(found[1]), float(found[2]), found[3]
    elif found := _UP_TO.match(words):
        low, high, rest = None, float(found[1]), found[2]
    elif found := _FROM.match(words):
        low, high, rest = float(found[1]), None, found[2]
    elif found := _ONE.match(words):
        low = high = float(found[1])
        rest = found[2]
    else:
        raise ReadingError("no_number", text)
    if low is not None and high is not None and low > high:
        raise ReadingError("order", text)
    return Reading(low, high, _unit(rest, units, fallback))


def _plain_numbers(text, decimal):
    """Return the text in small letters, with dots for decimals and nothing between thousands."""
    for space in _SPACES:
        text = text.replace(space, " ")
    # a minus sign is a minus sign, and a range keeps its dash: "−5 – 20"
    text = text.replace("\u2212", "-").strip().casefold().replace("’", "'")
    thousands = _NOT_DECIMAL[decimal]
    text = re.sub(r"(?<=\d)[ '](?=\d{3}(?!\d))", "", text)
    text = re.sub(rf"(?<=\d)\{thousands}(?=\d{{3}}(?!\d))", "", text)
    # what is left of either sign is a decimal, whoever wrote it; two dots are a range
    return re.sub(r"(?<=\d),(?=\d)", ".", text)


def _unit(rest, units, fallback):
    wanted = plain_unit(rest)
    if not wanted:
        return fallback
    named = {plain_unit(name): unit for name, unit in units.items()}
    wanted = ALIASES.get(wanted, wanted) if wanted not in named else wanted
    if wanted not in named:
        raise ReadingError("unit", rest.strip())
    return named[wanted]
