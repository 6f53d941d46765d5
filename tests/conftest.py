"""Fixtures of the tests that cross processes.

`region` is a running region: the demo database, cloned, behind the same proxy, HTTP workers and
event process that script/server gives a developer.
"""

from pathlib import Path
from unittest import mock

import pytest

import odoo.tools

from harness import served_region


@pytest.fixture(scope="session", autouse=True)
def real_filestores(load_registry):
    """Each database has files of its own.

    Of several pytest processes each has a clone of the database under test, and pytest-odoo
    points every database to the original's files; other databases are used here, too.
    """
    clone = odoo.tests.common.get_db_name()
    shared = odoo.tools.config.filestore(clone)

    def filestore(name):
        return (
            shared
            if name == clone
            else str(Path(odoo.tools.config["data_dir"]) / "filestore" / name)
        )

    with mock.patch.object(odoo.tools.config, "filestore", filestore):
        yield


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
