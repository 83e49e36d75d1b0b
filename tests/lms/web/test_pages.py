"""The pages about the platform, the door to it, and the choice of colours."""

import gzip
import re
from datetime import timedelta

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from lms.demo.cast import CAST
from lms.people import known, scope, typed
from lms.tokens import shown_once


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
        lines = body[body.index("<footer") :].splitlines()
        # A lesson comes without indents.
        return [line.strip() for line in lines if line.strip()]

    first = footer("/es/")

    for path in ("/es/trata/", "/es/trata/modulo-uno/leccion-1/", "/es/nothing/"):
        assert footer(path) == first


def test_privacy_names_the_version_of_the_notice(client, db, settings):
    settings.PRIVACY_NOTICE_VERSION = "2031-7"

    assert "2031-7" in client.get("/es/privacy/").content.decode()


def privacy_as(client, person):
    client.force_login(person)
    return client.get("/en/privacy/").content.decode()


def test_privacy_says_what_the_person_agreed_to_and_when(client, carla, settings, at):
    carla.consents.create(version="2020-1", at=at - timedelta(days=900))
    carla.consents.create(version=settings.PRIVACY_NOTICE_VERSION, at=at)

    page = privacy_as(client, carla)

    assert f"version {settings.PRIVACY_NOTICE_VERSION} on 2 November 2026" in page
    assert "another" not in page[: page.index('id="responsible"')]


def test_privacy_says_when_the_person_agreed_to_another_version(client, carla, at):
    carla.consents.create(version="2020-1", at=at)

    page = privacy_as(client, carla)

    assert "version 2020-1 on 2 November 2026" in page
    assert "The one you are reading is another." in page


def test_privacy_says_nothing_of_what_somebody_else_agreed_to(
    client, carla, ana, monkeypatch, at
):
    monkeypatch.setattr(scope, "people_in_sight_of", lambda viewer, path="": Q())
    ana.consents.create(version="2020-1", at=at)

    page = privacy_as(client, carla)

    assert "2020-1" not in page
    assert "agreed to no version" in page


def test_privacy_names_every_cookie(client, ana, settings):
    page = client.get("/es/privacy/").content.decode()
    cookies = {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        CookieStorage.cookie_name,
        known.NAME,
        typed.NAME,
        "theme",
        shown_once.COOKIE,
    }

    listed = page[page.index('id="cookies"') : page.index('id="others"')]
    assert set(re.findall(r'<th scope="row">(\w+)</th>', listed)) == cookies


@pytest.mark.parametrize("name", ["help", "accessibility", "privacy"])
def test_whom_to_ask_is_an_address_or_the_focal_point(client, db, settings, name):
    settings.SUPPORT_EMAIL = ""
    without = client.get(f"/en/{name}/").content.decode()
    settings.SUPPORT_EMAIL = "support@campus.example"
    named = client.get(f"/en/{name}/").content.decode()

    assert "Ask the focal point of your country." in without
    assert "mailto:" not in without
    assert '<a href="mailto:support@campus.example">' in named
    assert "focal point" not in named


def test_every_link_within_help_leads_somewhere(client, db):
    page = client.get("/es/help/").content.decode()

    anchors = re.findall(r'href="#([\w-]+)"', page)
    assert len(anchors) > 8
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


@pytest.mark.parametrize("name", ["help", "accessibility", "privacy"])
def test_page_about_the_platform_is_light(client, db, settings, name):
    html = gzip.compress(client.get(f"/es/{name}/").content)
    css = gzip.compress((settings.BASE_DIR / "static" / "base.css").read_bytes())

    assert len(html) + len(css) <= 20 * 1024


def test_the_style_sheets_weigh_eight_kilobytes_together(settings):
    sheets = set((settings.BASE_DIR / "static").glob("*.css"))
    ours = [one for one in sheets if one.name != "admin.css"]  # the editors' area

    assert sum(len(gzip.compress(one.read_bytes())) for one in ours) <= 8 * 1024


def test_the_scripts_of_a_page_of_questions_are_small(settings):
    weighs = {
        name: len(gzip.compress((settings.BASE_DIR / "static" / name).read_bytes()))
        for name in ("answers.js", "waiting.js", "stay.js")
    }

    assert weighs["answers.js"] + weighs["waiting.js"] <= 3.5 * 1024
    assert sum(weighs.values()) <= 6 * 1024


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

    client.post("/es/theme/", {"theme": "device"})

    assert "data-theme" not in client.get("/es/help/").content.decode()


@pytest.mark.parametrize("facts", [{}, {"theme": ""}, {"theme": "pink"}])
def test_theme_nobody_offers_is_refused_and_changes_nothing(client, db, facts):
    client.post("/es/theme/", {"theme": "dark"})

    answer = client.post("/es/theme/", facts)

    assert answer.status_code == 422
    assert "Elija una de las opciones" in answer.content.decode()
    assert 'href="/es/accessibility/#appearance"' in answer.content.decode()
    assert 'data-theme="dark"' in client.get("/es/help/").content.decode()


def test_theme_leads_back_to_where_it_was_chosen(client, db):
    answer = client.post(
        "/es/theme/", {"theme": "dark", "next": "/es/account/profile/#appearance"}
    )

    assert answer.url == "/es/account/profile/#appearance"


def test_theme_nobody_offers_is_not_shown(client, db):
    client.cookies["theme"] = '"><b>'

    assert "data-theme" not in client.get("/es/help/").content.decode()


def test_theme_leads_to_no_foreign_address(client, db):
    answer = client.post(
        "/es/theme/", {"theme": "dark", "next": "https://elsewhere.example/"}
    )

    assert answer.url == "/es/accessibility/"


@pytest.mark.parametrize("page", ["/es/pause/", "/es/account/logout/"])
@pytest.mark.parametrize(
    ("who", "begins"), [("ana", "/es/my-learning/"), ("tomas", "/es/team/")]
)
def test_a_pause_and_a_sign_out_not_made_lead_to_the_readers_work(
    client, request, page, who, begins
):
    client.force_login(request.getfixturevalue(who))

    main = client.get(page).content.decode().partition("<main")[2]

    assert f'href="{begins}"' in main.partition("</main>")[0]


def test_demo_says_that_it_is_one(client, db, settings):
    before = client.get("/es/help/").content.decode()
    settings.DEMO = True

    assert "/demo/mail/" not in before
    assert "/demo/mail/" in client.get("/es/help/").content.decode()


def test_demo_names_its_accounts_at_the_sign_in_and_nobody_else_does(
    client, db, ana, settings
):
    before = client.get("/es/account/login/").content.decode()
    settings.DEMO = True
    door = client.get("/es/account/login/").content.decode()

    assert "demo.example" not in before
    assert "demo-accounts" not in before
    assert 'href="/es/account/login/#demo-accounts"' in door
    for part in CAST:
        assert f"<b>{part.email}</b>" in door
    client.force_login(ana)
    assert "#demo-accounts" not in client.get("/es/help/").content.decode()
