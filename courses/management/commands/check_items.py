"""Says what guessing earns at each test, and ends with 1 where it earns too much."""

from collections.abc import Iterator
from random import Random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.items import rules
from courses.items.pools import Pool, pools
from courses.models import Activity
from courses.questions.kinds import kind_of

DRAWS = 1000
SEED = 20261202
TYPED = (
    "Answered by writing: {}; these have no wrong options to look at, and nobody "
    "guesses them."
)


class Command(BaseCommand):
    help = (
        "Answer every test by strategies that read no lesson: each rank of length, "
        "always true, words of the stem… A final test must leave each within 10 points "
        "of chance, be drawn from three times what it asks, and none may pass it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--draws",
            type=int,
            default=DRAWS,
            help="Papers that each strategy answers, by profession and language.",
        )

    def handle(self, *, draws, **options):
        faults = 0
        for pool in pools():
            for language, _name in settings.LANGUAGES:
                found = list(_faults_of(pool, language=language, draws=draws))
                self.stdout.write(_line(pool, language, found))
                faults += len(found) if pool.kind == Activity.Kind.FINAL else 0
        if faults:
            raise CommandError(f"{faults} ways to guess at a final test.")


def _line(pool: Pool, language: str, found: list[str]) -> str:
    name = f"{pool.course} {pool.number} {pool.kind} {pool.track or 'all'} {language}"
    said = "; ".join(found) or "nothing is given away"
    line = f"{name}: asks {pool.asked} of {len(pool.documents)}: {said}"
    typed = sum(kind_of(one).is_typed for one in pool.documents.values())
    return f"{line}. {TYPED.format(typed)}" if typed else line


def _faults_of(pool: Pool, *, language: str, draws: int) -> Iterator[str]:
    """Yield in words what guessing earns too much of; a small pool is a fault too."""
    items = {key: rules.Item(one, language) for key, one in pool.documents.items()}
    if len(items) < rules.TIMES * pool.asked and pool.kind == Activity.Kind.FINAL:
        yield f"the pool is below {rules.TIMES} times what is asked"
    for score in rules.scores_of(items.values()):
        if abs(score.apart) > rules.MARGIN:
            yield (
                f"{score.strategy} {score.share:.0%} of {score.items} "
                f"(chance {score.chance:.0%})"
            )
    if pool.kind == Activity.Kind.FINAL:
        passed = rules.passes_of_blind(
            items,
            modules=pool.modules,
            number=pool.asked,
            pass_mark=pool.pass_mark,
            draws=draws,
            chance=Random(SEED),  # noqa: S311 - to be repeated, not to be secret
        )
        yield from (f"{name} passes {n} of {draws}" for name, n in passed.items())
