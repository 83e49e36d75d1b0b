"""Posts, holders, certificates and rosters for the tests of duty coverage."""

from datetime import date, datetime, time

from django.utils import timezone

from certificates.actions import issue
from certificates.coverage.actions import check_roster
from certificates.coverage.columns import POSTS
from certificates.models import Certificate, DutyPost, Place, PostHolder, PostRoster
from courses.models import Course, Enrolment
from lms.team.roster.reading import read_pasted
from tests.factories import NOON, AffiliationFactory, EnrolmentFactory, PersonFactory

ON = date(2026, 11, 2)  # the day of NOON
HEADINGS = "puesto;código;institución;lugar;curso;profesión;meses;base legal;personas"
ROW = "Turno A;TA;gt-organismo-judicial;frontera;C1;juez;12;Decreto 9-2009;"


def roster(*rows: str) -> str:
    return "\n".join([HEADINGS, *rows]) + "\n"


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def a_post(institution, course, by, **facts) -> DutyPost:
    number = DutyPost.objects.count()
    facts = {
        "code": f"P{number}",
        "name": f"Puesto {number}",
        "place": Place.BORDER,
        "loaded_at": NOON,
    } | facts
    return DutyPost.objects.create(
        institution=institution, course=course, loaded_by=by, **facts
    )


def holds(person, post, *, from_on=date(2026, 1, 1), until_on=None) -> PostHolder:
    return PostHolder.objects.create(
        post=post,
        person=person,
        from_on=from_on,
        until_on=until_on,
        named_by=post.loaded_by,
    )


def of(institution, **facts):
    """Return a new person who is confirmed in the institution."""
    person = PersonFactory(**facts)
    AffiliationFactory(person=person, institution=institution, confirmed=True)
    return person


def certify(person, edition, *, on: date, until: date | None, **facts) -> Certificate:
    at = moment(on)
    enrolment = EnrolmentFactory(
        learner=person, edition=edition, enrolled_at=at, completed_at=at
    )
    award = issue(enrolment, at=at)
    Certificate.objects.filter(pk=award.pk).update(valid_until=until, **facts)
    return award


def supersede(award: Certificate) -> None:
    """Give the holder a later certificate of another track in place of this one."""
    old = Enrolment.objects.get(pk=award.enrolment_id)
    later = EnrolmentFactory(
        learner=old.learner,
        edition=old.edition,
        track="other",
        enrolled_at=award.issued_at,
        completed_at=award.issued_at,
    )
    newer = issue(later, at=award.issued_at)
    Certificate.objects.filter(pk=newer.pk).update(supersedes=award)


def held_post(person, *, by) -> PostHolder:
    """Return a new post of the institution where the person works, held by them."""
    institution = person.affiliations.get(until_on=None).institution
    return holds(person, a_post(institution, Course.objects.first(), by))


def a_roster(*, by) -> PostRoster:
    """Return a roster of one new post that waits to be loaded, with one error."""
    mandate = by.mandates.get()
    code = Course.objects.first().code
    rows = [f"Turno Z;;{mandate.institution.code};;{code};;;;", "Turno X;;Nada;;;;;;"]
    reading = read_pasted(roster(*rows), POSTS)
    return check_roster(reading, by=by, file_name="", at=timezone.now())
