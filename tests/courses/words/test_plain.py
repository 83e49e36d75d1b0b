"""Plain words become a pattern, and a sentence is tried before it is kept."""

import pytest
from django.urls import reverse

from courses.models import Wording
from courses.words.patterns import fault_of
from courses.words.plain import NotPlain, pattern_of
from courses.words.rules import Passage, Rule, findings_in
from tests import factories

ENGLISH = {"accept-language": "en"}


@pytest.mark.parametrize(
    ("plain", "text", "found"),
    [
        ("menor*", "Los menores y la minoría; Menor.", ["menores", "Menor"]),
        ("menor", "Los menores, el menor", ["menor"]),
        ("prostituta infantil", "una prostituta  infantil", ["prostituta infantil"]),
        ("menor\nmenor* infractor*", "menores infractores", ["menores infractores"]),
        ("ex-víctima", "la ex-víctima", ["ex-víctima"]),
        ("a b*\n\n a  b* ", "a bc", ["a bc"]),
    ],
)
def test_plain_words_find_words_with_their_endings(plain, text, found):
    pattern = pattern_of(plain)
    rule = Rule("key", pattern, "term", "reason")

    hits = findings_in([Passage("here", text)], [rule])

    assert [one.wording for one in hits] == found
    assert fault_of(pattern) == ""


@pytest.mark.parametrize("plain", ["men*or", "a|b", "(a", "*", "uno, dos", "a_b"])
def test_what_is_not_plain_is_refused(plain):
    with pytest.raises(NotPlain):
        pattern_of(f"menor\n{plain}")


@pytest.fixture
def posted():
    return {
        "key": "menores",
        "language": "es",
        "plain": "menor*\nprostituta infantil",
        "pattern": "",
        "term": factories.make_term("ninez").pk,
        "severity": "advice",
        **{f"{part}_{code}": "x" for part in ("reason",) for code in ("es", "en")},
        "exception_es": "",
        "exception_en": "",
    }


def test_an_editor_writes_plain_words_and_tries_a_sentence(client, admin, posted):
    client.force_login(admin)
    address = reverse("wording:add")
    sentence = {"sentence": "Dos menores y una prostituta", "try": "on"}

    shown = client.get(address, headers=ENGLISH).text
    tried = client.post(address, posted | sentence | {"reason_es": ""}, headers=ENGLISH)
    nothing = client.post(
        address, posted | sentence | {"sentence": "Niñas"}, headers=ENGLISH
    )
    assert not Wording.objects.exists()
    client.post(address, posted)

    assert "Try a sentence" in shown
    assert "Found: “menores”" in tried.text
    assert "This field is required" not in tried.text
    assert "Nothing is found in it." in nothing.text
    row = Wording.objects.get()
    assert row.plain == "menor*\nprostituta infantil"
    assert row.pattern == pattern_of(row.plain)


def test_a_wording_is_words_or_a_pattern_and_says_which_words_are_none(
    client, admin, posted
):
    client.force_login(admin)
    address = reverse("wording:add")

    empty = client.post(address, posted | {"plain": ""}, headers=ENGLISH)
    wrong = client.post(address, posted | {"plain": "men(or"}, headers=ENGLISH)
    many = " ".join(["a*"] * 5)
    slow = client.post(address, posted | {"plain": many}, headers=ENGLISH)
    client.post(address, posted | {"plain": "", "pattern": "menor(es)?"})

    assert "Write the words to avoid, one wording on a line." in empty.text
    assert "“men(or” is not made of words" in wrong.text
    assert "can be tried in too many ways" in slow.text
    row = Wording.objects.get()
    assert (row.plain, row.pattern) == ("", "menor(es)?")
    edit = client.get(reverse("wording:edit", args=[row.pk]), headers=ENGLISH).text
    assert "Advanced: a regular expression" in edit
