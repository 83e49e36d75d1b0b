"""Issuing, keeping the file, checking a name, and what is written down about it."""

from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates import actions
from certificates.models import Certificate
from courses.actions import complete_activity
from courses.inperson.actions.attendance import correct, mark
from courses.inperson.actions.practice import sign_observation
from courses.inperson.checklists import OF_OPIS, checklist
from courses.models import Assignment, Attendance, Course, Edition
from lms.audit.models import Event
from lms.models import Cohort
from lms.people.rules import folded_before, name_hash
from lms.refusals import Refused
from tests.certificates.conftest import PAPER
from tests.factories import CohortFactory, EnrolmentFactory, WorkshopFactory

DAY = timedelta(days=1)


def test_issue_freezes_what_the_paper_says(ana, edition, completed, at):
    award = actions.issue(completed, at=at)

    assert (award.holder, award.holder_name) == (ana, "Ana Lucía Ruiz Morales")
    assert award.titles == {"es": "Trata de personas", "en": "Trafficking in persons"}
    assert award.issuer == edition.issuer
    assert (award.edition_label, award.norms_on) == (edition.label, edition.norms_on)
    assert (award.language, award.track) == ("es", "judge")
    assert (award.issued_at, award.valid_until) == (at, at.date().replace(year=2028))
    assert len(award.code) == 26
    assert "Ana" not in award.name_hash + award.name_salt + award.code


def test_another_post_puts_no_name_of_ones_choice_on_the_paper(
    client, ana, ines, judiciary, enrolment, at
):
    """An official once confirmed writes down another post, and is called otherwise."""
    ana.affiliations.update(confirmed_by=ines, confirmed_at=at)
    client.force_login(ana)
    post = {"country": "GT", "institution": judiciary.pk, "track": "judge"}
    client.post("/en/account/post/", post | {"position": "Jueza de paz"})
    name = {"legal_name": "Otra Persona", "reason": "x", "language": "es"}
    client.post("/en/account/profile/", name)
    now = timezone.now()
    type(enrolment).objects.filter(pk=enrolment.pk).update(completed_at=now)

    award = actions.issue(type(enrolment).objects.get(pk=enrolment.pk), at=now)

    assert ana.affiliations.get(until_on=None).confirmed_at is None
    assert award.holder_name == "Ana Lucía Ruiz Morales"


@pytest.mark.parametrize(
    ("hours", "last_day"), [(11, date(2028, 11, 2)), (12, date(2028, 11, 3))]
)
def test_issue_counts_from_the_day_it_is_in_guatemala(completed, at, hours, last_day):
    late = at + timedelta(hours=hours, minutes=59)  # 23:59 there; a minute more is not

    award = actions.issue(completed, at=late)

    assert award.valid_until == last_day


def test_issue_twice_gives_the_same_certificate(completed, at):
    first = actions.issue(completed, at=at)

    again = actions.issue(completed, at=at + timedelta(days=1))

    assert again == first
    assert again.issued_at == at


def test_one_certificate_per_enrolment_is_the_databases_word(award, completed):
    award.pk, award.code, award._state.adding = None, "0" * 26, True

    with pytest.raises(IntegrityError), transaction.atomic():
        award.save(force_insert=True)


def test_issue_refuses_an_open_enrolment(enrolment, at):
    with pytest.raises(Refused) as refused:
        actions.issue(enrolment, at=at)

    assert refused.value.reasons == ["course-not-completed"]
    assert not Certificate.objects.exists()


def test_issue_refuses_an_enrolment_that_owed_only_the_new_parts(completed, at):
    completed.full = False

    with pytest.raises(Refused) as refused:
        actions.issue(completed, at=at)

    assert refused.value.reasons == ["not-a-full-enrolment"]


def test_issue_refuses_a_holder_without_a_name(completed, ana, at):
    ana.legal_name = " "

    with pytest.raises(Refused) as refused:
        actions.issue(completed, at=at)

    assert refused.value.reasons == ["name-missing"]


def test_issue_counts_the_minutes_of_what_was_completed(enrolment, activities, at):
    done = [activities["lesson-1"], activities["practice"]]
    for activity in done:
        complete_activity(
            enrolment, activity=activity, language="es", revision=None, at=at
        )

    assert actions.minutes_completed(enrolment) == 40


class TestHoursInPerson:
    """Ana's cohort took the course, and held a workshop of three hours."""

    @pytest.fixture
    def cohort(self, tomas, edition, at):
        cohort = Cohort.objects.get()
        self.take(cohort, edition, tomas, at=at)
        return cohort

    def take(self, cohort, edition, by, *, at):
        return Assignment.objects.create(
            cohort=cohort, course=edition.course, assigned_by=by, assigned_at=at
        )

    def be_there(self, cohort, person, *, at):
        workshop = WorkshopFactory(cohort=cohort)
        Attendance.objects.all().delete()
        mark(
            workshop,
            person=person,
            how=Attendance.How.TYPED,
            by=workshop.made_by,
            at=at,
        )
        return Attendance.objects.get()

    def test_are_frozen_with_the_award(self, cohort, completed, ana, at):
        self.be_there(cohort, ana, at=at)

        award = actions.issue(completed, at=at)

        self.be_there(cohort, ana, at=at + DAY)
        assert award.minutes_in_person == 180
        assert actions.issue(completed, at=at + DAY).minutes_in_person == 180

    def test_of_observed_practice_count_too(self, cohort, completed, ana, tomas, at):
        sign_observation(
            cohort,
            form=uuid4(),
            person=ana,
            checklist=checklist(OF_OPIS),
            marks={item["key"]: "observed" for item in checklist(OF_OPIS)["items"]},
            comments={},
            on=at.date(),
            by=tomas,
            at=at,
        )

        assert actions.issue(completed, at=at).minutes_in_person == 60

    @pytest.mark.parametrize(
        "change",
        ["of another", "taken back", "later", "another cohort's", "withdrawn", "none"],
    )
    def test_count_when_they_are_of_this_course_and_person(
        self, cohort, completed, ana, bruno, tomas, at, change
    ):
        match change:
            case "of another":
                self.be_there(cohort, bruno, at=at)
            case "taken back":
                mine = self.be_there(cohort, ana, at=at)
                correct(mine, present=False, reason="x", by=tomas, at=at)
            case "later":
                self.be_there(cohort, ana, at=at + timedelta(seconds=1))
            case "another cohort's":
                other = CohortFactory(trainers=[tomas], members=[ana])
                self.be_there(other, ana, at=at)
            case "withdrawn":
                self.be_there(cohort, ana, at=at)
                Assignment.objects.update(withdrawn_at=at)

        assert actions.issue(completed, at=at).minutes_in_person == 0

    def test_are_those_of_then_though_the_course_is_withdrawn_later(
        self, cohort, completed, ana, at
    ):
        self.be_there(cohort, ana, at=at)
        Assignment.objects.update(withdrawn_at=at + DAY)

        assert actions.issue(completed, at=at).minutes_in_person == 180

    def test_count_once_however_many_courses_a_cohort_takes(
        self, cohort, completed, ana, tomas, edition, at
    ):
        self.be_there(cohort, ana, at=at)
        course = Course.objects.create(id=uuid4(), code="C2")
        second = Edition.objects.get(pk=edition.pk)
        second.pk, second.course = None, course
        second.save(force_insert=True)
        self.take(cohort, second, tomas, at=at)
        later = EnrolmentFactory(learner=ana, edition=second, completed_at=at + 2 * DAY)

        first = actions.issue(completed, at=at + DAY)
        self.be_there(cohort, ana, at=at + 2 * DAY)
        other = actions.issue(later, at=at + 2 * DAY)

        assert (first.minutes_in_person, other.minutes_in_person) == (180, 180)

    def test_that_no_award_counted_are_there_for_the_next(
        self, cohort, completed, ana, tomas, edition, at
    ):
        """An award of a course that the cohort did not take counted none of them."""
        Assignment.objects.update(assigned_at=at + DAY)
        self.be_there(cohort, ana, at=at)
        again = EnrolmentFactory(learner=ana, edition=edition, completed_at=at + DAY)

        first = actions.issue(completed, at=at)
        other = actions.issue(again, at=at + DAY)

        assert (first.minutes_in_person, other.minutes_in_person) == (0, 180)


def files_of(award):
    files = award.pdf.storage.listdir("certificates")[1]
    return [name for name in files if str(award.pk) in name]


def test_keep_file_stores_bytes_and_hash(award, at):
    won = actions.keep_file(award, pdf=PAPER, at=at)

    award.refresh_from_db()
    assert won
    assert award.pdf.open().read() == PAPER
    assert (award.sha256, award.rendered_at) == (sha256(PAPER).hexdigest(), at)


def test_keep_file_never_changes_what_was_kept(kept, at):
    before = Certificate.objects.values().get(pk=kept.pk)

    won = actions.keep_file(kept, pdf=b"%PDF-1.7 other", at=at + timedelta(days=1))

    assert not won
    assert Certificate.objects.values().get(pk=kept.pk) == before
    assert kept.pdf.open().read() == PAPER
    assert files_of(kept) == [f"{kept.pk}.pdf"]


def test_keep_file_does_not_trust_half_a_file_that_a_killed_try_left(award, at):
    award.pdf.storage.save(f"certificates/{award.pk}.pdf", ContentFile(PAPER[:9]))

    actions.keep_file(award, pdf=PAPER, at=at)

    award.refresh_from_db()
    assert award.pdf.open().read() == PAPER
    assert files_of(award) == [f"{award.pk}.pdf"]


def test_mark_mailed_is_won_once(award, at):
    assert actions.mark_mailed(award, at=at)
    assert not actions.mark_mailed(award, at=at)


@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        ("Ana Lucía Ruiz Morales", True),
        ("ruiz morales, ANA LUCIA", True),
        ("Ana Lucía Ruiz", False),
        ("Bruno Xicará Tun", False),
        ("", False),
    ],
)
def test_check_name_compares_the_folded_name(award, at, typed, matches):
    assert actions.check_name(award, typed=typed, at=at) is matches


@pytest.mark.parametrize("erased", [False, True])
def test_check_name_understands_papers_hashed_before(award, at, erased):
    """Their hash is of the name with its apostrophe as a space and its Ł as it is."""
    name = "Łucja O'Brien"
    hashed = name_hash(
        name, salt=award.name_salt, key=settings.NAME_HASH_KEY, fold=folded_before
    )
    Certificate.objects.update(holder_name="" if erased else name, name_hash=hashed)
    award.refresh_from_db()

    assert actions.check_name(award, typed="O’Brien, Łucja", at=at)
    assert actions.check_name(award, typed="LUCJA OBRIEN", at=at) is not erased
    assert not actions.check_name(award, typed="'", at=at)


def test_check_name_leaves_a_line_that_the_holder_sees(award, ana, at):
    actions.check_name(award, typed="Bruno", at=at)

    event = Event.objects.visible_to(ana).get()
    assert (event.kind, event.actor, event.purpose) == ("check", None, "name check")
    assert event.fields == ["name"]


def test_check_name_is_refused_after_five_in_the_hour_to_the_right_name_too(award, at):
    for _try in range(5):
        actions.check_name(award, typed="Nobody", at=at)

    with pytest.raises(Refused) as refused:
        actions.check_name(award, typed="Ana Lucía Ruiz Morales", at=at)

    assert refused.value.reasons == ["certificate-checks-too-often"]
    assert Event.objects.count() == 5
    assert actions.check_name(
        award, typed="Ana Lucía Ruiz Morales", at=at + timedelta(hours=1)
    )


def test_check_name_limits_each_certificate_by_itself(award, bruno, edition, at):
    other = actions.issue(
        EnrolmentFactory(learner=bruno, edition=edition, completed_at=at), at=at
    )
    for _try in range(5):
        actions.check_name(award, typed="Nobody", at=at)

    assert actions.check_name(other, typed="Bruno Xicará Tun", at=at)


def test_note_look_is_silent_for_the_holder(award, ana, at):
    actions.note_look(award, viewer=ana, purpose="certificate", at=at)

    assert not Event.objects.exists()


@pytest.mark.parametrize("who", ["bruno", None])
def test_note_look_names_whoever_else_looked(award, ana, bruno, at, who):
    viewer = bruno if who else None

    actions.note_look(award, viewer=viewer, purpose="certificate", at=at)

    event = Event.objects.get()
    assert (event.kind, event.actor) == ("look", viewer)
    assert list(event.subjects.all()) == [ana]


def test_downloads_and_links_are_exports(award, ana, at):
    actions.note_download(award, by=ana, at=at)
    actions.note_share(award, by=ana, at=at)

    events = Event.objects.order_by("pk").values_list("kind", "purpose")
    assert list(events) == [
        ("export", "certificate file"),
        ("export", "certificate link"),
    ]
