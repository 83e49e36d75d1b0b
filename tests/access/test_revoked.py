"""A mandate that has ended shows nobody any more, from the next query on.

On the next page, in the middle of a file that is being written, and in work that was
queued while it stood.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from certificates.canary_drill import entered
from certificates.models import Certificate
from courses.models import Attempt, Enrolment
from lms.mail.models import Letter
from lms.mandates.actions import end
from lms.mandates.mails import mail_offer
from lms.people.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Mandate,
    User,
)

pytestmark = pytest.mark.django_db
SCREENS = {
    "tomas": [
        "team/",
        "team/room/",
        "team/cohorts/{cohort}/",
        "team/cohorts/{cohort}/invitations/",
        "team/cohorts/{cohort}/code/",
        "team/cohorts/{cohort}/people.csv?columns=name",
        "team/cohorts/{cohort}/remind/?show=all",
        "team/cohorts/{cohort}/members/{ana}/activity/",
    ],
    "ines": ["reports/", "reports/people/", "reports/people/{ana}/"],
    "lucia": ["reports/people/{ana}/", "reports/typed/", "mandates/"],
    "gloria": ["reports/shielded/", "reports/belonging/", "mandates/shielded/"],
    "sofia": ["region/", "mandates/", "mandates/grant/trainer/"],
    "olga": ["country/"],
}
ABOUT_PEOPLE = [User, Affiliation, CohortMember, Enrolment, Attempt, Certificate]


def end_mandate_of(person: User) -> None:
    """End it as an administrator would, and commit."""
    admin = User.objects.get(is_superuser=True)
    for mandate in Mandate.objects.filter(holder=person, ended_at=None):
        end(mandate, by=admin, reason="Cambio de puesto", at=timezone.now())


def rows_by_twos(model: type, viewer: User) -> Iterator[list]:
    """Return the rows in sight in chunks, each asked for when the last was written."""
    last = 0
    sight = model.objects.visible_to
    while chunk := list(sight(viewer).order_by("pk").filter(pk__gt=last)[:2]):
        yield chunk
        last = chunk[-1].pk


def others(rows: list, viewer: User) -> list:
    """Leave out what is the viewer's own."""
    own = type(rows[0]).objects.own(viewer) if rows else ()
    return [row for row in rows if row not in own]


@pytest.mark.parametrize("who", SCREENS)
def test_session_sees_nobody_on_the_next_page(who, people):
    names = {"cohort": Cohort.objects.get(trainers=people["tomas"]).uuid}
    names["ana"] = people["ana"].uuid
    places = [f"/es/{place.format(**names)}" for place in SCREENS[who]]
    browser = entered(who)
    before = [browser.get(place).status_code for place in places]

    end_mandate_of(people[who])

    assert before == [200] * len(places)
    assert [browser.get(place).status_code for place in places] == [404] * len(places)


@pytest.mark.parametrize("who", ["tomas", "ines", "lucia", "gloria"])
@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=lambda model: model.__name__)
def test_query_of_a_viewer_read_earlier_finds_nobody(model, who, people):
    viewer = User.objects.get(pk=people[who].pk)
    before = others(list(model.objects.visible_to(viewer)), viewer)

    end_mandate_of(people[who])

    after = others(list(model.objects.visible_to(viewer)), viewer)
    assert after == []
    assert before or (who, model) in NOTHING_TO_SEE


# Memberships are of cohorts, which their trainers see; what a shielded person did
# before the shield is dated by their posts all the same.
NOTHING_TO_SEE: set = set()


def test_file_half_written_holds_nobody_after_the_mandate_ended(people, edition):
    viewer = User.objects.get(pk=people["lucia"].pk)
    chunks = rows_by_twos(User, viewer)
    first = next(chunks)

    with transaction.atomic():
        end_mandate_of(people["lucia"])
    rest = [person for chunk in chunks for person in chunk]

    assert others(first, viewer) != []
    assert others(rest, viewer) == []


def test_trainer_who_left_the_cohort_sees_nobody_of_it(people):
    viewer = User.objects.get(pk=people["tomas"].pk)
    today = timezone.localdate()

    rows = CohortTrainer.objects.filter(trainer=viewer)
    rows.update(until_on=today - timedelta(days=1))

    assert list(User.objects.visible_to(viewer)) == [viewer]


def test_queued_letter_of_an_offer_taken_back_is_not_sent(people):
    offer = Mandate.objects.get(address=people["ana"].email)

    end(offer, by=people["alma"], reason="Otra persona", at=timezone.now())
    mail_offer.func(str(offer.uuid))

    letters = Letter.objects.filter(address=people["ana"].email)
    assert not letters.filter(template="mandate_offer").exists()
