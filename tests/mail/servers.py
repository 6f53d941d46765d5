"""Real mail servers on loopback: aiosmtpd takes mails and puts them into the boxes that dovecot
serves.
"""

import getpass
import grp
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from email import message_from_bytes
from mailbox import Maildir
from pathlib import Path

from aiosmtpd.controller import Controller

DOVECOT = """
base_dir = {base}/run
state_dir = {base}/run
instance_name = desk-{port}
log_path = {base}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{base}/boxes/%n
mail_uid = {user}
mail_gid = {group}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={base}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServers:
    """Boxes by the part before the @, an SMTP port that fills them and an IMAP port that serves
    them.
    """

    def __init__(self, base):
        self.base = Path(base)
        self.smtp_port, self.imap_port = free_port(), free_port()

    # ------------------------------------------------------------------ aiosmtpd's handler
    async def handle_DATA(self, server, session, envelope):
        for recipient in envelope.rcpt_tos:
            self.box(recipient.partition("@")[0]).add(envelope.content)
        return "250 taken"

    def box(self, name):
        box = Maildir(self.base / "boxes" / name, create=True)
        for path in (
            self.base / "boxes",
            self.base / "boxes" / name,
            *(self.base / "boxes" / name).rglob("*"),
        ):
            os.chmod(path, 0o777 if path.is_dir() else 0o666)
        return box

    def mails(self, name):
        """Return the mails in a box as messages."""
        return [
            message_from_bytes(self.box(name).get_bytes(key))
            for key in sorted(self.box(name).keys())
        ]

    def unseen(self, name):
        """Return how many mails of a box were not fetched yet."""
        return sum("S" not in message.get_flags() for message in self.box(name))

    def send(self, raw, to):
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as smtp:
            smtp.sendmail("client@example.org", [to], raw)


@contextmanager
def mail_servers():
    """Start both servers; they end with the block."""
    base = tempfile.mkdtemp(prefix="desk-mail-")
    os.chmod(base, 0o755)
    servers = MailServers(base)
    smtp = Controller(
        servers, hostname="127.0.0.1", port=servers.smtp_port, data_size_limit=100 * 1024 * 1024
    )
    smtp.start()
    user = "dovecot" if os.getuid() == 0 else getpass.getuser()
    group = grp.getgrgid(os.getgid()).gr_name if os.getuid() else user
    (servers.base / "boxes").mkdir()
    (servers.base / "home").mkdir()
    if os.getuid() == 0:
        for name in ("boxes", "home"):
            shutil.chown(servers.base / name, user, group)
    config = servers.base / "dovecot.conf"
    config.write_text(DOVECOT.format(base=base, port=servers.imap_port, user=user, group=group))
    dovecot = subprocess.Popen(["dovecot", "-F", "-c", str(config)], stderr=subprocess.PIPE)
    try:
        _wait_for(servers.imap_port, dovecot, servers.base / "dovecot.log")
        yield servers
    finally:
        dovecot.send_signal(signal.SIGTERM)
        dovecot.wait(20)
        smtp.stop()
        shutil.rmtree(base, ignore_errors=True)


def _wait_for(port, process, log):
    for _attempt in range(100):
        if process.poll() is not None:
            raise RuntimeError(
                f"dovecot ended: {log.read_text() if log.exists() else process.stderr.read()}"
            )
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("dovecot does not answer")
