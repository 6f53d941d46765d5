"""The web interface of a MikoPBX. Knows nothing of Odoo."""

from .client import RestClient, RestError
from .rows import read_row

__all__ = ["RestClient", "RestError", "read_row"]
