"""QTI 2.1: an item is a question, and its interaction says of which kind.

What an item says and Campus does not keep is named with the line of the item's file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from courses.questions.interchange import markup
from courses.questions.interchange.gift import BLANK
from courses.questions.interchange.neutral import (
    LANGUAGES,
    UNSAID,
    Brought,
    Kind,
    Loss,
    Option,
    Texts,
    Unreadable,
    within_limits,
)
from courses.questions.interchange.qti_numbers import numbers_of
from courses.questions.interchange.tree import Node, tree_of

ENDING = "Interaction"
TYPED = "textEntryInteraction"
KINDS = {
    "choiceInteraction": Kind.SINGLE,
    "matchInteraction": Kind.MATCHING,
    "orderInteraction": Kind.ORDERING,
    TYPED: Kind.SHORT,
    "extendedTextInteraction": Kind.ESSAY,
}
NUMBERS = {"float", "integer"}
KEPT_FACTS = ("src", "alt", "href", "style")
# What the text of an item does not say itself.
ASIDE = {"feedbackInline", "feedbackBlock", "rubricBlock", "templateBlock"}
NAMED = {"stylesheet", "templateDeclaration", "templateProcessing"}
Found = tuple[Kind, tuple[Option, ...], dict[str, Any]]


def read(text: str, extra: dict[str, Any] | None = None, file: str = "") -> Brought:
    """Return the question of an item; `extra` is what Campus itself said of it.

    Raises Unreadable: broken-xml, declares, too-deep, too-many-elements, not-qti.
    """
    root = tree_of(text)
    if root.name != "assessmentItem":
        raise Unreadable("not-qti", root.line, root.name[:40])
    return within_limits(_Item(root).question(extra or {}, file))


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all that stands in it."""
    yield node
    for child in node.children:
        yield from walk(child)


@dataclass
class _Item:
    """One item while it is read, and what of it is lost."""

    root: Node
    losses: list[Loss] = field(default_factory=list)

    def question(self, extra: dict[str, Any], file: str) -> Brought:
        body = self.root.first("itemBody")
        parts = list(walk(body)) if body else []
        asked = [one for one in parts if one.name.endswith(ENDING)]
        kind, options, own = self._answers(asked)
        stem = self.text(body) if body else {}
        feedback, options = self._feedback(asked, options)
        self._name_what_is_lost(parts)
        return Brought(
            kind,
            self.root.line,
            stem,
            options,
            feedback,
            self.root.facts.get("title", ""),
            file,
            told=" + ".join(dict.fromkeys(one.name for one in asked))[:40],
            losses=tuple(dict.fromkeys(self.losses)),
            extra=extra | own,
        )

    def text(self, node: Node) -> Texts:
        """Return what a node says, each language by itself."""
        texts, lost = markup.read_text(_inner(node), markup.HTML, node.line)
        self.losses += lost
        its = _base(self.root)
        language = its if its in LANGUAGES else UNSAID
        return {code or language: text for code, text in texts.items()}

    def _answers(self, asked: list[Node]) -> Found:
        if not asked:
            return Kind.DESCRIPTION, (), {}
        is_drawn = self.root.first("templateDeclaration") is not None
        if len(asked) > 1 or is_drawn:
            return Kind.OTHER, (), {}
        (one,) = asked
        declared = _Declared(self.root, one.facts.get("responseIdentifier", ""))
        match KINDS.get(one.name, Kind.OTHER):
            case Kind.SINGLE:
                return self._choices(one, declared)
            case Kind.MATCHING:
                return Kind.MATCHING, self._pairs(one, declared), {}
            case Kind.ORDERING:
                return self._steps(one, declared)
            case Kind.SHORT if declared.base in NUMBERS:
                told = numbers_of(self.root, self.losses) or declared.correct
                return Kind.NUMERIC, _typed(told), {}
            case Kind.SHORT:
                told = [*declared.correct, *declared.full_marks]
                return Kind.SHORT, _typed(list(dict.fromkeys(told))), {}
            case kind:
                return kind, (), {}

    def _choices(self, asked: Node, declared: "_Declared") -> Found:
        rows = asked.all("simpleChoice")
        right = declared.correct or declared.full_marks
        is_one = asked.facts.get("maxChoices", "1") == "1"
        weight = 100 if is_one else round(100 / max(1, len(right)), 5)
        options = [
            replace(
                self._option(row),
                weight=weight if row.facts.get("identifier") in right else 0,
            )
            for row in rows
        ]
        names = [row.facts.get("identifier", "").lower() for row in rows]
        if is_one and sorted(names) == ["false", "true"]:
            found = [options[names.index(name)] for name in ("true", "false")]
            bare = (replace(option, texts={}) for option in found)
            return Kind.TRUE_FALSE, tuple(bare), {}
        return Kind.SINGLE if is_one else Kind.MULTIPLE, tuple(options), {}

    def _option(self, row: Node) -> Option:
        told = [self.text(one) for one in row.all("feedbackInline")]
        return Option(self.text(row), feedback=told[0] if told else {})

    def _pairs(self, asked: Node, declared: "_Declared") -> tuple[Option, ...]:
        sets = [
            one.all("simpleAssociableChoice")
            for one in asked.children
            if one.name == "simpleMatchSet"
        ]
        if len(sets) != 2:
            return ()
        left, right = (
            {row.facts.get("identifier", ""): self.text(row) for row in rows}
            for rows in sets
        )
        pairs: dict[str, list[str]] = {}
        for one in declared.correct:
            first, _blank, second = one.partition(" ")
            if first not in left:
                first, second = second, first
            pairs.setdefault(first, []).append(second.strip())
        found = []
        for key, text in left.items():
            goes = pairs.get(key, [])
            match = right.get(goes[0], {}) if len(goes) == 1 else {}
            found.append(Option(text, 100, match=match))
        used = {key for goes in pairs.values() for key in goes}
        alone = [text for key, text in right.items() if key not in used]
        return (*found, *[Option({}, 100, match=text) for text in alone])

    def _steps(self, asked: Node, declared: "_Declared") -> Found:
        rows = {
            row.facts.get("identifier", ""): Option(self.text(row), 100)
            for row in asked.all("simpleChoice")
        }
        if sorted(rows) != sorted(declared.correct):
            return Kind.ORDERING, (), {}
        order = list(rows)
        steps = tuple(rows[key] for key in declared.correct)
        return Kind.ORDERING, steps, {"written": [*map(order.index, declared.correct)]}

    def _feedback(
        self, asked: list[Node], options: tuple[Option, ...]
    ) -> tuple[Texts, tuple[Option, ...]]:
        """Return what is told whatever was answered; what depends on it is lost."""
        keys = {one.facts.get("identifier") for node in asked for one in walk(node)}
        general: Texts = {}
        for node in self.root.all("modalFeedback"):
            said = self.text(node)
            if node.facts.get("identifier") in keys:
                about = next(iter(said.values()), "")[:80]
                self.losses.append(Loss("option-feedback", node.line, about))
            elif general:
                about = next(iter(said.values()), "")[:80]
                self.losses.append(Loss("verdict", node.line, about))
            else:
                general = said
        return general, options

    def _name_what_is_lost(self, parts: list[Node]) -> None:
        for node in [*self.root.children, *parts]:
            if node.name in NAMED | (ASIDE - {"feedbackInline"}):
                self.losses.append(Loss("element", node.line, node.name[:40]))


class _Declared:
    """What an item declares of a response: its type and what is right."""

    def __init__(self, root: Node, name: str):
        rows = root.all("responseDeclaration")
        node = next((one for one in rows if one.facts.get("identifier") == name), None)
        self.base = node.facts.get("baseType", "") if node else ""
        right = node.first("correctResponse") if node else None
        values = right.all("value") if right else []
        self.correct = [" ".join(one.words.split()) for one in values]
        mapping = node.first("mapping") if node else None
        self.map = [
            (one.facts.get("mapKey", ""), _number(one.facts.get("mappedValue", "")))
            for one in (mapping.all("mapEntry") if mapping else [])
        ]

    @property
    def full_marks(self) -> list[str]:
        """Return what earns most, in a map that says what each answer earns."""
        most = max((value for _key, value in self.map), default=0)
        return [key for key, value in self.map if value == most and value > 0]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _typed(texts: list[str]) -> tuple[Option, ...]:
    return tuple(Option({UNSAID: text}, 100) for text in texts)


def _base(node: Node) -> str:
    told = [v for k, v in node.facts.items() if k.rpartition(" ")[2] == "lang"]
    return told[0].lower().split("-")[0] if told else ""


def _inner(node: Node) -> str:
    """Return what stands in a node as HTML, languages as Moodle's filter has them."""
    alone = not any(
        one.strip() if isinstance(one, str) else one.name != TYPED
        for one in node.content
    )
    parts = []
    for one in node.content:
        if isinstance(one, str):
            parts.append(escape(one, quote=False))
        elif one.name == TYPED:
            parts.append("" if alone else BLANK)
        else:
            parts.append(_outer(one))
    return "".join(parts)


def _outer(node: Node) -> str:
    if node.name.endswith(ENDING):
        return "".join(f"<p>{_inner(one)}</p>" for one in node.all("prompt"))
    if node.name in ASIDE:
        return ""
    inside = _inner(node)
    if language := _base(node):
        inside = f'<span lang="{escape(language)}" class="multilang">{inside}</span>'
    if node.name == "span":
        return inside
    facts = "".join(
        f' {name}="{escape(node.facts[name])}"'
        for name in KEPT_FACTS
        if name in node.facts
    )
    return f"<{node.name}{facts}>{inside}</{node.name}>"
