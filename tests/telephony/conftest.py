"""A real Asterisk, a real listener, a real server for jobs and browsers."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from scene import PASSWORD, made_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """One database and one exchange for a module's tests; each begins with `clear`.

    Between modules the same process runs Odoo's own tests, which end every child process.
    """
    if not shutil.which("sipp") or not shutil.which("mmdebstrap"):
        pytest.skip(
            "sip-tester and mmdebstrap are not installed and this user may not install them"
        )
    with made_scene(tmp_path_factory.mktemp("exchange")) as made:
        made.serve()
        yield made
        told = [name for name, text in made.logs().items() if re.search(r"7916\d{7}", text)]
        assert not told, f"callers' numbers in {told}"


@pytest.fixture
def listening(scene):
    """A scene without calls, with a listener; a test that ends it gets a new one next time."""
    alive = [process for process in scene.listeners if process.poll() is None]
    if not alive:
        scene.listen()
    scene.exchange.hush()
    scene.clear()
    yield scene
    scene.double.behave()
    scene.exchange.end(*scene.exchange.running)


@pytest.fixture
def sign_in(scene, chromium):
    """Return a function that signs a login in and gives its page."""
    contexts = []

    def enter(login):
        context = chromium.new_context(viewport={"width": 1360, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{scene.serve()}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_selector(".o_main_navbar")
        return page

    yield enter
    for context in contexts:
        context.close()


def shot(page, name):
    """Take a picture; with UPDATE_SCREENSHOTS=1 it becomes the guides' picture of that name."""
    root = Path(__file__).resolve().parents[2]
    update = os.environ.get("UPDATE_SCREENSHOTS") == "1"
    folder = root / ("doc/images" if update else "test-results")
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(500)
    page.screenshot(path=folder / f"{name}.png")
