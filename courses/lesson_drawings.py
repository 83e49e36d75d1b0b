"""The drawings of lessons: lines in one file, their words in both languages beside it.

`drawings/lessons/NAME.svg` holds shapes in the colours of the palette, and a key where
words stand; `NAME.yaml` holds the words, what is read aloud and the whole in sentences
made of the same words.
"""

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import yaml
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "drawings" / "lessons"
BEGIN = '<svg xmlns="http://www.w3.org/2000/svg" '
# A phone of 320 px has 288 beside its margins: there a drawing is as large as written.
WIDTH, LETTERS, LINE = 288, 15, 1.25
TEXT = re.compile(r'<text( x="(\d+)") y="(\d+)"((?: [\w-]+="[^"]*")*)>([\w-]+)</text>')
SHEET_WIDTH, SHEET_HEIGHT = 544, 560  # px of print
HEIGHT = re.compile(r'viewBox="0 0 \d+ (\d+)"')
SIZE = re.compile(r'font-size="(\d+)"')


@dataclass(frozen=True, slots=True)
class LessonDrawing:
    """A drawing with the words of one language."""

    name: str
    title: str
    alt: str
    sentences: tuple[str, ...]  # what it shows, for who does not see it
    source: str
    shapes: SafeString

    @property
    def svg(self) -> SafeString:
        """The drawing in the text of a lesson, not larger than its words need."""
        return self._framed("400")

    @property
    def wide(self) -> SafeString:
        """The drawing on its own sheet: as large as leaves one A4 page one page."""
        height = int(HEIGHT.search(self.shapes)[1])
        return self._framed(str(min(SHEET_WIDTH, SHEET_HEIGHT * WIDTH // height)))

    def _framed(self, width: str) -> SafeString:
        frame = (
            f'<svg role="img" aria-label="{escape(self.alt)}" width="{width}" '
            f'font-size="{LETTERS}" text-anchor="middle" fill="none" '
            'stroke="var(--primary)" stroke-width="2" '
        )
        return mark_safe(frame + self.shapes.removeprefix(BEGIN))  # noqa: S308 - ours


def names() -> list[str]:
    """Return the names of all drawings."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


def choices() -> list[tuple[str, str]]:
    """Return what an editor chooses from: each drawing by its title."""
    language = get_language() or ""
    return [(name, title_of(name, language)) for name in names()]


def title_of(name: str, language: str) -> str:
    """Return the title of a drawing; its name, where that language lacks words."""
    return words_of(name).get(language, {}).get("title", name)


@cache
def words_of(name: str) -> dict[str, dict]:
    """Return language → the words of a drawing; nothing for one that is not there."""
    path = FOLDER / f"{name}.yaml"
    if name not in names() or not path.exists():
        return {}
    return yaml.safe_load(path.read_text())


@cache
def lesson_drawing(name: str, language: str) -> LessonDrawing | None:
    """Return a drawing in a language, if it is there and has words in it."""
    told = words_of(name).get(language)
    if told is None:
        return None
    words = told["words"]
    in_line = {key: " ".join(text.split()) for key, text in words.items()}
    return LessonDrawing(
        name=name,
        title=told["title"],
        alt=told["alt"],
        sentences=tuple(sentence.format(**in_line) for sentence in told["sentences"]),
        source=told["source"],
        shapes=_with_words((FOLDER / f"{name}.svg").read_text(), words),
    )


def _with_words(svg: str, words: dict[str, str]) -> SafeString:
    """Put each text where its key stands; lines of a text lie around that height."""
    lines = (line.strip() for line in svg.splitlines())
    drawn = TEXT.sub(lambda found: _text(found, words), "".join(lines))
    return mark_safe(drawn)  # noqa: S308 - a file of our own


def _text(found: re.Match, words: dict[str, str]) -> str:
    x, middle, rest = found[1], int(found[3]), found[4]
    size = int(sized[1]) if (sized := SIZE.search(rest)) else LETTERS
    lines = words[found[5]].strip().split("\n")
    first = middle + size * (0.35 - LINE * (len(lines) - 1) / 2)
    colour = "" if " fill=" in rest else ' fill="var(--ink)"'
    parts = "".join(
        f'<tspan{x} y="{first + number * size * LINE:.0f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text stroke="none"{colour}{rest}>{parts}</text>'
