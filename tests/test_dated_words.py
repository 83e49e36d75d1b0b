"""Every word of a QuerySet that asks for a day or a moment, on both sides of it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.db import models, transaction

from certificates.models import (
    Certificate,
    PostHolder,
    PostRoster,
    Release,
    ReportFile,
    Schedule,
    ShareLink,
)
from courses.blocks import Topic
from courses.models import Attempt, CountryNote, SuperiorRequest, Workshop
from courses.timing import GRACE
from lms.belonging.actions import shield
from lms.models import (
    Affiliation,
    Approval,
    CohortMember,
    CohortTrainer,
    Invitation,
    JoinCode,
    Letter,
    Mandate,
    RoomWindow,
    RosterCheck,
    SupportVisit,
    Token,
    User,
    WorkerSeen,
)
from tests.factories import NOON, MandateFactory
from tests.lms.people.placing import a_place, an_edition
from tests.posts.reports import a_report_file, a_saved_report

DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
ON = NOON.date()
EARLY = NOON - 2 * DAY
GIVEN_AS = {"on", "at", "instant", "release"}
# Asked in tests/lms/people/test_scope_edges.py, of reports and of revoking, each with a
# viewer.
OF_SIGHT = {"visible_to", "claims_for", "counted_for", "own", "revocable_by"}

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Word:
    """A word of a model, how to ask it, and facts of a row with what it says then."""

    model: type[models.Model]
    name: str
    ask: Callable[[models.QuerySet, SimpleNamespace], models.QuerySet]
    cases: list[tuple[dict, bool]]


def asked_on(name: str) -> Callable:
    return lambda rows, _world: getattr(rows, name)(ON)


def asked_at(name: str) -> Callable:
    return lambda rows, _world: getattr(rows, name)(NOON)


IN_FORCE = [
    ({"from_on": ON, "until_on": None}, True),
    ({"from_on": ON + DAY, "until_on": None}, False),
    ({"from_on": ON, "until_on": ON}, True),
    ({"from_on": ON - 2 * DAY, "until_on": ON - DAY}, False),
]
NOT_OVER = [
    ({"from_on": ON + DAY, "until_on": None}, True),
    ({"from_on": ON + DAY, "until_on": ON + DAY}, True),
    ({"from_on": ON, "until_on": ON}, True),
    ({"from_on": ON - 2 * DAY, "until_on": ON - DAY}, False),
]


def until_at(begins: str, **facts) -> list[tuple[dict, bool]]:
    """Return the cases of rows that are over at their last moment."""
    return [
        ({begins: EARLY, "until_at": NOON + TICK} | facts, True),
        ({begins: EARLY, "until_at": NOON} | facts, False),
    ]


def since_and_until(begins: str) -> list[tuple[dict, bool]]:
    return [
        *until_at(begins),
        ({begins: NOON, "until_at": NOON + DAY}, True),
        ({begins: NOON + TICK, "until_at": NOON + DAY}, False),
    ]


def but(cases: list[tuple[dict, bool]], *never: dict) -> list[tuple[dict, bool]]:
    """Add to the cases that with each of these facts, nothing is kept."""
    standing = next(facts for facts, kept in cases if kept)
    return cases + [(standing | facts, False) for facts in never]


ENDED = {"ended_at": NOON, "ended_reason": "over"}
NOT_ACCEPTED = {"accepted_at": None, "holder": None}
REVOKED = {"revoked_at": NOON, "revoked_reason": "error", "revoked_for": "earlier"}
LIFTED = {"suspended_at": NOON - DAY, "lifted_at": NOON}
DECIDED = {"decided_at": NOON, "approved": True}
BEGUN = {"started_at": EARLY}
HANDED_IN = {"submitted_at": EARLY, "points": 0, "out_of": 1, "passed": False}
NEWEST = models.Subquery(User.objects.order_by("-pk").values("pk")[:1])
UNCONFIRMED = {"confirmed_at": None, "confirmed_by": None}
CONFIRMED = {"confirmed_at": NOON, "confirmed_by": NEWEST}
BY_NEWEST = DECIDED | {"decided_by": NEWEST}
STANDING = [
    ({"from_on": ON, "until_on": ON}, True),
    ({"from_on": ON + DAY, "until_on": ON + DAY}, False),
    ({"from_on": ON - DAY, "until_on": ON - DAY}, False),
]
WORDS = [
    Word(
        Mandate,
        "standing",
        asked_on("standing"),
        but(STANDING, ENDED, NOT_ACCEPTED, NOT_ACCEPTED | {"approved_at": None}),
    ),
    Word(
        Mandate,
        "not_over",
        asked_on("not_over"),
        but(NOT_OVER[1:], ENDED, NOT_ACCEPTED | {"declined_at": NOON}),
    ),
    Word(Affiliation, "standing", asked_on("standing"), IN_FORCE),
    Word(
        Affiliation,
        "that_answer_for",
        lambda rows, _world: rows.that_answer_for(on=ON),
        [(UNCONFIRMED, False), (CONFIRMED, True)],
    ),
    Word(CohortMember, "standing", asked_on("standing"), IN_FORCE),
    Word(CohortMember, "not_over", asked_on("not_over"), NOT_OVER),
    Word(
        CohortMember,
        "over_before",
        asked_at("over_before"),
        [
            ({"from_on": ON - 2 * DAY, "until_on": ON - DAY}, True),
            ({"from_on": ON - 2 * DAY, "until_on": ON}, False),
            ({"from_on": ON - 2 * DAY, "until_on": None}, False),
        ],
    ),
    Word(CohortTrainer, "standing", asked_on("standing"), IN_FORCE),
    Word(CohortTrainer, "not_over", asked_on("not_over"), NOT_OVER),
    Word(
        Workshop,
        "for_member",
        lambda rows, world: rows.for_member(world.person, on=ON),
        [({}, True)],
    ),
    Word(
        Invitation,
        "open",
        asked_at("open"),
        but(until_at("invited_at"), {"declined_at": NOON}, {"withdrawn_at": NOON}),
    ),
    Word(
        Invitation,
        "waiting",
        asked_at("waiting"),
        but(until_at("invited_at"), {"declined_at": NOON}, {"withdrawn_at": NOON}),
    ),
    Word(
        JoinCode,
        "open",
        asked_at("open"),
        but(since_and_until("opened_at"), {"closed_at": NOON}),
    ),
    Word(
        RoomWindow,
        "open",
        asked_at("open"),
        but(since_and_until("opened_at"), {"closed_at": NOON}),
    ),
    Word(SupportVisit, "open", asked_at("open"), since_and_until("opened_at")),
    Word(RosterCheck, "standing", asked_at("standing"), until_at("made_at")),
    Word(
        RosterCheck,
        "waiting",
        asked_at("waiting"),
        but(until_at("made_at"), {"accepted_at": NOON}),
    ),
    Word(
        Approval,
        "waiting",
        asked_at("waiting"),
        but(until_at("asked_at"), BY_NEWEST),
    ),
    Word(
        Approval,
        "over",
        asked_at("over"),
        but(
            [(facts, not kept) for facts, kept in until_at("asked_at")],
            BY_NEWEST,
        ),
    ),
    Word(
        Token,
        "standing",
        asked_on("standing"),
        but(
            [({"until_on": ON}, True), ({"until_on": ON - DAY}, False)],
            {"revoked_at": NOON},
        ),
    ),
    Word(
        Token,
        "over_since",
        asked_at("over_since"),
        [
            ({"until_on": ON}, False),
            ({"until_on": ON - DAY}, True),
            ({"revoked_at": NOON}, True),
            ({"revoked_at": NOON + TICK}, False),
        ],
    ),
    Word(
        Letter,
        "due",
        asked_at("due"),
        but(
            [({"next_at": NOON}, True), ({"next_at": NOON + TICK}, False)],
            {"sent_at": NOON},
            {"given_up_at": NOON},
        ),
    ),
    Word(
        Letter,
        "over_since",
        asked_at("over_since"),
        [
            ({}, False),
            ({"sent_at": NOON}, True),
            ({"sent_at": NOON + TICK}, False),
            ({"given_up_at": NOON}, True),
            ({"given_up_at": NOON + TICK}, False),
        ],
    ),
    Word(
        SuperiorRequest,
        "open",
        asked_at("open"),
        but(until_at("asked_at"), DECIDED, {"lapsed_at": NOON}),
    ),
    Word(
        SuperiorRequest,
        "over_since",
        asked_at("over_since"),
        [
            ({"asked_at": EARLY, "until_at": NOON}, True),
            ({"asked_at": EARLY, "until_at": NOON + TICK}, False),
            ({"until_at": NOON + DAY, "lapsed_at": NOON}, True),
            ({"until_at": NOON + DAY, "lapsed_at": NOON + TICK}, False),
            ({"until_at": NOON + DAY} | DECIDED, True),
            ({"until_at": NOON + DAY} | DECIDED | {"decided_at": NOON + TICK}, False),
        ],
    ),
    Word(
        Attempt,
        "answerable",
        asked_at("answerable"),
        but(
            [
                (BEGUN, True),
                (BEGUN | {"ends_at": NOON - GRACE}, True),
                (BEGUN | {"ends_at": NOON - GRACE - TICK}, False),
            ],
            HANDED_IN,
        ),
    ),
    Word(
        Attempt,
        "overdue",
        asked_at("overdue"),
        but(
            [
                (BEGUN | {"ends_at": NOON - GRACE - TICK}, True),
                (BEGUN | {"ends_at": NOON - GRACE}, False),
                (BEGUN, False),
            ],
            HANDED_IN,
        ),
    ),
    Word(
        CountryNote,
        "shown",
        asked_on("shown"),
        [
            ({"checked_on": ON - 90 * DAY}, True),
            ({"checked_on": ON - 91 * DAY}, False),
            ({"checked_on": ON - 91 * DAY, "topic": Topic.values[0]}, True),
        ],
    ),
    Word(
        Certificate,
        "issued_before",
        asked_at("issued_before"),
        [({"issued_at": NOON - TICK}, True), ({"issued_at": NOON}, False)],
    ),
    Word(
        Certificate,
        "standing",
        asked_on("standing"),
        but(
            [
                ({"valid_until": ON}, True),
                ({"valid_until": None}, True),
                ({"valid_until": ON - DAY}, False),
                ({"valid_until": None} | LIFTED, True),
            ],
            REVOKED,
            {"suspended_at": NOON},
        ),
    ),
    Word(
        ShareLink,
        "open",
        asked_at("open"),
        but(until_at("made_at"), {"withdrawn_at": NOON}),
    ),
    Word(
        Release,
        "before",
        lambda rows, _world: rows.before(SimpleNamespace(as_of=NOON)),
        [({"as_of": NOON - TICK}, True), ({"as_of": NOON}, False)],
    ),
    Word(
        Schedule,
        "due",
        asked_at("due"),
        but(
            [({"next_at": NOON}, True), ({"next_at": NOON + TICK}, False)],
            {"stopped_at": NOON, "stopped_why": "owner"},
        ),
    ),
    Word(
        ReportFile,
        "downloadable",
        lambda rows, _world: rows.downloadable(at=NOON),
        but(
            [({"until_at": NOON + TICK}, True), ({"until_at": NOON}, False)],
            {"name": ""},
        ),
    ),
    Word(
        ReportFile,
        "still_theirs",
        lambda rows, _world: rows.still_theirs(on=ON),
        [({}, True)],
    ),
    Word(
        ReportFile,
        "agreeable_to",
        lambda rows, world: rows.agreeable_to(world.officer, on=ON),
        [({}, True)],
    ),
    Word(PostRoster, "standing", asked_at("standing"), until_at("made_at")),
    Word(
        PostRoster,
        "waiting",
        asked_at("waiting"),
        but(until_at("made_at"), {"loaded_at": NOON}),
    ),
    Word(PostHolder, "counting", asked_on("counting"), IN_FORCE),
    Word(
        WorkerSeen,
        "since",
        asked_at("since"),
        [({"seen_at": NOON + TICK}, True), ({"seen_at": NOON}, False)],
    ),
    Word(
        WorkerSeen,
        "lately",
        lambda rows, _world: rows.lately(NOON, within=DAY),
        [
            ({"seen_at": NOON - DAY + TICK}, True),
            ({"seen_at": NOON - DAY}, False),
            ({"seen_at": NOON + DAY - TICK}, True),
            ({"seen_at": NOON + DAY}, False),
        ],
    ),
]


@pytest.fixture
def world(db):
    """One row of every model that has such a word; others, of other people, go."""
    place = a_place(an_edition())
    person, trainer = place.person, place.trainer
    Mandate.objects.all().delete()
    mandate = MandateFactory(institution=place.institution)
    with time_machine.travel(NOON, tick=False):
        a_report_file(mandate.holder)
        a_saved_report(mandate.holder)
    asked = {"asked_at": NOON, "until_at": NOON + DAY}
    opened = {"opened_at": NOON, "until_at": NOON + DAY}
    Approval.objects.create(kind="x", subject=uuid4(), asked_by=trainer, **asked)
    SuperiorRequest.objects.create(
        assignment=place.rows["assignment"], person=person, token_hash="x", **asked
    )
    RoomWindow.objects.create(trainer=trainer, places=9, address_hash="x", **opened)
    SupportVisit.objects.create(helper=trainer, person=person, **opened)
    Token.objects.create(
        mandate=mandate, name="x", prefix="x", digest="x", made_at=EARLY, until_on=ON
    )
    CountryNote.objects.create(
        country="GT",
        topic=Topic.CONTACTS,
        titles={},
        texts={},
        checked_on=ON,
        owners={},
    )
    ShareLink.objects.create(
        certificate=Certificate.objects.order_by("pk")[0],
        digest="x",
        made_at=EARLY,
        until_at=NOON + DAY,
    )
    Release.objects.create(
        week="2026-W45",
        as_of=EARLY,
        made_at=NOON + DAY,
        threshold=5,
        public_threshold=10,
        names={},
        figures={},
        public_figures={},
    )
    WorkerSeen.objects.create(worker_id="x", seen_at=NOON)
    colleague = MandateFactory(institution=place.institution).holder
    Mandate.objects.filter(holder=colleague).update(from_on=ON, until_on=ON)
    return SimpleNamespace(person=person, officer=colleague, mandate=mandate)


def test_whoever_closed_their_account_trains_no_more(world):
    User.objects.filter(trains__isnull=False).update(is_active=False, closed_at=NOON)

    assert not CohortTrainer.objects.standing(ON).exists()
    assert not CohortTrainer.objects.not_over(ON).exists()
    assert CohortTrainer.objects.exists()


@pytest.mark.parametrize(("later", "listed"), [(timedelta(), True), (-TICK, False)])
def test_an_invitation_is_listed_where_its_person_was_shielded_before(
    world, later, listed
):
    person = world.person
    shield(person, by=world.officer, reason="", at=NOON)

    Invitation.objects.update(redeemed_at=NOON + later, redeemed_by=person)

    assert Invitation.objects.unaccepted().exists() is listed


@pytest.mark.parametrize(
    ("facts", "over"),
    [
        ({"ended_at": NOON, "ended_reason": "over"}, True),
        ({"ended_at": NOON + TICK, "ended_reason": "over"}, False),
    ],
)
def test_a_token_is_over_with_its_mandate(world, facts, over):
    Mandate.objects.filter(pk=world.mandate.pk).update(**facts)

    assert Token.objects.over_since(NOON).exists() is over
    assert not Token.objects.standing(ON).exists()


@pytest.mark.parametrize(("hours", "over"), [(11, False), (12, True)])
def test_a_token_is_over_when_its_last_day_ends_in_guatemala(world, hours, over):
    Token.objects.update(until_on=ON)

    assert Token.objects.over_since(NOON + timedelta(hours=hours)).exists() is over


def first_of(model):
    return model.objects.filter(pk=model.objects.order_by("pk")[0].pk)


def test_words_say_on_which_side_of_a_moment_a_row_is(world):
    wrong = []
    for word in WORDS:
        rows = first_of(word.model)
        for facts, kept in word.cases:
            with transaction.atomic():
                assert not facts or rows.update(**facts)
                if word.ask(rows, world).exists() is not kept:
                    wrong.append((word.model.__name__, word.name, facts, kept))
                transaction.set_rollback(True)

    assert wrong == []


def test_every_word_that_asks_for_a_day_or_a_moment_is_asked_here():
    known = {
        (model, name)
        for model in apps.get_models()
        if model.__module__.split(".")[0] in {"lms", "courses", "certificates"}
        for name, word in inspect.getmembers(
            type(model._default_manager.all()), inspect.isfunction
        )
        if word.__module__.split(".")[0] in {"lms", "courses", "certificates"}
        and GIVEN_AS & set(inspect.signature(word).parameters)
        and name not in OF_SIGHT
        and not name.startswith("_")
    }

    asked = {(word.model, word.name) for word in WORDS}
    assert {(m.__name__, n) for m, n in known ^ asked} == {("Tries", "take")}
