"""An asyncio client of the Asterisk Manager Interface.

One connection, one reader, actions answered by ActionID, events handed to a callback at once with
the
time of their arrival. There is no time-out on reading: a quiet night is no error, a ping that is
not
answered is.
"""

import asyncio
import contextlib
import itertools
import socket
import time
from concurrent.futures import ThreadPoolExecutor

from .frames import Frames, encode

CONNECT, ANSWER, PING = 5, 10, 20  # seconds


class AmiError(Exception):
    """The connection is of no use any more, or an action was not answered.

    ``kind`` is unknown_host, no_port, no_answer, not_ami, closed, silent or refused; ``detail`` is
    for the log.
    """

    def __init__(self, kind, detail=""):
        super().__init__(f"{kind} {detail}".strip())
        self.kind, self.detail = kind, detail


class Refused(AmiError):
    """The exchange answered an action with an error; ``detail`` is its own text."""

    def __init__(self, detail):
        super().__init__("refused", detail)


class AmiClient:
    """A connection.

    :param on_event: called with (frame, time of arrival) for each event
    """

    def __init__(self, host, port, user, secret, on_event=None):
        self.host, self.port, self.user, self.secret = host, port, user, secret
        self.on_event = on_event or (lambda frame, arrived: None)
        self.frames = Frames()
        self.waiting, self.numbers = {}, itertools.count(1)
        self.reader = self.writer = self.task = None
        self.closed = None  # future: why the connection ended, an AmiError

    async def connect(self, events="on"):
        """Connect and log in.

        :param str events: "on", "off" or a list of classes
        :raise AmiError: nobody there, or another protocol
        :raise Refused: wrong account or address
        """
        try:
            async with asyncio.timeout(CONNECT):
                self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        except (OSError, TimeoutError, UnicodeError) as error:
            raise AmiError(_kind(error), str(error)) from error
        self.closed = asyncio.get_running_loop().create_future()
        self.task = asyncio.create_task(self._read())
        try:
            await self.action("Login", Username=self.user, Secret=self.secret, Events=events)
        except Refused:
            await self.close()
            raise
        except AmiError as error:
            await self.close()
            raise AmiError(self._meaning(error.kind), error.detail) from error
        return self

    def _meaning(self, kind):
        """Return what a login without an answer means. Any greeting will do as long as the login is
        answered; who greets otherwise, or waits to be greeted, speaks another protocol.
        """
        said = self.frames.banner or self.frames.buffer.decode("utf-8", "replace")
        other = said and "manager" not in said.lower()
        return "not_ami" if other or (kind == "silent" and not said) else kind

    async def _read(self):
        reason = AmiError("closed")
        try:
            while data := await self.reader.read(65536):
                arrived = time.time()
                for frame in self.frames.feed(data):
                    self._hand_over(frame, arrived)
        except (OSError, ValueError) as error:
            kind = "not_ami" if isinstance(error, ValueError) else "closed"
            reason = AmiError(kind, str(error))
        self._end(reason)

    def _hand_over(self, frame, arrived):
        if "Event" in frame:
            self.on_event(frame, arrived)
            return
        future = self.waiting.pop(frame.get("ActionID"), None)
        if future and not future.done():
            future.set_result(frame)

    def _end(self, reason):
        if not self.closed.done():
            self.closed.set_result(reason)
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(reason)
        self.waiting.clear()

    async def action(self, name, **fields):
        """Send an action and return its answer.

        :raise Refused: the answer is an error
        :raise AmiError: no answer in time
        """
        if self.closed.done():
            raise self.closed.result()
        action_id = fields.setdefault("ActionID", f"odoo-{next(self.numbers)}")
        future = asyncio.get_running_loop().create_future()
        self.waiting[action_id] = future
        try:
            self.writer.write(encode(name, fields))
            async with asyncio.timeout(ANSWER):
                await self.writer.drain()
                answer = await future
        except (OSError, TimeoutError) as error:
            self.waiting.pop(action_id, None)
            raise AmiError("silent", name) from error
        if answer.get("Response") == "Error":
            raise Refused(str(answer.get("Message") or name))
        return answer

    async def keep_alive(self):
        """Ping until the connection ends, then return why: an :class:`AmiError`."""
        while True:
            done, _ = await asyncio.wait([self.closed], timeout=PING)
            if done:
                return self.closed.result()
            try:
                await self.action("Ping")
            except Refused:
                continue
            except AmiError as error:
                return error

    async def close(self):
        """Say goodbye and close; never fails."""
        if self.writer:
            with contextlib.suppress(OSError):
                self.writer.write(encode("Logoff", {}))
                self.writer.close()
        if self.task:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
        if self.closed and not self.closed.done():
            self._end(AmiError("closed"))


def _kind(error):
    """Return why a connection could not be made."""
    if isinstance(error, socket.gaierror | UnicodeError):  # the latter: no name at all
        return "unknown_host"
    return "no_port" if isinstance(error, ConnectionRefusedError) else "no_answer"


def command(host, port, user, secret, *actions):
    """Send actions over a connection of their own and return their answers: for a click on a
    button.

    :param actions: (name, fields) pairs
    """

    async def run():
        client = await AmiClient(host, port, user, secret).connect(events="off")
        try:
            return [await client.action(name, **fields) for name, fields in actions]
        finally:
            await client.close()

    # in a thread: the one that asks may be driving an event loop of its own
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, run()).result()
