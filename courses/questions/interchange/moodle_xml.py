"""Moodle XML: what Moodle writes when somebody takes questions along."""

from dataclasses import replace

from courses.questions.interchange import markup
from courses.questions.interchange.extra import extra_of
from courses.questions.interchange.neutral import (
    Brought,
    Kind,
    Loss,
    Option,
    Texts,
    Unreadable,
    unreadable,
    within_limits,
)
from courses.questions.interchange.tree import Node, tree_of
from courses.questions.kinds.numeric import number_of

KINDS = {
    "numerical": Kind.NUMERIC,
    "shortanswer": Kind.SHORT,
    "essay": Kind.ESSAY,
    "description": Kind.DESCRIPTION,
}
FORMS = {
    "html": markup.HTML,
    "plain_text": markup.PLAIN,
    "markdown": markup.MARKDOWN,
    "moodle_auto_format": markup.AUTO,
}
# What a question also says; what Moodle alone reckons by goes without saying.
READ = {
    *("name", "questiontext", "generalfeedback", "answer", "subquestion", "single"),
    *("category", "info", "idnumber", "campus", "defaultgrade", "hidden", "hint"),
    *("tags", "correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"),
}
GOES = {
    *("penalty", "shuffleanswers", "answernumbering", "showstandardinstruction"),
    *("shownumcorrect", "usecase", "unitgradingtype", "unitpenalty", "showunits"),
    *("unitsleft", "answershuffle", "layouttype", "selecttype", "selectcount"),
    *("gradingtype", "showgrading", "numberingstyle"),
}


def read(text: str) -> list[Brought]:
    """Return every question of a document, those that Campus has no kind for too.

    Raises Unreadable: broken-xml, declares, too-deep, not-moodle.
    """
    root = tree_of(text)
    if root.name != "quiz":
        raise Unreadable("not-moodle", root.line, root.name[:40])
    found, category = [], ""
    for node in root.all("question"):
        if node.facts.get("type") == "category":
            category = node.text("category", "text")
        else:
            found.append(within_limits(_question(node, category)))
    return found


def _question(node: Node, category: str) -> Brought:
    reader = _Reader(node.line)
    told = node.facts.get("type", "")
    stem = reader.text(node.first("questiontext"))
    feedback = reader.text(node.first("generalfeedback"))
    kind, options = _answers(node, told, reader)
    if kind == Kind.UNREADABLE:
        return unreadable("true-or-false", node.line, category=category)
    _name_what_is_lost(node, reader)
    return Brought(
        kind,
        node.line,
        stem,
        options,
        feedback,
        node.text("name", "text"),
        category,
        told=told[:40],
        losses=tuple(dict.fromkeys(reader.losses)),
        extra=extra_of(node.text("campus")),
    )


def _answers(
    node: Node, told: str, reader: "_Reader"
) -> tuple[Kind, tuple[Option, ...]]:
    match told:
        case "multichoice" | "multichoiceset":
            one = node.text("single").lower() in {"true", "1", ""}
            kind = Kind.SINGLE if one else Kind.MULTIPLE
            return kind, tuple(reader.option(child) for child in node.all("answer"))
        case "truefalse":
            return _true_or_false(node, reader)
        case "matching":
            pairs = node.all("subquestion")
            return Kind.MATCHING, tuple(reader.pair(child) for child in pairs)
        case "ordering":
            steps = sorted(node.all("answer"), key=_place)
            options = (replace(reader.option(one), weight=100) for one in steps)
            return Kind.ORDERING, tuple(options)
        case "numerical" | "shortanswer":
            return KINDS[told], tuple(map(reader.typed, node.all("answer")))
        case _:
            return KINDS.get(told, Kind.OTHER), ()


def _place(step: Node) -> float:
    """Return where a step stands: Moodle writes it where others say what it earns."""
    return _number(step.facts.get("fraction", "0"))


def _true_or_false(node: Node, reader: "_Reader") -> tuple[Kind, tuple[Option, ...]]:
    said = {child.text("text").lower(): child for child in node.all("answer")}
    if set(said) != {"true", "false"}:
        return Kind.UNREADABLE, ()
    options = [reader.option(said[word]) for word in ("true", "false")]
    return Kind.TRUE_FALSE, tuple(replace(one, texts={}) for one in options)


class _Reader:
    """Reads the texts of one question and remembers what they lose."""

    def __init__(self, line: int):
        self.line = line
        self.losses: list[Loss] = []

    def text(self, node: Node | None) -> Texts:
        if node is None:
            return {}
        for file in node.all("file"):
            name = file.facts.get("name", "")[:80]
            self.losses.append(Loss("file", file.line, name))
        form = FORMS.get(node.facts.get("format", "html"), markup.HTML)
        texts, lost = markup.read_text(node.text("text"), form, node.line)
        self.losses += lost
        return texts

    def option(self, node: Node) -> Option:
        weight = _number(node.facts.get("fraction", "0"))
        feedback = self.text(node.first("feedback"))
        return Option(self.text(node), weight, feedback)

    def typed(self, node: Node) -> Option:
        """Return what somebody may type, a number with how far off it may be."""
        option = self.option(node)
        if (tolerance := node.text("tolerance")) and number_of(tolerance) != 0:
            texts = {code: f"{t}:{tolerance}" for code, t in option.texts.items()}
            return replace(option, texts=texts)
        return option

    def pair(self, node: Node) -> Option:
        return Option(self.text(node), 100, match=self._plain(node.first("answer")))

    def _plain(self, node: Node | None) -> Texts:
        """Return what a statement goes with: Moodle has no form for it."""
        if node is None:
            return {}
        texts, lost = markup.read_text(node.text("text"), markup.AUTO, node.line)
        self.losses += lost
        return texts


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if -100 <= number <= 100 else 0.0


def _name_what_is_lost(node: Node, reader: _Reader) -> None:
    losses = reader.losses
    for name, word in (("hint", "hint"), ("tags", "tags")):
        for child in node.all(name):
            about = child.text("text") or child.text("tag", "text")
            losses.append(Loss(word, child.line, about[:80]))
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        if said := node.text(name, "text"):
            losses.append(Loss("verdict", node.line, said[:80]))
    if node.text("hidden") == "1":
        losses.append(Loss("hidden", node.line))
    if _number(node.text("defaultgrade") or "1") != 1:
        losses.append(Loss("grade", node.line, node.text("defaultgrade")[:20]))
    for child in node.children:
        if child.name not in READ | GOES:
            losses.append(Loss("element", child.line, child.name[:40]))
