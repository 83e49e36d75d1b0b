"""Making a token, revoking it, noting its use; what is kept and written down."""

from datetime import timedelta

import pytest

from lms.audit.models import Event
from lms.models import Token
from lms.people.choices import Role
from lms.people.retention import retain
from lms.refusals import Refused
from lms.tokens import actions, rules
from lms.tokens.known import token_of
from tests.factories import MandateFactory
from tests.lms.tokens.conftest import today
from tests.working import delivered

pytestmark = pytest.mark.django_db


def changes():
    return list(Event.objects.values_list("purpose", "actor", "subjects"))


def test_make_keeps_a_digest_and_no_secret(mandate, make):
    token, secret = make(mandate)

    kept = Token.objects.values().get()
    assert kept["digest"] == rules.digest_of(secret)
    assert kept["prefix"] == secret.split("_")[1]
    assert [
        value for value in kept.values() if secret.split("_")[2] in str(value)
    ] == []
    assert token_of(secret, on=today()) == token


def test_make_is_written_down_and_told_to_the_holder(ines, mandate, make):
    token, secret = make(mandate)

    assert changes() == [(actions.MADE, ines.pk, ines.pk)]
    [letter] = delivered()
    assert letter.to == [ines.email]
    assert "/es/mandates/tokens/" in letter.body
    assert secret.split("_")[2] not in letter.body
    assert token.prefix not in letter.body


def test_letter_of_a_token_that_is_gone_is_not_sent(mandate, make):
    token, _secret = make(mandate)
    token.delete()

    assert delivered() == []


@pytest.mark.parametrize(
    ("what", "reasons"),
    [
        ({"name": "Tablero"}, ["name-is-taken"]),
        ({"days": -1}, ["day-is-past"]),
        ({"days": 366}, ["day-is-too-late"]),
    ],
)
def test_make_refuses(mandate, make, what, reasons):
    make(mandate)

    with pytest.raises(Refused) as refused:
        make(mandate, **{"name": "Otro"} | what)

    assert refused.value.reasons == reasons
    assert Token.objects.count() == 1


def test_make_refuses_a_mandate_of_somebody_else_or_that_is_over(
    ines, hugo, mandate, make, now
):
    with pytest.raises(Refused, match="mandate-is-over"):
        actions.make(mandate, by=hugo, name="Otro", until_on=today(), at=now)
    mandate.until_on = today() - timedelta(days=1)
    mandate.save()
    with pytest.raises(Refused, match="mandate-is-over"):
        make(mandate, days=0)

    assert Token.objects.count() == 0


def test_eleventh_token_in_force_is_refused(mandate, make, now):
    for number in range(10):
        token, _secret = make(mandate, name=f"Programa {number}")
    with pytest.raises(Refused, match="too-many-tokens"):
        make(mandate, name="Uno más")

    actions.revoke(token, by=mandate.holder, at=now)

    assert make(mandate, name=token.name)[0].name == token.name


@pytest.mark.parametrize(("days", "counts"), [(0, True), (-1, False)])
def test_tokens_count_on_their_last_day_and_not_after_it(mandate, make, days, counts):
    for number in range(10):
        make(mandate, name=f"Programa {number}")
    Token.objects.update(until_on=today() + timedelta(days=days))

    refused = []
    try:
        make(mandate, name="Uno más")
    except Refused as error:
        refused = error.reasons

    assert refused == ["too-many-tokens"] * counts


def test_revoke_ends_it_once_and_for_its_maker_alone(ines, hugo, mandate, make, now):
    token, secret = make(mandate)

    actions.revoke(token, by=hugo, at=now)
    assert token_of(secret, on=today()) == token
    for _time in range(2):
        actions.revoke(token, by=ines, at=now)

    assert token_of(secret, on=today()) is None
    assert changes()[1:] == [(actions.REVOKED, ines.pk, ines.pk)]


def test_revoke_all_ends_what_is_open_and_says_so_once(ines, mandate, make, now):
    token, _secret = make(mandate)
    actions.revoke(token, by=ines, at=now)

    actions.revoke_all(ines, at=now + timedelta(hours=1))

    token.refresh_from_db()
    assert token.revoked_at == now
    assert changes()[1:] == [(actions.REVOKED, ines.pk, ines.pk)]


def test_note_use_writes_once_a_day(mandate, make, django_assert_num_queries):
    token, secret = make(mandate)
    with django_assert_num_queries(1):
        actions.note_use(token, on=today())
    token = token_of(secret, on=today())

    with django_assert_num_queries(0):
        actions.note_use(token, on=today())

    assert token.last_used_on == today()


def test_token_of_knows_none_that_is_over(ines, mandate, make, now):
    token, secret = make(mandate, days=3)

    assert token_of(secret, on=today() + timedelta(days=3)) == token
    assert token_of(secret, on=today() + timedelta(days=4)) is None
    assert token_of(secret + "0", on=today()) is None
    assert token_of(token.digest, on=today()) is None


def test_token_of_knows_none_of_a_mandate_that_ended_or_an_account_that_closed(
    ines, mandate, make, now
):
    _token, secret = make(mandate)
    ines.is_active = False
    ines.save()
    assert token_of(secret, on=today()) is None
    ines.is_active = True
    ines.save()
    assert token_of(secret, on=today())

    mandate.ended_at, mandate.ended_reason = now, "Cambio de puesto"
    mandate.save()

    assert token_of(secret, on=today()) is None


def test_viewer_sees_by_the_mandate_of_the_token_alone(ines, mandate, make):
    other = MandateFactory(holder=ines, country="HN")
    MandateFactory(holder=ines, role=Role.TRAINER)
    token, _secret = make(mandate)

    viewer = token.viewer()

    assert viewer == ines
    assert viewer.by_mandate == mandate.pk != other.pk
    assert ines.by_mandate is None


@pytest.mark.parametrize("days", [89, 90])
def test_tokens_are_kept_90_days_after_they_are_over(mandate, make, now, days):
    token, _secret = make(mandate)
    make(mandate, name="Vive")
    actions.revoke(token, by=mandate.holder, at=now)

    retain(at=now + timedelta(days=days))

    left = set(Token.objects.values_list("name", flat=True))
    assert left == ({"Tablero", "Vive"} if days == 89 else {"Vive"})


def test_tokens_that_ran_out_or_lost_their_mandate_go_as_well(mandate, make, now):
    make(mandate, days=0)
    make(mandate, name="Vive", days=200)

    retain(at=now + timedelta(days=91))
    assert [token.name for token in Token.objects.all()] == ["Vive"]
    mandate.ended_at, mandate.ended_reason = now, "Cambio de puesto"
    mandate.save()
    retain(at=now + timedelta(days=91))

    assert list(Token.objects.all()) == []
