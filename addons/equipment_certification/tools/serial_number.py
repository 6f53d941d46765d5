"""Serial numbers in their order, without the ORM.

A serial number is read as prefix, number and suffix: the number is the last run of digits, as
makers count ("KT500-0042", "24/0042-A"). Two serial numbers are of one series when prefix, suffix
and the way of writing the number agree; a range holds the numbers of one series.
"""

import re
from typing import NamedTuple

#: More digits than this are no running number, and would not fit a double exactly.
MOST_DIGITS = 15
_PARTS = re.compile(rf"^(.*?)(\d{{1,{MOST_DIGITS}}})(\D*)$", re.ASCII)


class SerialNumber(NamedTuple):
    """A serial number in parts; ``digits`` are the number as it is written, with its zeros."""

    prefix: str
    digits: str
    suffix: str

    @property
    def number(self):
        """The running number."""
        return int(self.digits)


def normal(text):
    """Return a serial number as it is compared: blanks and case differ between two readers.

    >>> normal(" kt500 - 0042 ")
    'KT500-0042'
    """
    return "".join((text or "").split()).upper()


def parse(text):
    """Return the `SerialNumber` of a text, or None when nothing in it counts.

    >>> parse("KT500-0042")
    SerialNumber(prefix='KT500-', digits='0042', suffix='')
    >>> parse("PROTOTYPE") is None
    True
    """
    match = _PARTS.match(normal(text))
    return SerialNumber(*match.groups()) if match else None


def is_range(first, last):
    """Whether two serial numbers are the ends of a range.

    >>> is_range("A-001", "A-100"), is_range("A-001", "B-100"), is_range("A-2", "A-1")
    (True, False, False)
    """
    low, high = parse(first), parse(last)
    return bool(
        low
        and high
        and low.prefix == high.prefix
        and low.suffix == high.suffix
        and low.number <= high.number
        and len(high.digits) == written_width(low, high.number)
    )


def written_width(first, number):
    """Digits with which the series of `first` writes a number: as many as the first, or as needed.

    >>> written_width(parse("A-001"), 50), written_width(parse("A-1"), 50)
    (3, 2)
    """
    return max(len(first.digits), len(str(number)))


def in_range(text, first, last):
    """Whether a serial number lies in a range; the ends belong to it.

    >>> in_range("A-050", "A-001", "A-100"), in_range("A-50", "A-001", "A-100")
    (True, False)
    """
    serial, low, high = parse(text), parse(first), parse(last)
    return bool(
        serial
        and is_range(first, last)
        and serial.prefix == low.prefix
        and serial.suffix == low.suffix
        and low.number <= serial.number <= high.number
        and len(serial.digits) == written_width(low, serial.number)
    )
