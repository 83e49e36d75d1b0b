"""A decision is kept once, scored once, and completes the case once."""

import pytest

from courses.actions import withdraw
from courses.cases.actions import decide, start_run, stop_run
from courses.models import CaseDecision, CaseRun, CaseVersion, Completion
from courses.syllabus import activities_of
from lms.refusals import Refused
from tests.courses.cases.small import key, make_case
from tests.factories import EnrolmentFactory, make_edition, rival


def start(enrolment, case, at, role="judge"):
    return start_run(enrolment, activity=case, role=role, at=at)


def walk(run, names, at):
    for name in names.split():
        take(run, name, at)


def take(run, name, at, reasons="Porque sí."):
    return decide(
        run,
        step=name[0],
        option=key(name),
        reasons=reasons,
        language="es",
        at=at,
    )


def test_start_freezes_the_text_in_every_language(taking, case, at, case_page):
    run = start(taking, case, at)

    document = run.version.document
    assert (run.number, run.role, run.started_at) == (1, "judge", at)
    assert document["titles"] == {"es": "Caso", "en": "Caso (en)"}
    assert document["steps"][0]["facts"] == {"es": "Hechos 1", "en": "Hechos 1"}
    assert document["revisions"]["es"] == case_page.live_revision_id


def test_start_goes_on_with_the_open_run(taking, case, at):
    assert start(taking, case, at) == start(taking, case, at)
    assert CaseVersion.objects.count() == 1


def test_of_two_who_begin_at_once_one_begins(taking, case, at):
    first = start(taking, case, at)
    CaseRun.objects.all().delete()

    with rival(first):
        assert start(taking, case, at) == first

    assert CaseRun.objects.count() == 1


@pytest.mark.parametrize("role", ["opi", "nobody", ""])
def test_start_refuses_a_role_that_is_not_open(taking, case, at, role):
    with pytest.raises(Refused) as refusal:
        start(taking, case, at, role=role)

    assert refusal.value.reasons == ["role-not-open"]


def test_start_refuses_who_left(taking, case, at):
    withdraw(taking, at=at)
    taking.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        start(taking, case, at)

    assert refusal.value.reasons == ["enrolment-closed"]


def test_start_refuses_a_case_that_is_not_live(taking, case, at, case_page):
    for page in case_page.get_translations(inclusive=True):
        page.unpublish()

    with pytest.raises(Refused) as refusal:
        start(taking, case, at)

    assert refusal.value.reasons == ["case-not-available"]


def test_who_was_enrolled_before_the_case_came_owes_nothing_new(
    enrolment, course_page, ana, at
):
    page = make_case(course_page)
    make_edition(course_page, at=at)
    case = enrolment.course.activities.get(pk=page.translation_key)

    with pytest.raises(Refused) as refusal:
        start(enrolment, case, at)

    assert refusal.value.reasons == ["not-in-this-edition"]


def test_who_is_certified_keeps_what_they_have_when_a_case_comes(
    enrolment, course_page, ana, at
):
    """The new edition asks newcomers; what was completed stays as it was."""
    enrolment.completed_at = at
    enrolment.save(update_fields=["completed_at"])
    before = [row.activity_id for row in activities_of(enrolment)]

    page = make_case(course_page)
    newer = make_edition(course_page, at=at)

    enrolment.refresh_from_db()
    assert page.translation_key in {row.activity_id for row in newer.activities.all()}
    assert enrolment.completed_at == at
    assert [row.activity_id for row in activities_of(enrolment)] == before


def test_a_clean_walk_completes_the_case(taking, case, at):
    run = start(taking, case, at)

    for name in ("1b", "2a", "3a"):
        take(run, name, at)

    run.refresh_from_db()
    assert (run.score, run.failed_at, run.finished_at) == (83, None, at)
    assert set(run.dimensions.values()) == {83}
    done = Completion.objects.get(enrolment=taking, activity=case)
    assert (done.at, done.language) == (at, "es")
    assert done.revision == run.version.document["revisions"]["es"]
    with pytest.raises(Refused) as refusal:
        take(run, "4a", at)
    assert refusal.value.reasons == ["run-finished"]


def test_a_critical_error_fails_the_run_whatever_the_score(taking, case, at):
    run = start(taking, case, at)

    for name in ("1a", "2b", "3a"):
        take(run, name, at)

    run.refresh_from_db()
    assert (run.failed_at, run.finished_at, run.score) == (at, at, 67)
    assert not run.is_passed
    assert not taking.completions.exists()


@pytest.mark.parametrize(
    ("names", "score", "passed"),
    [("1b 2a 3a", 83, True), ("1b 2j 3a", 67, False), ("1c", 0, False)],
)
def test_a_case_is_passed_by_what_its_decisions_earn(
    taking, case, at, names, score, passed
):
    run = start(taking, case, at)

    walk(run, names, at)

    run.refresh_from_db()
    assert (run.failed_at, run.score, run.is_passed) == (None, score, passed)
    assert taking.completions.filter(activity=case).exists() is passed


def test_a_run_is_asked_what_it_was_told_when_it_began(taking, case, at):
    """Whoever began before a score was asked owes none."""
    run = start(taking, case, at)
    CaseRun.objects.update(asked=0)

    walk(CaseRun.objects.get(), "1b 2j 3a", at)

    run.refresh_from_db()
    assert run.is_passed
    assert taking.completions.filter(activity=case).exists()


def test_a_decision_stands(taking, case, at):
    run = start(taking, case, at)
    first = take(run, "1a", at)

    assert take(run, "1a", at) == first
    assert take(run, "1b", at) == first

    assert CaseDecision.objects.get().option == key("1a")


def test_a_run_is_scored_once(taking, case, at):
    run = start(taking, case, at)
    walk(run, "1b 2b 3a", at)
    CaseRun.objects.update(score=55)

    take(run, "3a", at)

    assert CaseRun.objects.get().score == 55
    assert taking.completions.count() == 1


def test_decide_refuses_what_the_step_does_not_offer(taking, case, at):
    run = start(taking, case, at)

    with pytest.raises(Refused) as refusal:
        take(run, "2a", at)

    assert refusal.value.reasons == ["not-this-step"]
    assert not CaseDecision.objects.exists()


def test_the_case_may_be_walked_again_in_another_role(taking, case, at):
    walk(start(taking, case, at), "1b 2b 3a", at)

    again = start(taking, case, at, role="opi")

    assert (again.number, again.role) == (2, "opi")
    walk(again, "1b 2b 3a", at)
    assert taking.completions.count() == 1


def test_the_text_of_a_run_does_not_change_with_the_page(taking, case, at, case_page):
    run = start(taking, case, at)
    case_page.body[0].value["facts"] = "Otros hechos"
    case_page.save_revision().publish()

    run = CaseRun.objects.get(pk=run.pk)
    assert run.version.document["steps"][0]["facts"]["es"] == "Hechos 1"
    take(run, "1c", at)
    assert start(taking, case, at).version != run.version


def test_who_left_may_finish_but_it_does_not_count(taking, case, at):
    run = start(taking, case, at)
    withdraw(taking, at=at)

    take(CaseRun.objects.get(pk=run.pk), "1c", at)

    assert CaseRun.objects.get().finished_at == at
    assert not taking.completions.exists()


def test_stop_ends_a_run_that_failed(taking, case, at):
    run = start(taking, case, at)
    take(run, "1a", at)

    stop_run(run, at=at)
    stop_run(run, at=at)

    run.refresh_from_db()
    assert (run.finished_at, run.score) == (at, 0)
    assert not taking.completions.exists()
    assert start(taking, case, at).number == 2


def test_stop_leaves_a_run_that_can_still_be_passed(taking, case, at):
    run = start(taking, case, at)
    take(run, "1b", at)

    stop_run(run, at=at)

    run.refresh_from_db()
    assert run.is_open


def test_other_institutions_stop_where_the_case_ends_for_them(
    case_edition, bruno, case, at
):
    bruno.track = "other"
    bruno.save()
    enrolment = EnrolmentFactory(learner=bruno, edition=case_edition, track="other")
    run = start(enrolment, case, at, role="other")

    for name in ("1b", "2b"):
        take(run, name, at)

    run.refresh_from_db()
    assert run.is_passed
    assert run.score == 100
