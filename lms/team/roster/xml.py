"""Reading XML that somebody else wrote: bit by bit, no declarations, so many elements.

What a document declares (DOCTYPE) is where entities come from that grow without end or
read other files: no spreadsheet has one, and whatever has one is not read.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from lms.team.roster.findings import Unreadable

MOST_ELEMENTS = 500_000  # five thousand rows of fifty columns


class Elements:
    """A reader to inherit from: `begins`, `says` and `ends` hear what is read.

    What they put into `ready` is handed out as it comes. Names come without namespace:
    the two that spreadsheets use differ in nothing else.
    """

    def __init__(self) -> None:
        self.ready: deque = deque()
        self._count = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.says

    def read(self, chunks: Iterable[bytes]) -> Iterator:
        """Yield what becomes ready; raise Unreadable where it is no such document."""
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
                while self.ready:
                    yield self.ready.popleft()
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Unreadable("broken") from error
        yield from self.ready

    def begins(self, name: str, facts: dict[str, str]) -> None:
        """An element begins."""

    def says(self, text: str) -> None:
        """A text, or a part of one."""

    def ends(self, name: str) -> None:
        """An element ends."""

    def _refuse(self, *declared: object) -> None:
        raise Unreadable("declares")

    def _begin(self, name: str, facts: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise Unreadable("inflates")
        self.begins(name.rpartition(" ")[2], facts)

    def _end(self, name: str) -> None:
        self.ends(name.rpartition(" ")[2])
