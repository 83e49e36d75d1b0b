"""Every letter goes out once, whatever dies, waits or is wrong with another one."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.mail.models import Letter
from lms.mail.outbox import letter_to, letter_to_address, post
from lms.mail.sending import bring_back, claim, send_chunk, take
from lms.mail.tasks import send_letters
from lms.models import User

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TEMPLATE = "account_unused"


def send(at):
    """Send all that is due at that moment, and return the messages."""
    mail.outbox.clear()
    while send_chunk(clock=lambda: at):
        pass
    return mail.outbox


def write_to(person, at, *, event="test:1", template=TEMPLATE, **more):
    """Post a letter and return it as it stands."""
    post([letter_to(person, event=event, template=template, at=at, **more)])
    return Letter.objects.get(event=event)


def write_to_address(address, at, *, event="test:2", **more):
    """Post a letter to an address and return it as it stands."""
    letter = letter_to_address(
        address, language="es", event=event, template=TEMPLATE, at=at, **more
    )
    post([letter])
    return Letter.objects.get(event=event)


def night(at):
    """Return the night after that noon, in Guatemala."""
    return at + 10 * HOUR


def refuse(letter):
    """Break every letter whose facts say so, and name somebody in the error."""
    if letter.facts.get("broken"):
        raise ValueError("Ana Lucía Ruiz Morales")
    return {"url": "https://campus.example/es/"}


@pytest.fixture
def may_break(register):
    register[TEMPLATE] = "tests.lms.mail.test_sending.refuse"


@pytest.fixture
def box(settings):
    """A mail server that does what `Backend` says."""
    settings.MAILERS = {"default": {"BACKEND": "tests.lms.mail.test_sending.Backend"}}
    Backend.error = None
    return Backend


class Backend(EmailBackend):
    """Keeps mail in memory, and raises `error` once it has it."""

    error: BaseException | None = None

    def send_messages(self, messages):
        sent = super().send_messages(messages)
        if Backend.error:
            raise Backend.error
        return sent


def test_post_of_many_letters_is_one_task_and_one_mail_each(db, at):
    addresses = [f"p{number}@example.org" for number in range(120)]

    asked_for = post(
        letter_to_address(
            address, language="es", event=f"test:{address}", template=TEMPLATE, at=at
        )
        for address in addresses
    )
    assert (asked_for, DBTaskResult.objects.count()) == (120, 1)
    send_letters.func()
    send_letters.func()

    assert [message.to for message in mail.outbox] == [[a] for a in addresses]
    assert set(Letter.objects.values_list("tries", flat=True)) == {1}


def test_post_of_nothing_makes_no_task(db):
    assert post([]) == 0
    assert not DBTaskResult.objects.exists()


def test_letters_and_their_task_go_with_the_transaction_that_wrote_them(ana, at):
    with transaction.atomic():
        write_to(ana, at)
        transaction.set_rollback(True)

    assert (Letter.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_event_that_has_its_letter_gets_no_second_one(ana, at):
    write_to(ana, at)
    send(at)

    write_to(ana, at + DAY)

    assert send(at + DAY) == []


def test_letter_is_in_the_language_its_person_reads_by_now(ana, at, settings):
    settings.SITE_URL = "https://campus.example"
    letter = write_to(ana, at)
    ana.language = "en"
    ana.save()

    (message,) = send(at)

    assert message.to == ["ana@example.org"]
    assert "Do not answer this message" in message.body
    assert "https://campus.example/es/" in message.body
    assert message.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{letter.uuid}@campus.example>",
    }
    letter.refresh_from_db()
    assert (letter.sent_at, letter.tries, letter.trouble) == (at, 1, "")


def test_letter_to_an_address_is_in_the_language_it_was_asked_in(db, at):
    write_to_address("juez@example.org", at)

    (message,) = send(at)

    assert (message.to, "No responda" in message.body) == (["juez@example.org"], True)


def test_nobody_who_may_not_sign_in_gets_a_letter(ana, at):
    letter = write_to(ana, at)
    ana.is_active = False
    ana.save()

    assert send(at) == []
    letter.refresh_from_db()
    assert (letter.given_up_at, letter.trouble) == (at, "moot")


def test_account_closed_while_letters_go_out_gets_none_of_them(
    ana, bruno, at, register
):
    write_to(ana, at, event="test:1")
    write_to(bruno, at, event="test:2")
    register[TEMPLATE] = "tests.lms.mail.test_sending.close_bruno"

    assert [message.to for message in send(at)] == [["ana@example.org"]]


def close_bruno(letter):
    User.objects.filter(email="bruno@example.org").update(is_active=False)
    return {"url": "https://campus.example/es/"}


def test_shielded_person_gets_letters_to_herself(ana, at):
    ana.shielded = True
    ana.save()
    write_to(ana, at)

    assert [message.to for message in send(at)] == [["ana@example.org"]]


def nothing(letter):
    return None


def test_letter_with_nothing_to_say_any_more_is_not_sent_later_either(
    ana, at, register
):
    letter = write_to(ana, at)
    register[TEMPLATE] = "tests.lms.mail.test_sending.nothing"
    assert send(at) == []
    register[TEMPLATE] = "tests.lms.mail.conftest.plain"

    assert send(at + HOUR) == []
    letter.refresh_from_db()
    assert (letter.given_up_at, letter.trouble) == (at, "moot")


@pytest.mark.usefixtures("may_break")
def test_broken_letter_stops_no_other_and_its_error_names_nobody(
    ana, bruno, carla, at, caplog
):
    broken = write_to(ana, at, event="test:broken", facts={"broken": True})
    unknown = write_to(bruno, at, event="test:unknown", template="nobody-registered")
    write_to(carla, at, event="test:good")

    assert [message.to for message in send(at)] == [["carla@example.org"]]
    for letter in (broken, unknown):
        letter.refresh_from_db()
        assert (letter.trouble, letter.next_at) == ("draw", at + MINUTE)
    assert [record.getMessage() for record in caplog.records] == [
        f"Letter id={broken.pk} cannot be drawn: ValueError",
        f"Letter id={unknown.pk} cannot be drawn: KeyError",
    ]
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.usefixtures("may_break")
def test_letter_that_never_works_is_given_up_after_three_days(ana, at):
    letter = write_to(ana, at, facts={"broken": True})
    while letter.given_up_at is None:
        moment = letter.next_at
        send(moment)
        letter.refresh_from_db()

    assert (letter.given_up_at, letter.trouble) == (at + 3 * DAY, "draw")
    assert letter.tries == 23


def test_letter_in_hand_is_nobody_elses(ana, at, box):
    seen_by_another = write_to(ana, at)
    send(at)

    assert take(seen_by_another, box(alias="default"), clock=lambda: at) is True
    assert len(mail.outbox) == 1


def test_of_two_who_take_a_letter_in_hand_at_once_one_does(ana, at):
    letter = write_to(ana, at)
    one, other = (Letter.objects.get(pk=letter.pk) for _worker in range(2))

    assert [claim(one, at=at), claim(other, at=at)] == [True, False]


def test_letter_of_a_worker_that_died_goes_out_under_the_same_name(
    ana, at, box, settings
):
    write_to(ana, at)
    box.error = SystemExit()
    with pytest.raises(SystemExit):
        send(at)
    (first,) = mail.outbox
    name = first.extra_headers["Message-ID"]

    box.error = None
    assert send(at + settings.MAIL_LEASE - MINUTE) == []
    (second,) = send(at + settings.MAIL_LEASE)
    assert second.extra_headers["Message-ID"] == name
    assert send(at + DAY) == []


@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError()])
def test_server_that_is_away_is_asked_three_times_and_again_in_a_minute(
    db, at, box, error
):
    for number in range(10):
        write_to_address(f"p{number}@example.org", at, event=f"test:{number}")
    box.error = error

    assert len(send(at)) == 3
    assert len(send(at + MINUTE)) == 3
    box.error = None
    assert len(send(at + HOUR)) == 10
    assert Letter.objects.waiting().count() == 0


def test_address_that_is_none_is_given_up(ana, at, box):
    letter = write_to(ana, at)
    box.error = ValueError("Invalid address")

    send(at)

    letter.refresh_from_db()
    assert (letter.given_up_at, letter.bounced_at, letter.trouble) == (
        at,
        at,
        "address",
    )


def test_letter_that_can_wait_waits_for_the_morning(ana, at):
    letter = write_to(ana, night(at), urgent=False)

    assert letter.due_at == letter.next_at == at + 19 * HOUR
    assert send(night(at)) == []
    assert len(send(at + 19 * HOUR)) == 1


def test_letter_somebody_waits_for_goes_out_at_night(ana, at):
    write_to(ana, night(at))

    assert len(send(night(at))) == 1


def test_letter_that_workers_missed_by_day_does_not_go_out_at_night(ana, at):
    letter = write_to(ana, at, urgent=False)

    assert send(night(at)) == []
    letter.refresh_from_db()
    assert (letter.next_at, letter.tries) == (at + 19 * HOUR, 0)


@pytest.mark.usefixtures("may_break")
def test_letter_that_can_wait_is_tried_again_in_the_morning(ana, at):
    evening = at + 8 * HOUR - MINUTE
    letter = write_to(ana, evening, urgent=False, facts={"broken": True})

    send(evening)

    letter.refresh_from_db()
    assert letter.next_at == at + 19 * HOUR


def test_hours_are_those_of_the_country_or_of_the_zone_that_is_named(ana, carla, at):
    ana.country = "CA"
    nobody_knows = write_to_address("juez@example.org", at, urgent=False)

    assert nobody_knows.zone == ZoneInfo("America/Guatemala")
    assert write_to(ana, at, event="test:ca").zone == ZoneInfo("America/Toronto")
    assert write_to(carla, at, event="test:hn").zone == ZoneInfo("America/Tegucigalpa")
    tijuana = ZoneInfo("America/Tijuana")
    assert write_to(ana, at, event="test:mx", zone=tijuana).zone == tijuana


def test_person_without_a_country_has_the_hours_of_the_platform(ana, at):
    ana.country = ""

    assert write_to(ana, at).time_zone == ""


def test_each_letter_costs_the_same_whatever_their_number(
    db, at, django_assert_num_queries
):
    for number, queries in ((1, 4), (3, 8)):
        for one in range(number):
            write_to_address(f"p{one}@example.org", at, event=f"test:{number}:{one}")
        with django_assert_num_queries(queries):
            send_chunk(clock=lambda: at)


# After a clock that was ahead


def test_letters_that_a_clock_put_a_year_ahead_go_out_now(ana, at):
    late = write_to(ana, at + 365 * DAY)
    soon = write_to(ana, at + 3 * DAY, event="test:2")

    assert bring_back(at=at) == 1
    late.refresh_from_db()
    assert (late.next_at, late.due_at) == (at, at)
    assert len(send(at)) == 1
    soon.refresh_from_db()
    assert soon.next_at == at + 3 * DAY


def test_a_letter_that_was_due_before_stays_due_since_then(ana, at):
    letter = write_to(ana, at - HOUR)
    Letter.objects.update(next_at=at + 365 * DAY)

    bring_back(at=at)

    letter.refresh_from_db()
    assert (letter.next_at, letter.due_at) == (at, at - HOUR)


def test_the_task_brings_letters_back_before_it_sends(ana, mailoutbox):
    write_to(ana, timezone.now() + 365 * DAY)

    send_letters.func()

    assert len(mailoutbox) == 1
