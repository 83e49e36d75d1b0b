"""An editor who reads Spanish meets no English in the editors' area."""

import ast
import gettext
import json
import re
from html import unescape
from importlib import import_module
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import Resolver404, resolve, reverse
from django.utils.html import strip_tags
from django.utils.translation import trans_real
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from courses.editors import ensure_editors
from courses.models import CataloguePage, LessonPage, ModulePage
from tests.courses.cases.small import make_case
from tests.courses.noting import a_note
from tests.crawling import leads_to
from tests.factories import PersonFactory, make_edition, make_term

# Whose catalogues an editor's screens are written with.
PARTS = [
    "wagtail",
    "wagtail.admin",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.snippets",
    "wagtail.contrib.redirects",
    "wagtail_localize",
]
# In words of another language only in these.
ENGLISH = re.compile(
    r"\b(the|of|this|with|your|page|pages|not|please|from|for)\b", re.I
)
# Forms of "tú"; Campus says "usted".
FAMILIAR = re.compile(
    r"\b(tú|tus?|te|ti|contigo|puedes|quieres|tienes|debes|eres|estás|deseas"
    r"|necesitas|seleccionas|has|hayas|serás|podrás|perderás|escoge|introduce"
    r"|establece|añade|inténtalo|haz|pulsa|escribe|intentas)\b|^elige\b",
    re.I,
)
SILENT = re.compile(r"<(script|style|svg)\b.*?</\1>", re.S)


class Recorder(gettext.NullTranslations):
    """Stands behind the Spanish catalogue, and hears what is asked in vain."""

    def __init__(self):
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message):
        self.asked.add(message)
        return message

    def ngettext(self, msgid1, msgid2, n):
        self.asked.add(msgid1)
        return msgid1 if n == 1 else msgid2


@pytest.fixture
def in_vain(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(trans_real.translation("es"), "_fallback", recorder)
    return recorder.asked


@pytest.fixture
def elena(client, db):
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return client


def msgids(path: Path) -> set[str]:
    """Return what a catalogue's source has to be translated."""
    found = re.findall(r'^msgid ((?:".*"\n)+)', path.read_text(), re.M)
    lines = ("".join(map(ast.literal_eval, one.splitlines())) for one in found)
    return {line for line in lines if line}


def sources(part: str, domain: str) -> set[str]:
    folder = Path(import_module(part).__file__).parent
    path = folder / f"locale/en/LC_MESSAGES/{domain}.po"
    return msgids(path) if path.exists() else set()


def test_wagtail_addresses_its_editors_as_campus_does():
    trans = trans_real.translation("es")

    asked = {one for part in PARTS for one in sources(part, "django")}
    said = {one: trans.gettext(one) for one in asked}

    assert {one: text for one, text in said.items() if FAMILIAR.search(text)} == {}


def test_the_review_has_a_spanish_name(elena, course_page):
    address = reverse("wagtailadmin_pages:edit", args=[course_page.pk])

    shown = elena.get(address, headers={"accept-language": "es"}).text

    assert "Enviar a Revisión editorial" in shown
    assert "Moderators approval" not in shown


def test_wagtail_says_everything_in_spanish():
    keys = trans_real.translation("es")._catalog.keys()
    known = {key[0] if isinstance(key, tuple) else key for key in keys}
    plain = {key.partition("\x04")[2] or key for key in known}

    missing = {part: sources(part, "django") - plain for part in PARTS}

    assert {part: sorted(left) for part, left in missing.items() if left} == {}


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("wagtail.admin", "wagtailadmin_javascript_catalog"),
        ("wagtail_localize", "wagtail_localize:javascript_catalog"),
    ],
)
def test_what_runs_in_the_browser_says_everything_in_spanish(elena, part, name):
    answer = elena.get(reverse(name))

    catalogue = json.loads(
        re.search(r"newcatalog = (\{.*?\});", answer.text, re.S).group(1)
    )
    assert sorted(sources(part, "djangojs") - set(catalogue)) == []
    assert [one for one in catalogue.values() if FAMILIAR.search(str(one))] == []
    if part == "wagtail_localize":
        assert catalogue["Publish in "] == "Publicar en "


@pytest.fixture
def everything(course_page):
    """One of each thing that an editor can open."""
    Page.objects.filter(depth=2).not_type(CataloguePage).delete()  # Wagtail's welcome
    make_case(course_page)
    make_edition(course_page)
    lesson = LessonPage.objects.descendant_of(course_page).first()
    source, _made = TranslationSource.update_or_create_from_instance(lesson)
    english = Locale.objects.get(language_code="en")
    Translation.objects.create(source=source, target_locale=english)
    lesson.summary = "Otro resumen"
    lesson.save_revision()
    module = ModulePage.objects.child_of(course_page).get()
    module.get_workflow().start(module.save_revision().publish() or module, None)
    make_term("trata")
    a_note("GT", "duty-to-report", es="Denuncia")
    picture = get_image_model().objects.create(
        title="Foto", file=get_test_image_file("foto.png")
    )
    paper = get_document_model().objects.create(
        title="Papel", file=ContentFile(b"a", name="papel.pdf")
    )
    return {"lesson": lesson, "picture": picture, "paper": paper}


def only_by_script(found: dict) -> list[str]:
    """Return addresses that a browser opens by itself, or by a script."""
    bulk = "wagtail_bulk_action"
    actions = ("publish", "unpublish", "delete", "move")
    return [
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_external_link"),
        reverse("wagtailadmin_choose_page_email_link"),
        reverse("wagtailadmin_choose_page_anchor_link"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtaildocs:add_multiple"),
        *(
            reverse(bulk, args=["wagtailcore", "page", action])
            + f"?id={found['lesson'].pk}"
            for action in actions
        ),
    ]


def kind_of(path: str) -> tuple:
    """Say what a screen is: the lessons of a course are edited in the same one."""
    found = resolve(path.partition("?")[0])
    named = [found.kwargs.get("page_id"), *found.args, *found.kwargs.values()]
    number = next((one for one in named if isinstance(one, int)), None)
    page = "pages/" in found.route and Page.objects.filter(pk=number).first()
    kind = (page.specific_class, page.locale_id) if page else None
    return found.route, kind, found.kwargs.get("action")


def crawled(browser, start: list[str]) -> dict[str, str]:
    """Return address → what it says, for one of each kind that links lead to."""
    seen, said, waiting = set(), {}, list(start)
    while waiting:
        path = waiting.pop(0)
        try:
            kind = kind_of(path)
        except Resolver404:
            continue
        if kind in seen:
            continue
        seen.add(kind)
        answer = browser.get(path, headers={"accept-language": "es"})
        if "html" in answer.get("Content-Type", ""):
            said[path] = answer.text
        waiting += [to for to in leads_to(answer, path) if to.startswith("/admin/")]
    return said


def english_in(text: str) -> set[str]:
    """Return what is written in English between the marks of a page."""
    lines = unescape(strip_tags(SILENT.sub("", text))).splitlines()
    return {line.strip() for line in lines if ENGLISH.search(line)}


@pytest.mark.sweep("courses", "locale/wagtail", on="sqlite")
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")
def test_no_screen_of_an_editor_says_anything_in_english(elena, everything, in_vain):
    screens = crawled(elena, ["/admin/", *only_by_script(everything)])

    assert len(screens) > 60
    assert sorted(in_vain) == []
    english = {path: english_in(text) for path, text in screens.items()}
    assert {path: said for path, said in english.items() if said} == {}
