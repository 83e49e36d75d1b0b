"""An editor who reads Spanish meets no English in the editors' area."""

import ast
import gettext
import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import Resolver404, resolve, reverse
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
# Words that English sentences are held together by and no Spanish one knows, and what
# an editor is told to do.
ENGLISH = re.compile(
    r"\b(the|of|this|that|these|with|without|your|you|page|pages|not|please|from|for"
    r"|and|or|to|by|is|are|was|were|be|been|it|its|will|which|when|what|who|if|there"
    r"|any|some|than|then|into|at|on|in|add|edit|delete|save|search|select|choose"
    r"|close|open|publish|move|view|click|upload|new|show|hide|back|next|previous)\b",
    re.I,
)
# What may be read in English, each with its reason.
NAMES = {
    "Moodle XML",  # a format
}
# Attributes that are read, or read aloud.
READ = ("title", "placeholder", "aria-label", "aria-description", "alt")
PRESSED = ("submit", "button", "reset")
# Forms of "tú"; Campus says "usted".
FAMILIAR = re.compile(
    r"\b(tú|tus?|te|ti|contigo|puedes|quieres|tienes|debes|eres|estás|deseas"
    r"|necesitas|seleccionas|has|hayas|serás|podrás|perderás|escoge|introduce"
    r"|establece|añade|inténtalo|haz|pulsa|escribe|intentas)\b|^elige\b",
    re.I,
)
SILENT = ["script", "style", "svg"]


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
        assert answer.status_code < 500, path
        if "html" in answer.get("Content-Type", ""):
            said[path] = answer.text
        waiting += [to for to in leads_to(answer, path) if to.startswith("/admin/")]
    return said


def english_in(html: str) -> set[str]:
    """Return what a page says in English, but for what it says is English."""
    soup = BeautifulSoup(html, "html.parser")
    if soup.html and soup.html.get("lang") == "en":
        return set()  # a draft in English, as its learner would see it
    for tag in soup.find_all(SILENT) + soup.select('body [lang="en"]'):
        tag.decompose()
    texts = set(soup.stripped_strings)
    for tag in soup.find_all(True):
        texts |= {tag[name].strip() for name in READ if tag.get(name)}
        if tag.name == "input" and tag.get("type") in PRESSED:
            texts.add(tag.get("value", ""))
    return {text for text in texts - NAMES if ENGLISH.search(text)}


def unnamed(html: str) -> list[str]:
    """Return what a whole page lacks of a title and one first heading."""
    soup = BeautifulSoup(html, "html.parser")
    if soup.title is None and soup.html is None:
        return []  # a part of a page, for a script
    found = {"title": soup.title, "h1": soup.h1}
    return [name for name, tag in found.items() if not (tag and tag.get_text().strip())]


def test_english_is_heard_where_it_is_written():
    page = (
        '<body><p>{}</p><a title="{}">x</a><b lang="en">{}</b>'
        '<input type="submit" value="{}">'
    )

    assert english_in(page.format("Guarde", "Abrir", "Save", "Enviar")) == set()
    assert english_in(page.format("Save it", "Open", "x", "Edit")) == {
        "Save it",
        "Open",
        "Edit",
    }
    assert unnamed("<html><title>x</title><body><h1> </h1>") == ["h1"]


@pytest.fixture(params=["Moderators", "Editors"])
def editor(request, client, db):
    """Who publishes, and who writes and has it reviewed."""
    ensure_editors()
    person = PersonFactory(email="eva@example.org", legal_name="Eva Rivas")
    person.groups.add(Group.objects.get(name=request.param))
    client.force_login(person)
    return client


@pytest.mark.sweep("courses", "locale/wagtail", on="sqlite")
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")
def test_no_screen_of_an_editor_says_anything_in_english(editor, everything, in_vain):
    screens = crawled(editor, ["/admin/", *only_by_script(everything)])

    assert len(screens) > 40
    assert sorted(in_vain) == []
    english = {path: english_in(text) for path, text in screens.items()}
    assert {path: said for path, said in english.items() if said} == {}
    nameless = {path: unnamed(text) for path, text in screens.items()}
    assert {path: lacks for path, lacks in nameless.items() if lacks} == {}


@pytest.mark.parametrize(
    ("english", "spanish"), [("pre-test", "prueba previa"), ("debrief", "balance")]
)
def test_one_thing_has_one_name(english, spanish):
    """An editor who reads two names looks for two things."""
    with Path("locale/es/LC_MESSAGES/django.mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)._catalog
    other = [
        (told, said)
        for told, said in words.items()
        if english in str(told).lower() and spanish not in said.lower()
    ]

    assert other == []
