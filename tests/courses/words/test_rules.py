"""Each shipped pattern finds its wording, and lets quotations through."""

import pytest

from courses.words.rules import Finding, Passage, Rule, findings_in
from tests.courses.words.wording import shipped, shipped_rules

SAID = {
    "trata-de-blancas": "Un caso de Trata  de blancas en el puerto",
    "trafico-humano": "una red de trafico de humanos",
    "prostitucion-infantil": "casos de prostitución de menores",
    "prostituta-infantil": "encontraron a una niña prostituta",
    "trabajo-sexual-infantil": "hay trabajo sexual de adolescentes",
    "turismo-sexual-infantil": "un destino de turismo sexual infantil",
    "persona-ilegal": "llegaron migrantes que son ilegales",
    "ninez-ilegal": "una familia ilegal",
    "persona-clandestina": "diez inmigrantes clandestinos",
    "mena": "un MENA en el albergue",
    "crimen-pasional": "fue un crimen pasional",
    "white-slavery": "the white slavery of those years",
    "child-prostitute": "an underage sex worker",
    "child-prostitution": "a case of child prostitution",
    "child-sex-tourism": "a place of child sex tourism",
    "illegal-person": "three Illegal immigrants",
    "illegals": "the illegals were held",
    "so-called-victim": "the so-called victim",
    "anchor-baby": "an anchor baby",
    "crime-of-passion": "a crime of passion",
}
RULE = Rule("trata", r"\btrata\s+de\s+blancas\b", "trata de personas", "Confunde.")


@pytest.mark.parametrize("row", shipped(), ids=lambda row: row["key"])
def test_each_shipped_pattern_finds_its_wording_and_no_quotation(row):
    text = SAID[row["key"]]
    rules = [one for one in shipped_rules(row["lang"]) if one.key == row["key"]]

    assert findings_in([Passage("Texto", text)], rules)
    assert findings_in([Passage("Texto", f"Dijo «{text}» ayer")], rules) == []


def test_no_sample_is_left_over():
    assert SAID.keys() == {row["key"] for row in shipped()}


@pytest.mark.parametrize(
    "text",
    [
        "«trata de blancas»",
        "“trata de blancas”",
        "&quot;trata de blancas&quot;",
        "<q>trata de <b>blancas</b></q>",
        "<blockquote><p>La trata de blancas</p></blockquote>",
        "trata</p><p>de blancas",
        '<a href="/trata de blancas/">aquí</a>',
    ],
)
def test_a_quotation_says_nothing_in_its_own_voice(text):
    assert findings_in([Passage("Texto", f"<p>{text}</p>", is_html=True)], [RULE]) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>trata <b>de</b> blan\u00adcas</p>",
        "<p>trata&nbsp;de\n blancas</p>",
        "<p>“Uno” trata de blancas “dos”</p>",
        "<p>una “cita que no acaba</p><p>trata de blancas y ”</p>",
        "<p><i>trata de blancas</i></p>",
    ],
)
def test_what_is_dressed_up_is_found(text):
    found = findings_in([Passage("Texto", text, is_html=True)], [RULE])

    assert found == [Finding("Texto", "trata de blancas", RULE)]


def test_italics_let_a_term_under_discussion_through_and_no_other():
    rule = Rule(RULE.key, RULE.pattern, RULE.term, RULE.reason, discussed=True)
    spoken_of = Passage("Uno", "<p>Se dijo <em>trata de blancas</em>.</p>", True)
    said = Passage("Dos", "<p>La trata de blancas.</p>", True)
    listed = Passage("Tres", "trata de blancas", discussed=True)

    found = findings_in([spoken_of, said, listed], [rule])

    assert [one.place for one in found] == ["Dos"]


def test_findings_come_in_the_order_of_the_text_once_for_a_place():
    other = Rule("ilegal", r"\bilegales\b", "irregular", "Confunde.")
    texts = [
        Passage("Uno", "trata de blancas, trata de blancas"),
        Passage("Dos", "ilegales y Trata de blancas"),
    ]

    found = findings_in(texts, [other, RULE])

    assert [(one.place, one.wording) for one in found] == [
        ("Uno", "trata de blancas"),
        ("Dos", "ilegales"),
        ("Dos", "Trata de blancas"),
    ]
