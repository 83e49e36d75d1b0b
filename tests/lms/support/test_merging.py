"""Two accounts become one when two administrators say so."""

import pytest
from django.utils import timezone

from lms.approvals.actions import decide
from lms.approvals.kinds import decidable_by, summary_of
from lms.approvals.models import Approval
from lms.audit.models import Event
from lms.models import Merger, User
from lms.refusals import Refused
from lms.support.merging import rows
from tests.factories import PersonFactory


@pytest.fixture
def twin(db):
    """Ana's other account."""
    return PersonFactory(email="ana2@example.org", legal_name="Ana Ruiz")


@pytest.fixture
def form(twin):
    return {"address": twin.email, "keep": "this", "reason": "One person"}


@pytest.fixture
def post(as_, admin, page_of):
    return lambda form: as_(admin).post(page_of("merge/"), form)


@pytest.fixture
def asked(post, form):
    """The approval that was asked for."""
    post(form | {"sure": "yes"})
    return Approval.objects.get()


def test_preview_says_what_would_move_and_moves_nothing(post, form, ana, twin):
    answer = post(form)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert ana.email in page
    assert twin.email in page
    assert not Merger.objects.exists()
    assert not Approval.objects.exists()
    shown = Event.objects.order_by("-pk").first()
    assert set(shown.subjects.all()) == {ana, twin}


def test_asking_merges_nothing_yet(asked, ana, twin, admin):
    merger = Merger.objects.get()
    assert (merger.kept, merger.gone, merger.asked_by) == (ana, twin, admin)
    assert (asked.kind, asked.subject, asked.reason) == (
        "merge",
        merger.uuid,
        "One person",
    )
    twin.refresh_from_db()
    assert twin.is_active


def test_the_other_account_may_stay(post, form, ana, twin):
    post(form | {"keep": "other", "sure": "yes"})

    merger = Merger.objects.get()
    assert (merger.kept, merger.gone) == (twin, ana)


def test_asking_twice_is_asking_once(asked, post, form):
    post(form | {"sure": "yes"})

    assert Merger.objects.count() == Approval.objects.count() == 1


def test_whoever_asked_does_not_decide(asked, admin):
    with pytest.raises(Refused) as refused:
        decide(asked, approve=True, by=admin, at=timezone.now())

    assert refused.value.reasons == ["own-request"]


@pytest.mark.parametrize("who", ["ana", "sofia", "ines", "tomas"])
def test_only_administrators_decide(asked, request, who):
    viewer = request.getfixturevalue(who)

    assert not Approval.objects.filter(decidable_by(viewer)).exists()


def test_second_administrator_merges(asked, second_admin, ana, twin, letters):
    letters()

    decide(asked, approve=True, by=second_admin, at=timezone.now())

    twin.refresh_from_db()
    assert (twin.merged_into, twin.is_active) == (ana, False)
    assert letters() == ["ana2@example.org", "ana@example.org"]


def test_refusing_leaves_both(asked, second_admin, ana, twin):
    decide(asked, approve=False, by=second_admin, at=timezone.now(), reason="no")

    twin.refresh_from_db()
    assert twin.is_active
    assert Merger.objects.get().done_at is None


def test_nobody_decides_about_their_own_account(asked, ana, twin):
    User.objects.filter(pk=twin.pk).update(is_superuser=True)
    twin.refresh_from_db()

    with pytest.raises(Refused) as refused:
        decide(asked, approve=True, by=twin, at=timezone.now())

    assert refused.value.reasons == ["own-account"]
    asked.refresh_from_db()
    assert asked.decided_at is None
    assert User.objects.get(pk=ana.pk).is_active


def test_summary_names_both_and_what_moves(asked, second_admin, ana, twin):
    summary = summary_of(asked, viewer=second_admin)

    assert [value for _name, value in summary.facts][:2] == [
        "Ana Lucía Ruiz Morales · ana@example.org",
        "Ana Ruiz · ana2@example.org",
    ]
    assert list(summary.people) == [ana.pk, twin.pk]


def test_summary_for_whoever_was_an_administrator_names_nobody(asked, admin):
    admin.is_superuser = False

    summary = summary_of(asked, viewer=admin)

    assert (summary.what, summary.facts) == ("Make one of two accounts", [])
    assert summary.people == ()


def test_page_of_the_approval_says_that_nothing_brings_it_back(
    as_, asked, second_admin
):
    page = as_(second_admin).get(f"/en/approvals/{asked.uuid}/").content.decode()

    assert "and its mandates end. This cannot be undone." in page


def test_summary_of_what_was_done_says_how_much(asked, second_admin):
    decide(asked, approve=True, by=second_admin, at=timezone.now())

    facts = dict(summary_of(asked, viewer=second_admin).facts)

    moved = sum(rows([asked.subject], second_admin)[asked.subject].moved.values())
    assert any(str(moved) in value for value in facts.values())


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("ana@example.org", "Both addresses are of this account."),
        ("admin@example.org", "One of the accounts is yours."),
    ],
)
def test_other_account_is_a_third_persons(post, form, address, sentence):
    answer = post(form | {"address": address, "sure": "yes"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Merger.objects.exists()


def test_closed_account_does_not_stay(post, form, ana):
    User.objects.filter(pk=ana.pk).update(is_active=False, closed_at=timezone.now())
    looks = Event.objects.count()

    answer = post(form)

    assert answer.status_code == 422
    assert "The account that stays is closed." in answer.content.decode()
    assert Event.objects.count() == looks + 1  # of the page; the other is not sought


HIDDEN = {
    "closed": {"is_active": False, "closed_at": timezone.now()},
    "administrator": {"is_superuser": True, "is_staff": True},
    "editor": {"is_staff": True},
    "nobody": {"email": "elsewhere@example.org"},
}


@pytest.mark.parametrize("is_now", HIDDEN)
def test_refusal_says_nothing_of_an_account_that_was_not_opened(
    post, form, admin, twin, is_now
):
    User.objects.filter(pk=twin.pk).update(**HIDDEN[is_now])
    if is_now == "nobody":
        twin.emailaddress_set.all().delete()

    page = post(form | {"keep": "other", "sure": "yes"}).content.decode()

    assert "No account with exactly that address can be used here." in page
    assert "Ana Ruiz" not in page
    assert not Merger.objects.exists()
    tried = Event.objects.filter(purpose="address tried by people support")
    unknown = Event.objects.filter(purpose="address that no account has")
    if is_now == "nobody":
        assert (tried.count(), unknown.get().actor) == (0, admin)
    else:
        assert (list(tried.get().subjects.all()), unknown.count()) == ([twin], 0)


def test_who_is_looked_for_reads_of_it(post, form, admin, twin):
    post(form)

    tried = Event.objects.get(purpose="address tried by people support")
    assert (tried.kind, tried.actor) == (Event.Kind.LOOK, admin)
    assert list(tried.subjects.all()) == [twin]


def test_account_of_an_administrator_never_becomes_one_with_another(post, form, ana):
    User.objects.filter(pk=ana.pk).update(is_staff=True)

    page = post(form).content.decode()

    assert "One of the accounts is an administrator’s or an editor’s." in page


@pytest.mark.parametrize("missing", ["address", "keep", "reason"])
def test_everything_is_asked(post, form, missing):
    assert post(form | {missing: ""}).status_code == 422
    assert not Merger.objects.exists()
