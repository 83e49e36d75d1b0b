"""The pages about the platform, the door to it, and the choice of colours."""

import pytest
from django.urls import reverse
from django.utils.translation import override


@pytest.mark.parametrize(
    ("accepts", "leads_to"),
    [("en-GB,en;q=0.9", "/en/"), ("es-GT", "/es/"), ("de", "/es/"), ("", "/es/")],
)
def test_front_door_leads_to_the_readers_language(client, db, accepts, leads_to):
    answer = client.get("/", headers={"accept-language": accepts})

    assert (answer.status_code, answer.url) == (302, leads_to)
    assert "Accept-Language" in answer.headers["Vary"]


def test_front_door_leads_a_signed_in_person_to_their_own_language(client, carla):
    client.force_login(carla)

    answer = client.get("/", headers={"accept-language": "es"})

    assert answer.url == "/en/"


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", ["help", "accessibility", "privacy", "pause"])
def test_page_about_the_platform_answers_in_both_languages(
    client, db, language, name, django_assert_num_queries
):
    with override(language):
        path = reverse(name)

    with django_assert_num_queries(0):
        answer = client.get(path)

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    other = "en" if language == "es" else "es"
    assert f'href="/{other}/{name}/"' in answer.content.decode()


def test_footer_stands_at_the_same_place_on_every_page(client, edition):
    def footer(path):
        body = client.get(path).content.decode()
        return body[body.index("<footer") :]

    first = footer("/es/")

    for path in ("/es/trata/", "/es/trata/modulo-uno/leccion-1/", "/es/nothing/"):
        assert footer(path) == first


def test_privacy_names_the_version_of_the_notice(client, db, settings):
    settings.PRIVACY_NOTICE_VERSION = "2031-7"

    assert "2031-7" in client.get("/es/privacy/").content.decode()


def test_pause_leads_back_to_where_the_reader_was(client, db):
    here = client.get("/es/pause/", {"next": "/es/trata/?x=1"})
    elsewhere = client.get("/es/pause/", {"next": "https://elsewhere.example/"})

    assert 'href="/es/trata/?x=1"' in here.content.decode()
    assert "https://elsewhere" not in elsewhere.content.decode()


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_theme_is_remembered_and_shown(client, db, chosen):
    answer = client.post("/es/theme/", {"theme": chosen})

    assert answer.url == "/es/accessibility/"
    assert f'data-theme="{chosen}"' in client.get("/es/help/").content.decode()


def test_theme_of_the_device_forgets_the_choice(client, db):
    client.post("/es/theme/", {"theme": "dark"})

    client.post("/es/theme/", {"theme": ""})

    assert "data-theme" not in client.get("/es/help/").content.decode()


def test_theme_nobody_offers_is_not_shown(client, db):
    client.cookies["theme"] = '"><b>'

    assert "data-theme" not in client.get("/es/help/").content.decode()


def test_theme_leads_to_no_foreign_address(client, db):
    answer = client.post(
        "/es/theme/", {"theme": "dark", "next": "https://elsewhere.example/"}
    )

    assert answer.url == "/es/accessibility/"


def test_robots_are_kept_from_what_is_personal(client, db):
    answer = client.get("/robots.txt")

    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /es/my-learning/" in lines
    assert "Disallow: /en/certificates/" in lines
    assert "Disallow: /" not in lines


def test_demo_says_that_it_is_one(client, db, settings):
    before = client.get("/es/help/").content.decode()
    settings.DEMO = True

    assert "/demo/mail/" not in before
    assert "/demo/mail/" in client.get("/es/help/").content.decode()
