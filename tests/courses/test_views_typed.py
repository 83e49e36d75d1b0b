"""A number and a short text are typed on a page of an attempt, and told afterwards."""

import json
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from courses.questions.rules import WHOLE
from tests.courses.answering import ask_typed, begin, hand_in, text, url
from tests.payloads import PAYLOADS

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def attempt(enrolment, activities):
    """Ana's open final test, whose first two questions are typed."""
    return ask_typed(begin(enrolment, activities["final"]))


def send(client, attempt, position, answer):
    """Send what the script of the page sends; return what is said to it."""
    keys = {"key": str(uuid4()), "device": str(uuid4()), "number": 1, "age": 0}
    said = [keys | {"position": position, "answer": answer}]
    sent = json.dumps(said)
    answered = client.post(
        url(attempt, "operations/"), sent, content_type="application/json"
    )
    return answered.json()["answers"][0]


def test_what_is_typed_is_asked_without_its_key(as_ana, attempt):
    page = text(as_ana.get(url(attempt)))

    inputs = BeautifulSoup(page, "html.parser").select("input[inputmode]")
    assert [(one["name"], one["inputmode"]) for one in inputs] == [
        ("q-1-1", "decimal"),
        ("q-2-1", "text"),
    ]
    assert "Your answer, in años" in page
    for key in ("KEY", "20..25", "La trata", "0.5"):
        assert key not in page


def test_each_thing_typed_is_saved_or_refused_as_it_comes(as_ana, attempt):
    told = [
        send(as_ana, attempt, 1, {"1": "18,2"}),
        send(as_ana, attempt, 1, {"1": "1e3"}),
        send(as_ana, attempt, 1, {"2": "18"}),
        send(as_ana, attempt, 2, {"1": " la\u0000 TRATA\ud800 "}),
        send(as_ana, attempt, 2, {"1": "x" * 101}),
    ]

    assert [(one["answer"], one.get("code", "")) for one in told] == [
        ("saved", ""),
        ("refused", "not-a-number"),
        ("refused", "unknown-option"),
        ("saved", ""),
        ("refused", "too-long"),
    ]
    kept = attempt.items.order_by("position").values_list("answer", flat=True)
    assert list(kept)[:2] == [["18,2"], ["la TRATA"]]


def test_a_page_says_what_is_no_number_and_keeps_it_on_the_screen(as_ana, attempt):
    answer = as_ana.post(url(attempt), {"q-1-1": "doce", "go": "review"})

    assert answer.status_code == 422
    assert "Question 1: write only a number" in text(answer)
    assert 'value="doce"' in text(answer)


def test_what_is_typed_is_graded_and_the_key_told_once_passed(as_ana, attempt):
    hand_in(attempt)

    page = text(as_ana.get(url(attempt)))

    assert set(attempt.items.values_list("points", "earned")) == {(1, WHOLE)}
    assert "La trata" not in page  # a right answer needs no other
    assert f"KEYshort-{attempt.pk.hex[:8]} Trata" in page


def test_whatever_is_typed_is_only_shown(as_ana, attempt):
    for payload in PAYLOADS:
        as_ana.post(url(attempt), {"q-2-1": payload[:100], "go": "stay"})
        page = BeautifulSoup(text(as_ana.get(url(attempt))), "html.parser")

        assert [one for one in page.find_all("script") if "hit()" in one.text] == []
        assert page.find_all(attrs={"onerror": True}) == []


def test_half_of_a_point_is_told_with_the_key(as_ana, attempt):
    hand_in(attempt)
    attempt.items.filter(position=3).update(points=0, earned=WHOLE // 2)

    page = text(as_ana.get(url(attempt)))

    assert "Partly right: 50 percent of the point" in page
