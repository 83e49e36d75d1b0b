"""The house itself: which way arrows point, who is looked at, what is translated."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import ForeignKey, ManyToManyField

from lms.models import User
from lms.people.scope import ScopedQuerySet

ROOT = settings.BASE_DIR
FLOORS = ["lms", "courses", "certificates"]
SHOW = {"views", "api", "reports", "viewsets", "wagtail_hooks", "templatetags"}
# A column that names who of the staff did something, not whom a row is about.
DONE_BY_STAFF = {
    ("courses", "edition", "opened_by"),
    ("courses", "questionversion", "made_by"),
    ("courses", "review", "by"),
}


def our_models() -> list[type]:
    return [m for floor in FLOORS for m in apps.get_app_config(floor).get_models()]


def is_scoped(model: type) -> bool:
    return isinstance(model._default_manager.all(), ScopedQuerySet)


def our_modules() -> list[Path]:
    return [
        path
        for floor in FLOORS
        for path in sorted((ROOT / floor).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def shows(path: Path) -> bool:
    return bool(SHOW & set(path.relative_to(ROOT).with_suffix("").parts))


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_foreign_keys_point_down_or_sideways(model):
    height = FLOORS.index(model._meta.app_label)
    targets = {
        field.related_model._meta.app_label
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
    }

    assert [t for t in targets & set(FLOORS) if FLOORS.index(t) > height] == []


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_rows_about_a_person_are_scoped(model):
    about = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and (field.related_model is User or is_scoped(field.related_model))
        and (*model._meta.label_lower.split("."), field.name) not in DONE_BY_STAFF
    ]

    if about and not model.__name__.endswith("Page"):
        assert is_scoped(model), f"{model.__name__} is about a person through {about}"
        assert model._default_manager.all().person_path is not None


def raw_access(source: str, scoped: set[str]) -> Iterator[str]:
    """Yield `Model.objects.word` where the word is not `visible_to`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=name), attr="objects"),
                attr=word,
            ) if name in scoped and word != "visible_to":
                yield f"{node.lineno}: {name}.objects.{word}"


@pytest.mark.parametrize("path", list(filter(shows, our_modules())), ids=name_of)
def test_screens_begin_with_visible_to(path):
    scoped = {model.__name__ for model in our_models() if is_scoped(model)}

    assert list(raw_access(path.read_text(), scoped)) == []


def test_raw_access_is_found_where_it_stands():
    source = "def view(r):\n    return Enrolment.objects.filter(pk=1)\n"

    assert list(raw_access(source, {"Enrolment"})) == ["2: Enrolment.objects.filter"]
    assert list(raw_access(source.replace("filter", "visible_to"), {"Enrolment"})) == []


@pytest.mark.parametrize("path", our_modules(), ids=name_of)
def test_modules_say_what_they_are_for(path):
    source = path.read_text()

    assert not source.strip() or ast.get_docstring(ast.parse(source))


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)

    assert "No changes detected" in capsys.readouterr().out


def test_the_product_names_no_path_of_a_machine():
    named = [
        str(path.relative_to(ROOT))
        for folder in [*FLOORS, "templates", "static", "bin", "fixtures"]
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js", ".sh", ".md", ""}
        and path.is_file()
        and any(f"/{place}/" in path.read_text() for place in ("tmp", "work", "root"))
    ]

    assert named == []
