"""The editors' area is Campus: its mark, its title, its colours, its way in."""

import json
import re

import pytest
from django.conf import settings
from django.urls import reverse

STYLE = (settings.BASE_DIR / "static/admin.css").read_text()
TOKENS = (settings.BASE_DIR / "static/base.css").read_text()
WHITE, DARK = "#ffffff", "#262626"  # what Wagtail writes on, by day and by night


def colour(name: str) -> str:
    return re.search(rf"--w-color-{name}: (#\w{{6}});", STYLE).group(1)


def contrast(one: str, other: str) -> float:
    paler, darker = sorted(map(luminance, (one, other)), reverse=True)
    return (paler + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_editors_area_bears_our_mark(client, admin):
    client.force_login(admin)

    shown = client.get(reverse("wagtailadmin_home")).text

    assert re.search(r"<title>.* - Campus</title>", shown)
    assert '<img class="campus-mark" src="/static/favicon.svg"' in shown
    assert shown.index("wagtailadmin/css/core.css") < shown.index("/static/admin.css")
    assert "favicon.ico" not in shown


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_menu_leads_out_to_the_courses(client, admin, language):
    client.force_login(admin)
    client.cookies["language"] = language

    shown = client.get(reverse("wagtailadmin_home")).text

    label = {"es": "Ir al sitio", "en": "To the site"}[language]
    props = json.loads(
        re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.+?)</script>', shown)[1]
    )
    assert f"'{label}'" in str(props)
    assert f"'/{language}/'" in str(props)


def test_pages_that_are_not_there_lead_back_to_where_work_begins(client, admin):
    client.force_login(admin)

    gone = client.get("/admin/no-such-page/")

    assert gone.status_code == 404
    links = re.findall(r'<a class="page404__button button" href="([^"]+)"', gone.text)
    assert links == [reverse("support"), "/admin/", reverse("wagtail_serve", args=[""])]


def test_who_may_not_edit_is_led_back_to_where_their_work_begins(client, tomas):
    client.force_login(tomas)

    shut = client.get("/admin/", follow=True)

    assert shut.status_code == 403
    assert re.search(r'<a class="button" href="/\w\w/team/">', shut.text)


def test_the_way_in_is_our_sign_in(client, db):
    answer = client.get(reverse("wagtailadmin_home"), follow=True)

    assert answer.request["PATH_INFO"] == reverse("account_login")


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        (colour("primary"), WHITE, 4.5),
        (colour("primary-200"), WHITE, 4.5),
        (colour("secondary"), WHITE, 4.5),
        (colour("secondary-400"), WHITE, 4.5),
        (colour("secondary-400"), colour("secondary-50"), 4.5),
        (colour("secondary-100"), DARK, 4.5),
        (colour("secondary-75"), DARK, 4.5),
        (colour("focus"), WHITE, 3),
        (colour("focus"), colour("primary"), 3),
        (colour("focus"), DARK, 3),
    ],
)
def test_what_is_written_in_our_colours_can_be_read(one, other, least):
    assert contrast(one, other) >= least


def test_the_colours_are_those_of_every_other_page():
    ours = set(re.findall(r"#[0-9a-f]{6}", TOKENS))

    foreign = set(re.findall(r": (#[0-9a-f]{6});", STYLE)) - ours

    assert foreign == {colour("focus")}
