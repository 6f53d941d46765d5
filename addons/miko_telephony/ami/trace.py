"""Recorded streams: each frame is preceded by a line ``# seconds`` with the time of its arrival."""

from .frames import END, decode


def read_trace(data):
    """Yield (time of arrival, frame) of a recorded stream.

    :param bytes data: the whole recording
    """
    arrived = 0.0
    for block in data.split(END):
        block = block.strip(b"\r\n")
        while block.startswith(b"# "):
            stamp, _, block = block.partition(b"\r\n")
            arrived = float(stamp[2:])
        if block:
            yield arrived, decode(block)
