"""Screens of those who edit, help and load lists, where a list or an act is refused."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from certificates import rules
from certificates.figures.actions import release
from certificates.takeaway.paper import as_html
from courses.models import CountryNote, LessonPage, Question
from lms.mail import box
from lms.models import Cohort
from tests.certificates.takeaway.test_writers import ROWS, sheet_of
from tests.factories import NOON, make_edition
from tests.screens.outline import masked, outline

pytestmark = pytest.mark.django_db


def test_screens_of_editors(admin, course_page, note, crowd, look, drawn, records):
    browser = Client()
    browser.force_login(admin)
    lesson = LessonPage.objects.get(slug="leccion-1")
    question = Question.objects.order_by("code").first()
    addresses = [
        reverse("open_edition", args=[course_page.pk]),
        reverse("sign_review", args=[lesson.pk]),
        reverse("question:inspect", args=[question.pk]),
        reverse("question:edit", args=[question.pk]),
        reverse("note_grid"),
        reverse("gain_report"),
    ]
    answers = [(path, look(browser, path)) for path in addresses]
    make_edition(course_page)
    lesson.save_revision()
    CountryNote.objects.update(checked_on=date(2025, 1, 1))
    answers += [(f"later {path}", look(browser, path)) for path in addresses[:5]]
    answers += [(f"refused {path}", browser.post(path, {})) for path in (addresses[:2])]

    records.keep("desks/editors", answers, drawn)


def test_lists_that_are_refused(tomas, ines, roster, post_roster, look, drawn, records):
    trainer, officer = Client(), Client()
    trainer.force_login(tomas)
    officer.force_login(ines)
    cohort = Cohort.objects.get()
    people = f"/es/team/cohorts/{cohort.uuid}/import/"
    posts = "/es/reports/coverage/load/"
    faulty = {"rows": "correo;nombre\nno-es-correo;Ana\n;Eva\nana@example.org;Ana"}
    named = {"rows": "puesto;institución;curso\nTurno B;nada;C1\n;x;C9"}
    answers = [
        ("people", trainer.post(people, faulty, follow=True)),
        ("no people", trainer.post(people, {"rows": "x"}, follow=True)),
        ("posts", officer.post(posts, named, follow=True)),
        ("no posts", officer.post(posts, {"rows": "x"}, follow=True)),
        ("loaded", officer.post(f"{posts}{post_roster}/", follow=True)),
        ("twice", officer.post(f"{posts}{post_roster}/", follow=True)),
        ("over", look(officer, f"{posts}{post_roster}/")),
    ]
    cohort.archived_at = NOON
    cohort.save()
    answers += [
        ("archived", trainer.post(f"{people}{roster}/", follow=True)),
        *[
            (path, look(trainer, f"/es/team/cohorts/{cohort.uuid}/{path}"))
            for path in (
                "",
                "import/",
                "invitations/",
                "code/",
                "settings/",
                "courses/",
                "workshops/",
                "practice/",
                "trainers/",
            )
        ],
        ("team", look(trainer, "/es/team/")),
    ]

    records.keep("desks/lists", answers, drawn)


def test_second_step_and_its_codes(sure, app, look, drawn, records):
    place = "/es/account/2fa/recovery-codes/"
    answers = [
        ("made", sure.post(f"{place}generate/", follow=True)),
        ("seen", look(sure, place)),
        ("again", look(sure, f"{place}generate/")),
        ("index", look(sure, "/es/account/2fa/")),
    ]

    records.keep("desks/codes", answers, drawn)


def test_asked_too_often(award, nobody, look, drawn, records):
    body = {"check": "name", "name": "Eva"}
    for _time in range(rules.CHECKS_PER_MINUTE):
        nobody.post(f"/v/{award.code}", body)
    answers = [("checks", nobody.post(f"/v/{award.code}", body))]
    for _time in range(40):
        last = nobody.get("/es/join/nothing/")
    answers.append(("links", last))

    records.keep("desks/too-often", answers, drawn)


@pytest.mark.urls("tests.lms.mail.demo_urls")
def test_mailbox_of_the_demo(nobody, settings, tmp_path, look, drawn, records):
    settings.MAILBOX_DIR = tmp_path
    answers = [("empty", look(nobody, "/demo/mail/"))]
    box.drop(
        b"Subject: Hola\nTo: ana@example.org\n\nVea http://127.0.0.1/x\n",
        message_id="<one@campus.example>",
    )
    (letter,) = box.letters()
    answers += [
        ("list", look(nobody, "/demo/mail/")),
        ("letter", look(nobody, f"/demo/mail/{letter.name}/")),
    ]

    records.keep("desks/mailbox", answers, drawn)


def test_figures_beside_earlier_ones(sofia, client, released, look, drawn, records):
    release(as_of=NOON + timedelta(days=7), at=NOON + timedelta(days=7))
    client.force_login(sofia)
    board = "/es/region/figures/"
    answers = [
        (path, look(client, f"{board}{path}"))
        for path in ("?with=2026-W45", "GT/?with=2026-W45", "?with=2020-W01")
    ]

    records.keep("figures/beside", answers, drawn)


def test_paper_of_a_report(db, drawn, records):
    with override("es"):
        lines = outline(as_html(sheet_of(ROWS), ROWS), whole=True)

    records.compare("desks/paper", masked(lines), drawn)


def test_invitations_as_a_trainer_and_a_member(
    sofia, ana, invitation, token, look, drawn, records
):
    browser, there = Client(), f"/es/join/{token}/"
    answers = [("nobody", look(browser, there))]
    browser.force_login(ana)
    answers += [("ana", look(browser, there)), ("all", look(browser, "/es/join/"))]

    records.keep("desks/invited", answers, drawn)
