"""A PostgreSQL cluster of a test's own, that may be stopped without harm to anybody else."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path


class Cluster:
    """A copy of one database in a cluster of its own, reached by a socket in ``folder``.

    :param str database: name, in the cluster that the tests use
    """

    def __init__(self, database):
        self.database = database
        # not in pytest's folders: PostgreSQL refuses root, and its user may not enter them
        self.folder = Path(tempfile.mkdtemp(prefix="cluster-", dir="/tmp"))
        self.programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.user = None
        if os.getuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            self.user = "postgres" if "postgres" in names else "nobody"
            shutil.chown(self.folder, self.user)
        self._run("initdb", "-D", self.data, "-U", "odoo", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        self._copy()

    @property
    def data(self):
        return self.folder / "data"

    def _run(self, program, *arguments):
        before = ["runuser", "-u", self.user, "--"] if self.user else []
        command = [*before, self.programs / program, *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)

    def _copy(self):
        dump = self.folder / "dump"
        subprocess.run(["pg_dump", "-Fc", "-Z0", "-f", dump, self.database], check=True)
        own = {**os.environ, "PGHOST": str(self.folder), "PGPORT": "5432", "PGUSER": "odoo"}
        subprocess.run(["createdb", self.database], check=True, env=own)
        restore = ["pg_restore", "--no-owner", "-d", self.database, dump]
        subprocess.run(restore, check=True, env=own)

    def start(self):
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=50"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.data, "-w", "-s", "-l", log, "-o", options, "start")

    def stop(self):
        self._run("pg_ctl", "-D", self.data, "-w", "-s", "-m", "fast", "stop")

    def close(self):
        """Stop it if it runs, and leave nothing behind."""
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)

    def query(self, statement):
        """Return the rows of a statement, each a list of words."""
        command = ["psql", "-h", self.folder, "-p", "5432", "-U", "odoo", "-d", self.database]
        done = subprocess.run(
            [*command, "-qAtc", statement], check=True, capture_output=True, text=True
        )
        return [line.split("|") for line in done.stdout.splitlines()]
