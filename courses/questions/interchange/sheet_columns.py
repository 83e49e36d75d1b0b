"""Which column of a spreadsheet says what of a question, in Spanish or in English?

A heading names a part, the letter of an answer where there are several, and a language:
"Respuesta A (es)". Case, accents and signs do not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from courses.questions.interchange.neutral import LANGUAGES, UNSAID, Kind
from lms.folding import folded_text

# As our own template writes them; what else is understood follows.
HEADINGS = {
    "code": ("Código", "Code", "nombre", "name"),
    "category": ("Categoría", "Category", "tema", "topic"),
    "kind": ("Tipo", "Kind", "type"),
    "stem": ("Pregunta", "Question", "enunciado", "stem"),
    "right": (
        *("Correctas", "Right", "correcta", "respuesta correcta", "correct"),
        *("respuestas correctas", "right answer", "right answers", "correct answer"),
    ),
    "answer": ("Respuesta", "Answer", "opción", "option"),
    "pair": ("Pareja", "Pair"),
    "feedback": ("Explicación", "Explanation", "retroalimentación", "feedback"),
    "source": ("Fuente", "Source"),
    "campus": ("Campus", "Campus"),
}
KINDS = {
    Kind.SINGLE: ("una respuesta", "one answer"),
    Kind.MULTIPLE: ("varias respuestas", "several answers"),
    Kind.TRUE_FALSE: ("verdadero o falso", "true or false"),
    Kind.MATCHING: ("emparejar", "matching"),
    Kind.ORDERING: ("ordenar", "ordering"),
    Kind.NUMERIC: ("número", "number"),
    Kind.SHORT: ("texto breve", "short text"),
}
TRUTH = {True: ("verdadero", "true"), False: ("falso", "false")}
# A cell in which a spreadsheet itself reckons says 1 or 0.
TRUE_WORDS = {"verdadero", "verdadera", "v", "true", "t", "1", "si", "yes"}
FALSE_WORDS = {"falso", "falsa", "f", "false", "0", "no"}
LETTERED = {"answer", "pair"}
BY_LANGUAGE = {"stem", "feedback", "source", *LETTERED}
NEEDED = {"kind", "stem"}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column says: a part, of which answer, in which language."""

    part: str
    letter: str = ""
    language: str = UNSAID

    def heading(self, language: str) -> str:
        """Return what our own files write above it."""
        name = HEADINGS[self.part][LANGUAGES.index(language)]
        letter = f" {self.letter}" if self.letter else ""
        return f"{name}{letter}" + (f" ({self.language})" if self.language else "")


def _folded(text: str) -> str:
    return " ".join(folded_text(text[:200]).split())


PARTS = {_folded(name): part for part, all in HEADINGS.items() for name in all}
KINDS_BY_WORD = {_folded(word): kind for kind, all in KINDS.items() for word in all} | {
    str(kind): kind for kind in KINDS
}


def kind_of(cell: str) -> Kind | None:
    """Return the kind that a cell names."""
    return KINDS_BY_WORD.get(_folded(cell))


def words_of(cell: str) -> list[str]:
    """Return the words of a cell as they are compared."""
    return _folded(cell).split()


def column_of(heading: str) -> Column | None:
    """Return what a heading announces; None where it is none of ours."""
    words, language, letter = words_of(heading), UNSAID, ""
    if len(words) > 1 and words[-1] in LANGUAGES:
        language = words.pop()
    if len(words) > 1 and words[-1].upper() in list(ascii_uppercase):
        letter = words.pop().upper()
    part = PARTS.get(" ".join(words), "")
    fits = bool(letter) is (part in LETTERED) and (not language or part in BY_LANGUAGE)
    return Column(part, letter, language) if part and fits else None


def columns_of(headings: Sequence[str]) -> list[Column | None]:
    """Return what each column says."""
    return [column_of(one) for one in headings]


def are_headings(cells: Sequence[str]) -> bool:
    """Whether these cells stand above questions."""
    return {column.part for column in columns_of(cells) if column} >= NEEDED


class Layout:
    """What finds out by which sign the cells of a text are parted."""

    def fields_of(self, headings: Sequence[str]) -> list[str]:
        return [column.part if column else "" for column in columns_of(headings)]


def layout(language: str, letters: int, *, pairs: bool, own: bool) -> list[Column]:
    """Return the columns of our own files: `own` is what only Campus knows."""

    def both(part: str, letter: str = "") -> list[Column]:
        return [Column(part, letter, code) for code in _first(language)]

    columns = [Column("code"), Column("category"), Column("kind"), *both("stem")]
    columns.append(Column("right"))
    for letter in ascii_uppercase[:letters]:
        columns += both("answer", letter)
    for letter in ascii_uppercase[: letters if pairs else 0]:
        columns += both("pair", letter)
    columns += [*both("feedback"), *both("source")]
    return [*columns, Column("campus")] if own else columns


def _first(language: str) -> list[str]:
    """Return the languages, that of the reader first."""
    return sorted(LANGUAGES, key=lambda code: code != language)
