"""The web interface of a MikoPBX. Knows nothing of Odoo."""

from .client import RestClient, RestError
from .cursor import Cursor
from .rows import read_row

__all__ = ["Cursor", "RestClient", "RestError", "read_row"]
