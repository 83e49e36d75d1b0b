"""The house itself: which way arrows point, who is looked at, what is translated."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import ForeignKey, ManyToManyField

from lms.models import User
from lms.people.records import REGISTER
from lms.people.scope import ScopedQuerySet

ROOT = settings.BASE_DIR
FLOORS = ["lms", "courses", "certificates"]
SHOW = {"views", "api", "reports", "viewsets", "wagtail_hooks", "templatetags"}
# A column that names who of the staff did something, not whom a row is about.
DONE_BY_STAFF = {
    ("courses", "edition", "opened_by"),
    ("courses", "marking", "marker"),
    ("courses", "keycorrection", "proposed_by"),
    ("courses", "keycorrection", "approved_by"),
    ("courses", "keycorrection", "signed_by"),
    ("courses", "questionversion", "made_by"),
    ("courses", "review", "by"),
}

# `counted_for`: figures of those in sight, also of who must not be listed.
# `revocable_by`: whoever may change a certificate, by its code and without a name.
SCOPES = {"visible_to", "own", "counted_for", "revocable_by"}
# PostgreSQL's COPY writes a report as a file, and a bench compares: the query inside is
# that of the screen. A backup copies and counts whole tables, and shows none.
COPIES = {
    "certificates/bench/reporting.py",
    "certificates/takeaway/copying.py",
    "lms/backup/database.py",
    "lms/backup/postgres.py",
}
STATEMENTS = {"raw", "extra", "cursor", "_nodb_cursor"}
COLUMNS = {"order_by", "values", "values_list", "only", "defer"}
# Their columns come from a register that names every one: lms/people/records.py, and
# the columns and groups of the completion report; or from that of addresses.
FED_BY_THE_REGISTER = {
    "certificates/erase_marks.py",
    "certificates/reports/columns.py",
    "certificates/reports/figures.py",
    "lms/people/addressed.py",
    "lms/people/export.py",
    "lms/records/merging.py",
}

# What makes a day of a moment; and the modules that do it by a clock they say, or of
# moments which are written without a zone. Benches and instruments are not told people.
CLOCKS = {"date", "today", "utcnow", "now"}
DAYS_OF_THEIR_OWN = {
    "certificates/reports/api/kinds.py": ["found.date"],
    "certificates/takeaway/rules.py": ["local.date"],
    "courses/assigning/views/calendars.py": ["mine.workshop.starts.date"],
    "courses/following/files.py": ["localtime(moment, cohort.zone).date"],
    "courses/inperson/calendar.py": ["one.starts.date", "one.ends.date"],
    "courses/inperson/rules.py": ["starts_at.date", "ends_at.date"],
    "lms/people/zones.py": ["moment.astimezone(zone).date"],
}
INSTRUMENTS = {"bench", "recount", "region", "demo"}


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


def found_in(look: Callable[[str], Iterable[str]], paths: Iterable[Path]) -> list[str]:
    """Return what a look at the source of each module finds, with the module's name."""
    return [
        f"{name_of(path)}:{found}" for path in paths for found in look(path.read_text())
    ]


def test_foreign_keys_point_down_or_sideways():
    up = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and (target := field.related_model._meta.app_label) in FLOORS
        and FLOORS.index(target) > FLOORS.index(model._meta.app_label)
    ]

    assert up == []


def pointers_to_a_person() -> set[tuple[str, str]]:
    """Return every column of every table, ours or brought along, that is a person."""
    return {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if isinstance(field, ForeignKey | ManyToManyField)
        and field.related_model is User
    }


def test_every_pointer_to_a_person_is_declared():
    """It says how it is exported, merged and erased (lms/people/records.py)."""
    assert sorted(pointers_to_a_person() - set(REGISTER)) == []


def test_every_declaration_leads_to_a_person_today():
    for model, path in REGISTER:
        here = apps.get_model(model)
        for step in path.split("__"):
            field = here._meta.pk if step == "pk" else here._meta.get_field(step)
            here = field.related_model or here

        assert here is User, f"{model}.{path}"


def is_about_a_person(model: type) -> bool:
    return not model.__name__.endswith("Page") and any(
        isinstance(field, ForeignKey | ManyToManyField)
        and (field.related_model is User or is_scoped(field.related_model))
        and (*model._meta.label_lower.split("."), field.name) not in DONE_BY_STAFF
        for field in model._meta.get_fields()
    )


def test_rows_about_a_person_are_scoped():
    about = list(filter(is_about_a_person, our_models()))

    assert [model for model in about if not is_scoped(model)] == []
    assert [m for m in about if m._default_manager.all().person_path is None] == []


def raw_access(source: str, scoped: set[str]) -> Iterator[str]:
    """Yield `Model.objects.word` where the word keeps more than may be seen."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=name), attr="objects"),
                attr=word,
            ) if name in scoped and word not in SCOPES:
                yield f"{node.lineno}: {name}.objects.{word}"


def test_screens_begin_with_visible_to():
    scoped = {model.__name__ for model in our_models() if is_scoped(model)}
    look = partial(raw_access, scoped=scoped)

    assert found_in(look, filter(shows, our_modules())) == []


def test_raw_access_is_found_where_it_stands():
    source = "def view(r):\n    return Enrolment.objects.filter(pk=1)\n"

    assert list(raw_access(source, {"Enrolment"})) == ["2: Enrolment.objects.filter"]
    assert list(raw_access(source.replace("filter", "visible_to"), {"Enrolment"})) == []


def statements(source: str) -> Iterator[str]:
    """Yield what goes to the database without the query layer, which knows no sight."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=word)) if word in STATEMENTS:
                yield f"{node.lineno}: {word}"
            case ast.Name(id="RawSQL"):
                yield f"{node.lineno}: RawSQL"


def test_only_drills_write_statements_of_their_own():
    others = [
        path
        for path in our_modules()
        if not path.name.endswith("drill.py") and name_of(path) not in COPIES
    ]

    assert found_in(statements, others) == []


@pytest.mark.parametrize(
    "code", ["User.objects.raw('…')", "connection.cursor()", "x.extra(y)", "RawSQL(y)"]
)
def test_statements_are_found_where_they_stand(code):
    assert len(list(statements(code))) == 1


def chosen_columns(source: str) -> Iterator[str]:
    """Yield calls whose columns are not written in the source: a request may feed them.

    Literals, expressions of them and constants (`SORTS[word]`) are.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=word)) if word in COLUMNS:
                given = [*node.args, *[keyword.value for keyword in node.keywords]]
                if not all(map(is_written, given)):
                    yield f"{node.lineno}: {word}"


def is_written(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="GET" | "POST"):
            return False
        case ast.Name(id=name) | ast.Attribute(attr=name) if name[0].isupper():
            return True
        case ast.Name():
            return False
        case ast.Subscript(value=value):
            return is_written(value)
        case ast.Attribute(value=value):
            return is_written(value)
        case _:
            return all(map(is_written, ast.iter_child_nodes(node)))


def test_no_request_chooses_columns():
    others = [p for p in our_modules() if name_of(p) not in FED_BY_THE_REGISTER]

    assert found_in(chosen_columns, others) == []


@pytest.mark.parametrize(
    "code",
    [
        "rows.order_by(request.GET['sort'])",
        "rows.values(*columns)",
        "rows.values_list(f'{sort}__name')",
        "rows.order_by(F(sort).desc())",
        "rows.values(**{sort: Value(1)})",
    ],
)
def test_chosen_columns_are_found_where_they_stand(code):
    assert len(list(chosen_columns(code))) == 1


@pytest.mark.parametrize(
    "code", ["rows.order_by('-at', F('x').asc())", "rows.order_by(*people.SORTS[sort])"]
)
def test_written_columns_are_none_of_them(code):
    assert list(chosen_columns(code)) == []


def test_modules_say_what_they_are_for():
    silent = [
        name_of(path)
        for path in our_modules()
        if (source := path.read_text().strip())
        and not ast.get_docstring(ast.parse(source))
    ]

    assert silent == []


def days_of_their_own(source: str) -> list[str]:
    """Return what makes a day of a moment by another clock than the house's."""
    return [
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func) != "timezone.now"
    ]


def test_the_day_of_a_moment_is_the_one_where_people_are():
    """`timezone.localdate` and `day_of` say it: in UTC, tomorrow begins at six."""
    found = {
        name_of(path): days
        for path in our_modules()
        if not INSTRUMENTS & set(path.parts)
        and not path.name.endswith("drill.py")
        and (days := days_of_their_own(path.read_text()))
    }

    assert found == DAYS_OF_THEIR_OWN


def test_days_of_their_own_are_found_where_they_stand():
    code = "on = at.date()\nnow = datetime.now()\non = timezone.localdate(at)\n"

    assert days_of_their_own(code) == ["at.date", "datetime.now"]


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
