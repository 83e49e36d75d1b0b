"""The screens of the second person: what waits, who decides, what became of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.approvals import kinds
from lms.approvals.actions import decide
from lms.approvals.models import Approval
from lms.audit.models import Event
from lms.mandates import actions as mandates
from lms.models import Mandate
from tests.factories import PersonFactory
from tests.lms.mandates.conftest import accept

pytestmark = pytest.mark.django_db
DESK = "/en/approvals/"
UNKNOWN = "3f0c2a4e-0000-4000-8000-000000000000"


@pytest.fixture
def as_(client):
    """Return a function that signs somebody in."""

    def enter(person):
        client.force_login(person)
        return client

    return enter


def read(answer):
    return answer.content.decode()


def page_of(approval):
    return f"{DESK}{approval.uuid}/"


def part(page, heading):
    """Return the part of the page under that heading, or nothing."""
    _before, found, after = page.partition(f'<h2 id="{heading}">')
    return after.split("<h2", 1)[0] if found else ""


@pytest.mark.parametrize("name", ["ana", "tomas"])
def test_who_decides_nothing_and_asked_nothing_finds_nothing(request, as_, asked, name):
    client = as_(request.getfixturevalue(name))

    assert client.get(DESK).status_code == 404
    assert client.get(page_of(asked)).status_code == 404
    answer = client.post(f"{page_of(asked)}decide/", {"answer": "approve"})
    assert answer.status_code == 404
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_a_ministry_has_the_list_and_finds_nothing_of_others_on_it(as_, asked, hugo):
    client = as_(hugo)

    assert page_of(asked) not in client.get(DESK).text
    assert client.get(page_of(asked)).status_code == 404


@pytest.mark.parametrize("name", ["rosa", "admin"])
def test_what_waits_is_shown_with_its_facts_and_reason(request, as_, asked, name):
    page = read(as_(request.getfixturevalue(name)).get(DESK))

    waiting = part(page, "waiting")
    for words in (
        "Mandate: National trainer, Guatemala",
        "nadie@example.org",
        "the regional secretariat",
        "Oficio 7-2026",
        page_of(asked),
    ):
        assert words in waiting
    assert "Sofía" not in page


def test_who_asked_sees_the_state_and_cannot_decide(as_, sofia, asked):
    client = as_(sofia)

    page = read(client.get(DESK))
    own = read(client.get(page_of(asked)))
    answer = client.post(f"{page_of(asked)}decide/", {"answer": "approve"})

    assert "Nothing waits for you." in part(page, "waiting")
    assert "waits for a second person" in part(page, "asked")
    assert 'value="approve"' not in own
    assert answer.status_code == 409
    assert "Somebody else decides about it." in read(answer)
    assert Mandate.objects.get(uuid=asked.subject).approved_at is None


@pytest.mark.parametrize("by", ["sofia", "rosa"])
def test_who_is_not_another_reads_why_and_has_no_button(
    request, as_, sofia, rosa, asked, now, by
):
    one, other = (sofia, rosa) if by == "rosa" else (rosa, sofia)
    one.mandates.update(granted_by=other, granted_at=now)
    client = as_(rosa)

    page = read(client.get(page_of(asked)))
    answer = client.post(f"{page_of(asked)}decide/", {"answer": "approve"})

    assert "do not count as two people here" in page
    assert 'value="approve"' not in page
    assert answer.status_code == 409
    assert "do not count as two people here" in read(answer)
    assert Mandate.objects.get(uuid=asked.subject).approved_at is None


def test_who_asked_and_left_still_sees_what_became_of_it(as_, sofia, asked, now):
    sofia.mandates.update(ended_at=now, ended_reason="left")

    assert as_(sofia).get(page_of(asked)).status_code == 200


@pytest.mark.parametrize(
    ("answer", "said", "state"),
    [
        ("approve", "Approved.", "approved"),
        ("refuse", "Refused.", "refused"),
    ],
)
def test_deciding_leads_back_and_says_what_is_now_true(
    as_, rosa, asked, answer, said, state
):
    client = as_(rosa)
    assert f'value="{answer}"' in read(client.get(page_of(asked)))

    page = read(
        client.post(
            f"{page_of(asked)}decide/",
            {"answer": answer, "reason": "Falta el oficio"},
            follow=True,
        )
    )

    asked.refresh_from_db()
    assert (asked.approved, asked.decided_by) == (answer == "approve", rosa)
    assert said in page
    assert f"<strong>{state}</strong>" in part(page, "decided")
    assert 'value="approve"' not in read(client.get(page_of(asked)))


def test_an_answer_is_posted_and_is_one_of_two(as_, rosa, asked):
    client = as_(rosa)

    assert client.get(f"{page_of(asked)}decide/").status_code == 405
    answer = client.post(f"{page_of(asked)}decide/", {"answer": "perhaps"})

    asked.refresh_from_db()
    assert answer.status_code == 422
    assert "Choose one: approve or refuse." in read(answer)
    assert asked.decided_at is None


def test_deciding_too_late_says_so(as_, rosa, asked, now):
    Approval.objects.update(until_at=now)

    answer = as_(rosa).post(f"{page_of(asked)}decide/", {"answer": "approve"})

    assert answer.status_code == 409
    assert "The time to decide is over." in read(answer)


def test_deciding_after_another_says_so(as_, rosa, admin, asked, now):
    decide(asked, approve=False, by=admin, at=now, reason="no")

    answer = as_(rosa).post(f"{page_of(asked)}decide/", {"answer": "approve"})

    assert answer.status_code == 409
    assert "Somebody has decided this already." in read(answer)


def test_what_the_kind_refuses_is_said_in_its_words(as_, rosa, ask_for):
    asked = ask_for("rosa@example.org")

    answer = as_(rosa).post(f"{page_of(asked)}decide/", {"answer": "approve"})

    asked.refresh_from_db()
    assert answer.status_code == 409
    assert "The mandate is for an address of yours." in read(answer)
    assert asked.decided_at is None


def test_what_was_taken_back_waits_for_nobody(as_, sofia, rosa, asked, now):
    mandate = Mandate.objects.get(uuid=asked.subject)
    mandates.end(mandate, by=sofia, reason="a mistake", at=now)

    hers = read(as_(rosa).get(DESK))
    own = read(as_(sofia).get(DESK))

    assert "Nothing waits for you." in part(hers, "waiting")
    assert "<strong>taken back</strong>" in part(own, "asked")


def test_what_ran_out_waits_for_nobody(as_, sofia, rosa, asked, now):
    long_ago = now - timedelta(days=14)
    Approval.objects.update(asked_at=long_ago, until_at=now)

    assert "Nothing waits for you." in read(as_(rosa).get(DESK))
    assert "nobody decided in time" in read(as_(sofia).get(DESK))


def test_decided_ones_are_shown_for_thirty_days(as_, rosa, admin, asked, now):
    decide(asked, approve=True, by=admin, at=now)
    assert page_of(asked) in part(read(as_(rosa).get(DESK)), "decided")

    Approval.objects.update(decided_at=now - timedelta(days=31))

    assert page_of(asked) not in read(as_(rosa).get(DESK))


@pytest.mark.parametrize("key", [UNKNOWN])
def test_an_unknown_approval_is_not_there(as_, rosa, key):
    client = as_(rosa)

    assert client.get(f"{DESK}{key}/").status_code == 404
    assert client.post(f"{DESK}{key}/decide/").status_code == 404


@pytest.mark.parametrize("name", ["rosa", "sofia"])
def test_desk_asks_as_much_for_three_rows_as_for_one(
    request, as_, ask_for, admin, now, name
):
    client = as_(request.getfixturevalue(name))

    def three_kinds(number):
        ask_for(f"a{number}@example.org")
        done = ask_for(f"b{number}@example.org")
        decide(done, approve=True, by=admin, at=now)

    three_kinds(1)
    client.get(DESK)
    with CaptureQueriesContext(connection) as once:
        client.get(DESK)
        first = len(once)
    three_kinds(2)
    three_kinds(3)
    PersonFactory()
    with CaptureQueriesContext(connection) as thrice:
        client.get(DESK)
        second = len(thrice)

    assert first == second


REFUSAL = "Falta el oficio del ministerio"


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Write the reason."),
        ("  ", "Write the reason."),
        ("x" * 256, "Shorten the reason to 255 letters."),
    ],
)
def test_refusing_takes_a_reason(as_, rosa, asked, reason, sentence):
    answer = as_(rosa).post(
        f"{page_of(asked)}decide/", {"answer": "refuse", "reason": reason}
    )

    page = read(answer)
    asked.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in page
    assert "<title>Error: " in page
    assert 'href="#id_reason"' in page
    assert asked.decided_at is None


def test_who_asked_reads_why_it_was_refused(as_, sofia, rosa, asked):
    answer = {"answer": "refuse", "reason": REFUSAL}
    as_(rosa).post(f"{page_of(asked)}decide/", answer)

    client = as_(sofia)

    assert REFUSAL in part(read(client.get(DESK)), "asked")
    assert REFUSAL in read(client.get(page_of(asked)))


def test_what_approving_cannot_undo_is_said_and_looks_like_it(
    as_, rosa, asked, monkeypatch
):
    calm = read(as_(rosa).get(page_of(asked)))
    monkeypatch.setitem(kinds.REGISTER, "mandate", WARNS)

    warned = read(as_(rosa).get(page_of(asked)))

    danger = '<button class="button danger" name="answer" value="approve">'
    assert "notice warn" not in calm
    assert danger not in calm
    assert '<p class="notice warn">There is no way back.</p>' in warned
    assert danger in warned


def summary(approval, viewer):
    return kinds.Summary("Something", [], warning="There is no way back.")


WARNS = kinds.Kind(
    "something",
    "lms.mandates.approving.decides",
    "tests.lms.approvals.test_views.summary",
    "lms.mandates.approving.carry_out",
    "lms.mandates.approving.turn_down",
)


def test_my_data_says_which_act_was_approved_and_not_by_whom(
    as_, asked, sofia, rosa, now
):
    decide(asked, approve=True, by=rosa, at=now)

    page = " ".join(read(as_(sofia).get("/en/account/my-data/")).split())

    assert "<strong>Change</strong>: approval given" in page
    assert "About: granting of a mandate." in page
    assert rosa.legal_name not in page


@pytest.fixture
def held(asked, rosa, now):
    """What Sofía asked for was approved, and somebody has accepted it."""
    decide(asked, approve=True, by=rosa, at=now)
    person = PersonFactory(email="nadie@example.org")
    accept(Mandate.objects.get(uuid=asked.subject), by=person, at=now)
    return person


@pytest.mark.parametrize("shows", [DESK, "page"])
@pytest.mark.parametrize("shielded", [True, False])
def test_a_holders_address_is_not_shown(as_, admin, asked, held, shows, shielded):
    """Were it gone for shielded people alone, it would say who they are."""
    held.shielded = shielded
    held.save()

    page = read(as_(admin).get(page_of(asked) if shows == "page" else DESK))

    assert "nadie@example.org" not in page
    assert "shielded" not in page
    assert not Event.objects.filter(kind="look", actor=admin).exists()
