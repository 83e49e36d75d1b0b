"""The first mention of each term in running text becomes a link, and no other."""

import pytest

from courses.glossary import Entry
from courses.marking import Marker


def entry(key, *words):
    return Entry(
        key=key, name=key, words=words, definition="", source="", avoid="", why=""
    )


TRATA = entry("trata", "trata de personas")
SLAVERY = entry("esclavitud", "esclavitud")
DEBT = entry("deudas", "servidumbre por deudas")
SERVITUDE = entry("servidumbre", "servidumbre")
ALL = [TRATA, SLAVERY, SERVITUDE, DEBT]


def link(key, text):
    return f'<a class="term" href="#term-{key}">{text}</a>'


def test_the_first_mention_is_a_link_in_the_letters_of_the_text():
    marker = Marker(ALL)

    first = marker.marked("<p>Trata  de\npersonas. Trata de personas.</p>")
    second = marker.marked("<p>La trata de personas.</p>")

    assert first == f"<p>{link('trata', 'Trata  de\npersonas')}. Trata de personas.</p>"
    assert second == "<p>La trata de personas.</p>"
    assert list(marker.met.values()) == [TRATA]


def test_the_longest_term_is_meant():
    marked = Marker(ALL).marked("<li>servidumbre por deudas y servidumbre</li>")

    debt, servitude = link("deudas", "servidumbre por deudas"), "servidumbre"
    assert marked == f"<li>{debt} y {link('servidumbre', servitude)}</li>"


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Esclavitud</h2>",
        "<p><a href='/'>la <b>esclavitud</b></a></p>",
        '<p class="source">Convención sobre la Esclavitud</p>',
        '<p class="source"><b>Convención</b> sobre la Esclavitud</p>',
        "<p>esclavitudes, antiesclavitud</p>",
        "<table><tr><th>Esclavitud</th></tr></table>",
        '<p><img alt="p > esclavitud"><br/></p>',
        "<p title='a > esclavitud'></p>",
        "<section>esclavitud</section>",
        "<p></p>esclavitud",
        "<p>ESCLAVİTUD</p>",  # the small letter of İ is not i
        "<p><svg><title>esclavitud</title></svg></p>",
    ],
)
def test_nothing_else_is_touched(html):
    marker = Marker(ALL)

    assert marker.marked(html) == html
    assert marker.met == {}


def test_text_after_a_source_is_running_again():
    html = '<p class="source">Fuente</p><p>con <b>la esclavitud</b></p>'

    marked = Marker(ALL).marked(html)

    assert marked.endswith(f"<b>la {link('esclavitud', 'esclavitud')}</b></p>")


def test_terms_that_lessons_name_by_no_word_are_never_marked():
    html = "<p>medio</p>"

    assert Marker([entry("medio")]).marked(html) == html


def test_words_are_words_and_no_patterns():
    marker = Marker([entry("lgbtiq", "LGBTIQ+")])

    marked = marker.marked("<p>LGBTIQQ, LGBTIQ+.</p>")

    assert marked == f"<p>LGBTIQQ, {link('lgbtiq', 'LGBTIQ+')}.</p>"


def test_the_name_of_a_sign_is_no_word():
    """A text holds “<” as `&lt;`."""
    marker = Marker([entry("lt", "lt")])

    assert marker.marked("<p>5 &lt; 7</p>") == "<p>5 &lt; 7</p>"
