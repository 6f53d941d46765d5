"""Bodies, headers and footers put together into one PDF."""

import io
import re
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode, urlsplit

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    RectangleObject,
    create_string_object,
)

INCH = 25.4
POINTS = 72 / INCH
FOLDER = "/.report"
#: Headers or footers printed in one go; keeps the memory of long documents in bounds.
STRIPS_PER_SHEET = 40
BASE_HREF = re.compile(rb"""<base[^>]*\shref=["']?(https?://[^"'\s>]+)""", re.IGNORECASE)


@dataclass
class Page:
    """One printed page and its place, for the numbers in header and footer."""

    pdf: object
    body_name: str
    number: int
    number_in_body: int = 0
    pages_in_body: int = 0


class Document:
    """Prints a job with an open browser.

    :param job: `options.Job`
    :param browser: `browser.Browser`
    """

    def __init__(self, job, browser):
        self.job = job
        self.browser = browser
        contents = {path: path.read_bytes() for path in job.inputs}
        self.origin = _origin(contents.values())
        self.documents = {_path(path): content for path, content in contents.items()}
        browser.serve(self.origin, self.documents)
        for name, value in job.cookies:
            browser.set_cookie(name, value, urlsplit(self.origin).hostname)

    def write(self):
        """Print everything and write the PDF."""
        bodies = [self._print_body(path) for path in self.job.bodies]
        pages = list(_numbered(self.job.bodies, bodies))
        self._lay_strips(pages, self.job.header, "top", self.job.header_line)
        self._lay_strips(pages, self.job.footer, "bottom", self.job.footer_line)
        writer = PdfWriter()
        for page in pages:
            self._set_size(writer.add_page(page.pdf))
        firsts = [page.number - 1 for page in pages if page.number_in_body == 1]
        _add_outline(writer, firsts, self._titles, self.job.height * POINTS)
        writer.compress_identical_objects()
        with self.job.output.open("wb") as output:
            writer.write(output)

    def _set_size(self, page):
        """Whole points, by which printers and Odoo's tests know a paper; Chromium counts pixels."""
        size = (0, 0, round(self.job.width * POINTS), round(self.job.height * POINTS))
        page.mediabox = page.cropbox = RectangleObject(size)

    def _url(self, path, query=""):
        return f"{self.origin}{_path(path)}{query}"

    def _print_body(self, path):
        self.browser.load(self._url(path))
        title = self.browser.evaluate(
            "(document.querySelector('h1,h2,h3')?.textContent || document.title).trim()"
        )
        self._titles = [*getattr(self, "_titles", []), title or path.name]
        return _read(self._print(self.job.height, self.job.margins))

    def _print(self, height, margins):
        params = {f"margin{side.capitalize()}": value / INCH for side, value in margins.items()}
        return self.browser.print(
            paperWidth=self.job.width / INCH, paperHeight=height / INCH, **params
        )

    def _lay_strips(self, pages, source, side, line):
        """Print a header or footer for each page and lay it into the margin."""
        height = self.job.margins[side]
        if not height or not (source or line):
            return
        offset = (self.job.height - height) if side == "top" else 0.0
        for start in range(0, len(pages), STRIPS_PER_SHEET):
            chunk = pages[start : start + STRIPS_PER_SHEET]
            strips = self._print_strips(chunk, len(pages), source, height, side, line)
            for page, strip in zip(chunk, strips.pages, strict=True):
                move = Transformation().translate(0, offset * POINTS)
                page.pdf.merge_transformed_page(strip, move)

    def _print_strips(self, pages, total, source, height, side, line):
        """One sheet of inner frames: fonts and pictures are then stored once for all pages."""
        edge = {"top": "bottom", "bottom": "top"}[side]
        border = f"border-{edge}:0.3mm solid #000;" if line else ""
        frames = "".join(
            f'<iframe src="{self._url(source, _query(page, total))}"></iframe>'
            if source
            else "<div></div>"
            for page in pages
        )
        left, right = self.job.margins["left"], self.job.margins["right"]
        sheet = (
            "<!DOCTYPE html><style>*{margin:0;padding:0}"
            f"iframe,div{{display:block;border:0;box-sizing:border-box;{border}"
            f"width:100%;height:{height}mm;"
            "break-after:page;overflow:hidden}"
            "iframe:last-child,div:last-child{break-after:auto}</style>" + frames
        )
        self.documents[f"{FOLDER}/sheet.html"] = sheet.encode()
        self.browser.load(f"{self.origin}{FOLDER}/sheet.html")
        margins = {"top": 0.0, "bottom": 0.0, "left": left, "right": right}
        return _read(self._print(height, margins))


def _read(content):
    return PdfReader(io.BytesIO(content))


def _path(path):
    return f"{FOLDER}/{path.name}"


def _origin(contents):
    """Scheme and host that the pages name as their base, or a host that leads nowhere."""
    for content in contents:
        match = BASE_HREF.search(content)
        if match:
            url = urlsplit(match[1].decode())
            return f"{url.scheme}://{url.netloc}"
    return "http://report.invalid"


def _numbered(paths, bodies):
    number = 0
    for path, body in zip(paths, bodies, strict=True):
        count = len(body.pages)
        for index, pdf in enumerate(body.pages, 1):
            number += 1
            yield Page(pdf, path.name, number, index, count)


def _query(page, total):
    """The arguments that wkhtmltopdf gives to headers and footers."""
    values = {
        "page": page.number,
        "frompage": 1,
        "topage": total,
        "sitepage": page.number_in_body,
        "sitepages": page.pages_in_body,
        "section": "",
        "subsection": "",
        "subsubsection": "",
        "webpage": page.body_name,
    }
    return ("?" + urlencode(values)).replace("&", "&amp;")


def _add_outline(writer, firsts, titles, height):
    """One bookmark per body, in the form by which Odoo cuts a print of several records.

    Odoo looks the destination's name up in the catalogue's `/Dests` and wants the index of the
    page there (`ir.actions.report._render_qweb_pdf_prepare_streams`), as wkhtmltopdf writes it.
    """
    root = writer.root_object
    outline = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    outline_ref = writer._add_object(outline)
    targets = DictionaryObject()
    items = []
    for index, (page, title) in enumerate(zip(firsts, titles, strict=True)):
        name = NameObject(f"/body{index}")
        targets[name] = ArrayObject(
            [
                NumberObject(page),
                NameObject("/XYZ"),
                NullObject(),
                FloatObject(height),
                NullObject(),
            ]
        )
        item = DictionaryObject(
            {
                NameObject("/Title"): create_string_object(title[:120]),
                NameObject("/Parent"): outline_ref,
                NameObject("/Dest"): name,
            }
        )
        items.append((item, writer._add_object(item)))
    for (item, reference), (following, next_reference) in pairwise(items):
        item[NameObject("/Next")] = next_reference
        following[NameObject("/Prev")] = reference
    outline[NameObject("/First")] = items[0][1]
    outline[NameObject("/Last")] = items[-1][1]
    outline[NameObject("/Count")] = NumberObject(len(items))
    root[NameObject("/Outlines")] = outline_ref
    root[NameObject("/Dests")] = writer._add_object(targets)
