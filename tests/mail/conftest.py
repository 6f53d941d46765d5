"""A desk of its own for the tests of the mail path: a database, and Odoo processes on demand."""

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "tools")]

from servers import free_port, mail_servers  # noqa: E402

import template_db  # noqa: E402


class Desk:
    """A database with the inquiry desk, and mail servers for it."""

    def __init__(self, db, servers):
        self.db, self.servers, self.http_port = db, servers, free_port()

    @contextmanager
    def env(self):
        """An environment on a cursor of its own, committed at the end."""
        from odoo import SUPERUSER_ID, api
        from odoo.modules.registry import Registry
        from odoo.tools import config

        config["test_enable"] = False  # or the registry would look for the add-ons' own tests

        with Registry(self.db).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})
            cr.commit()


@pytest.fixture
def desk():
    """A fresh database whose mailbox desk@desk.example is served by real servers."""
    if not shutil.which("dovecot"):
        pytest.fail("no dovecot on this machine: apt-get install dovecot-imapd")
    db = f"desk_{free_port()}"
    template = os.environ.get("DESK_TEMPLATE") or template_db.test_template(
        list(template_db.manifests())
    )
    template_db.clone(template, db)
    try:
        with mail_servers() as servers:
            desk = Desk(db, servers)
            with desk.env() as env:
                _configure(env, servers)
            yield desk
    finally:
        import odoo.sql_db

        odoo.sql_db.close_db(db)
        template_db.drop(db)


def _configure(env, servers):
    domain = env["mail.alias.domain"].search([], limit=1) or env["mail.alias.domain"].create(
        {"name": "desk.example"}
    )
    domain.name = "desk.example"
    env.company.alias_domain_id = domain
    env["ir.mail_server"].search([]).unlink()
    env["ir.mail_server"].create(
        {"name": "out", "smtp_host": "127.0.0.1", "smtp_port": servers.smtp_port}
    )
    env["fetchmail.server"].create(
        {
            "name": "in",
            "server_type": "imap",
            "server": "127.0.0.1",
            "port": servers.imap_port,
            "user": "desk",
            "password": "secret",
            "state": "done",
            "object_id": env["ir.model"]._get_id("crm.inquiry"),
        }
    )
    admin = env.ref("base.user_admin")
    admin.write({"password": "head-secret", "email": "head@desk.example", "name": "Head"})
    env["crm.inquiry.channel"].create(
        {
            "name": "Mailbox",
            "kind": "mail",
            "alias_name": "desk",
            "head_id": admin.id,
            "company_id": env.company.id,
        }
    )
    env["crm.inquiry.channel"].create(
        {"name": "Chat", "kind": "chat", "head_id": admin.id, "company_id": env.company.id}
    )
    servers.box("desk")
