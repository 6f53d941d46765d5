"""Reports come out of the printer as people expect them: looked at as a page, not as a file."""

import base64
import http.server
import os
import re
import stat
import subprocess
import threading
import time
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[2]
PRINTER = ROOT / "tools" / "pdf" / "wkhtmltopdf"
A4, LETTER = (210.0, 297.0), (215.9, 279.4)
MM = 72 / 25.4
RED = (255, 0, 0)

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head>
<body style="margin:0;font:12pt DejaVu Sans" {more}>{body}</body></html>"""
#: As in Odoo's minimal_layout: one strip per body, the right one is chosen by the page's name.
STRIP = PAGE.format(
    head="""<script>function subst() {
        var v = {}; document.location.search.substring(1).split('&').forEach(function (p) {
            p = p.split('=', 2); v[p[0]] = unescape(p[1]); });
        ['page', 'topage', 'sitepage', 'sitepages'].forEach(function (k) {
            document.querySelectorAll('.' + k).forEach(function (n) { n.textContent = v[k]; }); });
        var index = v.webpage.split('.', 4)[3];
        var all = document.getElementById('strips'), mine = all.children[index];
        all.textContent = ''; all.appendChild(mine);
    }</script>""",
    more='onload="subst()"',
    body='<div id="strips">%s</div>',
)
SQUARE = (
    "data:image/svg+xml;base64,"
    + base64.b64encode(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">'
        b'<rect width="100" height="100" fill="#f00"/></svg>'
    ).decode()
)


class Printer:
    """Writes pages as Odoo names them and prints them in one run."""

    def __init__(self, folder):
        self.folder = folder
        self.output = folder / "out.pdf"

    def page(self, name, html):
        path = self.folder / name
        path.write_text(html, encoding="utf-8")
        return str(path)

    def __call__(self, *bodies, header=(), footer=(), options=(), head="", **environment):
        paths = [
            self.page(f"report.body.tmp.{index}.x.html", PAGE.format(head=head, body=body, more=""))
            for index, body in enumerate(bodies)
        ]
        strips = []
        for kind, texts in (("header", header), ("footer", footer)):
            if texts:
                content = "".join(f"<div>{text}</div>" for text in texts)
                strips += [f"--{kind}-html", self.page(f"{kind}.html", STRIP % content)]
        command = [str(PRINTER), "--disable-local-file-access", "--quiet", *options]
        return subprocess.run(
            [*command, *strips, *paths, str(self.output)],
            capture_output=True,
            text=True,
            env={**os.environ, **environment},
        )

    @property
    def pages(self):
        return PdfReader(self.output).pages

    def texts(self):
        """Text of each page as poppler reads it, in reading order."""
        return [
            subprocess.run(
                ["pdftotext", "-layout", "-f", str(n), "-l", str(n), str(self.output), "-"],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for n in range(1, len(self.pages) + 1)
        ]

    def picture(self, number=1):
        """A page as pixels, one per millimetre and a half."""
        prefix = self.folder / "shot"
        subprocess.run(
            [
                *("pdftoppm", "-png", "-r", "38.1", "-singlefile"),
                *("-f", str(number), "-l", str(number), str(self.output), str(prefix)),
            ],
            check=True,
        )
        return Image.open(f"{prefix}.png").convert("RGB")


@pytest.fixture
def printer(tmp_path):
    return Printer(tmp_path)


def size(page):
    return tuple(round(float(length) / MM) for length in page.mediabox[2:])


def test_odoo_finds_this_engine_and_trusts_it():
    from odoo.addons.base.models.ir_actions_report import _wkhtml

    info = _wkhtml()
    assert Path(info.bin).resolve() == PRINTER
    assert info.is_patched_qt and info.state in ("ok", "workers")


def test_header_footer_and_page_numbers(printer):
    done = printer(
        "<p>first</p><p style='break-before:page'>second</p>",
        "<p>third</p>",
        header=["Header A <b class='sitepage'></b> of <b class='sitepages'></b>", "Header B"],
        footer=["Page <i class='page'></i>/<i class='topage'></i>"] * 2,
        options=["--margin-top", "40", "--margin-bottom", "20"],
    )
    assert (done.returncode, done.stderr) == (0, "")
    texts = [" ".join(text.split()) for text in printer.texts()]
    assert texts == [
        "Header A 1 of 2 first Page 1/3",
        "Header A 2 of 2 second Page 2/3",
        "Header B third Page 3/3",
    ]


def test_header_and_footer_stay_in_their_margins(printer):
    block = f'<img src="{SQUARE}" style="display:block;width:100%;height:10mm">'
    printer(
        "<p>body</p>",
        header=[block],
        footer=[block],
        options=["--margin-top", "40", "--margin-bottom", "20", "--margin-left", "15"],
    )
    picture = printer.picture()
    red = [y for y in range(picture.height) if picture.getpixel((picture.width // 2, y)) == RED]
    rows = [round(y / picture.height * 297) for y in red]
    assert min(rows) <= 1 and [y for y in rows if y <= 11]
    footer = [y for y in rows if y > 200]
    assert abs(min(footer) - 277) <= 1 and abs(max(footer) - 287) <= 1
    assert not [y for y in rows if 12 < y < 275]
    columns = [
        x / picture.width * 210 for x in range(picture.width) if picture.getpixel((x, 5)) == RED
    ]
    assert abs(min(columns) - 15) < 1.5 and abs(max(columns) - 200) < 1.5


def test_cyrillic_accents_and_picture(printer):
    text = "Счёт-фактура № 7 — Ёмкость, Équipement œuvré, ₽ €"
    printer(f'<h1>{text}</h1><img src="{SQUARE}" style="width:50mm;height:50mm">')
    assert text in " ".join(printer.texts()[0].split())
    fonts = subprocess.run(
        ["pdffonts", str(printer.output)], capture_output=True, text=True, check=True
    ).stdout
    assert "DejaVu" in fonts and all(
        line.split()[-5] == "yes" for line in fonts.splitlines()[2:]
    ), fonts
    picture = printer.picture()
    share = sum(pixel == RED for pixel in picture.getdata()) / (picture.width * picture.height)
    assert share == pytest.approx(50 * 50 / (210 * 297), rel=0.1)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--page-size", "A4"], A4),
        (["--page-size", "Letter"], LETTER),
        (["--page-size", "A4", "--orientation", "landscape"], A4[::-1]),
        (["--page-size", "A4", "--orientation", "Landscape"], A4[::-1]),
        (["--page-width", "80mm", "--page-height", "120mm"], (80, 120)),
    ],
)
def test_paper(printer, options, expected):
    assert printer("<p>x</p>", options=options).returncode == 0
    assert size(printer.pages[0]) == tuple(round(length) for length in expected)


def test_long_document_repeats_head_and_counts_pages(printer):
    rows = "".join(f"<tr><td>line {n}</td></tr>" for n in range(400))
    began = time.monotonic()
    printer(
        f"<table><thead><tr><th>Title of table</th></tr></thead><tbody>{rows}</tbody></table>",
        footer=["<span class='page'></span> / <span class='topage'></span>"],
    )
    texts = printer.texts()
    assert len(texts) > 5
    assert all("Title of table" in text for text in texts)
    assert [text.split()[-3:] for text in texts] == [
        [str(n), "/", str(len(texts))] for n in range(1, len(texts) + 1)
    ]
    assert re.findall(r"line (\d+)", "".join(texts)) == [str(n) for n in range(400)]
    # strips share fonts and pictures: a page of text costs little
    assert printer.output.stat().st_size < 20_000 * len(texts)
    assert time.monotonic() - began < 60


def test_bookmark_per_document_lets_odoo_cut_the_print(printer):
    """`_render_qweb_pdf_prepare_streams` reads the first page of each record this way."""
    printer("<h1>Один</h1><p style='break-before:page'>more</p>", "<p>no title</p>", "<h2>3</h2>")
    root = PdfReader(printer.output).trailer["/Root"]
    node, pages, titles = root["/Outlines"]["/First"], [], []
    while True:
        pages.append(root["/Dests"][node["/Dest"]][0])
        titles.append(node["/Title"])
        if "/Next" not in node:
            break
        node = node["/Next"]
    assert pages == [0, 2, 3]
    assert titles[0] == "Один" and titles[2] == "3"


class Site:
    """A small web server: style, picture for the session only, and what is missing."""

    def __init__(self):
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                site.seen.append((self.path, self.headers.get("Cookie")))
                if self.path == "/style.css":
                    self.answer(200, "text/css", b"p{color:#f00}")
                elif self.path == "/private.svg" and "session_id=s3" in self.headers["Cookie"]:
                    self.answer(200, "image/svg+xml", base64.b64decode(SQUARE.split(",")[1]))
                elif self.path == "/slow":
                    time.sleep(20)
                else:
                    self.answer(404, "text/plain", b"")

            def answer(self, status, kind, content):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                pass

        self.seen = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site():
    site = Site()
    yield site
    site.server.shutdown()


def test_assets_and_session_of_the_site(printer, site, tmp_path):
    """Odoo's pages name their site as base and print with the user's session."""
    jar = tmp_path / "jar.txt"
    jar.write_text("session_id=s3; HttpOnly; domain=127.0.0.1; path=/;")
    done = printer(
        '<img src="/private.svg" style="width:60mm;height:60mm">',
        head=f'<base href="{site.url}"><link rel="stylesheet" href="/style.css">',
        options=["--cookie-jar", str(jar)],
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {"/style.css", "/private.svg"} <= {path for path, _cookie in site.seen}
    assert RED in printer.picture().getdata()


def test_missing_picture_is_told_and_the_rest_printed(printer, site):
    done = printer("<p>text</p><img src='/nope.png'>", head=f'<base href="{site.url}">')
    assert done.returncode == 1
    assert "/nope.png" in done.stderr and "404" in done.stderr
    assert "text" in printer.texts()[0]


def test_report_cannot_read_files_of_the_server(printer, tmp_path, site):
    """A text that a customer wrote must not pull files of the server into a print."""
    secret = tmp_path / "secret.html"
    secret.write_text("top secret")
    printer(
        f'<iframe src="file://{secret}" width="300" height="100"></iframe>'
        f'<object data="file://{secret}"></object><embed src="file:///etc/passwd">',
        head=f'<base href="{site.url}">',
    )
    text = "".join(printer.texts())
    assert "secret" not in text and "root:" not in text


def test_page_that_never_ends_loading_is_given_up(printer, site):
    began = time.monotonic()
    done = printer("<img src='/slow'>", head=f'<base href="{site.url}">', WKHTMLTOPDF_TIMEOUT="4")
    assert done.returncode == 2 and "too long" in done.stderr
    assert time.monotonic() - began < 15
    assert not printer.output.exists()


def test_nothing_is_left_behind(printer, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    printer("<p>x</p>", TMPDIR=str(scratch))
    assert list(scratch.iterdir()) == []
    running = subprocess.run(["pgrep", "-f", str(scratch)], capture_output=True, text=True).stdout
    assert running == ""


def test_mistakes_are_named(printer, tmp_path):
    assert "no-such-option" in printer("<p>x</p>", options=["--no-such-option"]).stderr
    assert "A99" in printer("<p>x</p>", options=["--page-size", "A99"]).stderr
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho 'cannot open display' >&2\nexit 3\n")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    done = printer("<p>x</p>", CHROMIUM=str(broken))
    assert done.returncode == 2 and "cannot open display" in done.stderr


def test_memory_limit_of_odoo_does_not_stop_the_browser(printer):
    page = printer.page(
        "report.body.tmp.0.x.html", PAGE.format(head="", body="<p>fits</p>", more="")
    )
    command = f"ulimit -S -v 4000000; exec {PRINTER} {page} {printer.output}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "fits" in printer.texts()[0]
