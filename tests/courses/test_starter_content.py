"""The starter content keeps its promises: languages alike, lengths, sources, words.

`sheets.shingles` holds a digest of every eleven words in a row of the fact sheets that
the content rests on, so that sentences taken from them are found without the sheets.
The question bank is exempt: its items were written with the sheets. When the sheets
change, the file is made again from their paragraphs and table cells (not those of the
question bank) and from the definitions of the glossary:

    cells = [cell for sheet in sheets for cell in re.split(r"\\n\\s*\\n|\\|", sheet)]
    digests = set().union(*map(shingles_of, cells + definitions))
    SHINGLES.write_bytes(b"".join(sorted(digests)))
"""

import re
from collections import Counter
from hashlib import blake2b
from pathlib import Path

import pytest

from courses.models import Reviewer
from courses.words.rules import Passage, findings_in
from courses.works import works
from lms.people.choices import Country
from tests.courses.starter import (
    LANGUAGES,
    cases,
    complaints,
    courses,
    lesson_files,
    lessons,
    lessons_of,
    name_of,
    notes,
    pages,
    questions,
    questions_of,
    said_in,
    texts_of,
)
from tests.courses.words.wording import shipped_rules

# What no checked cell of the country sheets tells: readers ask their focal point.
ASK = {
    *((c, "duty-to-report") for c in ("BZ", "CA", "DO", "HN", "NI", "PA", "SV", "US")),
    ("DO", "victim-rules"),
    ("HN", "victim-rules"),
    ("NI", "contacts"),
}
SHINGLES = Path(__file__).with_name("sheets.shingles")
IN_A_ROW = 11
DIGEST = 6  # bytes
SHARED = {"id", "kind", "required_for", "recommended_for", "purpose", "review_by"}
UNCOUNTED = frozenset({"instead", "source"})
OF_THE_BANK = re.compile(r"C\d-Q\d\d")
LINK = re.compile(r"\]\([^)]*\)")
PARAGRAPH = re.compile(r"\n\s*\n")
# "Does not describe" and "without describing them" announce nothing.
ANNOUNCED = re.compile(
    r"(?<!no )(?<!not )\bdescribes?\b|sin descripciones|without descriptions"
)


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w’']+", LINK.sub(" ", text).lower())


def shingles_of(text: str) -> set[bytes]:
    """Return a short digest of every eleven words in a row."""
    words = words_of(text)
    return {
        blake2b(
            " ".join(words[at : at + IN_A_ROW]).encode(), digest_size=DIGEST
        ).digest()
        for at in range(len(words) - IN_A_ROW + 1)
    }


def shape_of(value):
    """Return what a piece of a page is made of, which no translation may change."""
    if isinstance(value, dict):
        return {
            name: part
            if name in {"key", "tone", "topic", "correct"}
            else shape_of(part)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [shape_of(part) for part in value]
    if isinstance(value, str):
        return {
            "paragraphs": len(PARAGRAPH.split(value.strip())),
            "items": len(re.findall(r"^(?:-|\d+\.) ", value, re.MULTILINE)),
            "bold": value.count("**"),
            "links": re.findall(r"\]\(([^)]*)\)", value),
        }
    return value


def is_longest(options: list[tuple[str, bool]]) -> bool:
    """Say whether the right one of (text, is right) is longer than every other."""
    right = max(len(text) for text, is_right in options if is_right)
    return right > max(len(text) for text, is_right in options if not is_right)


def of_type(kind: str, course: str) -> list[dict]:
    documents = [question["document"] for question in questions_of(course)]
    return [document for document in documents if document["type"] == kind]


def choices_of_questions(course: str, language: str) -> list[list[tuple[str, bool]]]:
    return [
        [(one[language], one["key"] in d["correct"]) for one in d["options"]]
        for d in of_type("single", course)
    ]


def choices_of_checks(course: str, language: str) -> list[list[tuple[str, bool]]]:
    return [
        [(one["text"], one["correct"]) for one in block.value["options"]]
        for files in lessons_of(course)
        for block in files[language].blocks
        if block.kind == "check"
    ]


def passages(language: str) -> list[tuple[str, str]]:
    """Return every text of pages, questions and notes, with where it stands."""
    found = [
        (name_of(files[language]), text)
        for files in pages()
        for part in (files[language].front, *(b.value for b in files[language].blocks))
        for text in texts_of(part, without=frozenset({"source"}))
    ]
    found += [(q["code"], text[language]) for q in questions() for text in said_in(q)]
    for note in notes():
        place = f"{note['country']} {note['topic']}"
        found += [(place, note[part][language]) for part in ("title", "text")]
    return found


def test_the_loader_reads_every_file():
    assert complaints() == []


@pytest.mark.parametrize("files", pages(), ids=name_of)
def test_languages_have_the_same_blocks_in_the_same_shape(files):
    spanish, english = files["es"], files["en"]

    for es, en in zip(spanish.blocks, english.blocks, strict=True):
        assert (es.kind, es.id, shape_of(es.value)) == (
            en.kind,
            en.id,
            shape_of(en.value),
        )
    assert spanish.front.keys() == english.front.keys()
    for name in spanish.front:
        if name in SHARED:
            assert spanish.front[name] == english.front[name]
        else:
            assert shape_of(spanish.front[name]) == shape_of(english.front[name])


@pytest.mark.parametrize("question", questions(), ids=lambda q: q["code"])
def test_questions_have_the_same_shape_in_both_languages(question):
    for text in said_in(question):
        assert shape_of(text["es"]) == shape_of(text["en"])


@pytest.mark.parametrize("file", lesson_files(), ids=name_of)
def test_lesson_is_read_in_one_sitting(file):
    texts = [t for b in file.blocks for t in texts_of(b.value, without=UNCOUNTED)]

    assert 500 <= sum(len(words_of(text)) for text in texts) <= 900


# A country's note has its source, and a drawing the one in its file of words.
ELSEWHERE = {"country", "drawing"}


@pytest.mark.parametrize("file", lesson_files(), ids=name_of)
def test_every_block_says_where_it_comes_from(file):
    cited = [block for block in file.blocks if block.kind not in ELSEWHERE]

    assert [b.id for b in cited if not 0 < len(b.value.get("source", "")) <= 255] == []


@pytest.mark.parametrize("files", lessons(), ids=name_of)
def test_lesson_names_who_must_review_it(files):
    assert files["es"].front["review_by"] in Reviewer.values


def test_a_description_that_is_announced_has_a_version_without_it():
    announcing = [
        file
        for files in (*lessons(), *cases())
        for file in files.values()
        if ANNOUNCED.search(file.front.get("content_note", ""))
    ]

    assert announcing
    assert [
        name_of(file)
        for file in announcing
        if not any(block.value.get("instead") for block in file.blocks)
    ] == []


@pytest.mark.parametrize("file", lesson_files(), ids=name_of)
def test_lesson_has_self_checks_with_one_right_option_and_feedback_for_each(file):
    checks = [block.value for block in file.blocks if block.kind == "check"]

    assert checks
    for check in checks:
        assert [one["correct"] for one in check["options"]].count(True) == 1
        assert all(one["feedback"] for one in check["options"])


@pytest.mark.parametrize("course", courses())
def test_modules_have_practice_and_the_course_a_final_test(course):
    asked = questions_of(course)
    practice = Counter(q["folder"] for q in asked if q["use"] == "practice")
    final = [question for question in asked if question["use"] == "final"]
    bank = [question for question in final if OF_THE_BANK.fullmatch(question["code"])]

    assert set(practice) == {
        files["es"].name.split("/")[-2] for files in lessons_of(course)
    }
    assert min(practice.values()) >= 4
    assert len(bank) == 20
    assert sum(question["anchor"] for question in bank) == 8
    assert sum(question["anchor"] for question in asked) == 8


@pytest.mark.parametrize("course", courses())
def test_the_final_test_has_a_second_form(course):
    final = [
        question for question in questions_of(course) if question["use"] == "final"
    ]
    further = [q for q in final if not OF_THE_BANK.fullmatch(q["code"])]

    assert len(further) >= 12
    assert {q["folder"] for q in further} == {q["folder"] for q in final}


@pytest.mark.parametrize("choices", [choices_of_questions, choices_of_checks])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("course", courses())
def test_length_does_not_give_the_right_option_away(choices, language, course):
    asked = choices(course, language)

    assert 0.15 <= sum(map(is_longest, asked)) / len(asked) <= 0.40


@pytest.mark.parametrize("choices", [choices_of_questions, choices_of_checks])
@pytest.mark.parametrize("course", courses())
def test_place_does_not_give_the_right_option_away(choices, course):
    asked = choices(course, "es")
    places = Counter([right for _text, right in one].index(True) for one in asked)

    assert max(places.values()) / len(asked) <= 0.40


@pytest.mark.parametrize("course", courses())
def test_about_half_of_statements_are_true(course):
    statements = of_type("truefalse", course)
    true = [document for document in statements if document["correct"] == ["t"]]

    assert 2 / 5 <= len(true) / len(statements) <= 3 / 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_that_hides_the_crime_stands_outside_quotation_marks(language):
    rules = shipped_rules(language)
    texts = passages(language)
    texts += [(work.key, f"{work.name} {work.full}") for work in works(language)]

    assert rules
    assert findings_in([Passage(*one) for one in texts], rules) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_taken_from_the_sheets(language):
    kept = SHINGLES.read_bytes()
    sheets = {kept[at : at + DIGEST] for at in range(0, len(kept), DIGEST)}
    titles = [files[language].front["title"] for files in pages()]
    titles += [text for work in works(language) for text in (work.name, work.full)]
    exempt = set().union(*map(shingles_of, titles))

    taken = [
        (place, text)
        for place, text in passages(language)
        if not OF_THE_BANK.fullmatch(place) and (shingles_of(text) - exempt) & sheets
    ]

    assert len(sheets) > 10_000
    assert taken == []


def test_every_topic_that_a_lesson_names_has_notes_or_leads_to_the_focal_point():
    """What may not be shown is missing, and nothing else is: see `ASK`."""
    named = {
        block.value["topic"]
        for file in lesson_files()
        for block in file.blocks
        if block.kind == "country"
    }
    written = {(note["country"], note["topic"]) for note in notes()}
    missing = {
        (country, topic)
        for country in Country.values
        for topic in named
        if (country, topic) not in written
    }

    assert missing == {pair for pair in ASK if pair[1] in named}
