"""The command line of wkhtmltopdf, as far as Odoo uses it."""

import argparse
from dataclasses import dataclass, field
from pathlib import Path

#: Paper sizes in millimetres (width, height); names of `QPrinter::PaperSize`, as in Odoo.
PAPER_SIZES = {
    "A0": (841.0, 1189.0),
    "A1": (594.0, 841.0),
    "A2": (420.0, 594.0),
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "A7": (74.0, 105.0),
    "A8": (52.0, 74.0),
    "A9": (37.0, 52.0),
    "B0": (1000.0, 1414.0),
    "B1": (707.0, 1000.0),
    "B2": (500.0, 707.0),
    "B3": (353.0, 500.0),
    "B4": (250.0, 353.0),
    "B5": (176.0, 250.0),
    "B6": (125.0, 176.0),
    "B7": (88.0, 125.0),
    "B8": (62.0, 88.0),
    "B9": (44.0, 62.0),
    "B10": (31.0, 44.0),
    "C5E": (163.0, 229.0),
    "Comm10E": (105.0, 241.0),
    "DLE": (110.0, 220.0),
    "Executive": (190.5, 254.0),
    "Folio": (210.0, 330.0),
    "Ledger": (431.8, 279.4),
    "Legal": (215.9, 355.6),
    "Letter": (215.9, 279.4),
    "Tabloid": (279.4, 431.8),
}

#: Options that tune the old engine; Chromium needs none of them.
IGNORED_FLAGS = (
    "--disable-local-file-access",
    "--quiet",
    "-q",
    "--disable-smart-shrinking",
    "--enable-smart-shrinking",
    "--disable-javascript",
    "--enable-javascript",
    "--print-media-type",
    "--no-outline",
    "--outline",
)
IGNORED_VALUES = (
    "--dpi",
    "--zoom",
    "--viewport-size",
    "--javascript-delay",
    "--header-spacing",
    "--footer-spacing",
    "--encoding",
    "--load-error-handling",
    "--load-media-error-handling",
)


class UsageError(Exception):
    """The command line is not understood."""


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise UsageError(message)


@dataclass
class Job:
    """What to print and how. Lengths are in millimetres."""

    bodies: list[Path]
    output: Path
    header: Path | None = None
    footer: Path | None = None
    cookie_jar: Path | None = None
    cookies: list[list[str]] = field(default_factory=list)
    width: float = 210.0
    height: float = 297.0
    margins: dict[str, float] = field(default_factory=dict)
    header_line: bool = False
    footer_line: bool = False

    @property
    def inputs(self):
        """Every file that the run reads as a page."""
        return [path for path in (*self.bodies, self.header, self.footer) if path]


def millimetres(text):
    """Read a length as wkhtmltopdf writes it: `12`, `12mm`, `1.2cm`, `0.5in`, `10pt`."""
    units = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
    text = text.strip()
    number, factor = text, 1.0
    if text[-2:] in units:
        number, factor = text[:-2], units[text[-2:]]
    try:
        return float(number) * factor
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a length") from error


def _paper_size(text):
    sizes = {name.lower(): size for name, size in PAPER_SIZES.items()}
    if text.lower() not in sizes:
        raise argparse.ArgumentTypeError(f"unknown paper size {text!r}")
    return sizes[text.lower()]


def _parser():
    parser = _Parser(prog="wkhtmltopdf", allow_abbrev=False)
    parser.add_argument("--version", "-V", action="store_true", help="print the version and stop")
    parser.add_argument("--page-size", "-s", type=_paper_size, default=PAPER_SIZES["A4"])
    parser.add_argument("--page-width", type=millimetres)
    parser.add_argument("--page-height", type=millimetres)
    parser.add_argument("--orientation", "-O", type=str.lower, default="portrait")
    for short, side in (("T", "top"), ("B", "bottom"), ("L", "left"), ("R", "right")):
        parser.add_argument(f"--margin-{side}", f"-{short}", type=millimetres, default=10.0)
    parser.add_argument("--header-html", type=Path)
    parser.add_argument("--footer-html", type=Path)
    parser.add_argument("--header-line", action="store_true")
    parser.add_argument("--footer-line", action="store_true")
    parser.add_argument("--cookie-jar", type=Path)
    parser.add_argument("--cookie", nargs=2, action="append", metavar=("NAME", "VALUE"), default=[])
    for name in IGNORED_FLAGS:
        parser.add_argument(name, action="store_true", help=argparse.SUPPRESS)
    for name in IGNORED_VALUES:
        parser.add_argument(name, help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path, help="HTML files, then the PDF to write")
    return parser


def parse(argv):
    """Turn a command line into a `Job`, or `None` when only the version is asked for.

    :raises UsageError: for an unknown option, a length that cannot be read or a missing file
    """
    values = _parser().parse_args(argv)
    if values.version:
        return None
    if len(values.files) < 2:
        raise UsageError("name at least one HTML file and the PDF to write")
    width, height = values.page_size
    width, height = values.page_width or width, values.page_height or height
    if values.orientation == "landscape":
        width, height = height, width
    job = Job(
        bodies=values.files[:-1],
        output=values.files[-1],
        header=values.header_html,
        footer=values.footer_html,
        cookie_jar=values.cookie_jar,
        cookies=values.cookie,
        width=width,
        height=height,
        margins={
            side: getattr(values, f"margin_{side}") for side in ("top", "bottom", "left", "right")
        },
        header_line=values.header_line,
        footer_line=values.footer_line,
    )
    _check(job)
    return job


def _check(job):
    for path in (*job.inputs, job.cookie_jar):
        if path and not path.is_file():
            raise UsageError(f"there is no file {path}")
    if job.margins["top"] + job.margins["bottom"] >= job.height:
        raise UsageError("the top and bottom margins leave no room on the page")
    if job.margins["left"] + job.margins["right"] >= job.width:
        raise UsageError("the left and right margins leave no room on the page")
