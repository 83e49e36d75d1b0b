"""Coming into a cohort by a letter's link: what it shows, to whom, and what it does."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from lms.models import Cohort, CohortMember, CohortTrainer, Event, Invitation
from lms.people.choices import Role
from lms.team.actions import Asked, invite
from lms.team.rules import invitation_token
from tests.factories import CohortFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


def invited(cohort, by, address="bruno@example.org", **facts):
    role = facts.pop("role", Invitation.Role.MEMBER)
    at = facts.pop("at", timezone.now())
    invite(cohort, by=by, asked=[Asked(address, facts)], role=role, at=at)
    return Invitation.objects.get(address=address, withdrawn_at=None)


def link_of(invitation, language="es"):
    token = invitation_token(invitation.uuid, key=settings.SECRET_KEY)
    return f"/{language}/join/{token}/"


def test_thin(client, tomas, bruno, cohort):
    invitation = invited(cohort, tomas)
    page = link_of(invitation)
    assert client.get(page).status_code == 200
    client.force_login(bruno)
    assert client.get(page).status_code == 200
    assert client.get("/es/join/").status_code == 200
    assert client.get("/es/my-learning/").context["invited"]
    answer = client.post(f"/es/join/invitations/{invitation.uuid}/accept/")
    assert answer["Location"] == "/es/my-learning/"
    assert client.get(page).status_code == 410
    client.force_login(tomas)
    base = f"/es/team/cohorts/{cohort.uuid}/"
    assert [m.row.person for m in client.get(base).context["members"]] == [tomas.trains.get().members.get(email="ana@example.org"), bruno]
    assert client.get(base+"invitations/").status_code == 200
    assert client.post(base+"invitations/", {"addresses": "a@b.org, c@d.org"}).status_code == 302
    assert client.get(base+"invitations/").status_code == 200
    assert client.post(base+"code/", {"places": "3", "hours": "2"}).status_code == 302
    r = client.get(base+"code/")
    assert r.status_code == 200
    c = PersonFactory()
    client.force_login(c)
    r = client.get("/es/join/code/?code="+r.context["in_fours"])
    assert r.status_code == 200
    assert client.post("/es/join/code/", {"code": r.context["code"].code}).status_code == 302
    from lms.mail.models import Letter
    from lms.team.letters import invitation as draw
    print([draw(l) for l in Letter.objects.all()])
