"""An archive of script/backup brings back every row, every file and every counter."""

import json
import os
import subprocess
import tarfile
import threading
import uuid
from pathlib import Path

import psycopg2
import pytest

import odoo.sql_db
from odoo.modules.registry import Registry

import backup
import template_db
from harness import environment

ROOT = Path(__file__).resolve().parents[2]
CONTENT = os.urandom(200_000)


def throw_away(database):
    Registry.delete(database)
    odoo.sql_db.close_db(database)
    template_db.drop(database)


@pytest.fixture(scope="module")
def source():
    """A database with a contact, an attachment in the filestore and a used sequence."""
    name = f"backup_{uuid.uuid4().hex[:8]}"
    template_db.clone(template_db.stock_template(), name)
    with environment(name) as env:
        partner = env["res.partner"].create({"name": "Тайга Техника – Éléonore"})
        env["ir.attachment"].create(
            {"name": "plan.bin", "raw": CONTENT, "res_model": "res.partner", "res_id": partner.id}
        )
        sequence = env["ir.sequence"].create({"name": "Test", "code": "test.backup"})
        for _ in range(41):
            sequence.next_by_id()
    yield name
    throw_away(name)


@pytest.fixture
def target():
    """The name of a database that does not exist yet."""
    name = f"restored_{uuid.uuid4().hex[:8]}"
    yield name
    throw_away(name)


@pytest.fixture(scope="module")
def archive(source, tmp_path_factory):
    path = tmp_path_factory.mktemp("backup") / "source.tar"
    backup.save(source, path)
    return path


def fingerprint(database):
    """Rows and checksum of every table, and the value of every sequence."""
    connection = psycopg2.connect(dbname=database)
    with connection, connection.cursor() as cr:
        cr.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        found = {}
        for (table,) in cr.fetchall():
            cr.execute(
                "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text)))"
                f' FROM "{table}" t'
            )
            found[table] = cr.fetchone()
        cr.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        found["sequences"] = cr.fetchall()
        cr.execute("SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'")
        found["indexes"] = sorted(cr.fetchall())
        cr.execute(
            "SELECT conrelid::regclass::text, conname, contype, convalidated FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace"
        )
        found["constraints"] = sorted(cr.fetchall())
    connection.close()
    return found


def test_round_trip_keeps_rows_counters_and_files(source, archive, target):
    manifest = backup.restore(archive, target)
    before, after = fingerprint(source), fingerprint(target)
    assert len(before) > 300
    assert before.keys() == after.keys()
    for key in before:
        assert before[key] == after[key], key
    assert manifest["files"]["missing"] == []
    with environment(target) as env:
        partner = env["res.partner"].search([("name", "=", "Тайга Техника – Éléonore")])
        attachment = env["ir.attachment"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "=", partner.id),
                ("name", "=", "plan.bin"),
            ]
        )
        assert attachment.store_fname and attachment.raw == CONTENT
        assert env["ir.sequence"].next_by_code("test.backup") == "42"


def test_manifest_tells_versions(source, archive):
    manifest = backup.show(archive)
    assert manifest["database"] == source
    assert manifest["odoo"].startswith("19.0.")
    assert manifest["modules"]["crm"].startswith("19.0.")
    with tarfile.open(archive) as tar:
        assert tar.getnames()[:2] == ["manifest.json", "database.dump"]


def test_taken_while_users_write(source, tmp_path, target):
    """What is saved is one moment: no row of it refers to one that came later."""
    stop = threading.Event()
    written = []

    def write():
        while not stop.is_set() and len(written) < 3000:
            with environment(source) as env:
                parent = env["res.partner"].create({"name": "parent"})
                env["res.partner"].create({"name": "child", "parent_id": parent.id})
            written.append(parent.id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while writer.is_alive() and len(written) < 5:
            stop.wait(0.01)
        backup.save(source, tmp_path / "busy.tar")
    finally:
        stop.set()
        writer.join()
    assert len(written) > 5, "nothing was written while the backup ran"
    backup.restore(tmp_path / "busy.tar", target)
    rows = template_db.psql("SELECT count(*) FROM res_partner WHERE name = 'parent'", target)
    children = template_db.psql("SELECT count(*) FROM res_partner WHERE name = 'child'", target)
    assert rows == children
    assert 5 <= int(rows[0]) <= len(written)


def test_copy_gets_an_identity_of_its_own_and_keeps_quiet(source, archive, target):
    backup.restore(archive, target, copy=True)
    query = "SELECT value FROM ir_config_parameter WHERE key = 'database.uuid'"
    assert template_db.psql(query, target) != template_db.psql(query, source)
    assert template_db.psql("SELECT count(*) FROM ir_cron WHERE active", source) != ["0"]
    active = template_db.psql(
        "SELECT a.name FROM ir_cron c JOIN ir_act_server a ON a.id = c.ir_actions_server_id"
        " WHERE c.active",
        target,
    )
    assert len(active) <= 1, active  # Odoo keeps its own housekeeping


def test_existing_database_is_not_overwritten(source, archive):
    with pytest.raises(backup.BackupError, match="exists"):
        backup.restore(archive, source)


def rewritten(archive, path, change):
    """Copy an archive, passing each member's name and content through `change`."""
    import io

    with tarfile.open(archive) as old, tarfile.open(path, "w") as new:
        for member in old:
            name, content = change(member.name, old.extractfile(member).read())
            member.name, member.size = name, len(content)
            new.addfile(member, io.BytesIO(content))
    return path


def flip(content):
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda n, c: (n, flip(c) if n == "database.dump" else c), "database.dump is damaged"),
        (lambda n, c: (n, flip(c) if n.startswith("filestore/") else c), "is damaged"),
        (
            lambda n, c: (n.replace("filestore/", "filestore/../../"), c),
            "not a file of a filestore",
        ),
        (lambda n, c: ("other.json" if n == "manifest.json" else n, c), "is not a backup"),
        (
            lambda n, c: (
                n,
                json.dumps({**json.loads(c), "format": 99}).encode() if n == "manifest.json" else c,
            ),
            "format 99",
        ),
    ],
)
def test_bad_archive_is_refused_and_leaves_nothing(archive, tmp_path, target, change, message):
    bad = rewritten(archive, tmp_path / "bad.tar", change)
    with pytest.raises(backup.BackupError, match=message):
        backup.restore(bad, target)
    assert not template_db.exists(target)
    assert not template_db.exists(f"{target}_restoring")
    assert not (template_db.FILESTORE / f"{target}_restoring").exists()


def test_truncated_archive_is_refused(archive, tmp_path, target):
    bad = tmp_path / "short.tar"
    bad.write_bytes(archive.read_bytes()[:-300_000])
    with pytest.raises(backup.BackupError):
        backup.restore(bad, target)
    assert not template_db.exists(target)


def test_scripts_from_the_shell(source, tmp_path, target):
    """The commands an operator types, with their messages and exit codes."""
    path = tmp_path / "shell.tar"

    def run(*command):
        return subprocess.run(
            [str(ROOT / "script" / command[0]), *command[1:]], capture_output=True, text=True
        )

    saved = run("backup", "--db", source, str(path))
    assert saved.returncode == 0 and f"database {source}" in saved.stdout, saved.stderr
    assert run("backup", "--db", "no_such_db", str(path)).returncode == 1
    restored = run("restore", str(path), "--db", target)
    assert restored.returncode == 0 and template_db.exists(target), restored.stderr
    assert "exists" in run("restore", str(path), "--db", target).stderr
    assert "--yes" in run("reset", "--db", target).stderr
    assert template_db.exists(target)
    assert run("reset", "--db", target, "--yes").returncode == 0
    assert not template_db.exists(target)
    assert not (template_db.FILESTORE / target).exists()
