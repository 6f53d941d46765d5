"""Save a database with its files into one archive, and bring it back.

usage: backup.py save DB FILE
       backup.py restore FILE DB [--copy]
       backup.py show FILE

The archive is a plain tar: `manifest.json`, `database.dump` (pg_dump's custom format) and the
files of the filestore. It is taken from one snapshot while the server runs.
"""

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg2

from suite import ROOT
from template_db import FILESTORE, drop, exists, psql

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
FILES = "filestore/"


class BackupError(Exception):
    """The archive cannot be made, read or trusted."""


# -- saving -----------------------------------------------------------------------------------


def save(database, target):
    """Write an archive of a database; the file appears only when it is complete.

    :param str database: name of an Odoo database
    :param Path target: file to write
    :return: the manifest
    :raises BackupError: if the database is not there or pg_dump fails
    """
    if not exists(database):
        raise BackupError(f"there is no database {database}")
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as work:
        work = Path(work)
        with _snapshot(database) as (cursor, snapshot):
            # first the files: odoo deletes those that nothing refers to any more
            files, missing = _link_files(cursor, database, work / FILES)
            manifest = _describe(cursor, database)
            _dump(database, snapshot, work / DUMP)
        manifest["dump_sha256"] = _sha256(work / DUMP)
        size = sum(path.stat().st_size for path in files)
        manifest["files"] = {"count": len(files), "bytes": size, "missing": missing}
        _pack(work, files, manifest, work / "archive.tar")
        os.replace(work / "archive.tar", target)
    return manifest


@contextmanager
def _snapshot(database):
    """Hold a transaction whose view of the database pg_dump can share."""
    connection = psycopg2.connect(dbname=database)
    try:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        cursor = connection.cursor()
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor, cursor.fetchone()[0]
    finally:
        connection.close()


def _link_files(cursor, database, folder):
    """Hard-link every file that an attachment names; contents of the filestore never change."""
    cursor.execute("SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL")
    files, missing = [], []
    for (name,) in cursor.fetchall():
        source, link = FILESTORE / database / name, folder / name
        link.parent.mkdir(parents=True, exist_ok=True)
        try:
            _link(source, link)
            files.append(link)
        except FileNotFoundError:
            missing.append(name)
    return sorted(files), missing


def _link(source, link):
    try:
        os.link(source, link)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without hard links
        shutil.copyfile(source, link)


def _describe(cursor, database):
    cursor.execute("SELECT name, latest_version FROM ir_module_module WHERE state = 'installed'")
    modules = dict(sorted(cursor.fetchall()))
    cursor.execute("SELECT value FROM ir_config_parameter WHERE key = 'database.uuid'")
    uuid = cursor.fetchone()[0]
    return {
        "format": FORMAT,
        "database": database,
        "uuid": uuid,
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "odoo": modules["base"],
        "postgresql": cursor.connection.server_version // 10000,
        "commit": _commit(),
        "modules": modules,
    }


def _commit():
    done = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True, text=True
    )
    return done.stdout.strip() or None


def _dump(database, snapshot, path):
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges"]
    _run([*command, f"--snapshot={snapshot}", f"--file={path}", database])


def _pack(work, files, manifest, target):
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as archive:
        content = json.dumps(manifest, indent=2).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
        archive.add(work / DUMP, DUMP)
        for path in files:
            archive.add(path, str(path.relative_to(work)))


# -- restoring --------------------------------------------------------------------------------


def show(source):
    """Return the manifest of an archive."""
    with _opened(source) as archive:
        return _manifest(archive)


def restore(source, database, *, copy=False):
    """Make a database from an archive; nothing is left behind when it fails.

    :param bool copy: it will live beside the original: new identity, no mail, no scheduled jobs
    :return: the manifest
    :raises BackupError: if the name is taken, or the archive is damaged or of a newer format
    """
    if exists(database):
        raise BackupError(f"the database {database} exists; name another one or reset it first")
    work = f"{database}_restoring"
    drop(work)
    try:
        with _opened(source) as archive:
            manifest = _manifest(archive)
            _restore_files(archive, manifest, FILESTORE / work)
        with tempfile.TemporaryDirectory() as folder, _opened(source) as archive:
            dump = _extract_dump(archive, manifest, Path(folder))
            _restore_dump(dump, work)
        if copy:
            _make_copy(work)
        psql(f'ALTER DATABASE "{work}" RENAME TO "{database}"')
        shutil.rmtree(FILESTORE / database, ignore_errors=True)
        (FILESTORE / work).rename(FILESTORE / database)
    except BaseException:
        drop(work)
        raise
    return manifest


@contextmanager
def _opened(source):
    try:
        with tarfile.open(source) as archive:
            yield archive
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BackupError(f"{source}: {error}") from error


def _manifest(archive):
    first = archive.next()
    if first is None or first.name != MANIFEST:
        raise BackupError(f"{archive.name} is not a backup: it does not start with {MANIFEST}")
    manifest = json.load(archive.extractfile(first))
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{archive.name} has format {manifest.get('format')}, not {FORMAT}")
    return manifest


def _restore_files(archive, manifest, folder):
    folder.mkdir(parents=True)
    count = 0
    for member in archive:
        if not member.name.startswith(FILES):
            continue
        name = Path(member.name.removeprefix(FILES))
        if not member.isfile() or name.is_absolute() or ".." in name.parts:
            raise BackupError(f"{archive.name}: {member.name} is not a file of a filestore")
        _restore_file(archive.extractfile(member).read(), name, folder)
        count += 1
    if count != manifest["files"]["count"]:
        raise BackupError(f"{archive.name} holds {count} files, not {manifest['files']['count']}")


def _restore_file(content, name, folder):
    """Odoo names a file by the SHA-1 of its content, which proves that it is whole."""
    if hashlib.sha1(content, usedforsecurity=False).hexdigest() != name.name:
        raise BackupError(f"the file {name} of the backup is damaged")
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def _extract_dump(archive, manifest, folder):
    archive.extract(DUMP, folder, filter="data")
    if _sha256(folder / DUMP) != manifest["dump_sha256"]:
        raise BackupError(f"{archive.name}: {DUMP} is damaged")
    return folder / DUMP


def _restore_dump(dump, database):
    _run(["createdb", "--encoding=UTF8", "--template=template0", "--lc-collate=C", database])
    command = ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--jobs=2"]
    _run([*command, f"--dbname={database}", str(dump)])


def _make_copy(database):
    _run(["odoo", "neutralize", "-d", database, "--log-level=warn"])
    psql(
        "UPDATE ir_config_parameter SET value = gen_random_uuid() WHERE key = 'database.uuid'",
        database,
    )


# -- tools ------------------------------------------------------------------------------------


def _sha256(path):
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _run(command):
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise BackupError(f"{command[0]} failed: {done.stderr.strip()[-2000:]}")


def _parser():
    parser = argparse.ArgumentParser(
        prog="backup.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("save")
    command.add_argument("database")
    command.add_argument("file", type=Path)
    command = commands.add_parser("restore")
    command.add_argument("file", type=Path)
    command.add_argument("database", nargs="?")
    command.add_argument("--copy", action="store_true")
    commands.add_parser("show").add_argument("file", type=Path)
    return parser


def main(argv):
    """Run one command and return the exit code."""
    arguments = _parser().parse_args(argv)
    try:
        match arguments.command:
            case "save":
                manifest = save(arguments.database, arguments.file)
                print(f"{arguments.file}: {_summary(manifest)}")
                _warn(manifest["files"]["missing"])
            case "restore":
                database = arguments.database or show(arguments.file)["database"]
                manifest = restore(arguments.file, database, copy=arguments.copy)
                print(f"restored {database}: {_summary(manifest)}")
            case "show":
                print(json.dumps(show(arguments.file), indent=2))
    except BackupError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _warn(missing):
    """The rest is worth keeping even if the filestore has lost something."""
    if missing:
        names = ", ".join(missing[:3])
        print(f"WARNING: {len(missing)} attachments have no file: {names} …", file=sys.stderr)


def _summary(manifest):
    files = manifest["files"]
    return (
        f"database {manifest['database']} of {manifest['taken_at']}, "
        f"{len(manifest['modules'])} modules, {files['count']} files ({files['bytes'] >> 20} MiB)"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
