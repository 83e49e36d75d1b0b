"""The queue: who waits is confirmed or refused by whom it concerns, and nobody else."""

from datetime import timedelta

import pytest

from lms.belonging.actions import change_own_name
from lms.belonging.people import key_of
from lms.models import Affiliation, Cohort, Event
from lms.people.actions.own import register_post
from lms.people.choices import Role
from tests.factories import (
    NOON,
    AffiliationFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
)
from tests.lms.belonging.conftest import confirmed
from tests.lms.team.membership.people import rule

QUEUE = "/es/reports/belonging/"
REFUSE = f"{QUEUE}refuse/"

pytestmark = pytest.mark.django_db


def waiting(response):
    return [line.post for line in response.context["claims"]]


def pks(rows):
    return [row.pk for row in rows]


def keys(rows):
    """Return what the form sends for these, as they read now."""
    return [key_of(row) for row in rows]


def test_ines_confirms_twelve_of_fifteen(enter, ines, claims):
    rows = claims(15)
    browser = enter(ines)

    answer = browser.post(QUEUE, {"claim": keys(rows[:12]), "act": "confirm"})

    assert answer["Location"] == QUEUE
    page = browser.get(QUEUE)
    assert waiting(page) == rows[12:]
    home = browser.get("/es/reports/")
    assert (home.context["totals"].confirmed, home.context["totals"].unconfirmed) == (
        12,
        3,
    )
    people = browser.get("/es/reports/people/").context["page_obj"]
    assert [post.pk for post in people] == pks(rows[:12])


def test_queue_shows_the_domain_and_never_the_address(enter, ines, judiciary, looks):
    person = PersonFactory(email="zqlocal@oj.gob.gt")
    AffiliationFactory(person=person, institution=judiciary)

    page = enter(ines).get(QUEUE)

    assert "oj.gob.gt" in page.content.decode()
    assert "zqlocal" not in page.content.decode()
    assert looks() == [{person}]


def test_an_address_that_is_not_verified_tells_nothing(enter, ines, claims):
    [row] = claims(1)
    row.person.emailaddress_set.update(verified=False)

    [line] = enter(ines).get(QUEUE).context["claims"]

    assert line.domain == ""


def test_refusing_asks_first_and_then_ends_the_claim(enter, ines, claims, looks):
    rows = claims(3)
    browser = enter(ines)

    sure = browser.post(QUEUE, {"claim": keys(rows[:2]), "act": "refuse"})

    assert sure.status_code == 200
    assert [r.person.legal_name in sure.content.decode() for r in rows] == [
        True,
        True,
        False,
    ]
    assert looks() == [{row.person for row in rows[:2]}]
    assert Affiliation.objects.unconfirmed().count() == 3

    browser.post(REFUSE, {"claim": keys(rows[:2])})

    assert waiting(browser.get(QUEUE)) == rows[2:]
    assert list(browser.get("/es/reports/people/").context["page_obj"]) == []
    assert browser.get("/es/reports/").context["totals"].unconfirmed == 1


def test_until_office_hours_it_says_when_the_mail_goes_out(
    enter, ines, claims, time_machine
):
    """On a Saturday, to who lives where it is two hours later as well."""
    rows = claims(3)
    rows[0].person.country = "DO"
    rows[0].person.save()
    time_machine.move_to(NOON + timedelta(days=5), tick=False)
    browser = enter(ines)

    answer = browser.post(
        REFUSE.replace("/es/", "/en/"), {"claim": keys(rows)}, follow=True
    )

    monday = "9 November 2026, 07:00, time of"
    assert [str(message) for message in answer.context["messages"]] == [
        "3 people are not confirmed and left the list.",
        f"The mail to 1 of them goes out on {monday} Dominican Republic.",
        f"The mails to 2 of them go out on {monday} Guatemala.",
    ]


def test_at_night_it_says_when_the_rules_of_cohorts_invite_who_was_confirmed(
    enter, ines, pilar, tomas, claims, time_machine
):
    time_machine.move_to(NOON + timedelta(days=5), tick=False)

    def said(row, *, by):
        answer = enter(by).post(
            QUEUE.replace("/es/", "/en/"),
            {"act": "confirm", "claim": keys([row])},
            follow=True,
        )
        confirmed, *more = map(str, answer.context["messages"])
        assert confirmed == "1 person is confirmed now."
        return more

    first, second = claims(2)
    [shielded] = claims(1, shielded=True)
    assert said(first, by=ines) == []  # no rule stands
    rule(Cohort.objects.get(), tomas, track=second.track)
    assert said(second, by=ines) == [
        "Where the rule of a cohort invites them, that mail goes out on "
        "9 November 2026, 07:00, time of Guatemala."
    ]
    assert said(shielded, by=pilar) == []  # rules invite nobody who is shielded


@pytest.mark.parametrize(
    ("path", "act"), [(QUEUE, "confirm"), (QUEUE, "refuse"), (REFUSE, "")]
)
def test_claims_of_others_are_as_unknown(enter, hugo, court, claims, path, act):
    [own] = claims(1, institution=court, country="HN")
    [foreign] = claims(1)
    [shielded] = claims(1, institution=court, country="HN", shielded=True)
    [done] = claims(1, institution=court, country="HN")
    confirmed(done)
    browser = enter(hugo)

    def post(*claims):
        return browser.post(path, {"claim": claims, "act": act})

    [mine] = keys([own])
    unknown = post(mine, "999999-0")
    answers = [post(mine, key) for key in keys([foreign, shielded, done])]

    assert waiting(browser.get(QUEUE)) == [own]
    assert [a.status_code for a in [unknown, *answers]] == [404] * 4
    assert {a.content for a in answers} == {unknown.content}
    assert post(mine, "x").status_code == 404
    assert post("9" * 30).status_code == 404
    assert set(Affiliation.objects.unconfirmed()) == {own, foreign, shielded}
    assert not Event.objects.filter(kind=Event.Kind.CHANGE).exists()


def test_ones_own_claim_is_left_to_somebody_else(enter, ines, judiciary, claims):
    own = AffiliationFactory(person=ines, institution=judiciary)
    [other] = claims(1)
    browser = enter(ines)

    page = browser.get(QUEUE, {"all": "1"}).content.decode()
    answer = browser.post(QUEUE, {"claim": keys([own, other]), "act": "confirm"})
    refusal = browser.post(REFUSE, {"claim": keys([own])})

    assert f'value="{key_of(other)}" checked' in page
    assert f'name="claim" value="{own.pk}-' not in page
    assert (answer.status_code, refusal.status_code) == (422, 422)
    assert answer.context["errors"][0]["text"] == page_sentence(answer)
    assert Affiliation.objects.unconfirmed().count() == 2


def page_sentence(answer):
    return answer.context["own_claim"]


def test_a_level_above_confirms_the_officer(enter, ines, elena, judiciary):
    own = AffiliationFactory(person=ines, institution=judiciary)

    enter(elena).post(QUEUE, {"claim": keys([own]), "act": "confirm"})

    own.refresh_from_db()
    assert own.confirmed_by == elena


def rename(row, *, at):
    names = {"legal_name": "Otra Persona", "sort_name": ""}
    assert change_own_name(row.person, **names, reason="x", at=at)


def move(row, *, at, **post):
    """Correct the post in place: nobody has answered it yet, and it is of today."""
    Affiliation.objects.filter(pk=row.pk).update(from_on=at.date())
    post = {"institution": row.institution, "track": row.track, "position": ""} | post
    facts = post | {"country": "GT", "institution_typed": "", "on": at.date()}
    assert register_post(row.person, **facts).pk == row.pk


CHANGES = pytest.mark.parametrize(
    "change",
    [
        rename,
        lambda row, at: move(row, at=at, position="Magistrada"),
        lambda row, at: move(row, at=at, track="prosecutor"),
        lambda row, at: move(
            row, at=at, institution=InstitutionFactory(code="gt-corte-suprema")
        ),
    ],
    ids=["name", "position", "track", "institution"],
)


@CHANGES
def test_only_what_the_officer_read_is_confirmed(enter, elena, claims, at, change):
    changed, same = claims(2)
    browser = enter(elena)
    ticked = [line.key for line in browser.get(QUEUE).context["claims"]]
    change(changed, at=at)

    answer = browser.post(QUEUE, {"claim": ticked, "act": "confirm"})

    assert set(Affiliation.objects.confirmed()) == {same}
    assert answer.status_code == 422
    [error] = answer.context["errors"]
    assert "1 persona que usted marcó cambió su nombre o su cargo" in error["text"]
    [line] = answer.context["claims"]
    assert line.post == changed
    assert line.key not in ticked
    assert " checked" not in answer.text

    browser.post(QUEUE, {"claim": line.key, "act": "confirm"})

    assert set(Affiliation.objects.confirmed()) == {same, changed}


@CHANGES
def test_only_what_the_officer_read_is_refused(enter, elena, claims, at, change):
    changed, same = claims(2)
    browser = enter(elena)
    body = {"claim": keys([changed, same]), "act": "refuse"}
    sure = browser.post(QUEUE, body)
    ticked = [line.key for line in sure.context["claims"]]
    change(changed, at=at)

    early = browser.post(QUEUE, body)
    answer = browser.post(REFUSE, {"claim": ticked})

    assert (early.status_code, answer.status_code) == (422, 422)
    assert early.text.count(" checked") == 1
    assert set(Affiliation.objects.exclude(refused_at=None)) == {same}
    assert waiting(answer) == [changed]


def test_the_name_that_papers_carry_is_read_beside_the_one_to_sort_by(
    enter, ines, judiciary
):
    person = PersonFactory(legal_name="Otra Persona", sort_name="Tun Caal, Rosa")
    AffiliationFactory(person=person, institution=judiciary)

    page = enter(ines).get(QUEUE).text

    said = "<span>En el certificado: Otra Persona</span>"
    assert f"Tun Caal, Rosa{said}</th>" in page


def test_a_claim_without_what_was_read_is_shown_anew(enter, ines, claims):
    [row] = claims(1)

    answer = enter(ines).post(QUEUE, {"claim": row.pk, "act": "confirm"})

    assert answer.status_code == 422
    assert not Affiliation.objects.confirmed().exists()


def test_nobody_ticked_is_said_and_changes_nothing(enter, ines, claims):
    claims(1)

    answer = enter(ines).post(QUEUE, {"act": "confirm"})

    assert answer.status_code == 422
    assert len(answer.context["errors"]) == 1
    assert Affiliation.objects.unconfirmed().count() == 1
    assert enter(ines).post(REFUSE).status_code == 404


def test_everybody_of_the_page_is_ticked_by_the_server(enter, ines, claims):
    claims(3)
    browser = enter(ines)

    assert browser.get(QUEUE).content.decode().count(" checked") == 0
    assert browser.get(QUEUE, {"all": "1"}).content.decode().count(" checked") == 3


def test_shielded_people_wait_for_their_officer_alone(enter, ines, pilar, claims):
    [row] = claims(1, shielded=True)

    assert waiting(enter(ines).get(QUEUE)) == []
    assert waiting(enter(pilar).get(QUEUE)) == [row]

    enter(pilar).post(QUEUE, {"claim": keys([row]), "act": "confirm"})

    row.refresh_from_db()
    assert row.confirmed_by == pilar


def test_who_left_or_closed_the_account_waits_no_more(enter, ines, claims, at):
    left, closed = claims(2)
    Affiliation.objects.filter(pk=left.pk).update(until_on=at.date())
    closed.person.is_active, closed.person.closed_at = False, at
    closed.person.save()

    assert waiting(enter(ines).get(QUEUE)) == []


def test_queue_has_pages_of_fifty_and_one_look_each(enter, ines, claims, looks):
    rows = claims(51)
    browser = enter(ines)

    browser.get(QUEUE)
    browser.get(QUEUE, {"page": "2"})

    assert looks() == [{r.person for r in rows[:50]}, {rows[50].person}]


def test_queue_asks_as_often_for_three_as_for_one(
    enter, ines, claims, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(60) as queries:
            assert enter(ines).get(QUEUE).status_code == 200
        return len(queries)

    claims(1)
    asked()
    few = asked()
    claims(2)

    assert asked() == few


def test_confirming_asks_as_often_for_three_as_for_one(
    enter, ines, claims, django_assert_max_num_queries
):
    def asked(rows):
        with django_assert_max_num_queries(60) as queries:
            browser.post(QUEUE, {"claim": keys(rows), "act": "confirm"})
        return len(queries)

    browser = enter(ines)
    asked(claims(1))
    few = asked(claims(1))

    assert asked(claims(3)) == few


def test_who_corrects_a_refused_post_the_same_day_waits_again(
    enter, ines, judiciary, ana, at
):
    Affiliation.objects.filter(person=ana).update(
        from_on=at.date(), refused_by=ines, refused_at=at
    )

    post = register_post(
        ana,
        country="GT",
        institution=judiciary,
        institution_typed="",
        track="judge",
        position="Juzgado Primero",
        on=at.date(),
    )

    assert waiting(enter(ines).get(QUEUE)) == [post]


def test_home_counts_the_claims_that_the_queue_lists(enter, pilar, claims):
    MandateFactory(holder=pilar, role=Role.MINISTRY, country="GT")
    claims(1)
    claims(1, shielded=True)
    browser = enter(pilar)

    home = browser.get("/en/reports/")

    assert home.context["totals"].waiting == len(waiting(browser.get(QUEUE))) == 2
    assert "2 people wait for an answer." in home.content.decode()
