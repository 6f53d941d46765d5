"""From the bytes of a CSV or XLSX file to rows of text.

Whatever the bytes are, :func:`read` returns a :class:`Sheet` or raises
:class:`UnreadableFile`; nothing else.
"""

import codecs
import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime

import openpyxl

MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 2_000
MAX_UNPACKED = 200 * 1024 * 1024  # bytes of an unzipped workbook
DELIMITERS = (";", ",", "\t", "|")
#: Encodings a user may force; the labels are theirs, not Python's.
ENCODINGS = ("utf-8", "utf-16", "windows-1251", "windows-1252", "latin-1")

_BOMS = (  # the longer first: a UTF-32 mark begins with the one of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Words of ASCII letters and of bytes that are letters in both code pages (and Ё, ё).
_WORD = re.compile(rb"[A-Za-z\xa8\xb8\xc0-\xff]+")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_CONTROLS = {code: None for code in range(32) if code not in (9, 10, 13)}
_CONTROLS.update(dict.fromkeys(range(64976, 65008)))
_CONTROLS.update({0x7F: None, 0xFEFF: None, 0xFFFE: None, 0xFFFF: None})


class UnreadableFile(Exception):
    """The file cannot be read at all.

    :ivar code: stable name of the reason
    :ivar row: row where reading stopped, 0 when unknown
    :ivar params: what the message to the user needs
    """

    def __init__(self, code, row=0, **params):
        super().__init__(code)
        self.code = code
        self.row = row
        self.params = params


@dataclass
class Sheet:
    """Rows of text; ``rows[0]`` is row 1 as a spreadsheet program counts."""

    rows: list = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""


def read(content, encoding=None, delimiter=None):
    """Return the :class:`Sheet` in *content*.

    :param bytes content: the file
    :param str encoding: Python codec, None to detect
    :param str delimiter: one character, None to detect
    :raise UnreadableFile: empty, damaged, or of an unsupported kind
    """
    if not content.strip():
        raise UnreadableFile("empty_file")
    if content.startswith(_OLE):
        raise UnreadableFile("legacy_workbook")
    if content.startswith(_ZIP):
        return _read_workbook(content)
    return _read_text(content, encoding, delimiter)


# --- text -----------------------------------------------------------------


def detect_encoding(content):
    """Return the codec of *content*.

    A byte order mark decides; then zero bytes (UTF-16), strict UTF-8, and at
    last whether letters above ASCII make words of their own as in Cyrillic or
    stand among ASCII letters as in French.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    sample = content[: 64 * 1024]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if (even + odd) * 20 > len(sample):  # a stray zero does not make UTF-16
        return "utf-16-le" if odd >= even else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _detect_single_byte(content)
    return "utf-8"


def _detect_single_byte(content):
    """Tell Cyrillic from Latin by its words.

    A French or German word mixes letters above ASCII with plain ones, a Russian one has none of
    the latter. A single letter between digits or blanks tells nothing.
    """
    cyrillic = latin = 0
    for word in _WORD.findall(content):
        high = sum(byte > 0x7F for byte in word)
        if high < len(word):
            latin += high
        elif high > 1:
            cyrillic += high
    if cyrillic > latin:
        return "cp1251"
    # latin-1 reads every byte; cp1252 has five holes
    holes = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
    return "latin-1" if any(hole in content for hole in holes) else "cp1252"


def _read_text(content, encoding, delimiter):
    encoding = encoding or detect_encoding(content)
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError):
        raise UnreadableFile("wrong_encoding", encoding=encoding) from None
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableFile("empty_file")
    delimiter = delimiter or detect_delimiter(text)
    return Sheet(_parse_csv(text, delimiter), encoding, delimiter)


def detect_delimiter(text):
    """Return the delimiter that cuts the first rows into the most even columns."""
    sample = "\n".join(text.splitlines()[:30])

    def evenness(delimiter):
        widths = [len(row) for row in _lenient_rows(sample, delimiter) if row]
        widest = max(widths, default=1)
        return (sum(width == widest for width in widths) if widest > 1 else 0) * widest

    return max(DELIMITERS, key=evenness)


def _lenient_rows(text, delimiter):
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def _parse_csv(text, delimiter):
    # strict: an unclosed quote would otherwise swallow the rest of the file in one cell
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for cells in reader:
            rows.append(_clean_row(cells, len(rows) + 1))
    except csv.Error:
        raise UnreadableFile("broken_csv", row=len(rows) + 1) from None
    return _trim(rows)


# --- workbook -------------------------------------------------------------


def _read_workbook(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise UnreadableFile("too_large")
        return Sheet(_trim(_workbook_rows(content)))
    except UnreadableFile:
        raise
    except Exception:
        # openpyxl lets a damaged file raise whatever its XML, zip and number
        # parsers raise; to the user all of it means one thing
        raise UnreadableFile("broken_workbook") from None


def _workbook_rows(content):
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise UnreadableFile("empty_file")
        sheet = sheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size, which hides rows
        rows = []
        for values in sheet.iter_rows(values_only=True):
            rows.append(_clean_row([_cell_text(value) for value in values], len(rows) + 1))
        return rows
    finally:
        book.close()


def _cell_text(value):
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


# --- both -----------------------------------------------------------------


def _clean_row(cells, number):
    cleaned = [cell.translate(_CONTROLS).replace("\xa0", " ").strip() for cell in cells]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    if len(cleaned) > MAX_COLUMNS:
        raise UnreadableFile("too_many_columns", row=number, limit=MAX_COLUMNS)
    if number > MAX_ROWS and cleaned:
        raise UnreadableFile("too_many_rows", row=number, limit=MAX_ROWS)
    if any(len(cell) > MAX_CELL for cell in cleaned):
        raise UnreadableFile("cell_too_long", row=number, limit=MAX_CELL)
    return cleaned


def _trim(rows):
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise UnreadableFile("empty_file")
    return rows
