"""The screens of workshops: the trainer's and the learner's."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.inperson import rules
from courses.inperson.actions.attendance import mark
from courses.inperson.actions.places import take_place
from courses.models import Attendance, LedgerEntry, Workshop, WorkshopPlace
from lms.models import CohortMember, Event, User
from lms.people.actions import erase
from lms.people.session_policy import SEEN
from tests.factories import NOON, InstitutionFactory, PersonFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Entrevista",
    "place": "Sala 2",
    "starts": "2026-11-10T09:00",
    "ends": "2026-11-10T13:00",
    "minutes": "180",
    "capacity": "20",
    "language": "es",
}


@pytest.fixture
def place(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/workshops/"


@pytest.fixture
def mine(workshop):
    return f"/en/my-learning/workshops/{workshop.uuid}/"


def join(cohort, count, **facts):
    people = [
        PersonFactory(legal_name=f"Zq Persona {number:03d}", **facts)
        for number in range(count)
    ]
    for person in people:
        CohortMember.objects.create(
            cohort=cohort, person=person, from_on=cohort.from_on
        )
    return people


def told(answer):
    """Return the page without what is drawn anew each time."""
    return re.sub(r'value="\w{64}"', "", words(answer))


def looks():
    events = Event.objects.filter(kind=Event.Kind.LOOK).order_by("pk")
    return [set(event.subjects.all()) for event in events]


def tomorrow(workshop):
    day = timedelta(days=1)
    Workshop.objects.update(starts_at=NOON + day, ends_at=NOON + 2 * day)


def words(answer):
    return " ".join(answer.content.decode().split())


def test_trainer_plans_a_workshop_by_the_clock_of_the_cohort(
    enter, tomas, cohort, place
):
    browser = enter(tomas)
    cohort.time_zone = "America/Costa_Rica"
    cohort.save()

    answer = browser.post(f"{place}new/", TYPED)

    made = Workshop.objects.get()
    assert answer["Location"] == f"{place}{made.uuid}/"
    assert made.starts_at.isoformat() == "2026-11-10T15:00:00+00:00"
    assert (made.made_by, made.is_public, made.organiser) == (tomas, False, None)
    assert "Entrevista" in words(browser.get(place))
    assert 'value="2026-11-10T09:00"' in words(browser.get(f"{place}{made.uuid}/edit/"))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"title": ""}, "Write a title."),
        ({"minutes": "241"}, "The workshop cannot count more minutes than it lasts."),
        ({"ends": "2026-11-10T08:00"}, "The workshop ends before it begins."),
        ({"ends": "2100-01-01T08:00"}, "between the first and the last day"),
        ({"capacity": "2"}, "A workshop has at least 3 places"),
        ({"is_public": "on"}, "Choose who organises it."),
        (
            {"is_public": "on", "title": "eva@example.org"},
            "Everybody can read this. Leave out e-mail addresses.",
        ),
    ],
)
def test_plan_is_refused_in_a_sentence(enter, tomas, place, facts, sentence):
    answer = enter(tomas).post(f"{place}new/", TYPED | facts)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "<title>Error:" in words(answer)
    assert not Workshop.objects.exists()


def test_public_workshop_says_who_organises_it(enter, tomas, place, judiciary):
    InstitutionFactory(country="HN", code="hn-x")
    page = enter(tomas).get(f"{place}new/")

    enter(tomas).post(
        f"{place}new/", TYPED | {"is_public": "on", "organiser": judiciary.pk}
    )

    listed = [key for key, _name in page.context["form"].fields["organiser"].choices]
    assert listed == ["", str(judiciary.pk)]
    assert Workshop.objects.get().organiser == judiciary


def test_trainer_changes_a_workshop_and_reads_why_not(enter, tomas, workshop, place):
    edit = f"{place}{workshop.uuid}/edit/"
    facts = TYPED | {"starts": "2026-11-02T12:00", "ends": "2026-11-02T16:00"}

    refused = enter(tomas).post(edit, facts | {"minutes": "60"})
    changed = enter(tomas).post(edit, facts | {"title": "Otra"})
    fewer = enter(tomas).post(edit, facts | {"capacity": "19"})

    assert "From 30 minutes before it begins, a workshop is not" in words(refused)
    assert changed.status_code == 302
    assert "A workshop can get more places, never fewer." in words(fewer)
    workshop.refresh_from_db()
    assert (workshop.title, workshop.minutes, workshop.capacity) == ("Otra", 180, 20)


def test_trainer_cancels_a_workshop_once_sure(enter, tomas, ana, workshop, place):
    tomorrow(workshop)
    cancel, page = f"{place}{workshop.uuid}/cancel/", f"{place}{workshop.uuid}/"
    browser = enter(tomas)

    assert cancel in words(browser.get(page))
    assert "Cancel the workshop" in words(browser.get(cancel))
    assert browser.post(cancel).status_code == 302
    workshop.refresh_from_db()
    assert workshop.cancelled_at == NOON
    assert "The workshop was cancelled." in words(browser.get(page))


def test_workshop_that_begins_is_not_cancelled_whoever_came(
    enter, tomas, ana, cohort, workshop, place, at
):
    [hidden] = join(cohort, 1, shielded=True)
    cancel, browser = f"{place}{workshop.uuid}/cancel/", enter(tomas)

    of_nobody = browser.post(cancel)
    mark(workshop, person=hidden, how="code", by=hidden, at=at)
    of_somebody = browser.post(cancel)

    assert [of_nobody.status_code, of_somebody.status_code] == [409, 409]
    assert "From 30 minutes before it begins, a workshop is not" in words(of_nobody)
    assert told(of_somebody) == told(of_nobody)
    assert cancel not in words(browser.get(f"{place}{workshop.uuid}/"))


def test_list_marks_who_was_there_and_counts_no_shielded_people(
    enter, tomas, ana, cohort, workshop, place
):
    [late] = join(cohort, 1)
    page, browser = f"{place}{workshop.uuid}/", enter(tomas)
    alone = told(browser.get(page))
    join(cohort, 6, shielded=True)

    shown = browser.get(page)
    answer = browser.post(page, {f"was-{ana.uuid}": "present"})

    assert [line.person for line, _field in shown.context["rows"]] == [ana, late]
    assert told(shown) == alone
    assert answer.status_code == 302
    [row] = Attendance.objects.all()
    assert (row.person, row.present, row.how) == (ana, True, "typed")
    again = browser.get(page)
    assert f"was-{ana.uuid}" not in words(again)
    assert f"was-{late.uuid}" in words(again)
    assert looks() == [{ana, late}] * 3


def test_all_present_fills_the_list_in_and_saves_nothing_yet(
    enter, tomas, ana, cohort, workshop, place
):
    [late, _third] = join(cohort, 2)
    page, browser = f"{place}{workshop.uuid}/", enter(tomas)
    alone = browser.get(page).content.decode()
    assert "All present" in alone
    # On a telephone each person is a card: it says whom its choice is about.
    assert f'<label for="id_was-{late.uuid}">{late.legal_name}</label>' in alone

    filled = browser.post(page, {"all-present": "on", f"was-{late.uuid}": "absent"})

    assert filled.status_code == 200
    assert not Attendance.objects.exists()
    chosen = [field.value() for _line, field in filled.context["rows"]]
    assert sorted(chosen) == ["absent", "present", "present"]
    assert "Nothing is saved yet." in words(filled)
    marks = {field.html_name: field.value() for _line, field in filled.context["rows"]}
    assert browser.post(page, marks).status_code == 302
    assert Attendance.objects.filter(present=True).count() == 2


@pytest.mark.parametrize("mark_of", ["nobody", "strange", "hidden"])
def test_list_refuses_what_is_no_mark(
    enter, tomas, ana, cohort, workshop, place, mark_of
):
    [hidden] = join(cohort, 1, shielded=True)
    sent = {
        "nobody": {},
        "strange": {f"was-{ana.uuid}": "late"},
        "hidden": {f"was-{hidden.uuid}": "present"},
    }[mark_of]

    answer = enter(tomas).post(f"{place}{workshop.uuid}/", sent)

    assert answer.status_code == 422
    assert not Attendance.objects.exists()


def test_nobody_is_marked_before_it_begins(enter, tomas, ana, workshop, place):
    tomorrow(workshop)
    page = f"{place}{workshop.uuid}/"

    shown = enter(tomas).get(page)
    answer = enter(tomas).post(page, {f"was-{ana.uuid}": "present"})

    assert "Save the marks" not in words(shown)
    assert answer.status_code == 422
    assert "People are marked from 30 minutes before it begins." in words(answer)


def test_correction_needs_a_reason_and_is_read_by_the_person(
    enter, tomas, ana, workshop, place, at
):
    mark(workshop, person=ana, how="code", by=ana, at=at)
    page, browser = f"{place}{workshop.uuid}/attendance/{ana.uuid}/", enter(tomas)

    assert "is marked present." in words(browser.get(page))
    assert browser.post(page, {"mark": "absent"}).status_code == 422
    assert browser.post(page, {"mark": "absent", "reason": "Se fue"}).status_code == 302

    row = Attendance.objects.get()
    assert (row.present, row.reason, row.corrected_by) == (False, "Se fue", tomas)
    assert sum(LedgerEntry.objects.values_list("minutes", flat=True)) == 0
    same = browser.post(page, {"mark": "absent", "reason": "Otra"}, follow=True)
    assert "Nothing has changed." in words(same)


def test_nobody_is_corrected_to_present_at_what_was_cancelled(
    enter, tomas, ana, workshop, place, at
):
    mark(workshop, person=ana, present=False, how="typed", by=tomas, at=at)
    workshop.cancelled_at = at
    workshop.save()

    answer = enter(tomas).post(
        f"{place}{workshop.uuid}/attendance/{ana.uuid}/",
        {"mark": "present", "reason": "Vino"},
    )

    assert answer.status_code == 422
    assert "The workshop was cancelled." in words(answer)
    assert not Attendance.objects.get().present
    assert not LedgerEntry.objects.exists()


def test_printed_list_has_a_code_for_each_and_leaves_out_the_shielded(
    enter, tomas, ana, cohort, workshop, place
):
    join(cohort, 1, shielded=True)

    answer = enter(tomas).get(f"{place}{workshop.uuid}/sheet/")

    page = words(answer)
    assert page.count('class="qrline"') == 1
    assert page.count("Free line") == 6
    assert "Zq Persona" not in page
    assert str(ana.uuid) not in page
    assert looks() == [{ana}]


def test_code_of_the_list_leads_to_a_page_that_marks(
    enter, tomas, ana, workshop, cohort
):
    page, browser = f"/en/team/scan/{workshop.uuid}/{ana.uuid}/", enter(tomas)

    before, answer = browser.get(page), browser.post(page, follow=True)

    assert "Mark present" in words(before)
    assert "Is marked present." in words(answer)
    row = Attendance.objects.get()
    assert (row.person, row.how, row.marked_by) == (ana, "sheet", tomas)


def test_code_of_the_list_is_nothing_to_others(enter, ana, bruno, hugo, workshop):
    page = f"/en/team/scan/{workshop.uuid}/{ana.uuid}/"

    assert [enter(who).post(page).status_code for who in (ana, bruno, hugo)] == [
        404
    ] * 3
    assert not Attendance.objects.exists()


def test_scan_before_it_begins_says_why_not(enter, tomas, ana, workshop):
    tomorrow(workshop)

    answer = enter(tomas).post(f"/en/team/scan/{workshop.uuid}/{ana.uuid}/")

    assert answer.status_code == 409
    assert "People are marked from 30 minutes before it begins." in words(answer)


def test_room_shows_a_code_that_changes_by_itself(
    enter, tomas, workshop, place, time_machine
):
    page, browser = f"{place}{workshop.uuid}/code/", enter(tomas)
    time_machine.move_to(NOON + timedelta(seconds=20), tick=False)

    first = browser.get(page)
    time_machine.move_to(NOON + timedelta(seconds=60), tick=False)
    second = browser.get(page)

    assert (first["Refresh"], second["Refresh"]) == ("40", "60")
    assert first.context["code"] != second.context["code"]
    assert "<script>" not in words(first)


def test_page_that_comes_back_by_itself_keeps_nobody_signed_in(
    enter, tomas, workshop, place, time_machine
):
    browser = enter(tomas)
    browser.get(place)
    seen = browser.session[SEEN]
    time_machine.move_to(NOON + timedelta(minutes=20), tick=False)

    browser.get(f"{place}{workshop.uuid}/code/")
    unmoved = browser.session[SEEN]
    browser.get(place)

    assert unmoved == seen
    assert browser.session[SEEN] > seen


def test_room_shows_no_code_at_other_times(enter, tomas, workshop, place):
    tomorrow(workshop)

    answer = enter(tomas).get(f"{place}{workshop.uuid}/code/")

    assert "Refresh" not in answer.headers
    assert "The code counts from 30 minutes before" in words(answer)


def test_archived_cohort_is_read_and_not_changed(
    enter, tomas, ana, workshop, place, at
):
    mark(workshop, person=ana, how="typed", by=tomas, at=at)
    workshop.cohort.archived_at = at
    workshop.cohort.save()
    browser, one = enter(tomas), f"{place}{workshop.uuid}/"

    reads = [browser.get(page).status_code for page in (place, one, f"{one}sheet/")]
    changes = [
        browser.post(page).status_code
        for page in (
            f"{place}new/",
            one,
            f"{one}edit/",
            f"{one}cancel/",
            f"{one}attendance/{ana.uuid}/",
            f"/en/team/scan/{workshop.uuid}/{ana.uuid}/",
        )
    ]

    assert reads == [200] * 3
    assert changes == [404] * 6


def test_lists_ask_as_many_queries_for_many_as_for_one(
    enter, tomas, ana, cohort, workshop, place, at
):
    browser, one = enter(tomas), f"{place}{workshop.uuid}/"
    pages = (place, one, f"{one}sheet/")
    mark(workshop, person=ana, how="typed", by=tomas, at=at)

    few = [len(captured_at(browser, page)) for page in pages]
    for person in join(cohort, 3):
        mark(workshop, person=person, how="typed", by=tomas, at=at)
        WorkshopFactory(cohort=cohort)

    assert [len(captured_at(browser, page)) for page in pages] == few


def captured_at(browser, page):
    browser.get(page)
    with CaptureQueriesContext(connection) as captured:
        browser.get(page)
    return [q for q in captured.captured_queries if "INSERT" not in q["sql"]]


def test_learner_reads_takes_and_gives_back(enter, ana, workshop, mine):
    tomorrow(workshop)
    Workshop.objects.update(materials="Ver https://example.org/guia")
    browser = enter(ana)

    assert "Take a place" in words(browser.get("/en/my-learning/"))
    assert 'href="https://example.org/guia"' in words(browser.get(mine))
    taken = browser.post(f"{mine}take/", follow=True)
    assert "You have a place." in words(taken)
    assert WorkshopPlace.objects.held().get().person == ana
    given = browser.post(f"{mine}give-back/", follow=True)
    assert "You have no place now." in words(given)
    assert not WorkshopPlace.objects.held().exists()


def test_full_workshop_says_so(enter, ana, workshop, mine):
    tomorrow(workshop)
    Workshop.objects.update(taken=2)
    browser = enter(ana)

    answer = browser.post(f"{mine}take/")

    assert "The workshop is full. Ask your trainer." in words(browser.get(mine))
    assert answer.status_code == 409
    assert "The workshop is full. Ask your trainer." in words(answer)


def test_learner_says_that_she_is_here(enter, ana, workshop, mine):
    window = rules.window_of(NOON)
    code = rules.room_code(workshop.uuid, window=window, key=settings.SECRET_KEY)
    browser = enter(ana)

    assert "I am here" in words(browser.get("/en/my-learning/"))
    empty = browser.post(f"{mine}here/", {"code": ""})
    wrong = browser.post(f"{mine}here/", {"code": "1"})
    right = browser.post(
        f"{mine}here/", {"code": f"{code[:3]} {code[3:]}"}, follow=True
    )

    assert "Enter the code that you see in the room." in words(empty)
    assert wrong.status_code == 422
    assert "That is not the code of now." in words(wrong)
    assert "You are marked present." in words(right)
    assert Attendance.objects.get().how == "code"
    page = words(browser.get("/en/my-learning/"))
    assert "of these 3 hours in person" in page


def test_absent_learner_is_told_to_ask(enter, ana, tomas, workshop, mine, at):
    mark(workshop, person=ana, present=False, how="typed", by=tomas, at=at)
    window = rules.window_of(NOON)
    code = rules.room_code(workshop.uuid, window=window, key=settings.SECRET_KEY)

    answer = enter(ana).post(f"{mine}here/", {"code": code}, follow=True)

    assert "You were marked absent. Ask your trainer." in words(answer)
    assert not LedgerEntry.objects.exists()


def test_shielded_learner_takes_part_unseen(enter, ana, tomas, workshop, mine, place):
    User.objects.filter(pk=ana.pk).update(shielded=True)
    window = rules.window_of(NOON)
    code = rules.room_code(workshop.uuid, window=window, key=settings.SECRET_KEY)

    assert enter(ana).post(f"{mine}here/", {"code": code}).status_code == 302
    page = words(enter(tomas).get(f"{place}{workshop.uuid}/"))

    assert ana.legal_name not in page
    assert "<dt>Were there</dt><dd>0</dd>" in page


def test_shielded_learner_who_was_there_is_not_counted_once_erased(
    enter, ana, tomas, workshop, place, at
):
    mark(workshop, person=ana, how="code", by=ana, at=at)
    User.objects.filter(pk=ana.pk).update(shielded=True)

    erase(ana, by=ana, at=at)

    page = words(enter(tomas).get(f"{place}{workshop.uuid}/"))
    assert "<dt>Were there</dt><dd>0</dd>" in page


def test_places_of_shielded_people_show_only_in_a_full_workshop(
    enter, tomas, ana, cohort, workshop, place, mine, at
):
    [hidden], page = join(cohort, 1, shielded=True), f"{place}{workshop.uuid}/"
    tomorrow(workshop)

    def pages():
        shown = [enter(tomas).get(place), enter(tomas).get(page), enter(ana).get(mine)]
        return [told(one) for one in shown]

    before = pages()
    take_place(workshop, person=hidden, at=at)
    with_one = pages()
    take_place(workshop, person=ana, at=at)
    full = pages()

    assert with_one == before
    assert "<dt>Have a place</dt><dd>1</dd>" in full[1]
    assert all('<b class="badge">full</b>' in one for one in full)


def test_workshops_of_other_cohorts_are_unknown(enter, bruno, workshop, mine):
    browser = enter(bruno)

    answers = [
        browser.get(mine),
        browser.post(f"{mine}take/"),
        browser.get(f"{mine}here/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert workshop.title not in words(browser.get("/en/my-learning/"))


def test_who_left_the_cohort_has_its_workshops_no_more(enter, ana, workshop, mine):
    CohortMember.objects.filter(person=ana).update(until_on=NOON.date())
    browser = enter(ana)
    last_day = browser.get(mine).status_code

    CohortMember.objects.filter(person=ana).update(
        until_on=NOON.date() - timedelta(days=1)
    )

    assert last_day == 200
    assert browser.get(mine).status_code == 404
    assert browser.post(f"{mine}take/").status_code == 404
    assert workshop.title not in words(browser.get("/en/my-learning/"))


def test_my_data_tells_of_places_marks_and_hours(enter, ana, tomas, workshop, at):
    before = words(enter(ana).get("/en/account/my-data/"))
    mark(workshop, person=ana, how="typed", by=tomas, at=at)

    page = words(enter(ana).get("/en/account/my-data/"))

    assert "Training in a room" not in before

    assert "Training in a room" in page
    assert "1 mark of attendance" in page
    assert "1 entry of hours" in page
