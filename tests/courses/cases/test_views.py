"""Walking through a case by its pages: begin, decide, look back."""

from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.actions import withdraw
from courses.cases.actions import start_run
from courses.models import Activity, CaseDecision, CaseRun, CaseVersion
from tests.courses.cases.small import body, key, make_case
from tests.courses.noting import a_note
from tests.factories import EnrolmentFactory, make_edition

BEGIN = "/es/learn/activities/{}/case/"
SECRETS = ("CONSECUENCIA", "DAÑO", "critical", "Palermo")


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def run(taking, case, at):
    return start_run(taking, activity=case, role="judge", at=at)


def address(run, step="1", language="es"):
    return f"/{language}/cases/{run.pk}/{step}/"


def decide(client, run, name, reasons="", language="es"):
    return client.post(
        address(run, name[0], language), {"option": key(name), "reasons": reasons}
    )


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_whole_case_walked_by_its_pages(signed_in, taking, case, case_page):
    page = signed_in.get(case_page.url)
    assert 'name="role" value="judge"' in text_of(page)

    began = signed_in.post(BEGIN.format(case.pk), {"role": "judge"}, follow=True)
    run = CaseRun.objects.get()
    assert began.redirect_chain[-1][0] == address(run)
    assert decide(signed_in, run, "1b", "Dos frases.").url == address(run)
    assert "CONSECUENCIA-1b" in text_of(signed_in.get(address(run)))
    decide(signed_in, run, "2b")
    decide(signed_in, run, "3a", "Porque sí.")

    end = signed_in.get(f"/es/cases/{run.pk}/", follow=True)
    assert end.redirect_chain[-1][0] == address(run, "debrief")
    shown = text_of(end)
    assert "100" in shown
    assert "CONSECUENCIA-1a" in shown  # what else could be decided
    assert "Varía" in shown
    assert "Dos frases." in shown
    assert taking.completions.filter(activity=case).exists()
    assert f"/cases/{run.pk}/debrief/" in text_of(signed_in.get(case_page.url))


def test_a_case_says_what_it_asks_and_what_was_lacking(signed_in, run, case_page):
    assert "con 80 de 100 puntos como mínimo" in text_of(signed_in.get(case_page.url))
    for name in ("1b", "2j", "3a"):
        decide(signed_in, run, name, "Porque sí.")

    shown = text_of(signed_in.get(address(run, "debrief")))

    assert "67 de 100 puntos son menos que los 80 que se pedían" in shown
    assert "Comenzar el caso de nuevo" in shown
    assert "Menos de 80" in text_of(signed_in.get(case_page.url))


def test_no_answer_leaves_before_the_decision(signed_in, run):
    shown = text_of(signed_in.get(address(run)))

    assert "Decidir 1a" in shown
    assert "Lo que consta" in shown
    assert [secret for secret in SECRETS if secret in shown] == []


def test_a_step_is_light(signed_in, run):
    assert len(signed_in.get(address(run)).content) < 15_000


@pytest.mark.parametrize("step", ["2", "3", "debrief"])
def test_nothing_is_shown_before_its_turn(signed_in, run, step):
    answer = signed_in.get(address(run, step))

    assert answer.status_code == 302
    assert answer.url == address(run)


@pytest.mark.parametrize("step", ["9", "zz"])
def test_a_step_that_is_not_there_is_not_found(signed_in, run, step):
    assert signed_in.get(address(run, step)).status_code == 404


def test_a_decision_has_an_address_of_its_own(signed_in, run):
    own = f"{address(run)}decide/"

    form = signed_in.get(address(run))
    refused = signed_in.post(own, {"reasons": "Sin decidir"})
    asked = signed_in.get(own)
    decided = signed_in.post(own, {"option": key("1b"), "reasons": "Dos frases."})
    followed = signed_in.get(address(run))

    assert f'method="post" action="{own}"' in text_of(form)
    assert "no-store" not in form.headers["Cache-Control"]
    assert f'method="post" action="{address(run)}"' in text_of(refused)
    assert (asked.status_code, asked.url) == (302, address(run))
    assert (decided.status_code, decided.url) == (302, address(run))
    assert "no-store" in followed.headers["Cache-Control"]


def test_back_cannot_undo_a_decision(signed_in, run):
    decide(signed_in, run, "1b")

    again = decide(signed_in, run, "1b")
    other = decide(signed_in, run, "1c")

    assert (again.status_code, again.url) == (302, address(run))
    assert other.status_code == 409
    assert "CONSECUENCIA-1b" in text_of(other)
    assert CaseDecision.objects.get().option == key("1b")


def test_a_critical_error_says_which_harm_and_offers_to_stop(signed_in, run):
    decide(signed_in, run, "1a")

    shown = text_of(signed_in.get(address(run)))
    assert "DAÑO" in shown
    assert "Protocolo de Palermo, art. 6" in shown
    assert f"/es/cases/{run.pk}/stop/" in shown
    signed_in.post(f"/es/cases/{run.pk}/stop/")
    run.refresh_from_db()
    assert run.finished_at
    assert not run.is_passed


def test_stop_leaves_a_clean_run_open(signed_in, run):
    signed_in.post(f"/es/cases/{run.pk}/stop/")

    run.refresh_from_db()
    assert run.is_open


@pytest.mark.parametrize(
    ("posted", "anchor"),
    [
        ({}, "#options"),
        ({"option": "zz"}, "#options"),
        ({"option": key("1b"), "reasons": "x" * 1001}, "#reasons"),
        ({"option": key("1b"), "reasons": "a\0b"}, "#reasons"),
    ],
)
def test_a_decision_that_cannot_be_kept_says_why(signed_in, run, posted, anchor):
    answer = signed_in.post(address(run), posted)

    assert answer.status_code == 422
    assert [error["href"] for error in answer.context["errors"]] == [anchor]
    assert posted.get("reasons", "") in text_of(answer)
    assert not CaseDecision.objects.exists()


def test_the_summary_goes_on_from_step_to_step(signed_in, run):
    brief = address(run) + "?version=without-descriptions"
    shown = text_of(signed_in.get(brief))
    assert "Resumen 1" in shown
    assert "Hechos 1" not in shown

    answer = signed_in.post(brief, {"option": key("1b")})

    assert answer.url == brief
    follows = text_of(signed_in.get(brief))
    assert f"{address(run, '2')}?version=without-descriptions" in follows
    assert "Hechos 1" not in follows
    assert f"next={quote(brief)}" in follows  # a pause comes back to the summary
    assert "Hechos 1" in text_of(signed_in.get(address(run)))


def test_the_language_can_change_on_the_way(signed_in, run):
    decide(signed_in, run, "1b")

    answer = decide(signed_in, run, "2a", language="en")

    assert answer.url == address(run, "2", "en")
    assert "Caso (en)" in text_of(signed_in.get(answer.url))


def test_somebody_elses_run_is_not_found(client, bruno, run):
    client.force_login(bruno)

    for path in ("", "1/", "debrief/", "stop/"):
        assert client.get(f"/es/cases/{run.pk}/{path}").status_code == 404
    assert client.post(address(run), {"option": key("1b")}).status_code == 404
    assert not run.decisions.exists()


def test_a_trainer_does_not_read_it(client, tomas, run):
    client.force_login(tomas)

    assert client.get(address(run)).status_code == 404


@pytest.mark.parametrize("role", ["opi", "zz", ""])
def test_begin_refuses_a_role_that_is_not_open(signed_in, taking, case, role):
    answer = signed_in.post(BEGIN.format(case.pk), {"role": role})

    assert answer.status_code == 409
    assert not CaseRun.objects.exists()


def test_begin_asks_to_enrol_first(client, bruno, case_edition, case):
    client.force_login(bruno)

    answer = client.post(BEGIN.format(case.pk), {"role": "prosecutor"})

    assert answer.status_code == 409
    assert [str(one) for one in answer.context["sentences"]] == [
        "Inscríbase primero en el curso."
    ]
    assert "Seguir" in text_of(answer)


def test_who_left_the_course_is_told_that_the_run_does_not_count(
    signed_in, taking, run, at
):
    withdraw(taking, at=at)
    for name in ("1b", "2b", "3a"):
        assert "Usted dejó este curso." in text_of(signed_in.get(address(run, name[0])))
        decide(signed_in, run, name, "Porque sí.")

    end = text_of(signed_in.get(address(run, "debrief")))

    assert "Usted dejó este curso." in end
    assert "el caso está aprobado" not in end


def test_runs_are_read_whatever_becomes_of_the_page(signed_in, taking, run, case_page):
    for page in case_page.get_translations(inclusive=True):
        page.unpublish()

    shown = text_of(signed_in.get(f"/es/learn/enrolments/{taking.pk}/"))

    assert f'href="/es/cases/{run.pk}/"' in shown
    assert "Caso" in shown


def test_the_course_says_whom_the_case_is_for(client, course_page):
    make_case(course_page, required_for=["judge"])
    make_edition(course_page)

    parts = client.get(course_page.url).context["parts"]

    assert [(one.title, one.needs) for one in parts if one.title == "Caso"] == [
        ("Caso", ["required", "other", "other", "other"])
    ]


def test_begin_knows_cases_alone(signed_in, activities):
    assert signed_in.post(BEGIN.format(uuid4())).status_code == 404
    assert signed_in.post(BEGIN.format(activities["final"].pk)).status_code == 404


def test_begin_by_its_address_leads_to_the_page(signed_in, taking, case, case_page):
    assert signed_in.get(BEGIN.format(case.pk)).url == case_page.url


def test_the_case_is_required_like_any_activity(signed_in, taking, case):
    shown = text_of(signed_in.get(f"/es/learn/enrolments/{taking.pk}/"))

    assert "2 Caso" in shown  # the final test comes last
    row = taking.edition.activities.get(activity=case)
    assert row.number == "2"
    assert row.minutes["judge"] > row.minutes["other"] > 0  # who ends at step 2


def test_steps_cost_the_same_at_the_first_and_at_the_last(
    signed_in, run, django_assert_num_queries
):
    signed_in.get(address(run))
    with CaptureQueriesContext(connection) as first:
        signed_in.get(address(run))
    queries = len(first)
    decide(signed_in, run, "1b")
    decide(signed_in, run, "2a")

    with django_assert_num_queries(queries):
        signed_in.get(address(run, "3"))


def walked_to_the_end(client, run) -> str:
    for name in ("1b", "2b", "3a"):
        decide(client, run, name, "Porque sí.")
    return text_of(client.get(address(run, "debrief")))


def test_a_law_box_shows_the_note_of_the_readers_country_by_its_topic(signed_in, run):
    a_note("GT", "means-and-penalties", es="Sin medios.")
    a_note("HN", "means-and-penalties", es="Con medios.")

    shown = walked_to_the_end(signed_in, run)

    assert "Varía" in shown
    assert "Sin medios." in shown
    assert "Con medios." not in shown


def test_a_law_box_without_a_note_leads_to_the_focal_point(signed_in, run):
    assert "Pregunte a su punto focal" in walked_to_the_end(signed_in, run)


def test_a_text_that_was_frozen_before_topics_is_still_read(signed_in, run):
    version = CaseVersion.objects.get()
    for part in (*version.document["laws"], *version.document["steps"]):
        del part["topic"]
    version.save()

    assert "Varía" in walked_to_the_end(signed_in, run)


@pytest.fixture
def asking_for_the_law(course_page):
    raw = body()
    raw[0]["value"]["topic"] = "means-and-penalties"
    return make_case(course_page, raw)


def test_a_step_opens_the_note_by_which_it_is_scored(
    signed_in, ana, asking_for_the_law, course_page, at
):
    run = a_run_of(asking_for_the_law, ana, course_page, at)

    without = text_of(signed_in.get(address(run)))
    a_note("GT", "means-and-penalties", es="Sin medios.")
    caches["pages"].clear()

    assert "/es/country-notes/GT/#means-and-penalties" in without
    assert "Sin medios." in text_of(signed_in.get(address(run)))


def a_run_of(page, learner, course_page, at) -> CaseRun:
    enrolment = EnrolmentFactory(learner=learner, edition=make_edition(course_page))
    case = Activity.objects.get(pk=page.translation_key)
    return start_run(enrolment, activity=case, role="judge", at=at)
