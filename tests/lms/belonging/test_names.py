"""An official who was confirmed by one name takes no other unseen."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from lms.approvals.actions import decide
from lms.approvals.models import Approval
from lms.audit.models import Event
from lms.belonging import actions
from lms.belonging.tasks import tell_name_answered
from lms.models import Merger, NameChange, NameRequest
from lms.people import actions as people
from lms.people.retention import retain
from lms.refusals import Refused
from lms.support import actions as support
from tests.factories import (
    NOON,
    AffiliationFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
)
from tests.working import delivered

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "Ana Lucía Ruiz Morales", "Ana Ruiz de Tun"
PROFILE = "/en/account/profile/"
DESK = "/en/approvals/"


@pytest.fixture
def official(ana, ines):
    """Ana, whose post Inés has confirmed."""
    ana.affiliations.update(confirmed_by=ines, confirmed_at=NOON)
    return ana


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def asked(official, now):
    assert not ask(official, at=now)
    return Approval.objects.get()


def ask(person, *, name=AFTER, at, sort_name=""):
    return actions.change_own_name(
        person, legal_name=name, sort_name=sort_name, reason="Matrimonio", at=at
    )


def name_of(person):
    person.refresh_from_db()
    return person.legal_name


def test_another_name_of_a_confirmed_official_waits(official, asked, now):
    request = NameRequest.objects.get()

    assert name_of(official) == BEFORE
    assert (request.before, request.after, request.over_at) == (BEFORE, AFTER, None)
    assert (asked.kind, asked.subject) == ("change of a name", request.uuid)
    assert (asked.asked_by, asked.reason) == (official, "Matrimonio")
    assert not NameChange.objects.exists()
    event = Event.objects.get()
    assert (event.purpose, event.actor) == ("another name asked for", official)


@pytest.mark.parametrize("post", ["unconfirmed", "refused"])
def test_whom_nobody_ever_confirmed_changes_the_name_at_once(ana, ines, now, post):
    facts = {
        "unconfirmed": {},
        "refused": {"refused_by": ines, "refused_at": now},
    }
    ana.affiliations.update(**facts[post])

    assert ask(ana, at=now)

    assert name_of(ana) == AFTER
    assert Event.objects.get().purpose == "name changed"


def write_down(person, *, institution, now, position="Jueza de paz"):
    """Have the person say that they hold another post from today on."""
    return people.register_post(
        person,
        country="GT",
        institution=institution,
        institution_typed="" if institution else "Juzgado nuevo",
        track="judge",
        position=position,
        on=timezone.localdate(now),
    )


@pytest.mark.parametrize("where", ["same", "other", "typed"])
def test_another_post_does_not_set_the_name_free(official, judiciary, ines, now, where):
    other = InstitutionFactory(code="gt-fiscalia", name_en="Prosecution")
    hers = {"same": judiciary, "other": other, "typed": None}[where]
    prosecutor = MandateFactory(institution=other).holder
    write_down(official, institution=hers, now=now)

    assert not ask(official, at=now)

    assert name_of(official) == BEFORE
    with pytest.raises(Refused, match="not-yours"):
        decide(Approval.objects.get(), approve=True, by=prosecutor, at=now)
    decide(Approval.objects.get(), approve=True, by=ines, at=now)
    assert name_of(official) == AFTER


def test_of_two_institutions_the_one_that_confirms_her_today_answers(
    official, ines, now
):
    other = InstitutionFactory(code="gt-fiscalia", name_en="Prosecution")
    prosecutor = MandateFactory(institution=other).holder
    post = write_down(official, institution=other, now=now)
    # Confirmed before the other one was: what stands today goes first all the same.
    early = {"confirmed_by": prosecutor, "confirmed_at": NOON - timedelta(days=1)}
    official.affiliations.filter(pk=post.pk).update(**early)

    ask(official, at=now)

    with pytest.raises(Refused, match="not-yours"):
        decide(Approval.objects.get(), approve=True, by=ines, at=now)
    decide(Approval.objects.get(), approve=True, by=prosecutor, at=now)
    assert name_of(official) == AFTER


def test_of_two_posts_that_ended_the_one_confirmed_last_answers(official, ines, now):
    other = InstitutionFactory(code="gt-fiscalia", name_en="Prosecution")
    prosecutor = MandateFactory(institution=other).holder
    days = {"from_on": date(2020, 1, 1), "until_on": date(2022, 1, 1)}
    official.affiliations.update(until_on=date(2025, 1, 1))
    AffiliationFactory(
        person=official,
        institution=other,
        confirmed_by=prosecutor,
        confirmed_at=NOON + timedelta(minutes=1),
        **days,
    )

    ask(official, at=now)

    with pytest.raises(Refused, match="not-yours"):
        decide(Approval.objects.get(), approve=True, by=ines, at=now)
    decide(Approval.objects.get(), approve=True, by=prosecutor, at=now)


def test_how_a_name_is_sorted_is_ones_own(official, now):
    assert ask(official, name=BEFORE, sort_name="Ruiz Morales, Ana", at=now)

    official.refresh_from_db()
    assert official.sort_name == "Ruiz Morales, Ana"
    assert not Approval.objects.exists()


def test_the_institution_says_yes_and_the_name_stands(official, ines, asked, now):
    decide(asked, approve=True, by=ines, at=now)

    change = NameChange.objects.get()
    assert name_of(official) == AFTER
    assert official.sort_name == "de Tun, Ana Ruiz"
    assert (change.before, change.after, change.by) == (BEFORE, AFTER, ines)
    assert NameRequest.objects.get().over_at == now
    purposes = set(Event.objects.filter(actor=ines).values_list("purpose", flat=True))
    assert purposes == {"name changed", "approval given"}


def test_the_institution_says_no_and_why(official, ines, asked, now):
    with pytest.raises(Refused, match="reason-missing"):
        decide(asked, approve=False, by=ines, at=now)
    decide(asked, approve=False, by=ines, at=now, reason="Falta el acta")

    assert name_of(official) == BEFORE
    assert NameRequest.objects.get().over_at == now
    assert Event.objects.get(actor=ines).purpose == "approval refused"


@pytest.mark.parametrize("name", ["ines", "elena", "admin"])
def test_institution_country_and_support_may_answer(
    request, official, asked, now, name
):
    decide(asked, approve=True, by=request.getfixturevalue(name), at=now)

    assert name_of(official) == AFTER


@pytest.mark.parametrize("name", ["hugo", "tomas", "sofia", "pilar", "bruno"])
def test_nobody_else_answers(request, official, asked, now, name):
    with pytest.raises(Refused, match="not-yours"):
        decide(asked, approve=True, by=request.getfixturevalue(name), at=now)

    assert name_of(official) == BEFORE


def test_nobody_answers_to_their_own_name(official, judiciary, now):
    MandateFactory(holder=official, institution=judiciary)
    official.refresh_from_db()
    ask(official, at=now)

    with pytest.raises(Refused, match="own-request"):
        decide(Approval.objects.get(), approve=True, by=official, at=now)

    assert name_of(official) == BEFORE


@pytest.mark.parametrize(
    ("name", "may"), [("pilar", True), ("ines", False), ("admin", False)]
)
def test_of_shielded_people_only_their_officers_are_asked(
    request, official, asked, now, name, may
):
    official.shielded = True
    official.save()
    by = request.getfixturevalue(name)

    if may:
        decide(asked, approve=True, by=by, at=now)
    else:
        with pytest.raises(Refused, match="not-yours"):
            decide(asked, approve=True, by=by, at=now)

    assert name_of(official) == (AFTER if may else BEFORE)


def test_asking_twice_is_asking_once_and_another_name_replaces_it(official, asked, now):
    ask(official, at=now)
    assert NameRequest.objects.count() == 1

    ask(official, name="Ana Ruiz", at=now)

    asked.refresh_from_db()
    (waiting,) = Approval.objects.waiting(now)
    assert asked.until_at == now
    assert NameRequest.objects.open().get().uuid == waiting.subject


def test_what_is_taken_back_is_answered_by_nobody(official, ines, asked, now):
    actions.take_back_name(official, at=now)
    asked.refresh_from_db()

    with pytest.raises(Refused, match="too-late"):
        decide(asked, approve=True, by=ines, at=now)

    assert name_of(official) == BEFORE


def test_a_name_that_support_changed_meanwhile_is_not_changed_again(
    official, ines, admin, asked, now
):
    people.rename(official, legal_name="Ana Otra", reason="Llamó", by=admin, at=now)

    with pytest.raises(Refused, match="over"):
        decide(asked, approve=True, by=ines, at=now)

    asked.refresh_from_db()
    decide(asked, approve=False, by=ines, at=now, reason="Ya es otro")
    assert name_of(official) == "Ana Otra"
    assert not NameRequest.objects.open().exists()


def test_a_name_that_support_wrote_takes_back_what_was_asked(
    official, admin, asked, now
):
    facts = {"legal_name": AFTER, "sort_name": "", "reason": "Llamó"}

    support.rename(official, by=admin, at=now, **facts)

    assert name_of(official) == AFTER
    assert not Approval.objects.waiting(now).exists()
    assert not NameRequest.objects.open().exists()


def test_what_waits_is_over_when_the_account_becomes_another(
    official, bruno, admin, asked, now
):
    merger = {"asked_by": admin, "asked_at": now, "reason": "one person"}

    people.merge(
        Merger.objects.create(kept=bruno, gone=official, **merger), by=admin, at=now
    )

    assert NameRequest.objects.get().person == bruno
    assert not NameRequest.objects.open().exists()
    assert not Approval.objects.waiting(now).exists()


def test_a_name_changed_without_a_post_takes_back_what_was_asked(official, asked, now):
    official.affiliations.update(confirmed_by=None, confirmed_at=None)

    ask(official, name="Ana Otra", at=now)

    assert name_of(official) == "Ana Otra"
    assert not NameRequest.objects.open().exists()


def test_a_closed_account_takes_no_other_name(official, ines, asked, now):
    people.close(official, by=official, reason="x", at=now)

    with pytest.raises(Refused, match="not-yours"):
        decide(asked, approve=True, by=ines, at=now)


def test_two_open_requests_are_not_stored(official, asked, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        NameRequest.objects.create(
            person=official, before="a", after="b", reason="x", asked_at=now
        )


@pytest.mark.parametrize(("shielded", "letters"), [(False, 1), (True, 0)])
def test_the_letter_says_that_there_is_an_answer_and_no_name(
    official, shielded, letters, at, time_machine
):
    time_machine.move_to(at)  # the letter waits for office hours
    official.shielded = shielded
    official.save()

    tell_name_answered.func(official.pk)

    sent = delivered()
    assert len(sent) == letters
    for letter in sent:
        assert "/es/account/profile/" in letter.body
        assert "Ana" not in letter.subject + letter.body


def test_what_was_asked_is_deleted_in_time(official, asked, now):
    retain(at=now + timedelta(days=89))
    assert NameRequest.objects.exists()

    retain(at=now + timedelta(days=90))

    assert not NameRequest.objects.exists()


def test_desk_shows_both_names_side_by_side_and_writes_the_look(
    enter, official, ines, asked
):
    page = enter(ines).get(DESK).text

    waiting = page.split('id="asked"')[0]
    for words in (BEFORE, AFTER, "Matrimonio", "Judiciary", "Change of a name"):
        assert words in waiting
    (look,) = Event.objects.filter(kind="look", actor=ines)
    assert list(look.subjects.all()) == [official]


def test_desk_says_that_the_post_is_over(enter, official, ines, now):
    write_down(official, institution=None, now=now)
    ask(official, at=now)

    waiting = enter(ines).get(DESK).text.split('id="asked"')[0]

    ended = timezone.localdate(now) - timedelta(days=1)
    for words in (BEFORE, AFTER, "Judiciary", date_format(ended, "DATE_FORMAT")):
        assert words in waiting
    assert "Juzgado nuevo" not in waiting


def test_profile_names_the_institution_that_answers(enter, official, now):
    write_down(official, institution=None, now=now)

    page = enter(official).get(PROFILE).text

    assert "Judiciary has confirmed that you are of its people: it answers" in page


@pytest.mark.parametrize("name", ["hugo", "pilar"])
def test_desk_shows_others_nothing_of_it(request, enter, asked, name):
    page = enter(request.getfixturevalue(name)).get(DESK).text

    assert AFTER not in page


def test_officers_for_shielded_people_find_the_desk_from_home(
    enter, pilar, official, asked
):
    official.shielded = True
    official.save()
    client = enter(pilar)

    assert f'href="{DESK}"' in client.get("/en/account/profile/").text
    assert AFTER in client.get(DESK).text


def test_desk_asks_as_much_for_three_as_for_one(
    enter, ines, people, now, django_assert_num_queries
):
    client = enter(ines)
    first, *others = people(3)
    ask(first, at=now)
    client.get(DESK)
    with CaptureQueriesContext(connection) as once:
        client.get(DESK)
    for person in others:
        ask(person, at=now)

    with django_assert_num_queries(len(once)):
        client.get(DESK)


def test_a_forgotten_request_leaves_the_desk_in_order(enter, official, asked, now):
    NameRequest.objects.all().delete()

    assert "Change of a name" in enter(official).get(DESK).text


@pytest.fixture
def form():
    return {
        "legal_name": AFTER,
        "sort_name": "",
        "reason": "Matrimonio",
        "language": "en",
    }


def test_profile_says_that_it_waits_and_takes_it_back(enter, official, form):
    client = enter(official)
    before = client.get(PROFILE).text

    page = client.post(PROFILE, form, follow=True).text
    kept = client.post(f"{PROFILE}keep-name/", follow=True).text

    assert "it answers before another name stands" in before
    assert "The new name waits for your institution." in page
    assert f"<strong>{AFTER}</strong> has waited since" in page
    assert "Your institution answers first" in page
    assert f'value="{BEFORE}"' in page
    assert "Your name stays as it is." in kept
    assert AFTER not in kept
    assert name_of(official) == BEFORE


def test_profile_says_since_when_it_waits_and_when_it_was_agreed_to(
    enter, official, ines, asked, now
):
    with override("en"):
        today = date_format(timezone.localdate(now), "DATE_FORMAT")
    waiting = enter(official).get(PROFILE).text

    decide(asked, approve=True, by=ines, at=now)

    agreed = enter(official).get(PROFILE).text
    assert f"<strong>{AFTER}</strong> has waited since {today}." in waiting
    assert f"<strong>{AFTER}</strong> was agreed to on {today}." in agreed
    people.rename(official, legal_name="Ana Paz", reason="Fallo", by=ines, at=now)
    assert "was agreed to on" not in enter(official).get(PROFILE).text


def test_profile_says_why_it_was_refused(enter, official, ines, asked, now):
    decide(asked, approve=False, by=ines, at=now, reason="Falta el acta")

    page = enter(official).get(PROFILE).text

    assert f"did not accept the name <strong>{AFTER}</strong>: Falta el acta" in page


def test_profile_says_that_nobody_answered(enter, official, asked, now):
    Approval.objects.update(asked_at=now - timedelta(days=14), until_at=now)

    assert "Nobody answered in time" in enter(official).get(PROFILE).text


def test_my_data_shows_what_was_asked(enter, official, asked):
    page = enter(official).get("/en/account/my-data/").text

    assert "Another name that you asked for" in page
    assert AFTER in page


def test_taking_back_is_ones_own(enter, official, asked):
    other = PersonFactory()

    enter(other).post(f"{PROFILE}keep-name/")

    assert NameRequest.objects.open().exists()
