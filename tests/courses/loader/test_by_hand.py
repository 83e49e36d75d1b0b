"""What people changed, moved or took away stays, unless the loader overwrites."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, Site
from wagtail_localize.models import StringTranslation, Translation

from courses.actions import save_question
from courses.bin.actions import put_away
from courses.models import CountryNote, GlossaryTerm, Question, Wording
from tests.courses.loader import small
from tests.factories import NOON


@pytest.fixture
def file_changed(folder):
    """The Spanish and the English file of a lesson say something new."""
    small.change(folder, small.FIRST_ES, "Mire", "Observe")
    small.change(folder, small.FIRST_EN, "Look", "Observe it")


def first_step(page):
    return page.body[1].value["items"][0]["text"]


def edit(page, *, by, **fields):
    """Publish a change of a page as a person does."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=by).publish(user=by)


def test_a_page_edited_by_hand_is_left_alone(file_changed, load_again, page_of, elena):
    edit(page_of(small.FIRST), by=elena, summary="De Elena")

    report = load_again()

    assert report.left_alone == [f"edited by hand: {small.FIRST_ES}"]
    assert page_of(small.FIRST).summary == "De Elena"
    assert first_step(page_of(small.FIRST, "en")) == "Look"


def test_a_page_edited_by_hand_is_overwritten_on_demand_and_ours_again(
    file_changed, load_again, page_of, elena
):
    edit(page_of(small.FIRST), by=elena, summary="De Elena")

    report = load_again(overwrite=True)
    again = load_again()

    assert report.left_alone == again.left_alone == []
    assert page_of(small.FIRST).summary == "Resumen"
    assert first_step(page_of(small.FIRST)) == "Observe"
    assert first_step(page_of(small.FIRST, "en")) == "Observe it"
    assert again.pages.unchanged == again.translations.unchanged == 7


def test_a_page_edited_by_hand_to_what_the_file_says_is_no_matter(
    load_again, page_of, elena
):
    edit(page_of(small.FIRST), by=elena)

    report = load_again()

    assert report.left_alone == []
    assert report.pages.unchanged == 7


def test_a_draft_by_hand_is_left_alone(load_again, page_of, elena):
    lesson = page_of(small.FIRST)
    lesson.summary = "Borrador"
    lesson.save_revision(user=elena)

    report = load_again()

    assert report.left_alone == [f"edited by hand: {small.FIRST_ES}"]
    assert page_of(small.FIRST).has_unpublished_changes


def test_a_translation_by_a_person_is_left_alone_and_shows_what_is_open(
    file_changed, load_again, page_of, elena
):
    StringTranslation.objects.filter(data="Listen").update(
        data="Listen well", last_translated_by=elena
    )

    report = load_again()

    assert report.left_alone == [f"edited by hand: {small.FIRST_EN}"]
    assert first_step(page_of(small.FIRST)) == "Observe"
    assert first_step(page_of(small.FIRST, "en")) == "Look"
    total, done = Translation.objects.get(source__object_id=small.FIRST).get_progress()
    assert total - done == 1


def test_a_translation_by_a_person_is_overwritten_on_demand_and_ours_again(
    file_changed, load_again, page_of, elena
):
    StringTranslation.objects.filter(data="Listen").update(
        data="Listen well", last_translated_by=elena
    )

    load_again(overwrite=True)
    again = load_again()

    assert first_step(page_of(small.FIRST, "en")) == "Observe it"
    assert not StringTranslation.objects.filter(last_translated_by=elena).exists()
    assert again.translations.unchanged == 7


def test_a_translation_taken_out_of_step_is_left_alone(
    file_changed, load_again, page_of
):
    Translation.objects.filter(source__object_id=small.FIRST).update(enabled=False)

    report = load_again()
    again = load_again(overwrite=True)

    assert report.left_alone == [f"edited by hand: {small.FIRST_EN}"]
    assert again.left_alone == []
    assert first_step(page_of(small.FIRST, "en")) == "Observe it"


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_page_taken_down_by_hand_stays_down(load_again, page_of, elena, language):
    page_of(small.FIRST, language).unpublish(user=elena)

    report = load_again()

    assert report.left_alone == [
        f"edited by hand: courses/small/1-module/1-first.{language}.md"
    ]
    assert not page_of(small.FIRST, language).live


def test_a_page_deleted_by_hand_stays_away(load_again, page_of, elena):
    page_of(small.FIRST).delete(user=elena)

    report = load_again()

    assert report.left_alone == [f"deleted by hand: {small.FIRST_ES}"]
    assert not Page.objects.filter(
        translation_key=small.FIRST, locale__language_code="es"
    ).exists()


def test_a_page_in_the_bin_stays_there_with_what_is_new_below(
    file_changed, load_again, page_of, elena
):
    page_of(small.SECOND).delete(user=elena)
    put_away([page_of(small.MODULE)], by=elena, at=NOON)

    report = load_again(overwrite=True)

    assert report.left_alone == ["in the bin: courses/small/1-module/module.es.md"]
    assert not page_of(small.FIRST).live
    assert page_of(small.COURSE).live


def test_a_home_page_is_never_missing(load_again, page_of):
    Site.objects.all().delete()
    page_of(small.CATALOGUE).delete()

    load_again(overwrite=True)

    assert Site.objects.get().root_page.specific == page_of(small.CATALOGUE)
    assert page_of(small.FIRST, "en").url == "/en/course/module/first/"


def test_a_translation_deleted_by_hand_stays_away(load_again, page_of, elena):
    page_of(small.FIRST, "en").delete(user=elena)

    report = load_again()

    assert report.left_alone == [f"edited by hand: {small.FIRST_EN}"]
    assert Page.objects.filter(translation_key=small.FIRST).count() == 1


def test_a_page_deleted_by_hand_comes_back_on_demand(load_again, page_of, elena):
    page_of(small.FIRST).delete(user=elena)

    load_again(overwrite=True)
    again = load_again()

    assert again.pages.unchanged == again.translations.unchanged == 7
    assert page_of(small.FIRST).live
    assert first_step(page_of(small.FIRST, "en")) == "Look"


def test_pages_moved_by_hand_stay_where_they_are(load_again, page_of, elena):
    page_of(small.SECOND).move(page_of(small.FIRST), pos="left", user=elena)

    report = load_again()
    stays = page_of(small.MODULE).get_children().first().translation_key
    again = load_again(overwrite=True)

    assert report.left_alone == [
        "moved by hand: below courses/small/1-module/module.es.md"
    ]
    assert stays == small.SECOND
    assert again.moved == ["below courses/small/1-module/module.es.md"]
    first = page_of(small.MODULE).get_children().first()
    assert first.translation_key == small.FIRST


def test_a_home_page_of_another_making_is_the_home(folder, load_again, page_of):
    for language in ("es", "en"):
        name = f"courses/catalogue.{language}.md"
        small.change(folder, name, str(small.CATALOGUE), str(small.NOTE))

    report = load_again()

    assert report.pages.unchanged == 6
    assert page_of(small.CATALOGUE).get_children().count() == 1


def test_a_question_written_by_hand_is_left_alone(load_again, elena):
    document = small.A_QUESTION["document"] | {"level": "remember"}
    facts = {
        "code": "S1-Q1",
        "module": small.MODULE,
        "lesson": small.FIRST,
        "use": "final",
        "anchor": False,
    }
    save_question(
        small.QUESTION, document=document, facts=facts, by=elena, at=timezone.now()
    )

    report = load_again()
    kept = Question.objects.get().versions.order_by("-number").first()
    load_again(overwrite=True)

    assert report.left_alone == [f"edited by hand: {small.QUESTIONS} S1-Q1"]
    assert kept.document == document
    latest = Question.objects.get().versions.order_by("-number").first()
    assert (latest.number, latest.document) == (3, small.A_QUESTION["document"])


def test_a_question_changed_in_its_file_becomes_a_new_version(folder, load_again):
    document = small.A_QUESTION["document"] | {"level": "remember"}
    small.write_questions(folder, [small.A_QUESTION | {"document": document}])

    report = load_again()

    assert report.questions.changed == 1
    assert [
        v.document["level"] for v in Question.objects.get().versions.order_by("number")
    ] == [
        "apply",
        "remember",
    ]


def test_a_country_note_changed_by_hand_is_left_alone(folder, load_again, elena):
    note = CountryNote.objects.get()
    note.titles = {"es": "De Elena", "en": "By Elena"}
    note.save()
    ModelLogEntry.objects.log_action(note, "wagtail.edit", user=elena)

    report = load_again()
    kept = CountryNote.objects.get().title("en")
    load_again(overwrite=True)

    assert report.left_alone == [
        "edited by hand: country_notes/GT.yaml GT means-and-penalties"
    ]
    assert kept == "By Elena"
    assert CountryNote.objects.get().title("en") == "The law"


def test_a_country_note_changed_in_its_file_is_changed(folder, load_again):
    small.change(folder, small.NOTES, "en: The law", "en: The statute")

    report = load_again()

    assert report.country_notes.changed == 1
    assert CountryNote.objects.get().title("en") == "The statute"


def test_a_term_changed_by_hand_is_left_alone(folder, load_again, elena):
    term = GlossaryTerm.objects.get()
    term.names = {"es": "De Elena", "en": "By Elena"}
    term.save()
    ModelLogEntry.objects.log_action(term, "wagtail.edit", user=elena)

    report = load_again()
    kept = GlossaryTerm.objects.get().name("en")
    load_again(overwrite=True)

    assert report.left_alone == ["edited by hand: glossary.yaml trata"]
    assert kept == "By Elena"
    assert GlossaryTerm.objects.get().name("en") == "Trafficking in persons"


def test_a_term_changed_in_its_file_is_changed(folder, load_again):
    small.change(folder, small.TERMS, "en: Protocol", "en: Palermo Protocol")

    report = load_again()

    assert report.terms.changed == 1
    assert GlossaryTerm.objects.get().sources["en"] == "Palermo Protocol"


def test_the_use_of_a_question_said_by_hand_stays(load_again, elena):
    question = Question.objects.get()
    Question.objects.update(use="practice", anchor=not question.anchor)
    ModelLogEntry.objects.log_action(question, "wagtail.edit", user=elena)

    report = load_again()
    kept = Question.objects.get()
    load_again(overwrite=True)

    assert report.left_alone == [f"edited by hand: {small.QUESTIONS} S1-Q1"]
    assert (kept.use, kept.anchor) == ("practice", not question.anchor)
    assert Question.objects.get().use == question.use


def test_a_note_deleted_by_hand_stays_away(load_again, client, admin):
    client.force_login(admin)
    note = CountryNote.objects.get()
    client.post(reverse("countrynote:delete", args=[note.pk]))

    report = load_again()
    gone = not CountryNote.objects.exists()
    load_again(overwrite=True)

    assert report.left_alone == [
        "deleted by hand: country_notes/GT.yaml GT means-and-penalties"
    ]
    assert gone
    assert CountryNote.objects.get().pk == note.pk


def test_a_term_renamed_and_deleted_by_hand_stays_away(load_again, client, admin):
    client.force_login(admin)
    Wording.objects.all().delete()
    GlossaryTerm.objects.update(names={"es": "Otro", "en": "Other"})
    term = GlossaryTerm.objects.get()
    client.post(reverse("glossaryterm:delete", args=[term.pk]))

    report = load_again()
    gone = not GlossaryTerm.objects.exists()
    load_again(overwrite=True)

    assert report.left_alone == [
        "deleted by hand: glossary.yaml trata",
        f"its term was deleted by hand: {small.WORDINGS} blancas",
    ]
    assert gone
    assert GlossaryTerm.objects.get().key == "trata"


def test_institutions_that_are_other_ones_are_reported(folder, load_again, judiciary):
    (folder / "institutions.csv").write_text(
        "code,country,kind,name_es,name_en,parent\n"
        "gt-organismo-judicial,GT,judiciary,Otro,Judiciary,\n"
    )

    report = load_again()

    assert report.left_alone == [
        "edited by hand: institutions.csv gt-organismo-judicial: name_es"
    ]
