"""Fixtures of the tests that cross processes.

`region` is a running region: the demo database, cloned, behind the same proxy, HTTP workers and
event process that script/server gives a developer.
"""

import pytest

from harness import served_region


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
