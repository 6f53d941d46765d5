"""Fixtures of the tests that cross processes.

`region` is a running region: the demo database, cloned, behind the same proxy, HTTP workers and
event process that script/server gives a developer.
"""

import resource

import pytest
from playwright.sync_api import sync_playwright

from harness import served_region

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def region():
    """The demo region, running; tests that change much take `fresh_region`."""
    with served_region() as running:
        yield running


@pytest.fixture
def fresh_region():
    """A demo region of its own for one test."""
    with served_region() as running:
        yield running


@pytest.fixture(scope="module")
def chromium():
    """A real browser.

    By module: between two of them the same process runs Odoo's own tests, which end every child
    process, and Playwright bears no second one of itself.
    """
    # Odoo in this process has limited its memory; Chromium reserves far more than it uses
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()
