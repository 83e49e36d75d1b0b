"""Who may enter a screen at all, and which screens somebody's work opens, that day."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from lms.models import Mandate, User
from lms.people.choices import Role
from lms.people.duties import duties_of
from lms.people.gates import for_administrators, for_holders
from tests.factories import NOON, InstitutionFactory, MandateFactory, PersonFactory

ON, DAY = NOON.date(), timedelta(days=1)
PLACED = {
    Role.SECRETARIAT: {"country": ""},
    Role.PROTECTION: {"seat": 1},
}
AT_ITS_EDGES = [
    ({"from_on": ON}, True),
    ({"from_on": ON + DAY}, False),
    ({"until_on": ON}, True),
    ({"until_on": ON - DAY}, False),
    ({"ended_at": NOON, "ended_reason": "over"}, False),
    ({"accepted_at": None, "holder": None}, False),
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def somebody(db):
    return PersonFactory()


def given(person, role, **facts):
    return MandateFactory(holder=person, role=role, **PLACED.get(role, {}) | facts)


def entered(person, *roles, **how):
    """Return by which mandates the person enters; None if it is not there for them."""
    view = for_holders(*roles, **how)(
        lambda request: HttpResponse([one.pk for one in request.mandates])
    )
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk)
    try:
        view(request)
    except Http404:
        return None
    return [one.pk for one in request.mandates]


@pytest.mark.parametrize("role", Role)
def test_a_screen_opens_to_holders_of_its_roles_alone(somebody, role):
    mandate = given(somebody, role)

    assert entered(somebody, role) == [mandate.pk]
    assert entered(somebody, *set(Role) - {role}) is None
    assert entered(PersonFactory(), *Role) is None


@pytest.mark.parametrize(("facts", "opens"), AT_ITS_EDGES)
def test_a_screen_opens_while_the_mandate_stands(somebody, facts, opens):
    mandate = given(somebody, Role.TRAINER)

    Mandate.objects.update(**facts)

    assert entered(somebody, Role.TRAINER) == ([mandate.pk] if opens else None)


def test_a_screen_of_a_country_is_for_no_single_institution(somebody):
    over_one = given(somebody, Role.MINISTRY, institution=InstitutionFactory())

    assert entered(somebody, Role.MINISTRY) == [over_one.pk]
    assert entered(somebody, Role.MINISTRY, country_wide=True) is None
    over_all = given(somebody, Role.MINISTRY)
    assert entered(somebody, Role.MINISTRY, country_wide=True) == [over_all.pk]


def test_mandates_below_ones_own_open_nothing(somebody):
    given(somebody, Role.SECRETARIAT)
    given(PersonFactory(), Role.MINISTRY)

    assert entered(somebody, Role.MINISTRY) is None


def test_a_screen_that_shows_people_says_so():
    assert for_holders(Role.TRAINER)(lambda request: None).shows_people
    assert for_administrators(lambda request: None).shows_people


def test_a_screen_of_administrators_is_not_there_for_others(somebody, admin):
    view = for_administrators(lambda request: HttpResponse("in"))
    request = RequestFactory().get("/")

    request.user = admin
    assert view(request).content == b"in"
    request.user = somebody
    with pytest.raises(Http404):
        view(request)
    request.user = AnonymousUser()
    assert view(request).status_code == 302


@pytest.mark.parametrize(
    ("role", "country_wide", "screens"),
    [
        (Role.TRAINER, True, ["team"]),
        (Role.MINISTRY, True, ["reports", "mandates", "approvals"]),
        (Role.MINISTRY, False, ["reports", "approvals"]),
        (Role.PROTECTION, True, ["shielded_people", "approvals"]),
        (Role.COUNTRY_OWNER, True, ["country_owner"]),
        (Role.SECRETARIAT, True, ["region", "mandates", "approvals"]),
    ],
)
def test_duties_are_those_of_the_role(somebody, role, country_wide, screens):
    institution = None if country_wide else InstitutionFactory()
    given(somebody, role, institution=institution)
    given(PersonFactory(), Role.TRAINER)

    found = [duty.url_name for duty in duties_of(somebody, on=ON)]

    assert found == screens


@pytest.mark.parametrize(("facts", "has_any"), AT_ITS_EDGES)
def test_duties_last_while_the_mandate_stands(somebody, facts, has_any):
    given(somebody, Role.TRAINER)

    Mandate.objects.update(**facts)

    found = [duty.url_name for duty in duties_of(somebody, on=ON)]
    assert found == (["team"] if has_any else [])


def test_administrators_support_people_grant_and_decide(admin):
    found = [duty.url_name for duty in duties_of(admin, on=ON)]

    assert found == ["support", "mandates", "approvals"]
