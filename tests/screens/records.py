"""What did the screens say when somebody last looked at them?

`bin/test tests/screens --rewrite` writes the records anew. Read the difference as a
visitor would, then commit it with what made it.
"""

from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

import pytest
from django.http import HttpResponse

from tests.screens.outline import is_page, masked, told

Answers = Iterable[tuple[str, HttpResponse]]
FOLDER = Path(__file__).parent / "records"
DRAWN = "drawn with:"
AGAIN = "If it says what it should: bin/test tests/screens --rewrite"


class Records:
    """The records of one test: compared, or written anew."""

    def __init__(self, *, rewrite: bool):
        self.rewrite = rewrite
        self.differences: list[str] = []

    def compare(self, name: str, lines: list[str], drawn: set[str]) -> None:
        """Keep where a screen differs from its record; write that where asked to.

        The last line names the templates with which it was drawn.
        """
        path = FOLDER / f"{name}.txt"
        said = "\n".join([*lines, f"{DRAWN} {' '.join(sorted(drawn))}", ""])
        kept = path.read_text() if path.exists() else ""
        if self.rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(said)
        elif said != kept:
            self.differences += unified_diff(
                kept.splitlines(), said.splitlines(), name, "now", n=1, lineterm=""
            )

    def keep(
        self, name: str, answers: Answers, drawn: set[str], *, whole: bool = False
    ) -> None:
        """Compare several pages as one record, each under its own heading."""
        lines = []
        for heading, answer in answers:
            if is_page(answer):
                lines += [f"== {heading}", *told(answer, whole=whole)]
        self.compare(name, masked(lines), drawn)

    def tell(self) -> None:
        """Fail where something differed, and say how."""
        if self.differences:
            pytest.fail("\n".join([*self.differences, "", AGAIN]), pytrace=False)
