"""A case that cannot be walked is not published, and the editor reads why."""

from copy import deepcopy
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Revision
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments.extract import extract_segments

from courses.cases.actions import start_run
from courses.cases.document import document_of
from courses.cases.faults import Fault, untranslated
from courses.cases.live import live_document
from courses.cases.map import map_of
from courses.cases.words import FAULTS, sentence_of
from courses.models import CasePage
from courses.tree import Node, lacks_a_language
from tests.courses.cases.small import FULL, HALF, NONE, body, option, step
from tests.courses.editing.posting import NO_COMMENTS, fields_of


@pytest.fixture
def editor(client, admin):
    client.force_login(admin)
    return client


def form_of(page: CasePage, raw: list[dict]) -> dict:
    # A list without items looks like a choice of nothing.
    counts = {}
    for place, block in enumerate(raw):
        for part in ("papers", "options"):
            if block["value"].get(part) == []:
                counts[f"body-{place}-value-{part}-count"] = "0"
    return (
        {
            "title": page.title,
            "slug": page.slug,
            "summary": page.summary,
            "content_note": page.content_note,
            "other_role": page.other_role,
            "required_for": page.required_for,
            "review_by": page.review_by,
        }
        | fields_of("body", raw)
        | counts
        | NO_COMMENTS
    )


def send(editor, page, raw, **more):
    return editor.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form_of(page, raw) | more,
        headers={"accept-language": "en"},
    )


def broken() -> dict[str, list[dict]]:
    """Return a body for each thing that may be wrong, by a word of the sentence."""
    unreachable = step("4", [option("4a", "end", HALF), option("4b", "end", HALF)])
    cycle, nowhere, out_of_range, dead_end = (deepcopy(body()) for _ in range(4))
    cycle[2]["value"]["options"][0]["value"]["next"] = "1"
    nowhere[1]["value"]["options"][0]["value"]["next"] = "9"
    out_of_range[0]["value"]["options"][1]["value"]["safety"] = 5
    dead_end[1]["value"]["options"][0]["value"]["roles"] = ["judge"]
    return {
        "unreachable": [*body(), unreachable],
        "cycle": cycle,
        "leads-nowhere": nowhere,
        "score-out-of-range": out_of_range,
        "dead-end": dead_end,
    }


def test_the_form_publishes_a_case_that_can_be_walked(editor, case_page):
    raw = body()
    raw[0]["value"]["facts"] = "Otros hechos"

    send(editor, case_page, raw, **{"action-publish": "action-publish"})

    page = CasePage.objects.get(pk=case_page.pk)
    assert page.body[0].value["facts"] == "Otros hechos"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("unreachable", "Step 4: no role ever comes to it."),
        ("cycle", "comes back to it, so the case never ends."),
        ("leads-nowhere", "Step 2, option 1: it leads to a step that does not exist."),
        ("dead-end", "has fewer than two options there."),
    ],
)
def test_the_form_refuses_and_names_each_fault(editor, case_page, word, sentence):
    before = Revision.objects.count()

    with override("en"):
        answer = send(
            editor, case_page, broken()[word], **{"action-publish": "action-publish"}
        )

        errors = " ".join(map(str, answer.context["form"].errors["body"]))

    assert sentence in errors
    assert Revision.objects.count() == before
    page = CasePage.objects.get(pk=case_page.pk)
    assert [block.value["facts"] for block in page.body[:3]] == [
        "Hechos 1",
        "Hechos 2",
        "Hechos 3",
    ]


def test_a_score_out_of_range_is_not_even_a_draft(editor, case_page):
    before = Revision.objects.count()

    answer = send(editor, case_page, broken()["score-out-of-range"])

    assert Revision.objects.count() == before
    assert "Ensure this value is less than or equal to 4." in answer.text


def test_a_draft_may_be_unfinished(editor, case_page):
    send(editor, case_page, broken()["unreachable"])

    page = CasePage.objects.get(pk=case_page.pk)
    assert page.has_unpublished_changes
    assert len(page.get_latest_revision_as_object().body) == 6
    assert len(page.body) == 5


@pytest.mark.parametrize("word", broken())
def test_no_way_of_publishing_goes_round_the_form(case_page, word):
    case_page.body = broken()[word]
    revision = case_page.save_revision(clean=False)

    with pytest.raises(ValidationError) as refusal:
        revision.publish()

    assert refusal.value.message_dict["body"]
    page = CasePage.objects.get(pk=case_page.pk)
    assert page.faults() == []


def test_a_faulty_draft_is_not_published_in_bulk(editor, case_page):
    case_page.body = broken()["cycle"]
    case_page.save_revision(clean=False)
    before = CasePage.objects.get(pk=case_page.pk).live_revision_id
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = editor.post(
        f"{address}?id={case_page.pk}&next=/admin/",
        follow=True,
        headers={"accept-language": "en"},
    )

    assert any("never ends" in str(one) for one in answer.context["messages"])
    assert CasePage.objects.get(pk=case_page.pk).live_revision_id == before


def test_a_faulty_draft_is_not_published_with_its_course(
    editor, course_page, case_page
):
    case_page.unpublish()
    case_page.body = broken()["cycle"]
    case_page.save_revision(clean=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = editor.post(
        f"{address}?id={course_page.pk}&next=/admin/",
        {"include_descendants": "on"},
        follow=True,
        headers={"accept-language": "en"},
    )

    assert any("never ends" in str(one) for one in answer.context["messages"])
    assert not CasePage.objects.get(pk=case_page.pk).live


def test_a_case_that_is_being_moderated_stays_without_faults(editor, case_page):
    """Who approves it need not read why it cannot be published."""
    send(editor, case_page, body(), **{"action-submit": "action-submit"})
    case_page.refresh_from_db()
    before = Revision.objects.count()

    answer = send(editor, case_page, broken()["cycle"])

    assert case_page.workflow_in_progress
    assert "never ends" in " ".join(map(str, answer.context["form"].errors["body"]))
    assert Revision.objects.count() == before


def test_while_one_language_is_ahead_the_last_whole_text_is_walked(
    case_page, taking, case, at
):
    whole = start_run(taking, activity=case, role="judge", at=at).version
    more = [option("4a", "end", HALF), option("4b", "end", NONE)]
    raw = [*body(), step("4", more)]
    raw[1]["value"]["options"][0]["value"]["next"] = "4"
    case_page.body = raw
    case_page.save_revision().publish()

    assert live_document(case_page.translation_key) == whole.document
    node = Node(
        page=case_page,
        number="3",
        translations={
            page.locale.language_code: page
            for page in CasePage.objects.filter(
                translation_key=case_page.translation_key
            )
        },
    )
    assert lacks_a_language(node, languages=["es", "en"])
    ahead = untranslated(document_of(node.translations))
    assert {(one.step, one.detail) for one in ahead} == {("4", "en")}
    with override("en"):
        assert sentence_of(ahead[0]) == "Step 4: a text is missing in English."


def test_a_case_that_went_wrong_is_not_begun(case_page):
    raw = broken()["cycle"]
    CasePage.objects.update(body=raw)

    assert live_document(case_page.translation_key) is None
    assert live_document(uuid4()) is None


def test_the_map_shows_each_step_and_its_faults(editor, case_page):
    case_page.body = broken()["leads-nowhere"]
    case_page.save_revision(clean=False)
    address = reverse("page_checks", args=[case_page.pk])

    answer = editor.get(address, headers={"accept-language": "en"})

    drawn = answer.context["map"]
    faults = ["Step 2, option 1: it leads to a step that does not exist."]
    assert [box.number for box in drawn.boxes] == ["1", "2", "3", "end"]
    assert [box.number for box in drawn.boxes if box.is_faulty] == ["2"]
    assert len(drawn.arrows) == 4  # 1 to 2 and the end, 2 to 3, 3 to the end
    assert [stop.faults for stop in drawn.stops] == [[], faults, []]
    assert [way.to for way in drawn.stops[0].ways] == ["2", "2", "end"]
    assert "<svg" in answer.text
    assert f"#:w:contentpath=body.{drawn.stops[1].block}" in answer.text


def test_the_map_of_a_case_without_steps_is_the_end(case_page):
    case_page.body = body()[3:]

    drawn = map_of(case_page)

    assert [box.number for box in drawn.boxes] == ["end"]
    assert drawn.stops == []


def test_preview_shows_the_case(editor, case_page):
    answer = case_page.make_preview_request()

    assert answer.status_code == 200
    assert "De qué trata" in answer.render().content.decode()


@pytest.mark.parametrize("word", FAULTS)
def test_every_fault_has_a_sentence(word):
    fault = {
        "never-earned": Fault(word, "safety", "judge"),
        "no-clean-way": Fault(word, "", "judge"),
        "untranslated": Fault(word, "3", "en"),
        "untranslated-end": Fault("untranslated", "", "en"),
    }.get(word, Fault(word, "3", "judge"))

    with override("en"):
        sentence = sentence_of(fault)

    assert sentence.endswith(".")
    assert "%" not in sentence


def test_the_structure_is_the_same_in_every_language(case_page):
    """Numbers, roles and scores are no texts: nobody is asked to translate them."""
    texts = [
        segment.string.data
        for segment in extract_segments(case_page)
        if hasattr(segment, "string")
    ]

    assert "Decidir 2b" in texts
    assert "Resumen 1" in texts
    assert [t for t in texts if t in {"1", "2", "end", "judge", "4", str(FULL)}] == []


def test_a_case_with_a_text_not_translated_is_not_published(editor, case_page):
    """The other texts are there: one consequence is what an English reader misses."""
    english = Locale.objects.get(language_code="en")
    source, _made = TranslationSource.update_or_create_from_instance(case_page)
    page, _made = source.create_or_update_translation(
        english, publish=False, copy_parent_pages=True, fallback=True
    )
    Translation.objects.update_or_create(source=source, target_locale=english)
    segments = list(StringSegment.objects.filter(source=source).order_by("order"))
    left = next(one for one in segments if "CONSECUENCIA" in one.string.data)
    for one in segments:
        if one.string_id != left.string_id:
            StringTranslation.objects.create(
                translation_of=one.string,
                context=one.context,
                locale=english,
                data=f"{one.string.data} in English",
                translation_type="manual",
            )
    before = page.live, page.live_revision_id

    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = editor.post(address, {"action": "publish"}, follow=True)

    page.refresh_from_db()
    told, _draft = answer.context["messages"]  # nor is its original public
    assert told.level_tag == "error"
    assert page.get_admin_display_title() in str(told)
    assert " 1 " in str(told)
    assert f"“{left.string.data}”" in str(told)
    assert (page.live, page.live_revision_id) == before
