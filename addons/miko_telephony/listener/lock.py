"""One listener per exchange, however many are started: a lock that PostgreSQL drops with its
session.
"""

import contextlib
import zlib

import psycopg2

from odoo.sql_db import connection_info_for

SPACE = zlib.crc32(b"miko_telephony") & 0x7FFFFFFF  # apart from other locks of the database


class Lock:
    """The right to listen to an exchange."""

    def __init__(self, database, pbx_id):
        self.database, self.pbx_id, self.connection = database, pbx_id, None

    def acquire(self):
        """Return whether the lock is ours now; a database that is away gives none."""
        try:
            if self.connection is None:
                _name, info = connection_info_for(self.database)
                self.connection = psycopg2.connect(**info)
                self.connection.autocommit = True
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", (SPACE, self.pbx_id))
                return cursor.fetchone()[0]
        except psycopg2.Error:
            self.release()
            return False

    def held(self):
        """Return whether the session that holds the lock is still there."""
        if self.connection is None:
            return False
        try:
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return True
        except psycopg2.Error:
            self.release()
            return False

    def release(self):
        """Give the lock back."""
        if self.connection is not None:
            with contextlib.suppress(psycopg2.Error):
                self.connection.close()
            self.connection = None
