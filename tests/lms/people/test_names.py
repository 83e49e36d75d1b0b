"""A changed name says what it was before, why it changed, and who changed it."""

import pytest

from lms.audit.models import Event
from lms.models import NameChange
from lms.people import actions
from tests.lms.people.seeding import awarded

PROFILE = "/en/account/profile/"


def change(person, *, by=None, legal_name="Ana Ruiz de Tun", at, **more):
    actions.rename(
        person,
        legal_name=legal_name,
        reason="Matrimonio",
        by=by or person,
        at=at,
        **more,
    )


def test_rename_guesses_the_name_to_sort_by(ana, at):
    change(ana, at=at)

    ana.refresh_from_db()
    assert (ana.legal_name, ana.sort_name) == ("Ana Ruiz de Tun", "de Tun, Ana Ruiz")


def test_rename_keeps_the_name_to_sort_by_that_is_given(ana, at):
    change(ana, sort_name="Ruiz de Tun, Ana", at=at)

    ana.refresh_from_db()
    assert ana.sort_name == "Ruiz de Tun, Ana"


def test_change_is_kept_with_its_reason(ana, at):
    change(ana, at=at)

    row = NameChange.objects.values("person", "by", "at", "before", "after", "reason")
    assert row.get() == {
        "person": ana.pk,
        "by": ana.pk,
        "at": at,
        "before": "Ana Lucía Ruiz Morales",
        "after": "Ana Ruiz de Tun",
        "reason": "Matrimonio",
    }


@pytest.mark.parametrize("by", ["ana", "admin"])
def test_change_is_in_the_log_whoever_made_it(request, ana, by, at):
    actor = request.getfixturevalue(by)

    change(ana, by=actor, at=at)

    event = Event.objects.get()
    assert (event.kind, event.actor, event.purpose) == ("change", actor, "name changed")
    assert list(event.subjects.all()) == [ana]


def test_same_name_again_changes_only_how_it_is_sorted(ana, at):
    change(ana, legal_name=ana.legal_name, sort_name="Ruiz, Ana", at=at)
    change(ana, legal_name=ana.legal_name, sort_name="Ruiz, Ana", at=at)

    ana.refresh_from_db()
    assert ana.sort_name == "Ruiz, Ana"
    assert not NameChange.objects.exists()


def test_certificate_keeps_the_name_it_was_issued_with(ana, edition, at):
    paper = awarded(ana, edition, at=at)

    change(ana, at=at)

    paper.refresh_from_db()
    assert paper.holder_name == "Ana Lucía Ruiz Morales"


@pytest.fixture
def facts(client, ana):
    client.force_login(ana)
    return {"legal_name": "Ana Ruiz de Tun", "sort_name": "", "language": "en"}


def test_profile_asks_why_the_name_changes(client, ana, facts):
    answer = client.post(PROFILE, facts)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("Say why your name changes.") == 2
    assert 'value="Ana Ruiz de Tun"' in page
    ana.refresh_from_db()
    assert ana.legal_name == "Ana Lucía Ruiz Morales"


def test_profile_asks_for_no_reason_where_nothing_changes(client, ana, facts):
    answer = client.post(PROFILE, facts | {"legal_name": ana.legal_name})

    assert answer.status_code == 302
    assert not NameChange.objects.exists()


def test_changed_name_is_told_in_my_data(client, ana, facts):
    client.post(PROFILE, facts | {"reason": "Marriage"})

    page = client.get("/en/account/my-data/").content.decode()

    assert "Ana Lucía Ruiz Morales became Ana Ruiz de Tun" in page
    assert "Marriage" in page
