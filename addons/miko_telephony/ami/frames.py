"""Frames of the Asterisk Manager Interface.

A frame is a block of ``Key: value`` lines that ends with an empty line. Frames are cut by bytes and
decoded afterwards: a chunk of TCP may end in the middle of a letter.
"""

END = b"\r\n\r\n"
MOST_BYTES = 4_000_000  # of one frame; a peer that sends more speaks another protocol


class Frames:
    """Collects bytes and gives whole frames; the line of greeting is kept in `banner`.

    >>> frames = Frames()
    >>> list(frames.feed(b"PBX Call Manager/9\\r\\nEvent: A\\r\\n"))
    []
    >>> list(frames.feed(b"X: 1\\r\\n\\r\\n"))
    [{'Event': 'A', 'X': '1'}]
    """

    def __init__(self, banner=True):
        self.buffer = bytearray()
        self.banner = None if banner else ""

    def feed(self, data):
        """Take bytes and yield the frames that are whole now."""
        self.buffer += data
        if self.banner is None:
            line, found, rest = self.buffer.partition(b"\r\n")
            if not found:
                return
            self.banner = line.decode("utf-8", "replace")
            self.buffer = rest
        while (end := self.buffer.find(END)) >= 0:
            block = bytes(self.buffer[:end])
            del self.buffer[: end + len(END)]
            if block.strip():
                yield decode(block)
        if len(self.buffer) > MOST_BYTES:
            raise ValueError("a frame without an end")


def decode(block):
    """Return the keys of a frame; a key that comes more than once has a list."""
    frame = {}
    for line in block.split(b"\r\n"):
        key, _, value = line.decode("utf-8", "replace").partition(":")
        value = value.removeprefix(" ")
        if key not in frame:
            frame[key] = value
        elif isinstance(frame[key], list):
            frame[key].append(value)
        else:
            frame[key] = [frame[key], value]
    return frame


def values(frame, key):
    """Return the values of a key as a list, whatever their number."""
    value = frame.get(key)
    return [] if value is None else value if isinstance(value, list) else [value]


def encode(action, fields):
    """Return the bytes of an action. Line breaks in values would start a field of their own.

    >>> encode("Ping", {"ActionID": "1"})
    b'Action: Ping\\r\\nActionID: 1\\r\\n\\r\\n'
    """
    lines = [f"Action: {action}"]
    for key, value in fields.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            text = str(one)
            if "\r" in text or "\n" in text:
                raise ValueError(f"line break in {key}")
            lines.append(f"{key}: {text}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
