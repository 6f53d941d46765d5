"""Understands the rows of a sheet and lists everything that is wrong with them."""

from . import formats
from .plan import (
    CREATE,
    FIELDS,
    LISTS,
    LOOKED_UP,
    REFUSED,
    REQUIRED,
    UNCHANGED,
    UPDATE,
    Problem,
    Report,
    Row,
)
from .tree import check_tree
from .words import fold

HEADER_SEARCH = 20  # rows looked through for the header; OEM files begin with titles
SHEET_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")
#: The way from one state to another, step by step; what is not listed cannot be imported.
STATE_STEPS = {
    ("prospect", "candidate"): ("candidate",),
    ("prospect", "active"): ("candidate", "active"),
    ("prospect", "terminated"): ("terminated",),
    ("candidate", "prospect"): ("prospect",),
    ("candidate", "active"): ("active",),
    ("candidate", "terminated"): ("terminated",),
    ("active", "suspended"): ("suspended",),
    ("active", "terminated"): ("terminated",),
    ("suspended", "active"): ("active",),
    ("suspended", "terminated"): ("terminated",),
    ("terminated", "candidate"): ("candidate",),
}
_LIMITS = {"latitude": 90, "longitude": 180}


def check(sheet, reference):
    """Return the :class:`Report` of the dry run.

    :param Sheet sheet: the rows read from a file
    :param Reference reference: what the database knows
    """
    report = Report()
    if _find_columns(sheet, reference, report):
        for number, cells in enumerate(sheet.rows[report.header_row :], report.header_row + 1):
            if any(cells):
                report.rows.append(_RowCheck(reference, report, number, cells).run())
        _check_duplicates(report)
        check_tree(report, reference)
        _check_persons(report)
        if not report.rows:
            report.problems.append(Problem("no_rows", row=report.header_row))
    _decide(report, reference)
    report.problems.sort(key=lambda problem: problem.sort_key)
    return report


# --- columns ----------------------------------------------------------------


def _find_columns(sheet, reference, report):
    """Find the header row and what each column holds; say whether rows can be read."""

    def known(cells):
        return len({reference.columns.find(cell) for cell in cells if cell} - {None})

    counts = [known(cells) for cells in sheet.rows[:HEADER_SEARCH]]
    best = max(counts, default=0)
    if not best:
        report.problems.append(Problem("no_header"))
        return False
    report.header_row = counts.index(best) + 1
    report.headers = sheet.rows[report.header_row - 1]
    for position, header in enumerate(report.headers):
        _take_column(report, reference, position, header)
    missing = [key for key in ("code",) if key not in report.columns.values()]
    for key in missing:
        report.problems.append(Problem("missing_column", report.header_row, key))
    return not missing


def _take_column(report, reference, position, header):
    key = reference.columns.find(header)
    row = report.header_row
    if key is None:
        if header:
            report.problems.append(Problem("unknown_column", row, "", position, header, "warning"))
    elif key in report.columns.values():
        report.problems.append(Problem("duplicate_column", row, key, position, header))
    else:
        report.columns[position] = key


# --- one row ----------------------------------------------------------------


class _RowCheck:
    """Reads one row; every method of a field takes its text and sets its value."""

    def __init__(self, reference, report, number, cells):
        self.reference = reference
        self.report = report
        self.row = Row(number)
        self.positions = {key: position for position, key in report.columns.items()}
        for position, text in enumerate(cells):
            key = report.columns.get(position)
            if key and text:
                self.row.cells[key] = text
            elif text and not (position < len(report.headers) and report.headers[position]):
                self.note("cell_without_header", position=position, value=text, severity="warning")

    def run(self):
        """Return the row with its values; problems go to the report."""
        for key in FIELDS:
            text = self.row.cells.get(key)
            if not text:
                continue
            if text in SHEET_ERRORS:
                self.note("cell_error", key)
            elif key in LOOKED_UP:
                self._read_word(key, text)
            elif key in LISTS:
                self._read_list(key, text)
            else:
                getattr(self, f"_read_{key}", self._read_text)(key, text)
        self._check_required()
        self._check_pairs()
        return self.row

    def note(self, code, key="", position=None, value=None, severity="error", **params):
        """Report a problem of this row."""
        if position is None:
            position = self.positions.get(key, -1)
        if value is None:
            value = self.row.cells.get(key, "")
        self.report.problems.append(
            Problem(code, self.row.number, key, position, value, severity, tuple(params.items()))
        )

    @property
    def country(self):
        """ISO code of the row's country; of the dealer's own when the row gives none."""
        known = self.reference.dealers.get(self.row.code)
        return self.row.values.get("country") or (known and known.values.get("country")) or None

    def _keep(self, key, value, problem):
        if value is None:
            self.note(problem, key)
        else:
            self.row.values[key] = value

    def _read_text(self, key, text):
        self.row.values[key] = formats.name(text)

    def _read_code(self, key, text):
        self._keep(key, formats.code(text), "bad_code")

    def _read_parent(self, key, text):
        self._keep(key, formats.code(text), "bad_code")

    def _read_email(self, key, text):
        self._keep(key, formats.email(text), "bad_email")

    _read_principal_email = _read_email

    def _read_website(self, key, text):
        self._keep(key, formats.website(text), "bad_website")

    def _read_phone(self, key, text):
        number, sure = formats.phone(text, self.country)
        self._keep(key, number, "bad_phone")
        if number and not sure:
            self.note("doubtful_phone", key, severity="warning", number=number)

    _read_principal_phone = _read_phone

    def _read_zip(self, key, text):
        self.row.values[key] = formats.name(text)
        if self.country and not formats.zip_fits(text, self.country):
            self.note("doubtful_zip", key, severity="warning", country=self.country)

    def _read_vat(self, key, text):
        self.row.values[key] = formats.vat(text)
        if not formats.vat_fits(self.row.values[key], self.country):
            self.note("doubtful_vat", key, severity="warning", country=self.country)

    def _read_latitude(self, key, text):
        self._keep(key, formats.coordinate(text, _LIMITS[key]), "bad_coordinate")

    _read_longitude = _read_latitude

    def _read_region(self, key, text):
        if not self.country:
            return  # the country's own problem is listed
        region = self.reference.find("region", f"{self.country} {text}")
        if region:
            self.row.values[key] = region
        else:
            self.note("unknown_region", key, severity="warning", country=self.country)

    def _read_word(self, key, text):
        code = self.reference.find(key, text)
        if code is None:
            self.note(f"unknown_{key}", key)
        elif key == "lang" and code not in self.reference.languages:
            self.note("inactive_lang", key, severity="warning")
        else:
            self.row.values[key] = code

    def _read_list(self, key, text):
        kind = LISTS[key]
        whole = self.reference.find(kind, text)
        codes = [whole] if whole else []
        for item in () if whole else formats.items(text):
            code = self.reference.find(kind, item)
            if code is None:
                self.note(f"unknown_{kind}", key, item=item)
            elif code not in codes:
                codes.append(code)
        if codes:
            self.row.values[key] = tuple(sorted(codes))

    def _check_required(self):
        if self.row.code in self.reference.dealers:
            return
        for key in REQUIRED:
            if not self.row.cells.get(key):
                self.note("missing_value", key)

    def _check_pairs(self):
        cells = self.row.cells
        for here, there in (("latitude", "longitude"), ("longitude", "latitude")):
            if cells.get(here) and not cells.get(there):
                self.note("half_coordinates", there)
        for one, other in (("brands", "activities"), ("activities", "brands")):
            if cells.get(one) and not cells.get(other):
                self.note("half_operations", other, severity="warning")
                self.row.values.pop(one, None)
        if not cells.get("principal") and (
            cells.get("principal_email") or cells.get("principal_phone")
        ):
            self.note("missing_principal", "principal")


# --- the file as a whole --------------------------------------------------------


def _check_duplicates(report):
    first = {}
    for row in report.rows:
        if not row.code:
            continue
        if row.code in first:
            _note(report, row, "duplicate_code", "code", first=first[row.code])
        else:
            first[row.code] = row.number


def _check_persons(report):
    """Refuse one e-mail with two names or phones: the person would flip at each import."""
    seen = {}
    for row in report.rows:
        email = row.values.get("principal_email")
        if not email:
            continue
        first = seen.setdefault(email, row)
        if fold(first.values.get("principal", "")) != fold(row.values.get("principal", "")):
            other = first.values.get("principal", "")
            _note(
                report, row, "email_of_another", "principal_email", other=other, first=first.number
            )
        elif first.values.get("principal_phone") != row.values.get("principal_phone"):
            _note(report, row, "two_phones", "principal_phone", first=first.number)


def _note(report, row, code, key, severity="error", **params):
    position = next((spot for spot, found in report.columns.items() if found == key), -1)
    value = row.cells.get(key, "")
    report.problems.append(
        Problem(code, row.number, key, position, value, severity, tuple(params.items()))
    )


def _decide(report, reference):
    """Say for each row whether it creates, updates, changes nothing or is refused."""
    for row in report.rows:
        known = reference.dealers.get(row.code)
        if known:
            _compare(report, reference, row, known)
        else:
            row.changes = dict(row.values)
            row.action = CREATE
    refused = {problem.row for problem in report.errors}
    for row in report.rows:
        if row.number in refused:
            row.action = REFUSED


def _compare(report, reference, row, known):
    if not known.mine:
        _note(report, row, "code_taken", "code")
    elif not reference.may_update:
        _note(report, row, "code_exists", "code")
    row.changes = {
        key: value
        for key, value in row.values.items()
        if key != "code" and not _same(key, value, known.values.get(key))
    }
    step = (known.state, row.changes.get("state"))
    if step[1] and step not in STATE_STEPS:
        _note(report, row, "bad_state_change", "state", old=step[0], new=step[1])
    row.action = UPDATE if row.changes else UNCHANGED


def _same(key, new, old):
    if key in LISTS:  # what the file does not name is kept, never removed
        return set(new) <= set(old or ())
    if isinstance(new, float):
        return old is not None and abs(new - old) < 1e-6
    return new == old
