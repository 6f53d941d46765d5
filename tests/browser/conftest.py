"""A real Chromium for the tests that look at screens as a user does."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]


class Screen:
    """A signed-in user's browser page.

    :param page: Playwright's page
    :param region: the running region
    """

    def __init__(self, page: Page, region):
        self.page, self.region, self.errors = page, region, []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path, wait):
        """Go to a path of the web client and wait for a selector."""
        self.page.goto(f"{self.region.url}{path}")
        self.page.wait_for_selector(wait, timeout=60_000)
        return self.page

    def action(
        self, xml_id, wait=".o_action_manager .o_view_controller, .o_action_manager .o_action"
    ):
        """Open a window or client action by its XML id."""
        with self.region.env() as env:
            action = env.ref(xml_id)
            path = action.path or f"action-{action.id}"
        return self.open(f"/odoo/{path}", wait)

    def record(self, model, record_id):
        """Open the form of a record."""
        return self.open(f"/odoo/{model}/{record_id}", ".o_form_view")

    def shot(self, name):
        """Take a picture; with UPDATE_SCREENSHOTS=1 it becomes the guides' picture of that name."""
        folder = ROOT / (
            "doc/images" if os.environ.get("UPDATE_SCREENSHOTS") == "1" else "test-results"
        )
        folder.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_timeout(700)  # animations and lazily loaded avatars
        path = folder / f"{name}.png"
        self.page.screenshot(path=path)
        return path


@pytest.fixture
def sign_in(region, chromium):
    """Return a function that signs a login in and gives its `Screen`."""
    contexts = []

    def enter(login, password="demo", **options):
        context = chromium.new_context(**{"viewport": {"width": 1360, "height": 800}, **options})
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{region.url}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_selector(".o_main_navbar", timeout=60_000)
        return Screen(page, region)

    yield enter
    for context in contexts:
        context.close()
