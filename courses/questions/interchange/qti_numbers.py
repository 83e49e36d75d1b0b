"""Which numbers are right, says the processing of an item of QTI."""

from collections.abc import Iterator

from courses.questions.interchange.neutral import Loss
from courses.questions.interchange.tree import Node


def numbers_of(root: Node, losses: list[Loss]) -> list[str]:
    """Return each number as GIFT writes it: 18, 18:0.5 or 20..25."""
    processing = root.first("responseProcessing")
    return list(_found(processing, losses)) if processing else []


def _found(node: Node, losses: list[Loss]) -> Iterator[str]:
    for child in node.children:
        if child.name == "equal":
            yield from _near(child, losses)
        elif child.name == "and" and (ends := _ends(child)):
            yield ends
        else:
            yield from _found(child, losses)


def _near(node: Node, losses: list[Loss]) -> Iterator[str]:
    if not (value := node.text("baseValue")):
        return
    slack = node.facts.get("tolerance", "").split()
    mode = node.facts.get("toleranceMode", "exact")
    if mode == "relative" or len(set(slack)) > 1:
        losses.append(Loss("element", node.line, "tolerance"))
    elif mode == "absolute" and slack:
        value = f"{value}:{slack[0]}"
    yield value


def _ends(node: Node) -> str:
    low, high = node.text("gte", "baseValue"), node.text("lte", "baseValue")
    return f"{low}..{high}" if low and high else ""
