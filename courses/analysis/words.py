"""How are figures of questions said?"""

from collections.abc import Iterable, Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.analysis.figures import Analysis, Item
from courses.analysis.rules import Difference, Sign
from courses.gain.rules import percent
from lms.people.choices import Language, Track
from lms.thresholds import BEHIND_A_GAIN, in_a_band

Cells = list[object]

SIGNS = {
    Sign.KEY: gettext_lazy("Is the key right? Those who know most choose otherwise."),
    Sign.WEAK: gettext_lazy(
        "Who knows the rest of the test knows this no better than others."
    ),
    Sign.EASY: gettext_lazy("Nearly everybody knows it."),
    Sign.HARD: gettext_lazy("Hardly anybody knows it."),
    Sign.IDLE: gettext_lazy("A wrong option deceives nobody."),
    Sign.LANGUAGE: gettext_lazy("It is harder in one language than in the other."),
    Sign.TRACK: gettext_lazy("It is harder for one profession than for its equals."),
}


def told(people: int) -> str:
    """Return how many people there are, in a band: no count moves by one."""
    return in_a_band(people, width=BEHIND_A_GAIN)


def share(part: float | None) -> str:
    """Return a share in whole percent; a dash where it is unknown."""
    return "–" if part is None else f"{percent(part)} %"


def coefficient(value: float | None) -> str:
    """Return a correlation or alpha with two places; a dash where it is unknown."""
    return "–" if value is None else f"{value:.2f}"


def signs_of(item: Item) -> list[str]:
    """Return why somebody should look at a question, as sentences."""
    return [str(SIGNS[sign]) for sign in item.figures.signs]


def group_of(difference: Difference, *, by: str) -> str:
    """Return what a group of people is called."""
    choices = Language if by == "language" else Track
    return str(choices(difference.group).label)


def table_of(analysis: Analysis, *, language: str) -> Iterator[Cells]:
    """Yield the heading and a line for each question, as the screen tells them."""
    yield [
        _("question"),
        _("version"),
        _("language"),
        _("people"),
        _("facility, percent"),
        _("discrimination"),
        _("seconds"),
        _("right in the lowest third, percent"),
        _("right in the highest third, percent"),
        _("look at it because"),
        _("text"),
        _("as of"),
    ]
    for item in analysis.items:
        everybody = [(_("all"), item.figures)]
        of_languages = [(code.label, one) for code, one in item.languages.items()]
        for name, figures in [*everybody, *of_languages]:
            right = next((one for one in figures.choices if one.is_right), None)
            ends = (right.thirds[0], right.thirds[-1]) if right else (None, None)
            yield [
                item.code,
                item.version.number,
                str(name),
                told(figures.people),
                percent(figures.facility),
                _rounded(figures.discrimination),
                "" if figures.seconds is None else round(figures.seconds),
                *("" if end is None else percent(end) for end in ends),
                _joined(str(SIGNS[sign]) for sign in figures.signs),
                item.stem(language),
                localdate(analysis.counted_at),
            ]


def _rounded(value: float | None) -> object:
    return "" if value is None else round(value, 2)


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(sentences)
