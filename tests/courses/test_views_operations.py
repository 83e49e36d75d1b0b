"""Where a page's own script sends choices to: what is taken, and from whom."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import AnswerOperation
from lms.people.actions import erase
from lms.people.export import as_json
from tests.courses.answering import KEPT, begin, hand_in, kept, turn_the_key, url

pytestmark = pytest.mark.django_db
ORDER = {"1": "2", "2": "3", "3": "1"}
ANSWERS = [["2"], ["1", "3"], ["2"], {"1": "2", "2": "1"}, ORDER]


@pytest.fixture
def attempt(enrolment, activities):
    return begin(enrolment, activities["final"])


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


def said(answer, position=1, **changed):
    facts = {"key": str(uuid4()), "device": str(uuid4()), "number": 1, "age": 0}
    return facts | {"position": position, "answer": answer} | changed


def send(client, attempt, body):
    body = body if isinstance(body, str) else json.dumps(body)
    where = url(attempt, "operations/")
    return client.post(where, body, content_type="application/json")


def told(response):
    return [one["answer"] for one in response.json()["answers"]]


def test_choices_of_every_kind_are_kept_as_a_form_would(as_ana, attempt):
    batch = [said(answer, n) for n, answer in enumerate(ANSWERS, start=1)]

    response = send(as_ana, attempt, batch)

    assert response.json() == {
        "answers": [{"key": one["key"], "answer": "saved"} for one in batch]
    }
    assert kept(attempt) == KEPT


BAD = [
    *[said(answer) for answer in ("2", None, 2, ["9"], [2], [["2"]], ["1", "2"])],
    *[said(answer) for answer in ({"1": "2"}, [None], [{}], ["2\x00"], ["\ud800"])],
    *[said(["2"], position) for position in (0, 6, -1, "1", True, None, 10**30)],
    *[said(["2"], age=age) for age in ("1", None, True, float("nan"), float("inf"))],
    *[said(["2"], number=number) for number in ("1", -1, 1.5, 2**31, False)],
    *[said(["2"], device=device) for device in ("", "x", 7, [], None)],
    said(["1", "1"], 2),
    said({"1": "9"}, 4),
    said({"3": "1"}, 4),
    said({"1": ["2"]}, 4),
    said({"1": "1", "2": "1"}, 5),
]


def test_what_is_no_answer_is_refused_alone_with_a_code(as_ana, attempt):
    good = said(["2"])
    response = send(as_ana, attempt, [*BAD, good])

    *refused, last = response.json()["answers"]
    assert {one["answer"] for one in refused} == {"refused"}
    assert {one["code"] for one in refused} == {
        "malformed",
        "unknown-option",
        "unknown-question",
        "one-option-only",
        "repeated-option",
        "repeated-position",
    }
    assert last == {"key": good["key"], "answer": "saved"}
    assert kept(attempt) == [["b"], None, None, None, None]


@pytest.mark.parametrize("key", [None, 5, "x", [], "{" + "0" * 32 + "}"])
def test_what_has_no_key_is_refused_and_leaves_nothing(as_ana, attempt, key):
    response = send(as_ana, attempt, [said(["2"], key=key), key])

    nothing = {"key": None, "answer": "refused", "code": "malformed"}
    assert response.json() == {"answers": [nothing, nothing]}
    assert not AnswerOperation.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "{}",
        "5",
        "[" * 30_000,
        '["\xff',
        [said(["1"])] * 51,
        " " * 70_000 + "[]",
    ],
    ids=range(8),
)
def test_what_is_no_batch_is_refused_whole(as_ana, attempt, body):
    response = send(as_ana, attempt, body)

    assert (response.status_code, response.json()) == (400, {"problem": "malformed"})
    assert kept(attempt) == [None] * 5


def test_choices_for_the_attempt_of_another_are_not_found(client, bruno, attempt):
    client.force_login(bruno)

    assert send(client, attempt, [said(["2"])]).status_code == 404
    assert kept(attempt) == [None] * 5


def test_whose_session_has_ended_is_told_so_and_keeps_what_waits(
    as_ana, attempt, time_machine
):
    time_machine.move_to(timezone.now() + timedelta(hours=5), tick=False)

    late = send(as_ana, attempt, [said(["2"])])
    again = send(as_ana, attempt, [said(["2"])])

    assert [late.status_code, again.status_code] == [401, 401]
    assert late.json() == {"problem": "signed-out"}
    assert "storage" not in late.headers.get("Clear-Site-Data", "")
    assert kept(attempt) == [None] * 5


def test_choices_need_the_token_of_a_page(ana, attempt):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)

    assert send(strict, attempt, [said(["2"])]).status_code == 403


def test_choices_after_the_hand_in_are_closed(as_ana, attempt):
    hand_in(attempt)

    assert told(send(as_ana, attempt, [said(["2"])])) == ["closed"]


def test_too_many_batches_are_told_so(as_ana, attempt, time_machine):
    time_machine.move_to("2099-01-01 12:00", tick=False)
    as_ana.force_login(attempt.enrolment.learner)

    codes = [send(as_ana, attempt, []).status_code for _n in range(121)]

    assert codes == [200] * 120 + [429]


def test_no_answer_depends_on_the_key(as_ana, attempt):
    batch = [said(answer, n) for n, answer in enumerate(ANSWERS, start=1)]

    before = send(as_ana, attempt, batch).content
    AnswerOperation.objects.all().delete()
    turn_the_key()

    assert send(as_ana, attempt, batch).content == before


def test_ana_reads_when_choices_came_in_and_an_erasure_takes_it(
    as_ana, ana, admin, at, attempt
):
    send(as_ana, attempt, [said(["2"])])

    told = as_json(ana, language="en", at=at)
    erase(ana, by=admin, at=at)

    assert "When each choice of a test came in" in told
    assert not AnswerOperation.objects.exists()
    assert not attempt.items.exclude(chosen_on=None, answer__isnull=True).exists()
