"""Every walk through the cases that Campus ships with ends as the curriculum says.

Read from their files, without a database, in both languages and every role.
"""

from functools import cache
from types import SimpleNamespace
from uuid import UUID, uuid5

import pytest
from django.utils.translation import override

from courses.blocks import Topic
from courses.cases import rules
from courses.cases.blocks import CaseBlocks
from courses.cases.document import document_of
from courses.cases.faults import faults
from courses.items.rules import OF_SINGLE, Item
from courses.loader.fields import values_of
from courses.loader.files import PageFile
from courses.loader.library import Written
from courses.loader.reasons import Reasons
from lms.people.choices import Country, Track
from tests.courses.starter import LANGUAGES, cases, name_of, texts_of

PLANT, BUS, RIVER = (
    "7-case-the-packing-plant",
    "7-case-the-night-bus",
    "7-case-three-at-the-river",
)
# Which option of which step fails the case.
CRITICAL = {
    PLANT: {"1a", "1c", "2a", "5c"},
    BUS: {"1c", "2a", "4a", "4c", "5a", "6a", "8a"},
    RIVER: {"1a", "2a", "3a", "4c", "5a", "7a", "8a"},
}
BEST = {
    PLANT: ["1b", "2b", "3b", "4c", "5b", "6a"],
    BUS: ["1b", "2b", "3b", "4b", "5b", "6b"],
    RIVER: ["1b", "2b", "3b", "4b", "5b", "6a"],
}
# Steps that only somebody comes to who decided badly before: what is best there.
MENDING = {PLANT: ["7a", "8a"], BUS: ["7a", "8b"], RIVER: ["7b", "8b"]}
OPTIONS = {
    PLANT: ["abc", "abcd", "abcd", "abc", "abcd", "ab", "abc", "abc"],
    BUS: ["abc", "abcd", "abcd", "abc", "abc", "abc", "abc", "abc"],
    RIVER: ["abc", "abc", "abc", "abcd", "abc", "abc", "abc", "abc"],
}
# Other decisions that can be defended; they earn less than the best.
DEFENSIBLE = {PLANT: ["2d", "3d"], BUS: ["2d", "3d"], RIVER: ["2c", "4d"]}
names = pytest.mark.parametrize("name", CRITICAL)
languages = pytest.mark.parametrize("language", LANGUAGES)
roles = pytest.mark.parametrize("role", Track.values)


@cache
def written() -> dict[str, dict[str, PageFile]]:
    """Return the files of each case: read by the first test, not by who lists them."""
    return {
        name_of(files).split("/")[1].removesuffix(".es.md"): files for files in cases()
    }


@cache
def document(name: str, languages: tuple[str, ...] = tuple(LANGUAGES)) -> dict:
    files, reasons = written()[name], Reasons()
    pages = {}
    for language in languages:
        values = values_of(Written(files), language, pages={}, reasons=reasons)
        body = CaseBlocks().to_python(values.pop("body"))
        pages[language] = SimpleNamespace(**values, body=body, live_revision_id=1)
    assert reasons == []
    return document_of(pages)


@cache
def letters(name: str) -> dict[str, str]:
    """Return option key → its name in the curriculum ("4c"), from the file."""
    return dict(_letters(written()[name]["es"]))


def _letters(file: PageFile):
    for block in file.blocks:
        for option in block.value.get("options", []):
            key = str(uuid5(UUID(str(block.id)), option["key"]))
            yield key, block.value["number"] + option["key"][0]


def named(name: str, walk) -> list[str]:
    return [letters(name)[option] for _step, option in walk]


def test_the_cases_of_the_curriculum_are_all_there():
    assert set(written()) == {PLANT, BUS, RIVER}


@names
@languages
def test_a_case_can_be_published_in_each_language(name, language):
    assert faults(document(name, (language,))) == []


@names
def test_both_languages_tell_the_same_case(name):
    for step in document(name)["steps"]:
        for part in (step, *step["options"]):
            for texts in part.values():
                if isinstance(texts, dict) and texts and set(texts) & set(LANGUAGES):
                    assert set(texts) == set(LANGUAGES)


@names
@roles
def test_every_role_is_offered_what_the_curriculum_lists(name, role):
    for number, step in rules.steps_of(document(name)).items():
        offered = [
            letters(name)[one["key"]][1] for one in rules.options_for(step, role)
        ]

        assert "".join(sorted(offered)) == OPTIONS[name][int(number) - 1]


@names
@languages
@roles
def test_every_walk_ends_and_fails_by_the_critical_errors_alone(name, language, role):
    told = document(name, (language,))
    walks = list(rules.walks(told, role))

    assert walks
    for walk in walks:
        taken = set(named(name, walk))
        assert rules.next_step(told, role, walk) == rules.END
        assert rules.is_critical(told, walk) is bool(taken & CRITICAL[name])
        score = rules.score_of(told, role, walk)
        assert 0 <= score.total <= 100
        assert all(0 <= percent <= 100 for percent in score.dimensions.values())


@names
@roles
def test_only_the_walk_that_the_curriculum_teaches_earns_everything(name, role):
    told = document(name)
    full = [
        named(name, walk)
        for walk in rules.walks(told, role)
        if rules.score_of(told, role, walk).total == 100
    ]

    assert full == [BEST[name][: rules.longest(told, role)]]


@names
@roles
def test_no_critical_error_earns_more_than_half_of_its_step(name, role):
    for step in document(name)["steps"]:
        for one in rules.options_for(step, role):
            if one["critical"]:
                assert sum(one["scores"].values()) <= 10


def test_leaving_after_the_papers_ends_the_first_case():
    told = document(PLANT)
    short = [named(PLANT, w) for w in rules.walks(told, "other") if len(w) == 1]

    assert short == [["1c"]]


def test_other_institutions_walk_the_first_half_of_the_third_case():
    assert rules.longest(document(RIVER), "other") == 3
    assert rules.longest(document(RIVER), "judge") == 6


@names
def test_the_place_of_an_option_does_not_give_it_away(name):
    places = []
    for best in [*BEST[name], *MENDING[name]]:
        step = rules.steps_of(document(name))[best[0]]
        offered = [letters(name)[one["key"]] for one in rules.options_for(step, "opi")]
        places.append(offered.index(best))

    assert max(map(places.count, places)) <= 4
    assert len(set(places)) > 1


def guessed(name: str, role: str, language: str, strategy: str) -> list:
    """Return the walk of somebody who reads the form of the options alone."""
    told, walk = document(name), []
    while (number := rules.next_step(told, role, walk)) != rules.END:
        step = rules.steps_of(told)[number]
        offered = [
            one["text"] | {"key": one["key"]} for one in rules.options_for(step, role)
        ]
        item = Item({"stem": step["facts"], "options": offered}, language)
        keys = [one["key"] for one in offered]
        prefer = OF_SINGLE[strategy]
        walk.append((number, max(keys, key=lambda key: prefer(item, key))))
    return walk


@names
@roles
@languages
@pytest.mark.parametrize("strategy", OF_SINGLE)
def test_nobody_passes_a_case_by_the_form_of_its_options(
    name, role, language, strategy
):
    walk = guessed(name, role, language, strategy)

    assert rules.is_critical(document(name), walk)


@names
def test_a_case_turns_on_what_was_decided_before(name):
    steps = document(name)["steps"]
    taught = [step for step in steps if step["number"] in "123456"]
    turning = [
        step
        for step in taught
        if len({one["next"] for one in step["options"]} - {rules.END}) > 1
    ]

    assert len(turning) * 3 >= len(taught)
    assert len(steps) > len(taught)


@names
def test_a_second_decision_can_be_defended(name):
    for second in (option_named(name, letter) for letter in DEFENSIBLE[name]):
        assert not second["critical"]
        assert 15 <= sum(second["scores"].values()) < 20


def option_named(name: str, letter: str) -> dict:
    """Return an option of a case by its name in the curriculum ("4c")."""
    step = rules.steps_of(document(name))[letter[0]]
    return next(one for one in step["options"] if letters(name)[one["key"]] == letter)


def test_legality_is_scored_by_the_law_of_the_country_and_not_by_the_protocol_alone():
    step = rules.steps_of(document(PLANT))["5"]
    taught, untaught = option_named(PLANT, "5b"), option_named(PLANT, "5d")

    assert step["topic"] == "means-and-penalties"
    assert "la ley penal de su país" in taught["text"]["es"]
    assert taught["scores"]["legality"] == rules.HIGHEST
    assert "sin leer qué pide la ley penal de su país" in untaught["text"]["es"]
    assert untaught["scores"]["legality"] <= 1


@names
def test_law_boxes_show_the_note_of_a_topic_and_tell_each_once(name):
    topics = [one["topic"] for one in document(name)["laws"] if one["topic"]]

    assert set(topics) <= set(Topic.values)
    assert len(topics) == len(set(topics)) > 1


@names
@languages
def test_law_boxes_hold_no_text_of_a_country(name, language):
    laws = [block.value for block in written()[name][language].blocks]
    told = " ".join(text for law in laws if "differs" in law for text in texts_of(law))

    with override(language):
        assert [str(one.label) for one in Country if str(one.label) in told] == []
    assert [law["heading"] for law in laws if "national" in law] == []


def test_who_calls_the_river_is_told_nothing_of_who_is_there():
    taught = option_named(RIVER, "3b")

    assert "No confirmar ni negar" in taught["text"]["es"]
    assert "Neither confirm nor deny" in taught["text"]["en"]
    assert "La puerta no se abre" in taught["consequence"]["es"]
    assert "The door stays shut" in taught["consequence"]["en"]
    assert option_named(RIVER, "3c")["scores"]["safety"] == 0
