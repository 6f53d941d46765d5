"""Each pytest process has a database of its own, and files of its own; tours have time.

pytest-odoo lets the processes' clones share the original's files; then the collection of garbage in
one deletes what another has just written. Stock ends a tour after a minute and gives up a step
after ten seconds, which a machine with much to do needs for its first page.
"""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest_odoo

import odoo.tests
import odoo.tools
from odoo.tests.common import ChromeBrowser

TOUR_SECONDS = 600
# web_tour knows no other way: a step's ten seconds and an unloaded page's twenty are numbers there
PATIENT_STEPS = """
    const { setTimeout: stock } = window;
    window.setTimeout = (run, delay, ...args) =>
        stock(run, [10000, 20000].includes(delay) ? 60000 : delay, ...args);
"""


@contextmanager
def own_filestore(original, clone):
    """Link the original's files into a folder of the clone's name while the session lasts."""
    if original == clone:
        yield
        return
    folder = Path(odoo.tools.config["data_dir"]) / "filestore"
    shutil.copytree(folder / original, folder / clone, copy_function=os.link, dirs_exist_ok=True)
    try:
        yield
    finally:
        shutil.rmtree(folder / clone, ignore_errors=True)


pytest_odoo._shared_filestore = own_filestore


def browser_js(self, *args, timeout=TOUR_SECONDS, **options):
    """Run a script in the browser, as stock does, with time enough for a slow machine."""
    return stock_browser_js(self, *args, timeout=max(timeout, TOUR_SECONDS), **options)


def navigate_to(self, *args, **options):
    """Open a page, as stock does; each page's tour waits a minute for a step."""
    self._websocket_request(
        "Page.addScriptToEvaluateOnNewDocument", params={"source": PATIENT_STEPS}
    )
    return stock_navigate_to(self, *args, **options)


stock_browser_js = odoo.tests.HttpCase.browser_js
odoo.tests.HttpCase.browser_js = browser_js
stock_navigate_to = ChromeBrowser.navigate_to
ChromeBrowser.navigate_to = navigate_to
