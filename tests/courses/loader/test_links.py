"""Links: to pages by their key, to addresses that differ between languages."""

from re import findall

from django.utils.translation import override
from wagtail_localize.models import SegmentOverride

from tests.courses.loader import small


def links_of(page):
    """Return the links of the first block as (address or row of a page, words)."""
    html = page.body[0].value["body"].source
    found = findall(r"<a ([^>]*)>([^<]*)</a>", html)
    return [
        (findall(r'(?:href|id)="([^"]*)"', attrs)[0], text) for attrs, text in found
    ]


def test_links_lead_where_each_language_says(loaded, page_of):
    second = str(page_of(small.SECOND).pk)

    assert links_of(page_of(small.FIRST)) == [
        (second, "1"),
        ("//es.org", "2"),
    ]
    assert links_of(page_of(small.FIRST, "en")) == [
        ("//en.org", "2"),
        (second, "1"),
    ]


def test_a_link_to_a_page_leads_to_its_translation(loaded, page_of):
    second = page_of(small.SECOND, "en")

    with override("en"):
        html = str(page_of(small.FIRST, "en").body[0].value["body"])

    assert findall(r'href="(/en/[^"]*)"', html) == [second.url]
    assert second.url == "/en/course/module/second/"


def test_an_override_no_longer_wanted_is_deleted(folder, load_again, page_of):
    before = SegmentOverride.objects.count()
    small.change(folder, small.FIRST_EN, "//en.org", "//es.org")

    load_again()
    again = load_again()

    assert (before, SegmentOverride.objects.count()) == (1, 0)
    assert ("//es.org", "2") in links_of(page_of(small.FIRST, "en"))
    assert again.translations.unchanged == 7
