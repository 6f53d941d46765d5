"""Entry point with the exit codes that Odoo understands.

0: printed. 1: printed, but something was missing (Odoo logs the message and uses the file).
2: not printed (Odoo shows the message to the user).
"""

import os
import sys
import time

from pypdf.errors import PyPdfError

from .browser import Browser, BrowserError
from .document import Document
from .options import UsageError, parse

#: Odoo asks for the patched Qt before it prints several documents in one run.
VERSION = "wkhtmltopdf 0.12.6 (with patched qt)"
TIMEOUT = 300.0


def main(argv):
    """Run one command line and return the exit code."""
    try:
        job = parse(argv)
        if job is None:
            print(VERSION)
            return 0
        warnings = _print(job)
    except (UsageError, BrowserError, OSError, PyPdfError) as error:
        print(f"wkhtmltopdf: {error}", file=sys.stderr)
        return 2
    for warning in dict.fromkeys(warnings):
        print(f"wkhtmltopdf: not loaded: {warning}", file=sys.stderr)
    return 1 if warnings else 0


def _print(job):
    timeout = float(os.environ.get("WKHTMLTOPDF_TIMEOUT") or TIMEOUT)
    with Browser(time.monotonic() + timeout) as browser:
        _set_cookie(browser, job.cookie_jar)
        Document(job, browser).write()
        return browser.warnings


def _set_cookie(browser, jar):
    """Read the one cookie that Odoo writes: `name=value; HttpOnly; domain=host; path=/;`."""
    if not jar:
        return
    pair, *attributes = (part.strip() for part in jar.read_text().split(";"))
    name, _sep, value = pair.partition("=")
    settings = dict(part.split("=", 1) for part in attributes if "=" in part)
    browser.set_cookie(name, value, settings.get("domain") or "localhost")
