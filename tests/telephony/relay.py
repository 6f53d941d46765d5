"""A wire between two programs that a test can cut."""

import contextlib
import os
import socket
import threading


class Relay:
    """Passes bytes from a place of its own to a target.

    :param listen: ("127.0.0.1", port) or the path of a socket
    :param target: the same
    """

    def __init__(self, listen, target):
        self.listen, self.target = listen, target
        self.open, self.sockets = True, []
        self.server = self._socket(listen)
        self.server.bind(listen)
        self.server.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    @staticmethod
    def _socket(address):
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        if family == socket.AF_INET:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return made

    def cut(self):
        """End all connections and refuse new ones."""
        self.open = False
        self.drop()

    def drop(self):
        """End all connections once."""
        for one in self.sockets:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self.sockets = []

    def mend(self):
        self.open = True

    def close(self):
        self.cut()
        self.server.close()
        if isinstance(self.listen, str):
            os.unlink(self.listen)

    def _accept(self):
        while True:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            if not self.open:
                near.close()
                continue
            far = self._socket(self.target)
            try:
                far.connect(self.target)
            except OSError:
                near.close()
                continue
            self.sockets += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    @staticmethod
    def _pump(one, other):
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
