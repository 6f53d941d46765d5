"""A real Asterisk with MikoPBX's contexts on loopback, and SIPp for telephones and provider.

Extensions 201, 202, 203. Dialled numbers choose what happens (asterisk/etc/extensions.conf.in):
74950000001 → 201, …02 → queue of 201 and 202, …03 → 202 for 4 s, …04 → 203, …05 → 202, then 203,
…06 → 202 for 2 s, then voicemail, …07 → menu, …09 → answered by nobody (for load).
"""

import csv
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCAL = Path(os.environ.get("SUITE_LOCAL") or ROOT / ".local")
CALLER = "79161234567"
ROW = [
    "linkedid",
    "uniqueid",
    "start",
    "answer",
    "end",
    "src",
    "dst",
    "dcontext",
    "channel",
    "dstchannel",
    "lastapp",
    "disposition",
    "duration",
    "billsec",
    "recordingfile",
]
_ports = iter(range(25000 + os.getpid() % 3000, 32000))
_media = iter(range(30000, 60000, 20))


def free_ports(count):
    """Return free ports for TCP and UDP."""
    found = []
    # never one twice: a program that was just started has not bound its port yet
    for port in _ports:
        try:
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                with socket.socket(socket.AF_INET, kind) as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        found.append(port)
        if len(found) == count:
            return found
    raise RuntimeError("no free ports")


def install():
    """Bring Asterisk; a minute the first time."""
    root = LOCAL / "asterisk"
    subprocess.run([HERE / "asterisk" / "install.sh", root], check=True, timeout=600)
    return root


class Exchange:
    """An exchange that can be started, stopped and killed.

    :param Path run: folder of its own
    """

    def __init__(self, run):
        self.root, self.run_folder = install(), run
        names = ["AMI", "AJAM", "SIP", "PROVIDER", "PHONE1", "PHONE2", "PHONE3"]
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        self.phones = {
            "201": self.ports["PHONE1"],
            "202": self.ports["PHONE2"],
            "203": self.ports["PHONE3"],
            "provider": self.ports["PROVIDER"],
        }
        self.running = []

    def start(self):
        environment = {f"{name}_PORT": str(port) for name, port in self.ports.items()}
        subprocess.run(
            [HERE / "asterisk" / "start.sh", self.root, self.run_folder],
            check=True,
            env={**os.environ, **environment},
            timeout=60,
        )
        return self

    @property
    def pid(self):
        return int((self.run_folder / "asterisk.pid").read_text())

    def command(self, text):
        """Run a command of Asterisk's console and return its output."""
        done = subprocess.run(
            [self.run_folder / "rx", text], capture_output=True, text=True, timeout=30
        )
        return done.stdout

    def stop(self):
        self.end(*self.running)
        self.kill()

    def end(self, *processes):
        """End telephones, SIPp itself included."""
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)

    def hush(self):
        """End the telephones and the calls that went on with them: a telephone that is switched off
        says no goodbye, and its call would end in the midst of another test.
        """
        self.end(*self.running)
        self.command("channel request hangup all")
        for _ in range(100):
            if self.command("core show channels count").strip().startswith("0 "):
                return
            time.sleep(0.1)
        raise AssertionError(self.command("core show channels"))

    def kill(self):
        """End it at once, as a power cut would."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        for _ in range(50):
            if not Path(f"/proc/{self.pid}").exists() or _is_zombie(self.pid):
                return
            time.sleep(0.1)

    def rows(self):
        """Return the records that Asterisk's own CDR backend has written, as dictionaries."""
        path = self.run_folder / "log" / "cdr-custom" / "Master.csv"
        if not path.exists():
            return []
        with path.open(newline="", encoding="utf-8") as lines:
            return [dict(zip(ROW, line, strict=True)) for line in csv.reader(lines)]

    # ------------------------------------------------------------------ telephones
    def _sipp(self, scenario, port, *arguments, limit=240, talk=2000, note="/dev/null"):
        command = [HERE / "asterisk" / "sippx.sh", scenario, str(port), *map(str, arguments)]
        process = subprocess.Popen(
            [*command, "-mp", str(next(_media))],
            env={**os.environ, "LIMIT": str(limit), "TALK": str(talk), "NOTE": str(note)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.running.append(process)
        return process

    def phone(self, extension, scenario="uas_answer", delay=1000, count=1, **options):
        """A telephone that waits for calls.

        :param str extension: or "provider"
        :param str scenario: uas_answer, uas_ring, uas_busy, uas_refer, uas_answer_hangup, uas_note
        :param int delay: milliseconds until it answers
        :param options: ``limit`` (seconds it lives), ``talk`` (milliseconds until
            uas_answer_hangup hangs up), ``note`` (file for the dialogue that uas_note is in)
        """
        port = self.phones[extension]
        process = self._sipp(scenario, port, "-m", count, "-d", delay, **options)
        _wait_bound(port)
        return process

    def call_in(self, did, caller=CALLER, scenario="uac_talk", hold=3000, **options):
        """Somebody outside calls; returns the process."""
        (port,) = free_ports(1)
        target = f"127.0.0.1:{self.ports['SIP']}"
        arguments = ("-m", 1, "-s", did, "-d", hold, "-key", "caller", caller)
        return self._sipp(scenario, port, target, *arguments, **options)

    def call_from(self, extension, number, scenario="uac_talk", hold=3000, **options):
        """An employee dials on his telephone."""
        return self.call_in(number, caller=extension, scenario=scenario, hold=hold, **options)

    def consult(self, extension, number, note, **options):
        """An employee who is talking asks a colleague on his second line, and joins him with the
        customer: REFER with Replaces, as desk telephones do it.

        :param Path note: what uas_note wrote of the first line
        """
        dialogue, ours, theirs = note.read_text().split()
        (port,) = free_ports(1)
        target = f"127.0.0.1:{self.ports['SIP']}"
        keys = {"caller": extension, "dialogue": dialogue, "ours": ours, "theirs": theirs}
        arguments = [part for key, value in keys.items() for part in ("-key", key, value)]
        return self._sipp("uac_consult", port, target, "-m", 1, "-s", number, *arguments, **options)

    def load(self, rate, calls, did="74950000009", hold=2000, **options):
        """Many calls; by default of the number that rings nobody. Returns the process."""
        return self.many("uac_load", rate, calls, did, hold, **options)

    def many(self, scenario, rate, calls, did, hold, **options):
        """Many calls of one scenario, so many a second."""
        (port,) = free_ports(1)
        target = f"127.0.0.1:{self.ports['SIP']}"
        arguments = ["-m", calls, "-r", rate, "-l", rate * 30, "-s", did, "-d", hold]
        return self._sipp(scenario, port, target, *arguments, "-key", "caller", CALLER, **options)

    def finished(self, *processes, timeout=60):
        """Wait for telephones to be done; raise with SIPp's words when one failed."""
        for process in processes:
            output, _ = process.communicate(timeout=timeout)
            if process.returncode:
                raise AssertionError(output)


def _is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def _wait_bound(port):
    """Wait until a telephone listens."""
    wanted = f":{port:04X}"
    for _ in range(400):
        if wanted in Path("/proc/net/udp").read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")
