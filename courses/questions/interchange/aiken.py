"""Aiken: a question in one line, answers by letter, and the letter of the right one."""

import re
from dataclasses import dataclass, field

from courses.questions.interchange.neutral import (
    UNSAID,
    Brought,
    Kind,
    Option,
    unreadable,
    within_limits,
)

OPTION = re.compile(r"([A-Z])[).] +(.*\S)\s*")
ANSWER = re.compile(r"ANSWER: *(\S.*?)\s*", re.IGNORECASE)


@dataclass
class _Block:
    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def read(text: str) -> list[Brought]:
    """Return every question of a text, those that cannot be read too."""
    found, block = [], _Block()
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if not bare:
            continue
        block.line = block.line or number
        if answer := ANSWER.fullmatch(bare):
            found.append(_question(block, answer[1]))
            block = _Block()
        else:
            _take(block, bare)
    if block.line:
        found.append(_question(block, ""))
    return [within_limits(one) for one in found]


def _take(block: _Block, bare: str) -> None:
    option = OPTION.fullmatch(bare)
    if option and block.stem:
        if option[1] in block.options:
            block.problem = "option-twice"
        block.options[option[1]] = option[2]
    elif block.options:
        block.problem = "text-after-options"
    else:
        block.stem.append(bare)


def _question(block: _Block, answer: str) -> Brought:
    letter = answer.upper()
    problem = block.problem
    if not block.stem:
        problem = "no-stem"
    elif not answer:
        problem = problem or "no-answer-line"
    elif letter not in block.options:
        problem = problem or "answer-unknown"
    stem = "\n".join(block.stem)
    if problem:
        return unreadable(problem, block.line, text=stem)
    options = tuple(
        Option({UNSAID: text}, 100 if key == letter else 0)
        for key, text in block.options.items()
    )
    return Brought(Kind.SINGLE, block.line, {UNSAID: stem}, options)
