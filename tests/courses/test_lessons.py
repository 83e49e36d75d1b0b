"""Reading a lesson quickly, checking oneself without a key, finishing once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from courses.models import Completion, CountryNote, Enrolment, LessonPage
from courses.outline import outline
from courses.views.lessons import MILD
from tests import factories

LESSON = "/es/trata/modulo-uno/leccion-1/"
SECOND = "/es/trata/modulo-uno/leccion-2/"
ENGLISH = "/en/trata-en/modulo-uno-en/leccion-1-en/"


def finish(client, activity, **facts):
    return client.post(reverse("finish_lesson", args=[activity.pk]), facts)


def page_of(activity, language="es") -> LessonPage:
    return LessonPage.objects.get(
        translation_key=activity.pk, locale__language_code=language
    )


def check_in(page: LessonPage):
    """Return the first self-check of a lesson and its options by their last letter."""
    check = next(block for block in page.body if block.block_type == "check")
    options = check.value["options"].bound_blocks
    return check.id, {option.value["text"][-1]: option.id for option in options}


def test_lesson_asks_the_database_four_times_at_most_once_it_is_warm(
    client, ana, enrolment, django_assert_max_num_queries
):
    client.force_login(ana)
    client.get(LESSON)

    with django_assert_max_num_queries(4):
        answer = client.get(LESSON)

    assert answer.status_code == 200


def test_lesson_asks_an_anonymous_reader_nothing_once_it_is_warm(
    client, edition, django_assert_num_queries
):
    client.get(LESSON)

    with django_assert_num_queries(0):
        client.get(LESSON)


def test_lesson_ticks_what_the_reader_finished_in_every_language(
    client, ana, enrolment, activities, at
):
    Completion.objects.create(
        enrolment=enrolment, activity=activities["lesson-1"], at=at, language="es"
    )
    client.force_login(ana)

    spanish, english = client.get(LESSON), client.get(ENGLISH)

    for answer in (spanish, english):
        assert answer.context["ticks"].done == {activities["lesson-1"].pk: at}
        assert answer.context["done_at"] == at
        assert answer.context["next"].key == activities["lesson-2"].pk
        assert "finish_lesson" not in answer.content.decode()
        assert reverse("finish_lesson", args=[activities["lesson-1"].pk]) not in (
            answer.content.decode()
        )


def test_lesson_says_where_it_stands_and_names_the_next_step(
    client, ana, enrolment, activities
):
    client.force_login(ana)

    answer = client.get(SECOND)

    entry = answer.context["entry"]
    assert (entry.number, answer.context["position"]) == ("1.2", 2)
    assert answer.context["next"].number == "1.3"
    assert reverse("finish_lesson", args=[activities["lesson-2"].pk]) in (
        answer.content.decode()
    )


def test_lesson_shows_no_other_learners_ticks(
    client, ana, bruno, enrolment, activities, at
):
    Completion.objects.create(
        enrolment=enrolment, activity=activities["lesson-1"], at=at, language="es"
    )
    client.force_login(bruno)

    answer = client.get(LESSON)

    assert answer.context["ticks"].enrolment is None
    assert answer.context["ticks"].done == {}


@pytest.mark.parametrize("signed_in", [False, True])
def test_lesson_is_readable_without_an_enrolment(client, bruno, edition, signed_in):
    if signed_in:
        client.force_login(bruno)

    answer = client.get(LESSON)

    assert "Texto de la lección C1-1" in answer.content.decode()
    assert not answer.context["may_finish"]
    assert "/es/trata/" in answer.content.decode()


def test_lesson_leads_to_its_translation(client, edition):
    answer = client.get(LESSON)

    assert answer.context["alternates"] == (
        {"code": "en", "name": "English", "url": ENGLISH},
    )
    assert f'href="{ENGLISH}"' in answer.content.decode()


def test_lesson_that_was_taken_down_is_not_found(client, edition, activities):
    page_of(activities["lesson-1"]).unpublish()

    assert client.get(LESSON).status_code == 404


def test_lesson_behind_a_restriction_goes_wagtails_way(client, edition, activities):
    PageViewRestriction.objects.create(
        page=page_of(activities["lesson-1"]).get_parent(),
        restriction_type=PageViewRestriction.LOGIN,
    )

    answer = client.get(LESSON)

    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={LESSON}")


def test_lesson_behind_a_restriction_is_finished_and_noted_by_who_may_read_it(
    client, ana, enrolment, activities
):
    PageViewRestriction.objects.create(
        page=page_of(activities["lesson-1"]),
        restriction_type=PageViewRestriction.LOGIN,
    )
    client.force_login(ana)

    words = client.get(LESSON).content.decode()
    finish(client, activities["lesson-1"], revision="")

    for name in ("finish_lesson", "lesson_note"):
        assert reverse(name, args=[activities["lesson-1"].pk]) in words
    assert Completion.objects.get().activity == activities["lesson-1"]


def test_practice_check_with_three_parts_in_its_address_is_served(client, edition):
    answer = client.get("/es/trata/modulo-uno/practica/")

    assert answer.status_code == 200
    assert "courses/quiz_page.html" in {used.name for used in answer.templates}


def test_self_check_holds_no_key_before_it_is_answered(client, edition, activities):
    page = page_of(activities["lesson-1"])
    assert "FEEDBACK-b" in str(page.body.get_prep_value())  # there is something to leak

    body = client.get(LESSON).content.decode()

    assert "Opción b" in body
    assert "FEEDBACK" not in body
    assert "correct" not in body.casefold()


@pytest.mark.parametrize(("letter", "right"), [("a", False), ("b", True)])
def test_self_check_answers_the_one_option_that_was_chosen(
    client, edition, activities, letter, right
):
    check, options = check_in(page_of(activities["lesson-1"]))

    answer = client.get(LESSON, {"c": check, "o": options[letter]})

    body = answer.content.decode()
    others = {"a", "b", "c"} - {letter}
    assert f"FEEDBACK-{letter}" in body
    assert not [other for other in others if f"FEEDBACK-{other}" in body]
    assert ('class="notice ok" role="status"' in body) is right


def test_self_check_feedback_is_not_kept_for_the_next_reader(
    client, edition, activities
):
    check, options = check_in(page_of(activities["lesson-1"]))
    client.get(LESSON, {"c": check, "o": options["b"]})

    assert "FEEDBACK" not in client.get(LESSON).content.decode()


@pytest.mark.parametrize("option", ["", "nothing-of-the-sort"])
def test_self_check_without_an_answer_asks_for_one(client, edition, activities, option):
    check, _options = check_in(page_of(activities["lesson-1"]))

    body = client.get(LESSON, {"c": check, "o": option}).content.decode()

    assert "FEEDBACK" not in body
    assert 'class="notice warn" role="status"' in body


def test_finish_records_the_lesson_and_leads_to_the_next(
    client, ana, enrolment, activities
):
    client.force_login(ana)
    page = page_of(activities["lesson-1"])

    answer = finish(client, activities["lesson-1"], revision=page.live_revision_id)

    assert answer.status_code == 302
    assert answer.url == SECOND
    row = enrolment.completions.get()
    assert (row.activity, row.language) == (activities["lesson-1"], "es")
    assert row.revision == page.live_revision_id


def test_keys_that_are_made_up_fill_no_memory(client, activities):
    kept = caches["pages"]

    for _time in range(3):
        key = uuid4()
        path = reverse("finish_lesson", args=[key])
        assert client.get(path).status_code == 404
        assert f"lesson:{key}" not in kept
    client.get(reverse("finish_lesson", args=[activities["lesson-1"].pk]))

    assert f"lesson:{activities['lesson-1'].pk}" in kept


def test_finish_keeps_the_revision_that_was_read(client, ana, enrolment, activities):
    page = page_of(activities["lesson-1"])
    read = page.live_revision_id
    page.title = "Otro título"
    page.save_revision().publish()
    client.force_login(ana)

    finish(client, activities["lesson-1"], revision=read)

    assert enrolment.completions.get().revision == read


@pytest.mark.parametrize("claimed", ["", "no", "999999"])
def test_finish_believes_no_revision_of_another_page(
    client, ana, enrolment, activities, claimed
):
    client.force_login(ana)

    finish(client, activities["lesson-1"], revision=claimed)

    live = page_of(activities["lesson-1"]).live_revision_id
    assert enrolment.completions.get().revision == live


def test_finish_twice_changes_nothing(client, ana, enrolment, activities):
    client.force_login(ana)
    finish(client, activities["lesson-1"])
    first = enrolment.completions.get()

    answer = finish(client, activities["lesson-1"])

    assert answer.url == SECOND
    assert list(enrolment.completions.values_list("pk", "at")) == [(first.pk, first.at)]


@pytest.mark.parametrize("name", ["practice", "final"])
def test_finish_is_not_a_way_round_a_quiz(client, ana, enrolment, activities, name):
    client.force_login(ana)

    answer = finish(client, activities[name])

    assert answer.status_code == 404
    assert not Completion.objects.exists()


def test_finish_without_an_enrolment_is_refused_and_says_what_to_do(
    client, bruno, enrolment, activities
):
    client.force_login(bruno)

    answer = finish(client, activities["lesson-1"])

    assert answer.status_code == 409
    assert LESSON in answer.content.decode()
    assert not Completion.objects.exists()


def test_finish_after_leaving_the_course_is_refused(client, ana, enrolment, activities):
    Enrolment.objects.update(withdrawn_at=timezone.now())
    client.force_login(ana)

    answer = finish(client, activities["lesson-1"])

    assert answer.status_code == 409
    assert not Completion.objects.exists()


def test_finish_of_a_lesson_outside_the_edition_is_refused(
    client, ana, enrolment, course_page
):
    module = course_page.get_children().first().specific
    added = factories.in_both(
        module,
        LessonPage,
        title="Nueva",
        slug="nueva",
        summary="Resumen",
        objectives=[{"type": "point", "value": "Distinguir"}],
        body=factories.lesson_body(),
    )
    client.force_login(ana)

    answer = client.post(reverse("finish_lesson", args=[added.translation_key]))

    assert answer.status_code == 409
    assert not Completion.objects.exists()


def test_finish_asks_an_anonymous_reader_to_sign_in(client, edition, activities):
    answer = finish(client, activities["lesson-1"])

    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={LESSON}")
    assert not Completion.objects.exists()


def test_finish_by_get_only_shows_the_lesson(client, ana, enrolment, activities):
    client.force_login(ana)

    answer = client.get(reverse("finish_lesson", args=[activities["lesson-1"].pk]))

    assert answer.url == LESSON
    assert not Completion.objects.exists()


@pytest.fixture
def note_of_honduras(db):
    return CountryNote.objects.create(
        country="HN",
        topic="means-and-penalties",
        titles={"es": "La ley de Honduras", "en": "The law of Honduras"},
        texts={"es": "<p>Pena <b>alta</b></p>", "en": "<p>A <b>high</b> penalty</p>"},
        sources=[{"es": "Código Penal", "en": "Criminal Code"}],
        checked_on=date(2026, 11, 1),
        owners={"es": "Punto focal", "en": "Focal point"},
    )


def test_lesson_shows_the_note_of_the_readers_country(
    client, ana, carla, edition, note_of_honduras
):
    client.force_login(carla)

    spanish, english = client.get(LESSON), client.get(ENGLISH)

    assert "La ley de Honduras" in spanish.content.decode()
    assert "<p>Pena <b>alta</b></p>" in spanish.content.decode()
    assert "Criminal Code" in english.content.decode()


def test_lesson_says_when_the_note_of_the_country_is_missing(
    client, ana, edition, note_of_honduras
):
    client.force_login(ana)  # from Guatemala

    body = client.get(LESSON).content.decode()

    assert "La ley de Honduras" not in body
    assert "Guatemala" in body


def test_lesson_lets_an_anonymous_reader_choose_a_country(
    client, edition, note_of_honduras
):
    before = client.get(LESSON).content.decode()
    after = client.get(LESSON, {"country": "HN"}).content.decode()

    assert '<option value="HN">' in before
    assert "La ley de Honduras" not in before
    assert "La ley de Honduras" in after


def test_lesson_ignores_a_country_outside_the_region(client, edition):
    assert client.get(LESSON, {"country": "<b>"}).status_code == 200


def test_outline_numbers_activities_as_the_edition_does(edition):
    rows = edition.activities.values_list("activity", "number")

    spanish = outline(edition.course_id, "es")
    english = outline(edition.course_id, "en")

    assert [(entry.key, entry.number) for entry in spanish] == list(rows)
    assert [(entry.key, entry.number) for entry in english] == list(rows)
    assert english[0].url == ENGLISH
    assert english[0].module_title == "Módulo uno (en)"


def test_outline_keeps_the_numbers_when_a_translation_is_missing(edition, activities):
    page_of(activities["lesson-1"], "en").unpublish()

    english = outline(edition.course_id, "en")

    assert [entry.number for entry in english] == ["1.1", "1.2", "1.3", "2"]
    assert [entry.language for entry in english] == ["es", "", "", ""]


def test_outline_leaves_out_what_lies_below_a_module_taken_down(edition, course_page):
    course_page.get_children().first().unpublish()

    assert [entry.kind for entry in outline(edition.course_id, "es")] == ["final"]


def test_lesson_can_be_read_without_descriptions_and_counts_the_same(
    client, ana, enrolment, activities
):
    page = page_of(activities["lesson-1"])
    page.content_note = "Describe violencia."
    page.body[0].value["instead"] = RichText("<p>Lo mismo, sin describirlo.</p>")
    page.save_revision().publish()
    client.force_login(ana)

    full, mild = client.get(LESSON), client.get(f"{LESSON}?version={MILD}")
    finished = finish(client, activities["lesson-1"])

    assert "Texto de la lección C1-1" in full.text
    assert "Lo mismo, sin describirlo" not in full.text
    assert f"?version={MILD}" in full.text
    assert "Lo mismo, sin describirlo" in mild.text
    assert "Texto de la lección C1-1" not in mild.text
    assert f'name="version" value="{MILD}"' in mild.text
    assert finished.status_code == 302
    assert Completion.objects.filter(enrolment=enrolment).exists()


def test_lesson_without_another_version_offers_none(client, edition):
    answer = client.get(LESSON)

    assert "?version=" not in answer.text


def test_what_is_read_instead_adds_no_minutes(activities):
    page = page_of(activities["lesson-1"])
    before = page.minutes
    page.body[0].value["instead"] = RichText(f"<p>{'palabra ' * 400}</p>")
    page.save()

    assert page.minutes == before


@pytest.mark.parametrize(("days", "shown"), [(90, True), (91, False)])
def test_contacts_are_hidden_ninety_days_after_they_were_checked(
    client, activities, days, shown
):
    page = page_of(activities["lesson-1"])
    page.body[2].value["topic"] = "contacts"
    page.save_revision().publish()
    CountryNote.objects.create(
        country="GT",
        topic="contacts",
        titles={"es": "Línea", "en": "Line"},
        texts={"es": "<p>Llame al 000.</p>", "en": "<p>Call 000.</p>"},
        checked_on=timezone.localdate() - timedelta(days=days),
        owners={"es": "Punto focal", "en": "Focal point"},
    )

    answer = client.get(f"{LESSON}?country=GT")

    assert ("Llame al 000" in answer.text) is shown
    assert ("Punto focal" in answer.text) is shown
    assert ("no se muestra ninguno" in answer.text) is not shown


def test_a_lesson_with_letters_of_spanish_in_its_address_is_a_lesson(
    client, ana, enrolment, activities
):
    page = page_of(activities["lesson-1"])
    LessonPage.objects.filter(pk=page.pk).update(
        slug="niñez", url_path=page.url_path.replace("leccion-1", "niñez")
    )
    client.force_login(ana)

    shown = client.get("/es/trata/modulo-uno/niñez/")

    assert shown.context["position"] == 1
    assert reverse("finish_lesson", args=[page.translation_key]) in shown.text
    assert client.get(ENGLISH).status_code == 200


def test_a_new_page_gets_an_address_of_plain_letters(activities):
    module = page_of(activities["lesson-1"]).get_parent()
    page = module.add_child(
        instance=LessonPage(
            title="Niñez y desaparición",
            summary="Una",
            objectives=[{"type": "point", "value": "Distinguir"}],
            body=factories.lesson_body("n"),
        )
    )

    assert page.slug == "ninez-y-desaparicion"
