"""Shapes of values: each function returns the stored form or None."""

import re
from urllib.parse import urlsplit

import phonenumbers
from stdnum.util import get_cc_module

_EMAIL = re.compile(r"[^\s@,;<>\"()\[\]]+@[^\s@.,;<>\"()\[\]]+(\.[^\s@.,;<>\"()\[\]]+)+")
_CODE = re.compile(r"[^\W_](?:[\w./\-]{0,30}[^\W_])?")
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[.,]\d+)?")

# CLDR postalCodeData, reduced to what a dealer network meets: N digit, A letter.
_ZIP_SHAPES = {
    "AT BE BG CH CY DK GE HU LU LV LI MD MK NO SI TN AM AU NZ ZA": r"(LV-|MD-?)?\d{4}",
    "DE ES FI FR IT EE HR ME RS TR UA MA DZ MX TH ID MC": r"\d{5}",
    "RU KZ BY KG UZ TJ TM RO SG CN IN VN": r"\d{6}",
    "CZ SK SE GR": r"\d{3} ?\d{2}",
    "PL": r"\d{2}-\d{3}",
    "PT": r"\d{4}-\d{3}",
    "NL": r"\d{4} ?[A-Z]{2}",
    "LT": r"(LT-)?\d{5}",
    "AZ": r"(AZ ?)?\d{4}",
    "US": r"\d{5}(-\d{4})?",
    "CA": r"[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "IE": r"[A-Z]\d[\dW] ?[A-Z\d]{4}",
    "BR": r"\d{5}-?\d{3}",
    "JP": r"\d{3}-?\d{4}",
    "KR": r"\d{5}",
    "IL": r"\d{5}(\d{2})?",
}
_ZIPS = {
    country: re.compile(shape) for group, shape in _ZIP_SHAPES.items() for country in group.split()
}
# LV writes LV-1050: the shape above allows it bare as well
_ZIPS["LV"] = re.compile(r"(LV-)?\d{4}")


def code(text):
    """Return the dealer code in capitals, None when it holds spaces or odd signs."""
    upper = text.upper()
    return upper if _CODE.fullmatch(upper) else None


def name(text):
    """Return the name with single spaces."""
    return " ".join(text.split())


def email(text):
    """Return the address in small letters, None when it is none."""
    text = text.removeprefix("mailto:").strip().lower()
    return text if len(text) <= 254 and _EMAIL.fullmatch(text) else None


def website(text):
    """Return the address with its scheme, as Odoo stores it, None when it is none."""
    url = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    good = parts.scheme in ("http", "https") and "." in parts.netloc and " " not in text
    return url if good else None


def phone(text, country):
    """Return (E.164 number, is it sure?); (None, False) when it is no number.

    International (+…, 00…) and national writing are understood, the latter
    by the rules of *country* (ISO code or None).
    """
    dialled = re.sub(r"\A\(?00(?=[1-9])", "+", text)
    try:
        number = phonenumbers.parse(dialled, country or None)
    except phonenumbers.NumberParseException:
        return None, False
    if not phonenumbers.is_possible_number(number):
        return None, False
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written, phonenumbers.is_valid_number(number)


def zip_fits(text, country):
    """Say whether the postal code has the shape of *country*'s; unknown shapes pass."""
    shape = _ZIPS.get(country)
    return not shape or bool(shape.fullmatch(text.upper()))


def vat(text):
    """Return the tax number without its separators."""
    return re.sub(r"[\s.\-/]", "", text).upper()


def vat_fits(number, country):
    """Say whether *number* is right by the check digits of *country*; unknown rules pass."""
    if not country:
        return True
    module = get_cc_module(country.lower(), "vat")
    return not module or bool(module.is_valid(number))


def coordinate(text, limit):
    """Return degrees as a float within ±*limit*, None when it is none."""
    text = text.replace("°", "").replace("−", "-").strip()
    if not _NUMBER.fullmatch(text):
        return None
    degrees = round(float(text.replace(",", ".")), 6)
    return degrees if abs(degrees) <= limit else None


def items(text):
    """Return the parts of a list in one cell.

    >>> items("Aquila, Boreas / Aquila")
    ['Aquila', 'Boreas']
    """
    parts = (part.strip() for part in re.split(r"[,;/|+\n]", text))
    return list(dict.fromkeys(part for part in parts if part))
