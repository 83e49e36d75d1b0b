"""How does somebody answer who reads the form of what is shown, and nothing else?

A person has one way with options and one with statements; what two options have alike
is left to chance. Right answers are not at hand: a person gets questions as a page puts
them, and answers with the inputs of its form.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from django.http import QueryDict

from courses.forms import AskedQuestion
from courses.items.rules import OF_SINGLE, OF_STATEMENTS, Item
from courses.questions.kinds import KINDS

Texts = list[tuple[str, str]]  # what an input sends, and what is read beside it


@dataclass(frozen=True, slots=True)
class Blind:
    """Somebody who has read no lesson."""

    of_single: str
    of_statements: str
    language: str
    chance: Random

    def preferred(self, stem: str, options: Texts) -> list[str]:
        """Return the options, what the strategy takes first in front."""
        item = self._item(stem, options)
        measure = OF_SINGLE[self.of_single]
        by_chance = self.chance.sample(list(item.texts), len(item.texts))
        return sorted(by_chance, key=lambda key: -measure(item, key))

    def filled_in(self, questions: Iterable[AskedQuestion]) -> QueryDict:
        """Return the form of a page as this person sends it.

        What is to be written stays empty: nothing is shown that could be read.
        """
        form = QueryDict(mutable=True)
        for question in questions:
            if question.rows:
                self._place(question, form)
            elif question.options:
                form.setlist(question.name, self._chosen(question))
        return form

    def _chosen(self, question: AskedQuestion) -> list[str]:
        options = [(one.value, one.text) for one in question.options]
        kind = KINDS[question.kind]
        if kind.is_statement:
            item = self._item(question.stem, options)
            true, false = item.texts
            return [true if OF_STATEMENTS[self.of_statements](item) else false]
        ticked = 1 if kind.takes_one else (len(options) + 1) // 2
        return self.preferred(question.stem, options)[:ticked]

    def _place(self, question: AskedQuestion, form: QueryDict) -> None:
        """Match and put in order by chance, each place once."""
        places = [one.value for one in question.rows[0].options]
        by_chance = self.chance.sample(places, len(places))
        for row, place in zip(question.rows, by_chance, strict=False):
            form.setlist(row.name, [place])

    def _item(self, stem: str, options: Texts) -> Item:
        shown = [{"key": key, self.language: text} for key, text in options]
        return Item({"stem": {self.language: stem}, "options": shown}, self.language)
