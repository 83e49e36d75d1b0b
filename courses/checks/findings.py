"""What an editor reads about something to mend: what to do, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that says what to do, with the field and the block that it is about.

    `keeps_back`: the page does not go out before. `question`: it is mended in a
    question of the bank, with that key.
    """

    sentence: str
    field: str = ""
    block: str = ""
    question: str = ""
    keeps_back: bool = True
