"""Texts and files for other platforms: HTML with a span for each language."""

import re
from html import escape

from courses.questions.interchange.extra import GIFT_MARK, as_json
from courses.questions.interchange.letters import is_for_programs
from courses.questions.interchange.neutral import KEPT, Brought, Kind, Option, Texts
from courses.questions.interchange.typed import middle_of

SIGNS = re.compile(r"([~=#{}:\\])")
TOLD = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.MATCHING: "matching",
    Kind.ORDERING: "ordering",
    Kind.NUMERIC: "numerical",
    Kind.SHORT: "shortanswer",
}

CARRIED_BY_GIFT = KEPT - {Kind.ORDERING}


def as_gift(questions: list[Brought]) -> str:
    """Return the questions as GIFT."""
    parts, category = [], ""
    for question in questions:
        if question.category != category:
            category = question.category
            parts.append(f"$CATEGORY: {_one_line(category)}")
        parts.append(_gift_of(question))
    return "\n\n".join(parts) + "\n"


def _gift_of(question: Brought) -> str:
    numbers = "#" if question.kind == Kind.NUMERIC else ""
    lines = [_gift_answer(question, option) for option in question.options]
    if question.kind == Kind.TRUE_FALSE:
        lines = ["TRUE" if question.options[0].weight else "FALSE"]
    if question.feedback:
        lines.append(f"####{_gift(question.feedback)}")
    answers = "".join(f"\n\t{line}" for line in lines)
    extra = f"// {GIFT_MARK} {as_json(question.extra)}\n" if question.extra else ""
    name = SIGNS.sub(r"\\\1", _one_line(question.name))
    return f"{extra}::{name}::[html]{_gift(question.stem)}{{{numbers}{answers}\n}}"


def _gift_answer(question: Brought, option: Option) -> str:
    text = _gift(option.texts)
    match question.kind:
        case Kind.NUMERIC:
            return f"={_typed(option)}"
        case Kind.SHORT:
            # What is said of weight and form is not taken for the text itself.
            escaped = SIGNS.sub(r"\\\1", _typed(option))
            return f"=%100%[plain]{escaped}"
        case Kind.MATCHING:
            return f"={text} -> {_gift(option.match)}"
        case Kind.MULTIPLE if option.weight:
            return f"~%{_number(option.weight)}%{text}"
        case _:
            return f"{'=' if option.weight else '~'}{text}"


def _typed(option: Option) -> str:
    """Return what is typed: no platform reads HTML there, or parts it by language."""
    return _one_line(next(iter(option.texts.values())))


def _gift(texts: Texts) -> str:
    return SIGNS.sub(r"\\\1", as_html(texts))


def as_moodle_xml(questions: list[Brought]) -> str:
    """Return the questions as Moodle XML."""
    parts, category = [], ""
    for question in questions:
        if question.category != category:
            category = question.category
            told = f"<category><text>{xml_text(category)}</text></category>"
            parts.append(f'<question type="category">{told}</question>')
        parts.append(_xml_of(question))
    body = "\n".join(parts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>\n'


def _xml_of(question: Brought) -> str:
    lines = [
        f"<name><text>{xml_text(question.name)}</text></name>",
        _xml_text("questiontext", question.stem),
        _xml_text("generalfeedback", question.feedback),
        "<defaultgrade>1.0000000</defaultgrade>",
    ]
    if question.kind in {Kind.SINGLE, Kind.MULTIPLE}:
        one = str(question.kind == Kind.SINGLE).lower()
        lines += [f"<single>{one}</single>", "<shuffleanswers>true</shuffleanswers>"]
    if question.kind == Kind.ORDERING:
        lines += ["<layouttype>VERTICAL</layouttype>", "<selecttype>ALL</selecttype>"]
    lines += [
        _xml_answer(question, option, number)
        for number, option in enumerate(question.options)
    ]
    if question.extra:
        lines.append(f"<campus>{xml_text(as_json(question.extra))}</campus>")
    body = "\n  ".join(lines)
    return f'<question type="{TOLD[question.kind]}">\n  {body}\n</question>'


def _xml_answer(question: Brought, option: Option, number: int) -> str:
    fraction = _number(option.weight)
    match question.kind:
        case Kind.NUMERIC:
            value, slack = middle_of(_typed(option))
            return (
                f'<answer fraction="{fraction}"><text>{value}</text>'
                f"<tolerance>{slack}</tolerance></answer>"
            )
        case Kind.SHORT:
            text = xml_text(_typed(option))
            return (
                f'<answer fraction="{fraction}" format="plain_text"><text>{text}</text>'
                "</answer>"
            )
        case Kind.MATCHING:
            match = xml_text(as_html(option.match))
            text = xml_text(as_html(option.texts))
            answer = f"<answer><text>{match}</text></answer>"
            return (
                f'<subquestion format="html"><text>{text}</text>{answer}</subquestion>'
            )
        case Kind.ORDERING:
            text = xml_text(as_html(option.texts))
            place = f'fraction="{number + 1}.0000000" format="html"'
            return f"<answer {place}><text>{text}</text></answer>"
        case Kind.TRUE_FALSE:
            word = ("true", "false")[number]
            return f'<answer fraction="{fraction}"><text>{word}</text></answer>'
        case _:
            text = xml_text(as_html(option.texts))
            return (
                f'<answer fraction="{fraction}" format="html"><text>{text}</text>'
                "</answer>"
            )


def _xml_text(name: str, texts: Texts) -> str:
    return f'<{name} format="html"><text>{xml_text(as_html(texts))}</text></{name}>'


def as_html(texts: Texts) -> str:
    """Return a text in each of its languages, as Moodle's own filter parts them."""
    return "".join(
        f'<span lang="{code}" class="multilang">{html_of(text)}</span>'
        for code, text in texts.items()
        if text
    )


def html_of(text: str) -> str:
    """Return plain text as HTML that means the same, blanks and lines included."""
    plain = "".join(sign for sign in text if not is_for_programs(sign))
    kept = re.sub(r" (?= )|^ | $", "\xa0", plain.replace("\t", " "), flags=re.MULTILINE)
    return escape(kept, quote=False).replace("\n", "<br />")


def xml_text(text: str, *, quoted: bool = True) -> str:
    """Return a text without signs that no file holds; quoted for XML, or not yet."""
    plain = "".join(sign for sign in text if not is_for_programs(sign))
    return escape(plain) if quoted else plain


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _number(weight: float) -> str:
    return f"{weight:.5f}".rstrip("0").rstrip(".")
