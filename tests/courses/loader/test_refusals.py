"""Every way in which a folder is refused, with the sentence that says so."""

from io import StringIO
from json import loads

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from courses.blocks import Topic
from courses.loader.load import load
from courses.loader.reasons import NotLoaded
from courses.models import Course, Question, Reviewer
from courses.questions.kinds import KINDS
from lms.people.choices import Country, Track
from tests.courses.loader import small
from tests.factories import NOON

MODULE = "courses/small/1-module"
SECOND_ES = f"{MODULE}/2-second.es.md"
SECOND_EN = f"{MODULE}/2-second.en.md"


@pytest.fixture
def folder(tmp_path):
    """The small folder; nothing of it is loaded."""
    return small.write_folder(tmp_path)


def reasons_of(folder):
    """Load the folder, which must be refused before it writes a page."""
    with pytest.raises(NotLoaded) as refusal:
        load(folder, at=NOON)
    assert not Page.objects.filter(translation_key=small.FIRST).exists()
    return refusal.value.reasons


def in_file(name, before, after):
    return lambda folder: small.change(folder, name, before, after)


def question(**parts):
    return lambda folder: small.write_questions(folder, [small.A_QUESTION | parts])


def document(**parts):
    return question(document=small.A_QUESTION["document"] | parts)


def in_both(before, after, *, name=f"{MODULE}/1-first"):
    def change(folder):
        for language in ("es", "en"):
            small.change(folder, f"{name}.{language}.md", before, after)

    return change


def with_block_more(name):
    def change(folder):
        with (folder / name).open("a") as file:
            file.write(f"\n::: text {small.NOTE}\nbody: a\n:::\n")

    return change


CASES = {
    "missing file": (
        lambda folder: (folder / small.FIRST_EN).unlink(),
        f"{small.FIRST_EN}: this file is missing",
    ),
    "no front matter": (
        in_file(small.FIRST_ES, "---\nid", "id"),
        f"{small.FIRST_ES}:1: front matter between two lines of --- is missing",
    ),
    "front matter is no mapping": (
        lambda folder: (folder / small.FIRST_ES).write_text("---\n- a\n---\n"),
        f"{small.FIRST_ES}:2: front matter is a list of `name: value`",
    ),
    "front matter cannot be read": (
        in_file(small.FIRST_ES, "summary: Resumen", "summary: [Resumen"),
        f"{small.FIRST_ES}:7: this cannot be read: did not find expected ',' or ']'",
    ),
    "name twice": (
        in_file(small.FIRST_ES, "summary: Resumen", "summary: A\nsummary: B"),
        f"{small.FIRST_ES}:7: this cannot be read: 'summary' stands here twice",
    ),
    "unknown kind": (
        in_file(small.FIRST_ES, "kind: lesson", "kind: leccion"),
        f"{small.FIRST_ES}:2: kind is 'leccion'; known: catalogue, course, module, "
        "lesson, quiz, case",
    ),
    "kind in the wrong place": (
        in_both("kind: lesson", "kind: catalogue"),
        f"{small.FIRST_ES}:2: kind must be lesson or quiz here",
    ),
    "id is no UUID": (
        in_file(small.FIRST_ES, f"id: {small.FIRST}", "id: 7"),
        f"{small.FIRST_ES}:2: id is 7; write a UUID",
    ),
    "id used twice": (
        in_both(str(small.FIRST), str(small.SECOND)),
        f"{SECOND_ES}: id {small.SECOND} is already used at {small.FIRST_ES}",
    ),
    "block id used twice": (
        in_both(str(small.STEPS), str(small.TEXT)),
        f"{small.FIRST_ES}:24: id {small.TEXT} is already used at {small.FIRST_ES}:14",
    ),
    "unknown name": (
        in_file(small.FIRST_ES, "summary:", "minutes: 4\nsummary:"),
        f"{small.FIRST_ES}:2: a lesson has no 'minutes'",
    ),
    "missing name": (
        in_file(small.FIRST_ES, "summary: Resumen\n", ""),
        f"{small.FIRST_ES}:2: summary is missing",
    ),
    "wrong type": (
        in_file(small.COURSE_ES, "pass_mark: 80", "pass_mark: ochenta"),
        f"{small.COURSE_ES}:2: pass_mark is 'ochenta'; write a number",
    ),
    "value out of range": (
        in_both("pass_mark: 80", "pass_mark: 800", name="courses/small/course"),
        f"{small.COURSE_ES}:2: pass_mark: Ensure this value is less than or equal to "
        "100.",
    ),
    "unknown track": (
        in_both("[judge,", "[judges,", name=f"{MODULE}/module"),
        f"{MODULE}/module.es.md:2: required_for names no track: ['judges']; known: "
        f"{Track.values}",
    ),
    "facts differ between languages": (
        in_file(small.COURSE_EN, "pass_mark: 80", "pass_mark: 70"),
        f"{small.COURSE_EN}:2: pass_mark is 70, but 80 in {small.COURSE_ES}",
    ),
    "ids differ between languages": (
        in_file(small.FIRST_EN, str(small.FIRST), str(small.NOTE)),
        f"{small.FIRST_EN}:2: kind and id differ from {small.FIRST_ES}",
    ),
    "slug used twice": (
        in_file(SECOND_EN, "slug: second", "slug: first"),
        f"{SECOND_EN}:2: slug first is that of {small.FIRST_EN}",
    ),
    "not composed": (
        in_file(SECOND_ES, "Otra regla", "Otra lección".replace("ó", "o\u0301")),
        f"{SECOND_ES}: accents must be composed characters (Unicode NFC)",
    ),
    "not UTF-8": (
        lambda folder: (folder / SECOND_ES).write_bytes("Lección".encode("latin-1")),
        f"{SECOND_ES}: this is not UTF-8 (byte 5)",
    ),
    "no final test": (
        lambda folder: [path.unlink() for path in folder.rglob("9-final*")],
        f"{small.COURSE_ES}: a course has one final test; here are 0",
    ),
    "final test in a module": (
        in_both("purpose: practice", "purpose: final", name=f"{MODULE}/3-practice"),
        f"{MODULE}/3-practice.es.md: a quiz of a module has purpose: practice",
    ),
    "practice check beside modules": (
        in_both(
            "purpose: final", "purpose: practice", name="courses/small/9-final-test"
        ),
        "courses/small/9-final-test.es.md: a quiz beside the modules has "
        "purpose: pretest or final",
    ),
    "pre-test after a module": (
        in_both(
            "purpose: final", "purpose: pretest", name="courses/small/9-final-test"
        ),
        "courses/small/course.es.md: a pre-test comes once, before all else",
    ),
    "reviewer of no kind": (
        in_both(
            "review_by: anti-trafficking-trainer",
            "review_by: a-friend",
            name="courses/small/1-module/2-second",
        ),
        f"{SECOND_ES}:2: review_by is 'a-friend'; known: {Reviewer.values}",
    ),
    "folder in a module": (
        lambda folder: (folder / MODULE / "4-more").mkdir(),
        f"{MODULE}/4-more: a module has no folders",
    ),
    "text outside a block": (
        in_file(SECOND_ES, "::: text", "Hola\n::: text"),
        f"{SECOND_ES}:13: text outside a block (::: kind uuid … :::)",
    ),
    "block without an end": (
        in_file(SECOND_ES, "body: Texto.\n:::", "body: Texto.\n"),
        f"{SECOND_ES}:13: this block is never closed with :::",
    ),
    "block that cannot be read": (
        in_file(SECOND_ES, "body: Texto.", "body: [Texto."),
        f"{SECOND_ES}:16: this cannot be read: did not find expected ',' or ']'",
    ),
    "block that is no mapping": (
        in_file(SECOND_ES, "heading: Otra regla\nbody: Texto.", "- Texto."),
        f"{SECOND_ES}:13: a block is a list of `name: value`",
    ),
    "blocks in a quiz": (
        with_block_more(f"{MODULE}/3-practice.es.md"),
        f"{MODULE}/3-practice.es.md:10: a quiz has no blocks",
    ),
    "lesson without blocks": (
        lambda folder: (folder / SECOND_ES).write_text(
            (folder / SECOND_ES).read_text().split(":::")[0]
        ),
        f"{SECOND_ES}: a lesson without a block has nothing to read",
    ),
    "unknown block": (
        in_both("::: text", "::: html", name=f"{MODULE}/2-second"),
        f"{SECOND_ES}:13: there is no block 'html'; known: text, note, steps, table, "
        "image, drawing, media, document, check, country",
    ),
    "unknown part of a block": (
        in_file(SECOND_ES, "heading: Otra regla", "titulo: Otra regla"),
        f"{SECOND_ES}:13: text {small.SECOND_TEXT}: there is no titulo; known: "
        "heading, body, instead, source",
    ),
    "blocks in another order": (
        in_file(small.FIRST_EN, f"::: steps {small.STEPS}", f"::: steps {small.NOTE}"),
        f"{small.FIRST_EN}:24: block steps {small.NOTE} stands where "
        f"{small.FIRST_ES}:24 has steps {small.STEPS}",
    ),
    "a block more": (
        with_block_more(SECOND_EN),
        f"{SECOND_EN}: 2 blocks, but 1 in {SECOND_ES}",
    ),
    "part that is no text": (
        in_file(SECOND_ES, "heading: Otra regla", "heading: 2018"),
        f"{SECOND_ES}:13: text {small.SECOND_TEXT}: heading is 2018; write it "
        "in quotes",
    ),
    "rich text that is no text": (
        in_file(SECOND_ES, "body: Texto.", "body: no"),
        f"{SECOND_ES}:13: text {small.SECOND_TEXT}: body is False; write it in quotes",
    ),
    "no body": (
        in_file(SECOND_ES, "body: Texto.", "source: Texto."),
        f"{SECOND_ES}:13: body: This field is required.",
    ),
    "text too long": (
        in_file(SECOND_ES, "Otra regla", "x" * 121),
        f"{SECOND_ES}:13: heading: Ensure this value has at most 120 characters "
        "(it has 121).",
    ),
    "two right answers": (
        in_both("    correct: true", "    correct: false"),
        f"{small.FIRST_ES}:35: check: Mark exactly one answer as right.",
    ),
    "answer that is neither right nor wrong": (
        in_file(small.FIRST_ES, "correct: true", "correct: quizá"),
        f"{small.FIRST_ES}:35: check {small.CHECK}: correct is true or false, not "
        "'quizá'",
    ),
    "item without a text": (
        in_file(small.FIRST_ES, "    text: Mire\n", ""),
        f"{small.FIRST_ES}:24: items.1.text: This field is required.",
    ),
    "item without a key": (
        in_file(small.FIRST_ES, "  - key: a\n    heading", "  - heading"),
        f"{small.FIRST_ES}:24: steps {small.STEPS}: every item of a list has a key, a "
        "short word of its own",
    ),
    "key twice": (
        in_file(small.FIRST_ES, "  - key: b\n    heading", "  - key: a\n    heading"),
        f"{small.FIRST_ES}:24: steps {small.STEPS}: a key names two items of a "
        "list: a, a",
    ),
    "list that is none": (
        in_file(
            small.FIRST_ES,
            "Pasos\nitems:\n  - key: a\n",
            "Pasos\nitems:\n  - Mire\n  - key: a\n",
        ),
        f"{small.FIRST_ES}:24: steps {small.STEPS}: a list has items, each with a key",
    ),
    "point with more": (
        in_file(small.FIRST_ES, "    text: Reconocer", "    texto: Reconocer"),
        f"{small.FIRST_ES}:2 objectives: the point 'one' has a key and a text, nothing "
        "else",
    ),
    "point without key": (
        in_file(small.FIRST_ES, "  - key: one\n    text: Rec", "  - text: Rec"),
        f"{small.FIRST_ES}:2 objectives: every item of a list has a key, a short word "
        "of its own",
    ),
    "picture": (
        lambda folder: [
            small.change(folder, SECOND_ES, "::: text", "::: image"),
            small.change(folder, SECOND_EN, "::: text", "::: image"),
            small.change(folder, SECOND_ES, "heading: Otra regla\nbody", "alt"),
            small.change(folder, SECOND_EN, "heading: Another rule\nbody", "alt"),
        ],
        f"{SECOND_ES}:13: image {small.SECOND_TEXT}: image is chosen in the editor, "
        "not in a file",
    ),
    "Markdown the editor does not know": (
        in_file(SECOND_ES, "body: Texto.", 'body: "# Texto"'),
        f"{SECOND_ES}:13: text {small.SECOND_TEXT}: body: the editor would store this "
        "differently; it knows bold, italic, ol, ul, h3, link",
    ),
    "link to nowhere": (
        in_both(str(small.SECOND) + ")", str(small.NOTE) + ")"),
        f"{small.FIRST_ES}: it links to page:{small.NOTE}, which is nowhere",
    ),
    "paragraph more": (
        in_file(SECOND_EN, "body: Text.", 'body: "Text.\\n\\nMore."'),
        f"{SECOND_EN}: body.{small.SECOND_TEXT}.body: 2 texts here, 1 in the source; "
        "every language has the same paragraphs, items and optional texts",
    ),
    "optional text in one language": (
        in_file(SECOND_EN, "body: Text.", "body: Text.\nsource: Law"),
        f"{SECOND_EN}: body.{small.SECOND_TEXT}.source: 1 texts here, 0 in the source; "
        "every language has the same paragraphs, items and optional texts",
    ),
    "paragraph bold as a whole": (
        in_file(SECOND_EN, "body: Text.", 'body: "**Text.**"'),
        f"{SECOND_EN}: body.{small.SECOND_TEXT}.body: another structure than in the "
        "source; a paragraph that is bold or italic as a whole must be so in every "
        "language",
    ),
    "one text translated in two ways": (
        lambda folder: [
            small.change(folder, SECOND_ES, "Texto.", '"- Uno\\n- Uno"'),
            small.change(folder, SECOND_EN, "Text.", '"- One\\n- A one"'),
        ],
        f"{SECOND_EN}: body.{small.SECOND_TEXT}.body: the same text twice, with two "
        "translations: 'Uno'",
    ),
    "more links": (
        in_file(SECOND_EN, "body: Text.", 'body: "A [link](https://en.org)."'),
        f"{SECOND_EN}: body.{small.SECOND_TEXT}.body: more links here than in "
        "the source",
    ),
    "link to a page leads elsewhere": (
        lambda folder: [
            small.change(folder, SECOND_ES, "Texto.", f'"Vea [1](page:{small.FIRST})"'),
            small.change(folder, SECOND_EN, "Text.", '"See [1](https://en.org)"'),
        ],
        f"{SECOND_EN}: body.{small.SECOND_TEXT}.body: a link to a page leads elsewhere "
        "than in the source",
    ),
    "one link translated in two ways": (
        lambda folder: [
            small.change(
                folder,
                SECOND_ES,
                "Texto.",
                '"[a](https://es.org) y [b](https://es.org)"',
            ),
            small.change(
                folder,
                SECOND_EN,
                "Text.",
                '"[a](https://en.org) and [b](https://en.net)"',
            ),
        ],
        f"{SECOND_EN}: body.{small.SECOND_TEXT}.body: https://es.org is linked "
        "twice and translated in two ways",
    ),
    "one link translated and kept": (
        lambda folder: [
            small.change(
                folder,
                SECOND_ES,
                "Texto.",
                '"[a](https://es.org) y [b](https://es.org)"',
            ),
            small.change(
                folder,
                SECOND_EN,
                "Text.",
                '"[a](https://es.org) and [b](https://en.org)"',
            ),
        ],
        f"{SECOND_EN}: body.{small.SECOND_TEXT}.body: https://es.org is linked "
        "twice and translated in two ways",
    ),
    "no questions": (
        lambda folder: (folder / small.QUESTIONS).unlink(),
        f"{small.QUESTIONS}: this file is missing",
    ),
    "questions cannot be read": (
        lambda folder: (folder / small.QUESTIONS).write_text("{\n,"),
        f"{small.QUESTIONS}:2: this cannot be read: Expecting property name "
        "enclosed in double quotes",
    ),
    "questions are no object": (
        lambda folder: (folder / small.QUESTIONS).write_text("[]"),
        f"{small.QUESTIONS}: the file is an object with a list `questions`",
    ),
    "question lacks a name": (
        lambda folder: small.write_questions(folder, [{"code": "S1-Q1"}]),
        f"{small.QUESTIONS}: a question has anchor, code, document, lesson, "
        "module, use, uuid; here {'code': 'S1-Q1'}",
    ),
    "question without UUID": (
        question(uuid="7"),
        f"{small.QUESTIONS} S1-Q1: uuid is '7'; write a UUID",
    ),
    "question of no module": (
        question(module=str(small.NOTE)),
        f"{small.QUESTIONS} S1-Q1: module {small.NOTE} is no module of this course",
    ),
    "question of no lesson": (
        question(lesson=str(small.PRACTICE)),
        f"{small.QUESTIONS} S1-Q1: lesson {small.PRACTICE} is no lesson of its module",
    ),
    "question of no use": (
        question(use="exam"),
        f"{small.QUESTIONS} S1-Q1: use is 'exam'; known: {Question.Use.values}",
    ),
    "anchor": (
        question(anchor="yes"),
        f"{small.QUESTIONS} S1-Q1: anchor is true or false",
    ),
    "document lacks a part": (
        question(document={"type": "single"}),
        f"{small.QUESTIONS} S1-Q1: its document has correct, feedback, level, options, "
        "source, stem, type",
    ),
    "options without keys": (
        document(options=[{"es": "Esta", "en": "This"}]),
        f"{small.QUESTIONS} S1-Q1: options are a list of objects with a key "
        "each (left, right: two)",
    ),
    "matching without sides": (
        document(type="matching"),
        f"{small.QUESTIONS} S1-Q1: options are a list of objects with a key "
        "each (left, right: two)",
    ),
    "unknown type": (
        document(type="essay"),
        f"{small.QUESTIONS} S1-Q1: its type is none of {', '.join(KINDS)}",
    ),
    "stem in one language": (
        document(stem={"es": "¿Cuál?"}),
        f"{small.QUESTIONS} S1-Q1: the stem lacks a language",
    ),
    "no right answer": (
        document(correct=["z"]),
        f"{small.QUESTIONS} S1-Q1: `correct` does not answer the question",
    ),
    "question twice": (
        lambda folder: small.write_questions(folder, [small.A_QUESTION] * 2),
        f"{small.QUESTIONS} S1-Q1: its uuid or code names two questions",
    ),
    "notes are no list": (
        lambda folder: (folder / small.NOTES).write_text("a: b"),
        f"{small.NOTES}: the file is a list of notes",
    ),
    "note lacks a name": (
        lambda folder: (folder / small.NOTES).write_text("- a: b"),
        f"{small.NOTES}: a note has checked_on, country, id, owner, sources, text, "
        "title, topic; here {'a': 'b'}",
    ),
    "note of no country": (
        in_file(small.NOTES, "country: GT", "country: ES"),
        f"{small.NOTES} ES means-and-penalties: country is none of "
        f"{', '.join(Country.values)}",
    ),
    "note of no topic": (
        in_file(small.NOTES, "topic: means-and-penalties", "topic: weather"),
        f"{small.NOTES} GT weather: topic is none of {', '.join(Topic.values)}",
    ),
    "note without UUID": (
        in_file(small.NOTES, str(small.NOTE), "7"),
        f"{small.NOTES} GT means-and-penalties: id is 7; write a UUID",
    ),
    "note without day": (
        in_file(small.NOTES, "2026-11-01", "November"),
        f"{small.NOTES} GT means-and-penalties: checked_on is a day (2026-11-24)",
    ),
    "note checked on a day to come": (
        in_file(small.NOTES, "2026-11-01", "2026-11-03"),
        f"{small.NOTES} GT means-and-penalties: checked_on is after 2026-11-02: "
        "nobody checked it yet",
    ),
    "note in one language": (
        in_file(small.NOTES, ", en: The law", ""),
        f"{small.NOTES} GT means-and-penalties: title lacks a language",
    ),
    "note with a title in its text": (
        in_file(small.NOTES, "Pena **alta**.", "# Pena"),
        f"{small.NOTES} GT means-and-penalties: the editor would store this "
        "differently; it knows bold, italic, ol, ul, h3, link",
    ),
    "note that links to nowhere": (
        in_file(small.NOTES, "Pena **alta**.", f"[Ley](page:{small.FIRST})"),
        f"{small.NOTES} GT means-and-penalties: it links to page:{small.FIRST}, "
        "which is nowhere",
    ),
    "notes that cannot be read": (
        lambda folder: (folder / small.NOTES).write_text("- a: ["),
        f"{small.NOTES}:2: this cannot be read: did not find expected node content",
    ),
    "terms are no list": (
        lambda folder: (folder / small.TERMS).write_text("a: b"),
        f"{small.TERMS}: the file is a list of terms",
    ),
    "terms that cannot be read": (
        lambda folder: (folder / small.TERMS).write_text("- a: ["),
        f"{small.TERMS}:2: this cannot be read: did not find expected node content",
    ),
    "term lacks a name": (
        lambda folder: (folder / small.TERMS).write_text("- a: b"),
        f"{small.TERMS}: a term has avoid, definition, key, name, source, why, words; "
        "here {'a': 'b'}",
    ),
    "term with a key that is no address": (
        in_file(small.TERMS, "key: trata", "key: La trata"),
        f"{small.TERMS} La trata: key is small letters and digits, with - between them",
    ),
    "term in one language": (
        in_file(small.TERMS, ", en: It excludes men.", ""),
        f"{small.TERMS} trata: why lacks a language",
    ),
    "term whose words are no lists": (
        in_file(small.TERMS, "en: []", "en: trafficking"),
        f"{small.TERMS} trata: words is a list in each language, perhaps an empty one",
    ),
    "term twice": (
        lambda folder: (folder / small.TERMS).write_text(
            (folder / small.TERMS).read_text() * 2
        ),
        f"{small.TERMS} trata: there are two terms with this key",
    ),
    "questions not UTF-8": (
        lambda folder: (folder / small.QUESTIONS).write_bytes(b"\xff"),
        f"{small.QUESTIONS}: this is not UTF-8 (byte 0)",
    ),
    "missing course": (
        lambda folder: (folder / small.COURSE_EN).unlink(),
        f"{small.COURSE_EN}: this file is missing",
    ),
    "missing module": (
        lambda folder: (folder / f"{MODULE}/module.en.md").unlink(),
        f"{MODULE}/module.en.md: this file is missing",
    ),
    "note twice": (
        lambda folder: (folder / small.NOTES).write_text(
            (folder / small.NOTES).read_text() * 2
        ),
        f"{small.NOTES} GT means-and-penalties: there are two notes on this, or with "
        "this id",
    ),
    "no home page": (
        lambda folder: [path.unlink() for path in folder.rglob("catalogue.*")],
        "courses/catalogue.es.md: this file is missing, and there is no home page yet",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), CASES.values(), ids=CASES.keys())
def test_load_refuses(db, folder, spoil, sentence):
    spoil(folder)

    reasons = reasons_of(folder)

    assert sentence in reasons


def test_load_says_everything_that_is_wrong_at_once(db, folder):
    small.change(folder, small.FIRST_ES, "summary: Resumen\n", "")
    small.change(folder, SECOND_ES, "slug: segunda\n", "")

    assert reasons_of(folder) == [
        f"{small.FIRST_ES}:2: summary is missing",
        f"{SECOND_ES}:2: slug is missing",
    ]


def test_load_refuses_a_folder_without_courses(db, tmp_path):
    assert reasons_of(tmp_path) == [f"{tmp_path}: there is no folder courses/ here"]


def test_load_refuses_the_code_of_another_course(db, folder):
    Course.objects.create(pk=small.NOTE, code="S1")

    assert reasons_of(folder) == [
        f"{small.COURSE_ES}:2: code S1 belongs to another course"
    ]


def test_load_refuses_a_slug_that_a_screen_has(db, folder):
    small.change(folder, small.COURSE_ES, "slug: curso", "slug: account")

    with pytest.raises(NotLoaded) as refusal:
        load(folder, at=NOON)

    assert refusal.value.reasons == [
        f"{small.COURSE_ES}: slug: This address is taken by a screen of the platform."
    ]


def test_load_refuses_an_id_that_another_kind_of_page_has(db, folder):
    load(folder, at=NOON)
    small.change(folder, SECOND_ES, str(small.SECOND), str(small.PRACTICE))
    small.change(folder, SECOND_EN, str(small.SECOND), str(small.PRACTICE))
    for language in ("es", "en"):
        practice = f"{MODULE}/3-practice.{language}.md"
        small.change(folder, practice, str(small.PRACTICE), str(small.SECOND))
        first = f"{MODULE}/1-first.{language}.md"
        small.change(folder, first, f"[1](page:{small.SECOND})", "1")

    with pytest.raises(NotLoaded) as refusal:
        load(folder, at=NOON)

    assert refusal.value.reasons == [f"{SECOND_ES}: this id belongs to a QuizPage"]


def test_load_refuses_an_english_slug_that_is_taken(db, folder):
    load(folder, at=NOON)
    module = Page.objects.get(translation_key=small.MODULE, slug="module")
    module.add_child(instance=Page(title="Taken", slug="taken", locale=module.locale))
    small.change(folder, SECOND_EN, "slug: second", "slug: taken")

    with pytest.raises(NotLoaded) as refusal:
        load(folder, at=NOON)

    assert refusal.value.reasons == [
        f"{SECOND_EN}: slug would be stored as taken-1, not taken"
    ]


def test_load_says_why_no_edition_is_opened(db, folder):
    for language in ("es", "en"):
        name = f"{MODULE}/module.{language}.md"
        small.change(folder, name, "[judge, prosecutor, opi, other]", "[]")

    with pytest.raises(NotLoaded) as refusal:
        load(folder, at=NOON)

    assert refusal.value.reasons == ["edition of S1: nothing-required"]
    assert Page.objects.get(translation_key=small.FIRST, slug="first").live


def test_load_courses_prints_a_report(db, folder):
    out = StringIO()

    call_command("load_courses", folder, stdout=out)

    assert out.getvalue().splitlines() == [
        "pages: 7 new, 0 changed, 0 unchanged",
        "translations: 7 new, 0 changed, 0 unchanged",
        "questions: 1 new, 0 changed, 0 unchanged",
        "country notes: 1 new, 0 changed, 0 unchanged",
        "terms: 1 new, 0 changed, 0 unchanged",
        "wordings: 1 new, 0 changed, 0 unchanged",
        "reasoning tasks: 0 new, 0 changed, 0 unchanged",
        "edition opened: S1 2026-1 v1",
    ]


def test_load_courses_prints_a_report_for_programs(db, folder):
    load(folder, at=NOON)
    out = StringIO()

    call_command("load_courses", folder, json=True, stdout=out)

    assert loads(out.getvalue())["pages"] == {"new": 0, "changed": 0, "unchanged": 7}


def test_load_courses_prints_reasons_and_fails(db, folder):
    out = StringIO()
    small.change(folder, small.FIRST_ES, "summary: Resumen\n", "")

    with pytest.raises(CommandError) as failure:
        call_command("load_courses", folder, json=True, stdout=out)

    reasons = [f"{small.FIRST_ES}:2: summary is missing"]
    assert str(failure.value) == reasons[0]
    assert loads(out.getvalue()) == {"reasons": reasons}
    assert failure.value.returncode == 1


def test_load_courses_fails_with_every_reason(db, folder):
    small.change(folder, small.FIRST_ES, "summary: Resumen\n", "")
    small.change(folder, SECOND_ES, "slug: segunda\n", "")

    with pytest.raises(CommandError) as failure:
        call_command("load_courses", folder, stdout=StringIO())

    assert str(failure.value).splitlines() == [
        f"{small.FIRST_ES}:2: summary is missing",
        f"{SECOND_ES}:2: slug is missing",
    ]
