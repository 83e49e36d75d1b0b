"""A document of XML as a tree that knows its lines; what could harm is not read."""

import re
from dataclasses import dataclass, field

from courses.questions.interchange.neutral import Unreadable
from lms.team.roster.findings import Unreadable as NotXml
from lms.team.roster.xml import Elements

DEEPEST = 40
PROLOGUE = re.compile(r"\A\s*<\?xml[^>]*\?>")
MOST_ELEMENTS = 60_000  # five hundred questions of a hundred and twenty


@dataclass
class Node:
    """An element: `words` is what stands directly in it, `content` all in its order."""

    name: str
    facts: dict[str, str]
    line: int
    children: list["Node"] = field(default_factory=list)
    content: list["Node | str"] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(one for one in self.content if isinstance(one, str))

    def all(self, name: str) -> list["Node"]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        return next(iter(self.all(name)), None)

    def text(self, *path: str) -> str:
        """Return the words at the end of a path of first children, or nothing."""
        node: Node | None = self
        for name in path:
            node = node.first(name) if node else None
        return node.words.strip() if node else ""


class _Builder(Elements):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[Node] = [Node("", {}, 0)]
        self.begun = 0

    @property
    def line(self) -> int:
        return self._parser.CurrentLineNumber

    def begins(self, name, facts):
        if len(self.open) > DEEPEST:
            raise Unreadable("too-deep", self.line)
        self.begun += 1
        if self.begun > MOST_ELEMENTS:
            raise Unreadable("too-many-elements")
        node = Node(name, facts, self.line)
        self.open[-1].children.append(node)
        self.open[-1].content.append(node)
        self.open.append(node)

    def says(self, text):
        if self.open[-1].name != "file":  # pictures are named, not kept
            self.open[-1].content.append(text)

    def ends(self, name):
        self.open.pop()


WORDS = {"declares": "declares", "broken": "broken-xml"}


def tree_of(text: str) -> Node:
    """Return the outermost element.

    Raises Unreadable: declares (it brings entities of its own), too-deep,
    too-many-elements, broken-xml.
    """
    # The letters are ours by now, whatever the document says of them.
    begin = PROLOGUE.match(text)
    if begin:
        text = "\n" * begin[0].count("\n") + text[begin.end() :]
    builder = _Builder()
    try:
        for _nothing in builder.read([text.encode()]):
            pass
    except NotXml as error:
        word = WORDS[str(error)]
        raise Unreadable(word, builder.line) from error
    return builder.open[0].children[0]
