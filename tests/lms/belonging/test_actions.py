"""Confirming, refusing, naming an institution, shielding: once, and written down."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from lms.audit.models import Event
from lms.belonging import actions
from lms.belonging.tasks import tell_refused
from lms.models import Affiliation, Letter, Shield, User
from lms.refusals import Refused
from tests.factories import AffiliationFactory, InstitutionFactory, PersonFactory
from tests.working import delivered

pytestmark = pytest.mark.django_db


def changes():
    events = Event.objects.filter(kind=Event.Kind.CHANGE).order_by("pk")
    return [(e.purpose, e.actor, set(e.subjects.all())) for e in events]


def test_confirm_answers_once_and_is_written_down(claims, ines, at):
    rows = claims(2)

    first = actions.confirm(rows, by=ines, at=at)
    second = actions.confirm(rows, by=ines, at=at + timedelta(minutes=1))

    assert (first, second) == (rows, [])
    assert [(r.confirmed_by, r.confirmed_at) for r in first] == [(ines, at)] * 2
    assert changes() == [("post confirmed", ines, {row.person for row in rows})]


def test_confirm_leaves_what_changed_in_the_meantime(claims, ines, at):
    moved, refused, left, named, promoted, same = claims(6)
    Affiliation.objects.filter(pk=moved.pk).update(institution=InstitutionFactory())
    Affiliation.objects.filter(pk=refused.pk).update(refused_at=at, refused_by=ines)
    Affiliation.objects.filter(pk=left.pk).update(until_on=at.date())
    User.objects.filter(pk=named.person.pk).update(legal_name="Otra Persona")
    Affiliation.objects.filter(pk=promoted.pk).update(position="Magistrada")

    read = [moved, refused, left, named, promoted, same]
    answered = actions.confirm(read, by=ines, at=at)

    assert answered == [same]
    assert list(Affiliation.objects.confirmed()) == [same]
    assert changes() == [("post confirmed", ines, {same.person})]


@pytest.mark.parametrize("action", [actions.confirm, actions.refuse])
def test_nobody_answers_for_themself(claims, ines, judiciary, action, at):
    own = AffiliationFactory(person=ines, institution=judiciary)

    with pytest.raises(Refused, match="own-claim"):
        action([*claims(1), own], by=ines, at=at)

    assert Affiliation.objects.unconfirmed().count() == 2
    assert changes() == []


def test_refuse_is_final_and_told_by_a_neutral_mail(claims, ines, at, time_machine):
    time_machine.move_to(at)  # the mail waits for office hours
    [row] = claims(1)

    actions.refuse([row], by=ines, at=at)
    actions.refuse([row], by=ines, at=at + timedelta(minutes=1))
    actions.confirm([row], by=ines, at=at)

    row.refresh_from_db()
    assert (row.refused_by, row.refused_at, row.confirmed_at) == (ines, at, None)
    assert changes() == [("post not confirmed", ines, {row.person})]
    [task] = DBTaskResult.objects.filter(task_path="lms.belonging.tasks.tell_refused")
    assert task.args_kwargs["args"] == [row.pk]
    [letter] = delivered()
    assert letter.to == [row.person.email]
    assert "/es/account/profile/" in letter.body
    assert str(row.institution) not in letter.subject + letter.body
    assert row.person.legal_name not in letter.subject + letter.body


def test_shielded_people_are_refused_without_a_mail(claims, pilar, at):
    [row] = claims(1, shielded=True)

    actions.refuse([row], by=pilar, at=at)
    tell_refused.func(row.pk)

    assert Affiliation.objects.get().refused_at == at
    assert not DBTaskResult.objects.exists()
    assert not Letter.objects.exists()


def typed(text, **facts):
    return AffiliationFactory(
        institution=None, institution_typed=text, person=PersonFactory(**facts)
    )


def test_map_typed_gives_all_who_meant_it_the_institution(judiciary, elena, at):
    meant = [typed("Organismo Judiciál"), typed("organismo  judicial")]
    other, abroad = typed("Otro lugar"), typed("organismo judicial", country="HN")
    facts = {"country": "GT", "institution": judiciary, "by": elena, "at": at}

    first = actions.map_typed("organismo judicial", **facts)
    second = actions.map_typed("organismo judicial", **facts)

    assert (first, second) == (2, 0)
    assert list(judiciary.affiliations.unconfirmed().order_by("pk")) == meant
    assert set(Affiliation.objects.typed()) == {other, abroad}
    assert changes() == [
        (
            "typed institution replaced by one of the list",
            elena,
            {row.person for row in meant},
        )
    ]


def test_map_typed_counts_no_shielded_people_and_maps_them(judiciary, elena, at):
    rows = [typed("Juzgado"), typed("Juzgado", shielded=True)]
    facts = {"country": "GT", "institution": judiciary, "by": elena, "at": at}

    assert actions.map_typed("juzgado", **facts) == 1

    assert list(judiciary.affiliations.unconfirmed().order_by("pk")) == rows


def test_map_typed_refuses_an_institution_of_another_country(court, elena, at):
    row = typed("Poder Judicial")

    with pytest.raises(Refused, match="other-country"):
        actions.map_typed(
            "poder judicial", country="GT", institution=court, by=elena, at=at
        )

    row.refresh_from_db()
    assert row.institution_typed == "Poder Judicial"


def test_shield_and_its_end_happen_once(ana, tomas, pilar, at):
    one = actions.shield(ana, by=tomas, reason="Amenazas", at=at)
    same = actions.shield(ana, by=pilar, reason="", at=at)
    ana.refresh_from_db()

    assert (one, ana.shielded, Shield.objects.count()) == (same, True, 1)

    actions.lift_shield(ana, by=pilar, at=at)
    actions.lift_shield(ana, by=tomas, at=at)
    ana.refresh_from_db()

    assert not ana.shielded
    assert Shield.objects.get().lifted_by == pilar
    assert changes() == [
        ("person shielded", tomas, {ana}),
        ("shield lifted", pilar, {ana}),
    ]
