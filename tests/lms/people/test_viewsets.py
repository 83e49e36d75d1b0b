import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

from lms.models import User


@pytest.fixture
def elena(bruno):
    """Bruno lent Elena his desk: an editor, who is no administrator."""
    editors = Group.objects.create(name="Writers")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    bruno.groups.add(editors)
    return bruno


@pytest.mark.parametrize(
    "path",
    [
        "users/",
        "users/results/",
        "users/new/",
        "users/{pk}/",
        "users/edit/{pk}/",
        "users/delete/{pk}/",
        "users/history/{pk}/",
        "users/usage/{pk}/",
        "bulk/lms/user/delete/?id={pk}",
        "bulk/lms/user/assign_role/?id={pk}",
        "bulk/lms/user/set_active_state/?id={pk}",
        "bulk/lms/User/delete/?id={pk}",
        "password_reset/",
        "password_reset/done/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_browses_people_in_the_admin(client, admin, carla, path, method):
    client.force_login(admin)

    path = f"/admin/{path.format(pk=carla.pk)}"
    answer = getattr(client, method)(path, follow=True)

    assert answer.status_code == 404
    assert carla.legal_name not in answer.content.decode()
    assert User.objects.filter(pk=carla.pk, is_active=True).exists()


def test_admin_offers_no_way_to_people(client, admin, carla):
    client.force_login(admin)

    answers = [
        client.get(path, follow=True)
        for path in ("/admin/", "/admin/pages/", "/admin/groups/")
    ]

    assert [answer.status_code for answer in answers] == [200] * 3
    pages = [answer.content.decode() for answer in answers]
    assert not any("/admin/users/" in page for page in pages)
    assert not any(carla.legal_name in page for page in pages)


def test_admin_sends_strangers_to_our_sign_in(client, db):
    turned = client.get("/admin/pages/")
    door = client.get(turned["Location"])

    assert turned["Location"] == "/admin/login/?next=/admin/pages/"
    assert door["Location"] == "/es/account/login/?next=%2Fadmin%2Fpages%2F"


def test_admin_door_does_not_lead_to_other_sites(client, db):
    door = client.get("/admin/login/?next=https://elsewhere.example/")

    assert door["Location"] == "/es/account/login/?next=%2Fadmin%2F"


def test_editors_come_in_by_our_sign_in(client, elena, sign_in):
    answer = sign_in(elena, next="/admin/")

    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_learners_are_turned_away_without_going_round_in_circles(client, ana):
    client.force_login(ana)

    answer = client.get("/admin/", follow=True)

    assert answer.status_code == 403
    assert len(answer.redirect_chain) == 1


def test_wagtail_takes_no_passwords(client, ana):
    answer = client.post(
        "/admin/login/", {"username": ana.email, "password": "a-long-enough-word"}
    )

    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["chooser/", "chooser/upload/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_has_the_server_ask_another(client, admin, path, method):
    client.force_login(admin)

    answer = getattr(client, method)(f"/admin/embeds/{path}")

    assert answer.status_code == 404


def test_no_address_is_looked_up(db, monkeypatch):
    def connect(*asked, **more):
        raise AssertionError(asked)

    monkeypatch.setattr("socket.socket.connect", connect)

    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed("https://www.youtube.com/watch?v=SJXMTtvCxRo")
