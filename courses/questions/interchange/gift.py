"""GIFT, the plain text in which teachers write questions for Moodle.

A question ends at a blank line. Signs that mean something are escaped by a backslash;
while a question is taken apart they wait as signs that no text holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from courses.questions.interchange import markup
from courses.questions.interchange.extra import GIFT_MARK, extra_of
from courses.questions.interchange.neutral import (
    Brought,
    Kind,
    Loss,
    Option,
    Texts,
    unreadable,
    within_limits,
)

SIGNS = "~=#{}:\\"
WAITING = {sign: chr(0xFDD0 + at) for at, sign in enumerate(SIGNS)}
BACK = {ord(waiting): sign for sign, waiting in WAITING.items()}
NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORM = re.compile(r"\s*\[(html|plain|markdown|moodle)\]", re.IGNORECASE)
WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:[.,]\d{1,8})?)%")
TRUE_FALSE = re.compile(r"(T|TRUE|F|FALSE)\s*(#.*)?", re.IGNORECASE | re.DOTALL)
FORMS = {
    "html": markup.HTML,
    "plain": markup.PLAIN,
    "markdown": markup.MARKDOWN,
    "moodle": markup.AUTO,
}
BLANK = "_____"


@dataclass
class _Block:
    """The lines of one question, with what comments before it say."""

    line: int
    lines: list[str] = field(default_factory=list)
    category: str = ""
    comments: list[tuple[int, str]] = field(default_factory=list)


def read(text: str) -> list[Brought]:
    """Return every question of a text, those that cannot be read too."""
    return [within_limits(_question(block)) for block in _blocks(text)]


def _blocks(text: str) -> Iterator[_Block]:
    block, category = _Block(0), ""
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        bare = line.strip()
        if bare.startswith("//"):
            block.comments.append((number, bare[2:].strip()))
        elif bare.upper().startswith("$CATEGORY:") and not block.lines:
            category = bare.partition(":")[2].strip()
        elif bare:
            block.line = block.line or number
            block.lines.append(line)
        elif block.lines:
            block.category = category
            yield block
            block = _Block(0)


def _question(block: _Block) -> Brought:
    whole = _escaped("\n".join(block.lines))
    name, rest = _name(whole)
    form, rest = _form(rest, markup.AUTO)
    before, answer, after, problem = _parts(rest)
    if problem:
        return unreadable(
            problem, block.line, category=block.category, text=_plain(whole)
        )
    reader = _Reader(block.line, form)
    blank = f" {BLANK} {after.strip()}" if after.strip() else ""
    stem = reader.text(before.rstrip() + blank, form)
    question = reader.answered(answer)
    extra, losses = _said_in_comments(block)
    return replace(
        question,
        stem=stem,
        name=_plain(name),
        category=block.category,
        losses=tuple(dict.fromkeys([*losses, *reader.losses])),
        extra=extra,
    )


def _said_in_comments(block: _Block) -> tuple[dict, list[Loss]]:
    extra: dict = {}
    losses = []
    for line, words in block.comments:
        if words.startswith(GIFT_MARK):
            extra = extra_of(words.removeprefix(GIFT_MARK))
        elif words.startswith(("[tag:", "[id:")):
            losses.append(Loss("tags", line, words[:80]))
    return extra, losses


def _escaped(text: str) -> str:
    """Return the text with each escaped sign waiting, and `\\n` as a line."""
    text = re.sub(r"\\([~=#{}:\\])", lambda found: WAITING[found[1]], text)
    return text.replace("\\n", "\n")


def _plain(text: str) -> str:
    return text.translate(BACK).strip()


def _name(text: str) -> tuple[str, str]:
    found = NAME.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _form(text: str, otherwise: str) -> tuple[str, str]:
    found = FORM.match(text)
    return (
        (FORMS[found[1].lower()], text[found.end() :]) if found else (otherwise, text)
    )


def _parts(text: str) -> tuple[str, str | None, str, str]:
    """Return what stands before, in and after the braces, or what is wrong there."""
    before, opened, rest = text.partition("{")
    if not opened:
        return before, None, "", "brace-not-opened" if "}" in before else ""
    answer, closed, after = rest.partition("}")
    if not closed:
        return before, None, "", "brace-not-closed"
    if "{" in answer or "{" in after or "}" in after:
        return before, None, "", "braces-twice"
    return before, answer, after, ""


class _Reader:
    """Reads the answers of one question and remembers what they lose."""

    def __init__(self, line: int, form: str):
        self.line, self.form = line, form
        self.losses: list[Loss] = []

    def text(self, words: str, form: str = "") -> Texts:
        form, words = _form(words, form or self.form)
        texts, lost = markup.read_text(_plain(words), form, self.line)
        self.losses += lost
        return texts

    def answered(self, answer: str | None) -> Brought:
        if answer is None:
            return Brought(Kind.DESCRIPTION, self.line)
        answer, split, general = answer.partition("####")
        feedback = self.text(general) if split else {}
        answer = answer.strip()
        if not answer:
            return Brought(Kind.ESSAY, self.line, feedback=feedback)
        if answer.startswith("#"):
            options = self._numbers(answer.removeprefix("#").strip())
            kind = Kind.NUMERIC
        elif found := TRUE_FALSE.fullmatch(answer):
            options = self._true_or_false(found[1], found[2] or "")
            kind = Kind.TRUE_FALSE
        else:
            kind, options = self._options(answer)
        if kind == Kind.UNREADABLE:
            return unreadable("text-before-answers", self.line)
        return Brought(kind, self.line, options=options, feedback=feedback)

    def _true_or_false(self, word: str, said: str) -> tuple[Option, ...]:
        true_is_right = word.upper().startswith("T")
        _nothing, *feedback = said.split("#")
        wrong_says, right_says = (self.text(one) for one in [*feedback, "", ""][:2])
        return tuple(
            Option({}, 100, right_says) if is_right else Option({}, 0, wrong_says)
            for is_right in (true_is_right, not true_is_right)
        )

    def _options(self, answer: str) -> tuple[Kind, tuple[Option, ...]]:
        if answer[0] not in "~=":
            if re.search("[~=]", answer):
                return Kind.UNREADABLE, ()
            return Kind.SHORT, (self._option("=", answer, markup.PLAIN),)
        rows = re.findall(r"([~=])([^~=]*)", answer.replace("~=", "="))
        marks = {mark for mark, _words in rows}
        if marks == {"="}:
            if all("->" in words for _mark, words in rows):
                return Kind.MATCHING, tuple(self._pair(words) for _mark, words in rows)
            kind = Kind.SHORT
        else:
            kind = Kind.SINGLE if "=" in marks else Kind.MULTIPLE
        form = markup.PLAIN if kind == Kind.SHORT else ""
        return kind, tuple(self._option(mark, words, form) for mark, words in rows)

    def _numbers(self, answer: str) -> tuple[Option, ...]:
        """Return each number with how far off it may be, as it is written."""
        rows = [row for row in answer.split("=") if row.strip()]
        return tuple(self._option("=", row) for row in rows)

    def _pair(self, words: str) -> Option:
        left, _arrow, right = words.partition("->")
        return Option(self.text(left), 100, match=self.text(right))

    def _option(self, mark: str, words: str, form: str = "") -> Option:
        weight = 100.0 if mark == "=" else 0.0
        if found := WEIGHT.match(words):
            weight = float(found[1].replace(",", "."))
            words = words[found.end() :]
        text, _sign, feedback = words.partition("#")
        return Option(self.text(text, form), weight, self.text(feedback))
