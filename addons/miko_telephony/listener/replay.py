"""A recorded stream through the same code as a live one."""

from ..ami import read_trace
from .desk import Desk


def replay(database, pbx_id, data, batch=200):
    """Feed a recording to an exchange's calls.

    :param bytes data: stream as `read_trace` takes it
    :param int batch: frames in one transaction
    :return: the :class:`Desk`, with its counters
    """
    desk = Desk(database, pbx_id, live=False)
    items = []
    for arrived, frame in read_trace(data):
        if "Event" in frame:
            items.append(("event", frame, arrived))
        if len(items) >= batch:
            desk.take(items)
            items = []
    if items:
        desk.take(items)
    return desk
