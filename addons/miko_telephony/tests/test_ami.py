"""Bytes to frames."""

import asyncio
import itertools
import threading

from odoo.tests import BaseCase, tagged

from ..ami import AmiError, Frames, Refused, command, encode, read_trace, values
from .common import TRACES


class FakeExchange(threading.Thread):
    """Answers on a port as an exchange would: greeting, login, then what it is told to."""

    def __init__(self, banner=b"PBX Call Manager/9.9", secret="right", deaf=False):
        super().__init__(daemon=True)
        self.banner, self.secret, self.deaf, self.seen = banner, secret, deaf, []
        self.ready = threading.Event()
        self.loop = asyncio.new_event_loop()

    def run(self):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()

    def __enter__(self):
        self.start()
        self.ready.wait(10)
        return self

    def __exit__(self, *exc):
        self.loop.call_soon_threadsafe(self._end)
        self.join(5)

    def _end(self):
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.call_soon(self.loop.stop)

    async def _serve(self, reader, writer):
        if self.banner:
            writer.write(self.banner + b"\r\n")
        if self.deaf:  # another kind of server: takes the login for nonsense
            await reader.read(65536)
            writer.close()
            return
        frames = Frames(banner=False)
        while data := await reader.read(65536):
            for frame in frames.feed(data):
                self.seen.append(frame)
                writer.write(self._answer(frame))

    def _answer(self, frame):
        if "ActionID" not in frame:
            return b""
        message = "fine"
        if frame["Action"] == "Login" and frame["Secret"] != self.secret:
            message = "Authentication failed"
        elif frame["Action"] == "Refuse":
            message = "Permission denied"
        result = "Success" if message == "fine" else "Error"
        lines = f"Response: {result}\r\nActionID: {frame['ActionID']}\r\nMessage: {message}"
        return f"{lines}\r\n\r\n".encode()


@tagged("post_install", "-at_install")
class TestAmi(BaseCase):
    def test_letters_cut_in_half_by_tcp_are_whole(self):
        stream = "Any Banner\r\nEvent: Новый\r\nCallerIDName: Вода и насосы\r\n\r\n".encode()
        for size in (1, 2, 3, 7):
            frames, found = Frames(), []
            for start in range(0, len(stream), size):
                found += frames.feed(stream[start : start + size])
            self.assertEqual(found, [{"Event": "Новый", "CallerIDName": "Вода и насосы"}])
            self.assertEqual(frames.banner, "Any Banner")

    def test_repeated_keys_are_lists(self):
        frames = Frames(banner=False)
        (frame,) = frames.feed(b"Event: A\r\nChanVariable: x=1\r\nChanVariable: y=2\r\n\r\n")
        self.assertEqual(values(frame, "ChanVariable"), ["x=1", "y=2"])
        self.assertEqual(values(frame, "Event"), ["A"])
        self.assertEqual(values(frame, "Nothing"), [])

    def test_a_line_break_cannot_smuggle_a_field(self):
        with self.assertRaises(ValueError):
            encode("Originate", {"Exten": "1\r\nApplication: System"})

    def test_endless_frame_is_refused(self):
        with self.assertRaises(ValueError):
            list(Frames(banner=False).feed(b"x" * 5_000_000))

    def test_recorded_stream_keeps_arrival(self):
        found = list(read_trace((TRACES / "in_answered.txt").read_bytes()))
        self.assertGreater(len(found), 60)
        self.assertEqual(found[0][1]["Response"], "Success")
        self.assertTrue(all(a <= b for (a, _), (b, _) in itertools.pairwise(found)))

    def test_any_banner_and_answers_by_action_id(self):
        with FakeExchange() as exchange:
            answers = command("127.0.0.1", exchange.port, "u", "right", ("One", {}), ("Two", {}))
        self.assertEqual([answer["Response"] for answer in answers], ["Success", "Success"])

    def test_wrong_secret_and_refused_action(self):
        with FakeExchange() as exchange:
            with self.assertRaises(Refused):
                command("127.0.0.1", exchange.port, "u", "wrong")
            with self.assertRaises(Refused):
                command("127.0.0.1", exchange.port, "u", "right", ("Refuse", {}))

    def test_why_there_is_no_connection(self):
        with (
            FakeExchange(banner=b"SSH-2.0-x", deaf=True) as other,
            FakeExchange(banner=b"", deaf=True) as shut,
        ):
            cases = [
                (("127.0.0.1", 1), "no_port"),
                (("no-such-machine.invalid", 5038), "unknown_host"),
                (("https://pbx..example/", 5038), "unknown_host"),
                (("127.0.0.1", other.port), "not_ami"),
                (("127.0.0.1", shut.port), "closed"),
            ]
            for place, kind in cases:
                with self.subTest(kind), self.assertRaises(AmiError) as caught:
                    command(*place, "u", "x")
                self.assertEqual(caught.exception.kind, kind)
