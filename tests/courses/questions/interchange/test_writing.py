"""What is taken along and brought back is the same question."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from courses.questions.interchange.neutral import KEPT, Brought, Kind, Option
from courses.questions.interchange.reading import read
from courses.questions.interchange.writing import (
    CARRIED_BY_GIFT,
    as_gift,
    as_moodle_xml,
)
from tests.payloads import PAYLOADS

SIGNS = "aéñ \n~=#{}:\\%[]<>&;\"'$/-|¿…T"
PLAIN = st.text(alphabet=SIGNS, min_size=1, max_size=25)
TEXT = PLAIN.map(str.strip).filter(bool)
BOTH = st.fixed_dictionaries({"es": TEXT, "en": TEXT})
TEXTS = st.one_of(BOTH, st.fixed_dictionaries({"es": TEXT}))
EXTRA = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"level": st.just("apply"), "source": BOTH}),
)
NUMBERS = st.lists(
    st.sampled_from(["18", "-0.5:0.05", "1,5:1", "18:2"]), min_size=1, max_size=3
)
NAME = st.from_regex(r"C\d-[A-Z~=:#]{1,5}", fullmatch=True)


@st.composite
def questions(draw) -> Brought:
    kind = draw(st.sampled_from(sorted(KEPT)))
    texts = draw(st.lists(TEXTS, min_size=2, max_size=4))
    right = draw(st.integers(0, len(texts) - 1))
    match kind:
        case Kind.TRUE_FALSE:
            options = [Option({}, 100 * (right == at)) for at in range(2)]
            options[1] = Option({}, 100 - options[0].weight)
        case Kind.MATCHING:
            options = [Option(text, 100, match=draw(TEXTS)) for text in texts]
            options.append(Option({}, 100, match=draw(TEXTS)))
        case Kind.MULTIPLE:
            weight = round(100 / (right + 1), 5)
            options = [Option(t, weight * (n <= right)) for n, t in enumerate(texts)]
        case Kind.ORDERING:
            options = [Option(text, 100) for text in texts]
        case Kind.NUMERIC:
            options = [Option({"": text}, 100) for text in draw(NUMBERS)]
        case Kind.SHORT:
            typed = (" ".join(draw(TEXT).split()) for _text in texts)
            options = [Option({"": text}, 100) for text in typed]
        case _:
            options = [Option(t, 100 * (n == right)) for n, t in enumerate(texts)]
    feedback = draw(st.one_of(st.just({}), TEXTS))
    return Brought(
        kind,
        stem=draw(TEXTS),
        options=tuple(options),
        feedback=feedback,
        name=draw(NAME),
        category="$course$/top/C1",
        extra=draw(EXTRA),
    )


SIGNED = {"es": "%50%[html]a -> b"}
LEFT_OPEN = {"es": "[plain] {mlang en"}
ANSWERS = (Option(SIGNED, 100), Option(LEFT_OPEN))
SIGNED_ONE = Brought(Kind.SINGLE, 1, SIGNED, ANSWERS, LEFT_OPEN, "C1-A", "C1")


def without_place(question: Brought) -> Brought:
    """Return a question as it is wherever it stands in whichever file."""
    return replace(question, line=1, told="")


@pytest.mark.parametrize("write", [as_gift, as_moodle_xml])
@given(asked=st.lists(questions(), min_size=1, max_size=3))
@example(asked=[SIGNED_ONE])
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_as_it_was(write, asked):
    kinds = {as_gift: CARRIED_BY_GIFT}.get(write, KEPT)
    asked = [one for one in asked if one.kind in kinds] or [SIGNED_ONE]
    back = read(write(asked).encode()).questions

    assert [without_place(one) for one in back] == asked
    assert [one.losses for one in back] == [()] * len(asked)


@pytest.mark.parametrize("write", [as_gift, as_moodle_xml])
def test_scripts_are_texts_in_every_file(write):
    text = {"es": " ".join("\n".join(PAYLOADS).split("\x01"))}
    asked = Brought(
        Kind.SINGLE, 1, text, (Option(text, 100), Option({"es": "no"})), text, "C1"
    )

    (back,) = read(write([asked]).encode()).questions

    said = [back.stem, back.options[0].texts, back.feedback]
    assert [list(one) for one in said] == [["es"]] * 3
    for one in said:
        assert one["es"].split() == text["es"].split()
