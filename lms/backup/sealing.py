"""How is a file sealed, so that nobody reads it or changes it without its key?

In pieces of one MiB, each encrypted and authenticated by itself (AES-256-GCM) under its
number and whether it is the last one: none can be changed, moved, left out or cut off
(the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). Each file has
a salt, and so a key, of its own: no number is used twice with one key.
"""

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KIND = b"campus backup 1\n"
SALT = 32
HEADER = len(KIND) + SALT
PIECE = 2**20
TAG = 16


class Spoiled(Exception):
    """A file is not as it was sealed, or was sealed with another key."""

    def __init__(self):
        super().__init__(
            "The archive is damaged, cut short or changed, or BACKUP_KEY is not the "
            "one it was sealed with. Nothing was restored from it."
        )


class Sealing:
    """Writes to a file what it is given, sealed; nothing is whole before `finish`."""

    def __init__(self, file: BinaryIO, *, secret: str):
        self.file, self.number, self.waiting = file, 0, bytearray()
        self.header = KIND + os.urandom(SALT)
        self.cipher = cipher_of(secret, self.header)
        file.write(self.header)

    def write(self, content: bytes) -> int:
        self.waiting += content
        while len(self.waiting) > PIECE:
            self._seal(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(content)

    def finish(self) -> None:
        self._seal(bytes(self.waiting), last=True)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        nonce = nonce_of(self.number, last=last)
        self.file.write(self.cipher.encrypt(nonce, piece, self.header))
        self.number += 1


class Opening:
    """Reads from a sealed file what was sealed; raises `Spoiled` where it was not."""

    def __init__(self, file: BinaryIO, *, secret: str):
        self.file, self.number, self.waiting = file, 0, bytearray()
        self.header = file.read(HEADER)
        if len(self.header) != HEADER or not self.header.startswith(KIND):
            raise Spoiled
        self.cipher = cipher_of(secret, self.header)
        self.ahead = self._piece()
        if not self.ahead:
            raise Spoiled

    def read(self, size: int) -> bytes:
        while self.ahead and len(self.waiting) < size:
            self._open()
        content = bytes(self.waiting[:size])
        del self.waiting[:size]
        return content

    def _open(self) -> None:
        piece, self.ahead = self.ahead, self._piece()
        nonce = nonce_of(self.number, last=not self.ahead)
        try:
            self.waiting += self.cipher.decrypt(nonce, piece, self.header)
        except InvalidTag as error:
            raise Spoiled from error
        self.number += 1

    def _piece(self) -> bytes:
        return self.file.read(PIECE + TAG)


def cipher_of(secret: str, header: bytes) -> AESGCM:
    """Return the cipher of one file: slow to come by for whoever guesses secrets."""
    key = Scrypt(salt=header[len(KIND) :], length=32, n=2**15, r=8, p=1)
    return AESGCM(key.derive(secret.encode()))


def nonce_of(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])
