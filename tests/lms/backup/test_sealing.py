"""What was sealed comes out as it went in, or not at all."""

import io

import pytest

from lms.backup.sealing import HEADER, PIECE, TAG, Opening, Sealing, Spoiled

SECRET = "s" * 32
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]


def seal(content, *, secret=SECRET):
    file = io.BytesIO()
    sealing = Sealing(file, secret=secret)
    for start in range(0, len(content), 100_000):
        sealing.write(content[start : start + 100_000])
    sealing.finish()
    return file.getvalue()


def open_whole(sealed, *, secret=SECRET):
    opening, pieces = Opening(io.BytesIO(sealed), secret=secret), []
    while piece := opening.read(70_000):
        pieces.append(piece)
    return b"".join(pieces)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_comes_out(size):
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]

    assert open_whole(seal(content)) == content


def test_two_archives_of_the_same_have_nothing_in_common():
    one, other = seal(b"the same"), seal(b"the same")

    assert one[HEADER:] != other[HEADER:]
    assert b"the same" not in one


@pytest.fixture(scope="module")
def three():
    """Three whole pieces and a short one."""
    return seal(b"a" * PIECE + b"b" * PIECE + b"c" * PIECE + b"d")


def pieces_of(sealed):
    step = PIECE + TAG
    body = sealed[HEADER:]
    return [body[start : start + step] for start in range(0, len(body), step)]


def flipped(sealed, place):
    changed = bytearray(sealed)
    changed[place] ^= 1
    return bytes(changed)


CHANGES = {
    "a byte of its kind": lambda s: flipped(s, 0),
    "a byte of its salt": lambda s: flipped(s, HEADER - 1),
    "a byte of what it holds": lambda s: flipped(s, HEADER + 5),
    "its last byte": lambda s: flipped(s, -1),
    "cut by a byte": lambda s: s[:-1],
    "cut between two pieces": lambda s: s[:HEADER] + b"".join(pieces_of(s)[:-1]),
    "cut to its header": lambda s: s[:HEADER],
    "empty": lambda s: b"",
    "longer by a byte": lambda s: s + b"x",
    "longer by a piece": lambda s: s + pieces_of(s)[1],
    "two pieces that changed places": lambda s: (
        s[:HEADER] + b"".join(pieces_of(s)[i] for i in (1, 0, 2, 3))
    ),
    "a piece left out": lambda s: (
        s[:HEADER] + b"".join(pieces_of(s)[i] for i in (0, 2, 3))
    ),
    "a piece twice": lambda s: (
        s[:HEADER] + b"".join(pieces_of(s)[i] for i in (0, 0, 1, 2, 3))
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_refused(three, change):
    assert len(pieces_of(three)) == 4

    with pytest.raises(Spoiled):
        open_whole(change(three))


def test_a_piece_of_another_archive_is_refused(three):
    other = seal(b"a" * PIECE + b"b" * PIECE + b"c" * PIECE + b"d")
    mixed = three[:HEADER] + b"".join([pieces_of(other)[0], *pieces_of(three)[1:]])

    with pytest.raises(Spoiled):
        open_whole(mixed)


def test_another_key_opens_nothing():
    with pytest.raises(Spoiled):
        open_whole(seal(b"secret"), secret="t" * 32)
