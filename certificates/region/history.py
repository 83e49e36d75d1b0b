"""What has the demo's region learnt so far? Cohorts in every state, and who went alone.

Drawn by dice with a seed: the same seed tells the same history of the same people.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from certificates.models import Certificate, Why
from certificates.region.cohorts import (
    ELSEWHERE,
    OF_A_PUPIL,
    OF_TOMAS,
    TERM,
    Plan,
    form,
    trainer_of,
)
from certificates.region.reasons import write_reasons
from certificates.region.rooms import SIGNS, Session, hold_sessions
from certificates.region.stories import Story, tell
from certificates.region.trainings import announce_trainings
from courses.models import Assignment, Edition, EditionActivity
from lms.demo import cast, region
from lms.people.choices import Country
from lms.people.models import Cohort, User

DAY = timedelta(days=1)
# How long the course of today has been open, and the one before it was until then.
OPENED, OPENED_BEFORE = timedelta(days=300), timedelta(days=1200)
ALONE = 0.4  # of the people in no cohort, how many took a course
# Days since they did: their awards stand, run out within ninety days, have run out.
AGES = {(30, 600): 6, (645, 720): 2, (760, 1000): 2}
SEEN_AGAIN = timedelta(days=200)  # everybody signed in since: accounts are in use
REVOKED = "Emitido por error a una persona homónima"
SINCE_AWARD = timedelta(days=5)  # until whoever passed is asked to train others
# In which of the other countries somebody who learned there trains others now.
NEXT_GENERATION = {
    Country.COSTA_RICA,
    Country.EL_SALVADOR,
    Country.HONDURAS,
    Country.MEXICO,
    Country.PANAMA,
}


@transaction.atomic
def tell_history(*, at: datetime, seed: int) -> int:
    """Form the cohorts and write what everybody did, once; return how many stories.

    The people must be there (`lms.demo.cast`, `lms.demo.region`), and a course.
    """
    people = list(
        User.objects.filter(email__endswith=f"@{region.DOMAIN}").order_by("pk")
    )
    tomas = User.objects.get(email=f"tomas@{cast.DOMAIN}")
    if not people or Assignment.objects.filter(assigned_by=tomas).exists():
        return 0
    dice = Random(seed)  # noqa: S311 - invents a past, keeps no secret
    secretariat = User.objects.get(email=f"sofia@{cast.DOMAIN}")
    edition, before = _editions(at=at)
    of_country = _by_country(people)
    _meet_the_cast(tomas, at=at, dice=dice)
    announce_trainings(by=secretariat, at=at)
    past = Past(secretariat, edition, at, dice)
    stories = [
        *_of_tomas(tomas, of_country[Country.GUATEMALA], past),
        *_elsewhere(of_country, past),
    ]
    stories += _alone(of_country, edition, before, at=at, dice=dice)
    _settle(tell(stories, dice=dice), dice=dice, at=at)
    write_reasons(edition, at=at, dice=dice)
    _have_been_here(stories, at=at)
    return len(stories)


def _editions(*, at: datetime) -> tuple[Edition, Edition]:
    """Return the first course's edition of today, and one of years ago like it."""
    edition = Edition.objects.current().order_by("course__code", "pk").first()
    Edition.objects.filter(pk=edition.pk).update(opened_at=at - OPENED)
    edition.refresh_from_db()
    opened_at = at - OPENED_BEFORE
    before = Edition.objects.get(pk=edition.pk)
    before.pk, before.opened_at, before.run = None, opened_at, f"{opened_at.year}-1"
    before.save(force_insert=True)
    EditionActivity.objects.bulk_create(
        _moved(row, before) for row in edition.activities.all()
    )
    return edition, before


def _moved(row: EditionActivity, edition: Edition) -> EditionActivity:
    row.pk, row.edition = None, edition
    return row


def _by_country(people: list[User]) -> dict[str, list[User]]:
    found = defaultdict(list)
    for person in people:
        found[person.country].append(person)
    return found


def _meet_the_cast(tomas: User, *, at: datetime, dice: Random) -> None:
    """Plan a workshop for the cohort of Ana and Bruno, on the next working day."""
    cohort = Cohort.objects.get(name=cast.COHORT, trainers=tomas)
    people = list(cohort.members.order_by("email"))
    soon = [Session(SIGNS, on=1, is_public=True)]
    hold_sessions(
        soon, cohort=cohort, trainer=tomas, people=people[1:], at=at, dice=dice
    )


@dataclass(frozen=True, slots=True)
class Past:
    """What all cohorts of the history share."""

    secretariat: User
    edition: Edition
    at: datetime
    dice: Random

    def of(self, plan: Plan, *, trainer: User, here: list[User]) -> list[Story]:
        """Form the cohort with people from here; return the stories of its members."""
        members = _taken(here, plan.people, dice=self.dice, first=plan.track)
        formed = form(
            plan,
            trainer=trainer,
            people=members,
            edition=self.edition,
            at=self.at,
            dice=self.dice,
        )
        return list(formed.stories)

    def trainer_among(self, stories: list[Story]) -> User:
        """Give whoever passed first a mandate to train, some days later; return them.

        Nobody shielded: their trainers would see a branch without a name.
        """
        passed = [s for s in stories if s.passed and not s.learner.shielded]
        first = min(passed, key=lambda story: story.last_at)
        return trainer_of(
            first.learner.country,
            first.learner,
            granted_by=self.secretariat,
            since=min(first.last_at + SINCE_AWARD, self.at),
        )


def _of_tomas(tomas: User, here: list[User], past: Past) -> Iterator[Story]:
    """Tell of his cohorts, and of those who train after having learned in them."""
    told = [past.of(plan, trainer=tomas, here=here) for plan in OF_TOMAS]
    for stories in told[:3]:
        pupil = past.trainer_among(stories)
    told.append(past.of(OF_A_PUPIL, trainer=pupil, here=here))
    past.trainer_among(told[-1])
    for stories in told:
        yield from stories


def _elsewhere(of_country: dict[str, list[User]], past: Past) -> Iterator[Story]:
    """Every other country has a trainer with two cohorts."""
    for country in sorted(of_country.keys() - {Country.GUATEMALA}):
        here = of_country[country]
        (person,) = _taken(here, 1, dice=past.dice)
        trainer = trainer_of(
            country, person, granted_by=past.secretariat, since=past.at - TERM
        )
        told = [past.of(plan, trainer=trainer, here=here) for plan in ELSEWHERE]
        if country in NEXT_GENERATION:
            past.trainer_among(told[0])
        for stories in told:
            yield from stories


def _taken(
    people: list[User], number: int, *, dice: Random, first: str = ""
) -> list[User]:
    """Take so many out of these people, who is of the track `first` before others.

    Nobody is in two cohorts. Whoever was taken first stands anywhere among the others.
    """
    drawn = dice.sample(people, len(people))
    drawn.sort(key=lambda one: one.track != first)
    taken = drawn[:number]
    for one in taken:
        people.remove(one)
    dice.shuffle(taken)
    return taken


def _alone(
    of_country: dict[str, list[User]],
    edition: Edition,
    before: Edition,
    *,
    at: datetime,
    dice: Random,
) -> Iterator[Story]:
    """Whoever is in no cohort may have taken the course alone, lately or years ago."""
    for people in of_country.values():
        for person in people:
            if dice.random() < ALONE:
                (age,) = dice.choices([*AGES], weights=AGES.values())
                last_at = at - dice.uniform(*age) * DAY
                enrolled_at = last_at - dice.uniform(5, 28) * DAY
                passed = dice.random() < 0.75
                yield Story(
                    person,
                    edition if enrolled_at > edition.opened_at else before,
                    enrolled_at,
                    last_at,
                    1 if passed else dice.uniform(0.1, 0.8),
                    passed=passed,
                )


def _settle(awarded: list[Certificate], *, dice: Random, at: datetime) -> None:
    """Mark the holders as told, since nobody reads their mail; revoke two of them."""
    keys = [certificate.pk for certificate in awarded]
    rows = Certificate.objects.filter(pk__in=keys)
    rows.update(mailed_at=at)
    rows.filter(pk__in=dice.sample(keys, min(2, len(keys)))).update(
        revoked_at=at - 9 * DAY, revoked_reason=REVOKED, revoked_for=Why.EARLIER
    )


def _have_been_here(stories: list[Story], *, at: datetime) -> None:
    """Let everybody have an account before they enrolled, and use it since."""
    people = [story.learner for story in stories]
    for story in stories:
        person = story.learner
        person.joined_at = min(person.joined_at, story.enrolled_at - DAY)
        person.last_login = max(story.last_at, at - SEEN_AGAIN)
    User.objects.bulk_update(people, ["joined_at", "last_login"])
