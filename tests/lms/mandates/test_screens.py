"""The screens of mandates: who finds them, what they show, what they answer."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.approvals.actions import decide
from lms.approvals.models import Approval
from lms.audit.models import Event
from lms.belonging.actions import shield
from lms.mandates import actions
from lms.mandates.mails import code_for
from lms.mandates.rules import window_of
from lms.models import Mandate
from lms.people.choices import Role
from tests.factories import InstitutionFactory, MandateFactory, PersonFactory
from tests.lms.mandates.conftest import accept, today

pytestmark = pytest.mark.django_db
LIST = "/en/mandates/"
SHIELDED = "/en/mandates/shielded/"
MINE = "/en/mandates/mine/"
KINDS = [
    "secretariat",
    "trainer",
    "ministry",
    "country-owner",
    "protection",
    "institution",
]
UNKNOWN = "3f0c2a4e-0000-4000-8000-000000000000"


@pytest.fixture
def as_(client):
    """Return a function that signs somebody in."""

    def enter(person):
        client.force_login(person)
        return client

    return enter


@pytest.fixture
def form(judiciary):
    """The form of a mandate over an institution, filled in by Marta."""
    return {
        "institution": judiciary.pk,
        "address": "nadie@example.org",
        "from_on": today().isoformat(),
        "until_on": (today() + timedelta(days=90)).isoformat(),
        "reason": "Oficio 9-2026",
    }


def read(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("admin", ["secretariat"]),
        ("sofia", ["trainer", "ministry", "country-owner", "protection"]),
        ("marta", ["institution"]),
    ],
)
def test_list_offers_what_the_viewer_may_grant(request, as_, name, kinds):
    page = read(as_(request.getfixturevalue(name)).get(LIST))

    offered = [kind for kind in KINDS if f"/en/mandates/grant/{kind}/" in page]
    assert offered == kinds


@pytest.mark.parametrize("kind", ["", *(f"grant/{kind}/" for kind in KINDS)])
@pytest.mark.parametrize("name", ["ana", "tomas", "ines"])
def test_who_grants_nothing_finds_nothing(request, as_, name, kind):
    person = request.getfixturevalue(name)

    assert as_(person).get(LIST + kind).status_code == 404


def test_what_is_not_ones_own_to_grant_is_not_there(as_, marta, sofia):
    assert as_(marta).get(f"{LIST}grant/trainer/").status_code == 404
    assert as_(sofia).get(f"{LIST}grant/institution/").status_code == 404
    assert as_(sofia).get(f"{LIST}grant/anything/").status_code == 404


def test_strangers_are_asked_to_sign_in(client):
    for path in (LIST, MINE, "/en/region/", "/en/approvals/"):
        assert "/account/login/" in client.get(path)["Location"]


def test_list_shows_who_accepted_below_ones_own_and_nobody_else(
    as_, sofia, tomas, ines, rosa
):
    page = read(as_(sofia).get(LIST))

    for words in ("tomas@example.org", "Tomás", "ines@example.org", "Inés"):
        assert words in page
    for secret in ("rosa@example.org", "Rosa", "sofia@example.org"):
        assert secret not in page


@pytest.mark.parametrize(
    ("name", "path"), [("sofia", LIST), ("admin", LIST), ("pilar", SHIELDED)]
)
def test_each_cell_bears_its_heading_for_whoever_reads_it_on_a_phone(
    request, as_, shielded, hugo, name, path
):
    page = read(as_(request.getfixturevalue(name)).get(path))

    first, *others = re.findall(r'<th scope="col">([^<]+)</th>', page)
    rows = re.findall(r'<tr>\s*<th scope="row">.*?</tr>', page, re.S)
    assert first == ("Name" if path == SHIELDED else "E-mail")
    assert rows
    for row in rows:
        assert re.findall(r'<td[^>]*><b class="cell-head">([^<]+)', row) == others
    assert '<table class="stacked">' in page
    assert "/static/staff.css" in page


def test_list_writes_one_look_for_those_who_hold(as_, sofia, tomas, ines, offered):
    offered("nadie@example.org")

    as_(sofia).get(LIST)

    (event,) = Event.objects.filter(kind="look", actor=sofia)
    assert set(event.subjects.all()) >= {tomas, ines}
    assert not event.subjects.filter(pk=sofia.pk).exists()


@pytest.fixture
def shielded(tomas):
    """Tomás, the trainer of Guatemala, is shielded."""
    tomas.shielded = True
    tomas.save()
    return tomas


@pytest.mark.parametrize("name", ["sofia", "marta", "admin"])
def test_list_says_nothing_of_whoever_is_shielded(request, as_, name, tomas, ines):
    viewer = request.getfixturevalue(name)
    ines.shielded = True
    ines.save()

    page = read(as_(viewer).get(LIST))
    Mandate.objects.filter(holder=ines).delete()

    assert page.split("<main")[1] == read(as_(viewer).get(LIST)).split("<main")[1]
    assert "ines@example.org" not in page
    assert not Event.objects.filter(actor=viewer, subjects=ines).exists()


def test_list_of_a_country_says_nothing_of_the_shielded(as_, sofia, shielded):
    page = read(as_(sofia).get(LIST, {"country": "GT"}))

    assert "There is none." in page


def test_an_address_that_has_not_accepted_is_listed_as_typed(as_, marta, offered, ana):
    ana.shielded = True
    ana.save()
    offered("ana@example.org")

    page = read(as_(marta).get(LIST))

    assert "ana@example.org" in page


def test_a_shielded_persons_mandate_is_not_opened_to_be_ended(as_, sofia, shielded):
    path = f"{LIST}{shielded.mandates.get().uuid}/end/"
    client = as_(sofia)

    assert client.get(path).status_code == 404
    assert client.post(path, {"reason": "x"}).status_code == 404
    assert shielded.mandates.filter(ended_at=None).exists()


@pytest.fixture
def pilar(db):
    """Pilar is an officer for shielded people in Guatemala."""
    person = PersonFactory(email="pilar@example.org", legal_name="Pilar Sic Ajú")
    MandateFactory(holder=person, role=Role.PROTECTION, seat=1)
    return person


@pytest.fixture
def taken(bruno, offered):
    """An offer that Bruno accepted behind his shield."""
    shield(bruno, by=bruno, reason="", at=timezone.now())
    mandate = offered(bruno.email)
    accept(mandate, by=bruno, at=timezone.now())
    return mandate


def main_of(answer):
    return hide_tokens(read(answer).split("<main")[1])


def hide_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def as_an_offer(mandate):
    """Let nobody have accepted it."""
    Mandate.objects.filter(pk=mandate.pk).update(holder=None, accepted_at=None)


@pytest.mark.parametrize("path", [LIST, "/en/mandates/{}/end/"])
def test_what_a_shielded_person_accepted_reads_as_an_offer(
    as_, marta, bruno, taken, path
):
    path = path.format(taken.uuid)
    client = as_(marta)

    page = main_of(client.get(path))
    as_an_offer(taken)

    assert "offered, not yet answered" in page
    assert bruno.email in page
    assert page == main_of(client.get(path))
    assert not Event.objects.filter(actor=marta, kind="look", subjects=bruno).exists()


def test_taking_such_an_offer_back_ends_the_mandate(as_, marta, bruno, taken):
    answer = as_(marta).post(f"{LIST}{taken.uuid}/end/", {"reason": "Ya no"})

    assert answer["Location"] == LIST
    assert not bruno.mandates.filter(ended_at=None).exists()
    assert bruno.email not in main_of(as_(marta).get(LIST))


def test_granting_the_same_again_tells_nothing(marta, taken, offered):
    assert offered(taken.address) == taken


def test_the_region_counts_such_an_offer_as_one_that_waits(as_, sofia, taken):
    client = as_(sofia)

    page = main_of(client.get("/en/region/"))
    as_an_offer(taken)

    assert page == main_of(client.get("/en/region/"))


def test_what_was_seen_to_be_accepted_is_no_offer_again(as_, marta, bruno, offered):
    mandate = offered(bruno.email)
    accept(mandate, by=bruno, at=timezone.now())
    shield(bruno, by=bruno, reason="", at=timezone.now())

    assert bruno.email not in main_of(as_(marta).get(LIST))
    assert as_(marta).get(f"{LIST}{mandate.uuid}/end/").status_code == 404


def test_an_officer_for_the_shielded_reads_it_as_it_is(as_, pilar, bruno, taken):
    client = as_(pilar)

    assert "in force" in main_of(client.get(SHIELDED))
    page = main_of(client.get(f"{LIST}{taken.uuid}/end/"))
    assert "in force" in page
    assert f'href="{SHIELDED}"' in page


def test_an_approval_shows_the_address_of_such_an_offer_still(
    as_, sofia, rosa, facts, bruno, now
):
    shield(bruno, by=bruno, reason="", at=now)
    mandate = actions.grant(sofia, **facts(address=bruno.email))
    approval = Approval.objects.get()
    decide(approval, approve=True, by=rosa, at=now)
    mandate.refresh_from_db()
    accept(mandate, by=bruno, at=now)
    client = as_(sofia)

    page = main_of(client.get(f"/en/approvals/{approval.uuid}/"))
    as_an_offer(mandate)

    assert bruno.email in page
    assert page == main_of(client.get(f"/en/approvals/{approval.uuid}/"))


def test_an_officer_for_the_shielded_ends_their_mandates(as_, pilar, shielded):
    mandate = shielded.mandates.get()
    path = f"{LIST}{mandate.uuid}/end/"
    client = as_(pilar)

    assert '"/en/reports/shielded/"' in read(client.get("/en/my-learning/"))
    assert f'"{SHIELDED}"' in read(client.get("/en/reports/shielded/"))
    page = read(client.get(SHIELDED))
    assert path in page
    assert shielded.legal_name in page
    assert f'"{SHIELDED}"' in read(client.get(path))
    answer = client.post(path, {"reason": "Oficio 3-2026"})

    mandate.refresh_from_db()
    assert answer["Location"] == SHIELDED
    assert (mandate.ended_by, mandate.ended_reason) == (pilar, "Oficio 3-2026")
    assert "There is none." in read(client.get(SHIELDED))
    looks = Event.objects.filter(kind="look", actor=pilar, subjects=shielded)
    assert set(looks.values_list("purpose", flat=True)) >= {
        "mandates of shielded people",
        "mandate to be ended",
    }


def test_whoever_shields_themselves_keeps_no_mandate_from_the_officer(
    as_, pilar, tomas
):
    mandate = tomas.mandates.get()
    as_(tomas).post("/en/account/shield/")

    answer = as_(pilar).post(f"{LIST}{mandate.uuid}/end/", {"reason": "Oficio 3-2026"})

    assert answer.status_code == 302
    assert tomas.mandates.get().ended_by == pilar
    assert as_(tomas).get("/en/team/").status_code == 404


def test_an_officer_finds_no_mandate_of_others(as_, pilar, tomas, hugo, marta):
    """Neither of whoever is not shielded, nor of a shielded person elsewhere."""
    hugo.shielded = True
    hugo.save()
    own, seen, abroad = (one.mandates.get() for one in (pilar, tomas, hugo))
    client = as_(pilar)

    assert "There is none." in read(client.get(SHIELDED))
    for mandate in (own, seen, abroad):
        path = f"{LIST}{mandate.uuid}/end/"
        assert client.get(path).status_code == 404
        assert client.post(path, {"reason": "x"}).status_code == 404
    assert not Mandate.objects.exclude(ended_at=None).exists()


def test_an_officer_whose_mandate_is_over_ends_nothing(as_, pilar, shielded, now):
    pilar.mandates.update(ended_at=now, ended_reason="x")
    path = f"{LIST}{shielded.mandates.get().uuid}/end/"
    client = as_(pilar)

    assert client.get(SHIELDED).status_code == 404
    assert client.post(path, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["sofia", "marta", "ines", "tomas", "admin"])
def test_mandates_of_the_shielded_are_listed_for_nobody_else(request, as_, name):
    assert as_(request.getfixturevalue(name)).get(SHIELDED).status_code == 404


def test_mandates_of_the_shielded_take_as_many_queries_for_three_as_for_one(
    as_, pilar, shielded, django_assert_num_queries
):
    client = as_(pilar)
    client.get(SHIELDED)
    count = queries_of(client, SHIELDED)
    for _number in range(2):
        MandateFactory(holder=PersonFactory(shielded=True), role=Role.TRAINER)

    with django_assert_num_queries(count):
        client.get(SHIELDED)


def test_list_is_filtered_by_country(as_, sofia, tomas, hugo):
    page = read(as_(sofia).get(LIST, {"country": "HN"}))

    assert "hugo@example.org" in page
    assert "tomas@example.org" not in page


@pytest.mark.parametrize("junk", [{"country": "XX"}, {"page": "x"}, {"country": ""}])
def test_list_takes_junk_for_nothing(as_, sofia, tomas, junk):
    answer = as_(sofia).get(LIST, junk)

    assert answer.status_code == 200
    assert "tomas@example.org" in read(answer)


def test_list_says_where_each_mandate_is(as_, sofia, rosa, facts, now, marta, offered):
    actions.grant(sofia, **facts(address="waits@example.org"))
    offered("offer@example.org")
    MandateFactory(from_on=today() + timedelta(days=30))

    page = read(as_(sofia).get(LIST))

    for words in (
        "waits for a second person",
        "offered, not yet answered",
        "in force",
        "accepted, begins on",
    ):
        assert words in page


@pytest.mark.parametrize("name", ["sofia", "rosa", "admin"])
def test_what_waits_leads_whoever_may_open_it_to_its_approval(
    request, as_, name, sofia, facts
):
    viewer = request.getfixturevalue(name)
    actions.grant(sofia, **facts())
    path = f"/en/approvals/{Approval.objects.get().uuid}/"

    client = as_(viewer)

    assert f'<a href="{path}">waits for a second person' in read(client.get(LIST))
    assert client.get(path).status_code == 200


def test_what_waits_for_administrators_leads_nobody_else_there(
    as_, marta, sofia, facts
):
    """A waiting mandate below Marta's does not lead her to its approval."""
    actions.grant(sofia, **facts())
    MandateFactory(
        institution=InstitutionFactory(),
        holder=None,
        address="waits@example.org",
        granted_by=sofia,
        accepted_at=None,
        approved_at=None,
    )

    page = read(as_(marta).get(LIST))

    assert "waits for a second person" in page
    assert f"/en/approvals/{Approval.objects.get().uuid}/" not in page


def test_list_asks_as_much_for_three_rows_as_for_one(
    as_, sofia, ines, django_assert_num_queries
):
    client = as_(sofia)
    client.get(LIST)
    count = queries_of(client, LIST)
    for _number in range(2):
        MandateFactory(institution=ines.mandates.get().institution)

    with django_assert_num_queries(count):
        client.get(LIST)


def queries_of(client, path):
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_form_lists_the_institutions_of_ones_own_country(
    as_, marta, judiciary, honduran
):
    page = read(as_(marta).get(f"{LIST}grant/institution/"))

    assert str(judiciary.pk) in page
    assert "Judiciary of Honduras" not in page


def test_an_institution_elsewhere_cannot_be_chosen(as_, marta, honduran, form):
    form["institution"] = honduran.pk

    answer = as_(marta).post(f"{LIST}grant/institution/", form)

    assert answer.status_code == 422
    assert "Choose one of the institutions in the list." in read(answer)
    assert not Mandate.objects.exclude(holder=marta).exists()


def test_known_and_unknown_addresses_get_the_same_answer(as_, marta, form, letters):
    PersonFactory(email="known@example.org", language="en")
    client = as_(marta)
    path = f"{LIST}grant/institution/"
    client.post(path, form | {"address": "first@example.org"})
    client.get(LIST)
    answers = []

    for address in ("known@example.org", "nadie@example.org"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(path, form | {"address": address})
            queries = len(asked)
        page = read(client.get(LIST))
        said = page.count("Offered. The mail is on its way to the address.")
        answers.append((answer.status_code, answer["Location"], said, queries))

    known, unknown = answers
    assert known == unknown
    assert unknown[:3] == (302, LIST, 1)
    assert letters() == 3


def test_what_needs_a_second_person_says_so(as_, sofia, form):
    form = form | {"country": "GT"}

    answer = as_(sofia).post(f"{LIST}grant/trainer/", form, follow=True)

    assert "once a second person approves" in read(answer)
    assert Approval.objects.get().asked_by == sofia


def test_the_secretariat_is_granted_by_two_administrators(as_, admin, form):
    client = as_(admin)
    path = f"{LIST}grant/secretariat/"

    page = read(client.get(path))
    answer = client.post(path, form, follow=True)

    assert "Another administrator approves it before the offer goes out." in page
    assert "once a second person approves" in read(answer)
    assert Approval.objects.get().kind == "regional mandate"


def test_another_administrator_finds_it_on_the_desk_and_the_secretariat_does_not(
    as_, admin, other_admin, sofia, facts
):
    actions.grant(admin, **facts(role=Role.SECRETARIAT, country=""))
    path = f"/en/approvals/{Approval.objects.get().uuid}/"

    assert path in read(as_(other_admin).get("/en/approvals/"))
    assert path not in read(as_(sofia).get("/en/approvals/"))
    assert as_(sofia).get(path).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"address": "MARTA@example.org"}, "Nobody grants a mandate to themselves."),
        ({"address": "nobody"}, "Enter an e-mail such as"),
        ({"reason": "  "}, "Write the reason."),
        ({"reason": "x" * 256}, "Shorten the reason to 255 letters."),
        ({"from_on": "2026-01-01"}, "A mandate begins today or later."),
        ({"from_on": "31.12."}, "Write the day as year-month-day"),
        ({"until_on": "2026-01-01"}, "The last day is before the first one."),
        ({"until_on": "2099-01-01"}, "A mandate lasts at most two years."),
    ],
)
def test_form_says_what_is_wrong_and_keeps_what_was_typed(
    as_, marta, form, changed, sentence
):
    answer = as_(marta).post(f"{LIST}grant/institution/", form | changed)

    page = read(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert page.index("There is a problem") < page.index("<h1>")
    assert "<title>Error: " in page
    if "reason" not in changed:
        assert "Oficio 9-2026" in page
    assert not Mandate.objects.exclude(holder=marta).exists()


def test_a_third_officer_is_refused_with_a_sentence(as_, sofia, form):
    client = as_(sofia)
    path = f"{LIST}grant/protection/"
    form = form | {"country": "GT"}
    for number in (1, 2):
        client.post(path, form | {"address": f"o{number}@example.org"})

    answer = client.post(path, form)

    assert answer.status_code == 422
    assert "This country has its two officers" in read(answer)
    assert Mandate.objects.filter(role=Role.PROTECTION).count() == 2


def test_ending_asks_for_a_reason_on_its_own_page(as_, sofia, tomas):
    mandate = tomas.mandates.get()
    path = f"{LIST}{mandate.uuid}/end/"
    client = as_(sofia)

    page = read(client.get(path))
    empty = client.post(path, {"reason": ""})
    mandate.refresh_from_db()
    still = mandate.ended_at
    answer = client.post(path, {"reason": "moved"}, follow=True)

    mandate.refresh_from_db()
    assert "tomas@example.org" in page
    assert "Tomás" not in page
    assert (empty.status_code, still) == (422, None)
    assert "The mandate has ended." in read(answer)
    assert (mandate.ended_by, mandate.ended_reason) == (sofia, "moved")


@pytest.mark.parametrize(
    "act", ["end", "give-back", "accept", "accept/code", "decline"]
)
@pytest.mark.parametrize("whose", ["a stranger's", "unknown"])
def test_a_strangers_mandate_is_as_unknown_as_none(as_, ana, hugo, tomas, act, whose):
    key = tomas.mandates.get().uuid if whose == "a stranger's" else UNKNOWN
    path = f"{LIST}{key}/{act}/"

    for person in (ana, hugo):
        client = as_(person)
        assert client.post(path, {"reason": "x"}).status_code == 404
        if act in {"end", "give-back"}:
            assert client.get(path).status_code == 404
    assert not Mandate.objects.exclude(ended_at=None).exists()


def test_ones_own_mandate_is_not_ended_from_above(as_, sofia):
    path = f"{LIST}{sofia.mandates.get().uuid}/end/"
    client = as_(sofia)

    assert client.get(path).status_code == 404
    assert client.post(path, {"reason": "x"}).status_code == 404
    assert sofia.mandates.get().ended_at is None


def test_a_revoked_mandate_shows_nothing_on_the_next_page(as_, client, sofia, now):
    as_(sofia)
    assert client.get("/en/region/").status_code == 200

    sofia.mandates.update(ended_at=now, ended_reason="revoked")

    for path in ("/en/region/", LIST, "/en/approvals/", f"{LIST}grant/trainer/"):
        assert client.get(path).status_code == 404


def test_offers_are_shown_to_the_verified_address_only(as_, bruno, carla, offered):
    EmailAddress.objects.create(user=carla, email="B@example.org", verified=False)
    offered("bruno@example.org")
    offered("b@example.org")

    hers = read(as_(carla).get(MINE))
    his = read(as_(bruno).get(MINE))

    assert "Offered to you" not in hers
    assert his.count("/accept/") == his.count("/decline/") == 1
    for words in ("Ministry officer", "Judiciary", "second step", "Oficio 7-2026"):
        assert words in his
    assert "Marta" not in his


def test_accepting_opens_the_mandate_and_twice_is_once(as_, bruno, offered):
    mandate = offered("bruno@example.org")
    path = f"{LIST}{mandate.uuid}/accept/code/"
    code = {"code": code_for(mandate, bruno.pk, window=window_of(timezone.now()))}
    client = as_(bruno)

    answers = [client.post(path, code) for _click in range(2)]

    page = read(client.get(MINE))
    mandate.refresh_from_db()
    assert [answer["Location"] for answer in answers] == [MINE, MINE]
    assert mandate.holder == bruno
    assert "You accepted the mandate." in page
    assert '<a href="/en/reports/">Ministry officer</a>' in page


def test_declining_takes_the_offer_away(as_, bruno, offered):
    mandate = offered("bruno@example.org")
    client = as_(bruno)

    answer = client.post(f"{LIST}{mandate.uuid}/decline/", follow=True)

    assert "You declined the mandate." in read(answer)
    assert "Offered to you" not in read(answer)
    assert client.post(f"{LIST}{mandate.uuid}/accept/").status_code == 404


def test_an_answer_is_posted(as_, bruno, offered):
    mandate = offered("bruno@example.org")

    assert as_(bruno).get(f"{LIST}{mandate.uuid}/decline/").status_code == 405
    for act in ("accept", "accept/code"):
        assert as_(bruno).get(f"{LIST}{mandate.uuid}/{act}/").status_code == 200
    assert Mandate.objects.offered().contains(mandate)


def test_giving_back_asks_once_more(as_, tomas):
    mandate = tomas.mandates.get()
    path = f"{LIST}{mandate.uuid}/give-back/"
    client = as_(tomas)

    assert "Give back a mandate" in read(client.get(path))
    answer = client.post(path, follow=True)

    mandate.refresh_from_db()
    assert mandate.ended_by == tomas
    assert "You gave the mandate back." in read(answer)
    assert "ended</strong>: given back by its holder" in read(answer)


def test_what_runs_out_is_past(as_, tomas):
    tomas.mandates.update(until_on=today() - timedelta(days=1))

    page = read(as_(tomas).get(MINE))

    assert "You hold no mandate." in page
    assert "it ran out" in page


def test_my_mandates_ask_as_much_for_three_as_for_one(as_, bruno, offered, now):
    def hold(number):
        for state in ({}, {"ended_at": now, "ended_reason": "x"}):
            MandateFactory(holder=bruno, **state)
        until = today() + timedelta(days=number)
        offered("bruno@example.org", until_on=until)

    client = as_(bruno)
    hold(1)
    client.get(MINE)
    once = queries_of(client, MINE)
    hold(2)
    hold(3)

    assert queries_of(client, MINE) == once
    page = read(client.get(MINE))
    assert (page.count("/accept/"), page.count("/give-back/")) == (3, 3)


def test_region_counts_people_by_country(as_, sofia, tomas, hugo, ines, marta, offered):
    offered("nadie@example.org")
    MandateFactory(holder=tomas, role=Role.TRAINER)

    answer = as_(sofia).get("/en/region/")

    lines = {line.country: line for line in answer.context["lines"]}
    gt, hn = lines["GT"], lines["HN"]
    assert len(lines) == 11
    assert (gt.trainers, gt.country_officers, gt.institution_officers) == (1, 1, 1)
    assert (gt.owners, gt.protection, gt.waiting) == (0, 0, 1)
    assert (hn.country_officers, hn.waiting) == (1, 0)
    assert "/en/mandates/?country=GT" in read(answer)
    for secret in ("@example.org", "Tomás", "Hugo"):
        assert secret not in read(answer)


@pytest.mark.parametrize("name", ["ana", "tomas", "marta", "admin"])
def test_region_is_the_secretariats(request, as_, name):
    assert as_(request.getfixturevalue(name)).get("/en/region/").status_code == 404


def test_region_counts_no_shielded_people_and_says_of_seats_only_full(
    as_, sofia, tomas, shielded
):
    def line():
        lines = as_(sofia).get("/en/region/").context["lines"]
        return next(one for one in lines if one.country == "GT")

    for seat, full in ((1, False), (2, True)):
        hidden = PersonFactory(shielded=True)
        MandateFactory(holder=hidden, role=Role.PROTECTION, seat=seat)
        found = line()
        assert (found.trainers, found.protection, found.is_full) == (0, 0, full)

    assert '0 <b class="badge">full</b>' in read(as_(sofia).get("/en/region/"))


def test_region_asks_as_much_for_three_rows_as_for_one(as_, sofia, tomas):
    client = as_(sofia)
    client.get("/en/region/")
    once = queries_of(client, "/en/region/")
    MandateFactory(country="HN")
    MandateFactory(country="SV")

    assert queries_of(client, "/en/region/") == once


HOLDERS = "/en/support/mandates/"


@pytest.mark.parametrize("path", ["", "GT/", "region/"])
@pytest.mark.parametrize("name", ["ana", "tomas", "marta", "sofia"])
def test_holders_are_for_administrators(request, as_, name, path):
    person = request.getfixturevalue(name)

    assert as_(person).get(HOLDERS + path).status_code == 404


def test_holders_show_who_holds_what_and_write_it_down(as_, admin, tomas, ines, hugo):
    answer = as_(admin).get(f"{HOLDERS}GT/")

    page = read(answer)
    for words in ("Tomás Caal Pop", "tomas@example.org", "Inés Barrios", "Oficio 1"):
        assert words in page
    assert "Hugo" not in page
    (event,) = Event.objects.filter(actor=admin, kind="look")
    assert event.purpose == "who holds which mandate"
    assert set(event.subjects.all()) == {tomas, ines}


def test_holders_of_the_region_are_the_secretariat(as_, admin, sofia, tomas):
    page = read(as_(admin).get(f"{HOLDERS}region/"))

    assert "Sofía" in page
    assert "Tomás" not in page


def test_holders_who_are_shielded_are_not_counted(as_, admin, tomas, ines):
    tomas.shielded = True
    tomas.save()

    page = read(as_(admin).get(f"{HOLDERS}GT/"))

    places = as_(admin).get(HOLDERS).context["places"]
    assert {one.slug: one.standing for one in places}["GT"] == 1
    assert "Tomás" not in page
    assert "tomas@" not in page
    event = Event.objects.get(actor=admin, kind="look")
    assert list(event.subjects.all()) == [ines]


def test_holders_index_counts_by_place(as_, admin, tomas, ines, sofia):
    answer = as_(admin).get(HOLDERS)

    count = {place.slug: place.standing for place in answer.context["places"]}
    assert (count["GT"], count["region"], count["HN"]) == (2, 1, 0)
    assert as_(admin).get(f"{HOLDERS}XX/").status_code == 404


def test_holders_ask_as_much_for_three_rows_as_for_one(as_, admin, tomas):
    client = as_(admin)
    client.get(f"{HOLDERS}GT/")
    once = queries_of(client, f"{HOLDERS}GT/")
    MandateFactory()
    MandateFactory()

    assert queries_of(client, f"{HOLDERS}GT/") == once
