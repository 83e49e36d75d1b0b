"""Countries stand in the order of the alphabet, on every screen that lists them."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from lms.people.countries import by_name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("es", "BZ CA CR SV US GT HN MX NI PA DO"),
        ("en", "BZ CA CR DO SV GT HN MX NI PA US"),
    ],
)
def test_countries_stand_in_the_order_of_the_alphabet(language, order):
    with override(language):
        assert [code for code, _name in by_name()] == order.split()
        assert [code for code, _name in by_name({"US", "GT"})] == [
            code for code in order.split() if code in ("US", "GT")
        ]


@pytest.mark.parametrize(
    ("who", "path"),
    [
        (None, "/es/calendar/"),
        (None, "/es/country-notes/"),
        ("sofia", "/es/region/"),
        ("admin", "/es/support/mandates/"),
        ("sofia", "/es/mandates/"),
    ],
)
def test_screens_list_countries_in_that_order(who, path, request, course_page):
    browser = Client()
    if who:
        browser.force_login(request.getfixturevalue(who))
    page = browser.get(path)
    assert page.status_code == 200
    main = page.text.partition("<main")[2].partition("</main>")[0]

    with override("es"):
        names = [name for _code, name in by_name()]
    found = re.findall(rf">({'|'.join(names)})<", main)

    assert found == [name for name in names if name in found]
    assert len(found) > 2


def test_nobody_lists_countries_in_another_order():
    """`dict(Country.choices)` names a country that is known already."""
    lists = re.compile(r"(?<!dict\()Country\.choices|\bin Country\b(?!\.)")
    found = {
        str(path)
        for floor in ("lms", "courses", "certificates")
        for path in Path(floor).rglob("*.py")
        if "migrations" not in path.parts and lists.search(path.read_text())
    }

    assert found == {"lms/demo/region.py", "lms/people/countries.py"}
