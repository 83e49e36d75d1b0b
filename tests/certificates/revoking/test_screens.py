"""Asking on a screen, deciding on another one, and what everybody reads then."""

import pytest
from django.test import Client

from certificates.lines.drawing import draw
from certificates.models import Certificate
from lms.approvals.models import Approval
from lms.audit.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
GOOD = {"why": "deception", "reason": "Oficio 9-2026"}


@pytest.fixture
def here(award):
    return f"/en/certificates/{award.pk}/change/"


def browser_of(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_an_officer_asks_and_another_one_agrees(here, award, ines, lucia):
    asked = browser_of(ines).post(here, GOOD, follow=True)
    assert "Nothing changes until a second person agrees." in words(asked)

    approval = Approval.objects.get()
    theirs = browser_of(lucia)
    page = words(theirs.get(f"/en/approvals/{approval.uuid}/"))
    for said in (
        "Revoke a certificate",
        "obtained by deception",
        "Oficio 9-2026",
        "never valid again",
    ):
        assert said in page
    theirs.post(f"/en/approvals/{approval.uuid}/decide/", {"answer": "approve"})

    award.refresh_from_db()
    assert award.revoked_for == "deception"


def test_the_second_person_reads_whose_it_is_and_who_asks(asked, ana, ines, lucia):
    approval = asked()

    page = words(browser_of(lucia).get(f"/en/approvals/{approval.uuid}/"))

    for said in (
        f"<dt>Name on the certificate</dt><dd>{ana.legal_name}</dd>",
        f"<dt>Asked by</dt><dd>{ines.legal_name}</dd>",
        "<dt>Asked on</dt><dd>2 November 2026, 12:00</dd>",
        "<dt>Class of reason</dt><dd>obtained by deception</dd>",
    ):
        assert said in page
    for shown in (ana, ines):
        look = Event.objects.visible_to(shown).get(kind=Event.Kind.LOOK)
        assert (look.purpose, look.actor) == ("approval by a second person", lucia)


def test_the_secretariat_agrees_by_the_code_and_reads_no_holder(asked, ana, sofia):
    approval = asked()

    page = words(browser_of(sofia).get(f"/en/approvals/{approval.uuid}/"))

    assert "Your mandate shows no names: compare the code." in page
    assert ana.legal_name not in page
    assert Event.objects.visible_to(ana).filter(kind=Event.Kind.LOOK).exists()


def test_a_shielded_asker_is_not_named(asked, ines, lucia):
    approval = asked()
    ines.shielded = True
    ines.save()

    page = words(browser_of(lucia).get(f"/en/approvals/{approval.uuid}/"))

    assert ines.legal_name not in page
    assert not Event.objects.visible_to(ines).filter(kind=Event.Kind.LOOK).exists()


def test_the_page_names_nobody_and_is_a_look(here, sofia, ana):
    page = words(browser_of(sofia).get(here))

    assert "Trafficking in persons" in page
    assert "Ana" not in page
    look = Event.objects.visible_to(ana).get()
    assert (look.kind, look.actor) == (Event.Kind.LOOK, sofia)


@pytest.mark.parametrize("who", ["ana", "tomas", "hugo", "admin"])
def test_to_others_the_page_is_not_there(request, here, who):
    browser = browser_of(request.getfixturevalue(who))

    assert browser.get(here).status_code == 404
    assert browser.post(here, GOOD).status_code == 404
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    "body", [{}, {"why": "earlier", "reason": "x"}, {"why": "error"}]
)
def test_a_form_without_a_reason_is_refused(here, ines, body):
    answer = browser_of(ines).post(here, body)

    assert answer.status_code == 422
    assert not Approval.objects.exists()


def test_what_waits_already_is_said(here, ines, asked):
    asked()

    answer = browser_of(ines).post(here, GOOD)

    assert answer.status_code == 409
    assert "waits for a second person already" in words(answer)


def test_of_a_revoked_certificate_there_is_nothing_to_ask(here, ines, changed):
    changed()

    page = words(browser_of(ines).get(here))

    assert "REVOKED on 2 November 2026" in page
    assert "Ask a second person" not in page


def test_the_secretariat_finds_a_certificate_by_its_code(sofia, award, here):
    browser = browser_of(sofia)

    assert "Revoke or suspend a certificate" in words(browser.get("/en/region/"))
    found = browser.get("/en/region/certificates/", {"code": award.code})
    wrong = browser.get("/en/region/certificates/", {"code": "0" * 26})

    assert found["Location"] == here
    assert "We did not find that code" in words(wrong)


def test_the_report_of_a_person_leads_to_it_and_says_what_became(
    here, award, ana, ines, changed, at
):
    draw([ana.pk], at=at)
    place = f"/en/reports/completion/people/{ana.uuid}/"
    browser = browser_of(ines)
    until = f"until {award.valid_until.day} {award.valid_until:%B %Y}"
    before = words(browser.get(place))
    assert f'href="{here}"' in before
    assert until in before

    changed("inquiry")
    assert until not in words(browser.get(place))
    draw([ana.pk], at=at)
    page = words(browser.get(place))
    assert "suspended" in page
    assert until not in page
    assert "Class of reason: under inquiry." in page
    changed("deception")
    draw([ana.pk], at=at)
    page = words(browser.get(place))

    assert "Revoked on 2 November 2026" in page
    assert "Class of reason: obtained by deception." in page
    assert f'href="{here}"' not in page


@pytest.mark.parametrize(
    ("why", "verdict", "note"),
    [
        ("deception", "REVOKED on 2 November 2026", "obtained by deception"),
        ("inquiry", "SUSPENDED on 2 November 2026", "under inquiry"),
    ],
)
def test_everybody_reads_the_class_of_reason_and_the_day(
    ana, changed, why, verdict, note
):
    award = changed(why)
    public = Client(headers={"accept-language": "en"}).get(f"/v/{award.code}")
    own = browser_of(ana).get(f"/en/certificates/{award.pk}/")
    program = Client().get(f"/api/v1/certificates/{award.code}").json()

    for page in (words(public), words(own)):
        assert verdict in page
        assert f"Class of reason: {note}." in page
        assert "It is not valid" in page
        assert "Oficio" not in page
    assert program["standing"] == verdict.split()[0].lower()
    assert program["revoked_for"] == (why if why == "deception" else None)
    assert program["suspended_on"] == ("2026-11-02" if why == "inquiry" else None)


def test_the_file_stays_as_it_was_issued(kept, changed):
    before = Certificate.objects.values("pdf", "sha256").get()

    changed()

    assert Certificate.objects.values("pdf", "sha256").get() == before
