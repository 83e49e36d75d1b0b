"""A mail server for trials: it takes letters, or answers no call, or refuses each.

Real sockets of this machine; what it took it remembers, and delivers nowhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread

GOOD, SILENT, REFUSING = "good", "silent", "refusing"  # its moods


class MailServer(ThreadingTCPServer):
    """Keeps who got a letter, in `arrived`, and how often it was called, in `calls`."""

    allow_reuse_address = daemon_threads = True
    request_queue_size = 64

    def __init__(self, mood: str = GOOD):
        super().__init__(("127.0.0.1", 0), Call)
        self.mood = mood
        self.arrived: list[str] = []
        self.calls = 0
        self.over = Event()

    @property
    def port(self) -> int:
        return self.server_address[1]


class Call(StreamRequestHandler):
    def handle(self):
        self.server.calls += 1
        if self.server.mood == SILENT:
            self.server.over.wait()
        elif self.server.mood == REFUSING:
            self.say(b"554 5.3.2 No service here")
        else:
            self.say(b"220 ready")
            self.listen()

    def listen(self):
        to = ""
        while line := self.rfile.readline():
            match line[:4].upper():
                case b"QUIT":
                    self.say(b"221 bye")
                    return
                case b"RCPT":
                    to = line.decode().split("<")[1].split(">")[0]
                    self.say(b"250 ok")
                case b"DATA":
                    self.take(to)
                case _:
                    self.say(b"250 ok")

    def take(self, to):
        self.say(b"354 go on")
        while self.rfile.readline() not in {b".\r\n", b""}:
            pass
        self.server.arrived.append(to)
        self.say(b"250 kept")

    def say(self, reply):
        self.wfile.write(reply + b"\r\n")


@contextmanager
def mail_server(mood: str = GOOD) -> Iterator[MailServer]:
    """Have one at work meanwhile."""
    with MailServer(mood) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
