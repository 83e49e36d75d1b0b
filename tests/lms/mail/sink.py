"""A mail server of the tests: it speaks SMTP and treats each address as that asks."""

from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

REFUSALS = {  # by the words before the @
    "later": b"451 4.7.1 Try again later",
    "unknown": b"550 5.1.1 Unknown person",
    "policy": b"550 5.7.1 Relaying denied",
    "closing": b"421 4.3.2 Closing down",
}


class Sink(ThreadingTCPServer):
    """Keeps who got what, in `arrived`; `drop@…` loses the connection on the way."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.arrived: list[tuple[str, str]] = []
        self.connections = 0
        Thread(target=self.serve_forever, daemon=True).start()


class Talk(StreamRequestHandler):
    def handle(self):
        self.server.connections += 1
        self.say(b"220 sink")
        while line := self.rfile.readline():
            verb, rest = line[:4].upper(), line.strip().decode()
            if not self.answer(verb, rest):
                return

    def answer(self, verb, line):
        """Answer one command; return whether to listen on."""
        if verb == b"QUIT":
            self.say(b"221 bye")
            return False
        if verb == b"RCPT":
            self.recipient = line.split("<")[1].split(">")[0]
            refusal = REFUSALS.get(self.recipient.split("@")[0])
            self.say(refusal or b"250 ok")
            return refusal is None or not refusal.startswith(b"421")
        if verb == b"DATA":
            return self.take()
        self.say(b"250 ok")
        return True

    def take(self):
        self.say(b"354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.decode())
            if self.recipient.startswith("drop@"):
                return False
        if self.recipient.startswith("content@"):
            self.say(b"554 5.6.0 Not such a message")
            return True
        self.server.arrived.append((self.recipient, "".join(lines)))
        self.say(b"250 kept")
        return True

    def say(self, reply):
        self.wfile.write(reply + b"\r\n")
