"""What is declared of the rows about a person; that all are, the house tests."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import EmailField
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from lms.people import addressed
from lms.people.records import CLOSING, ERASING, Rows, declared
from tests.factories import CohortFactory

# These columns go with the account whose they are: `lms.people.actions.leaving`.
OF_AN_ACCOUNT = {("lms.User", "email"), ("account.EmailAddress", "email")}


@pytest.mark.parametrize("record", list(declared()), ids=lambda r: r.what)
def test_what_a_declaration_names_is_there(record):
    model = record.load()
    paths = [
        path
        for path in (record.merge, record.erase)
        if isinstance(path, str) and path not in {"move", "keep", "delete"}
    ]
    if isinstance(record.export, Rows):
        paths.append(record.export.path)

    assert all(callable(import_string(path)) for path in paths)
    if isinstance(record.erase, dict):
        assert [model._meta.get_field(name).name for name in record.erase]
    if isinstance(record.export, dict):
        for path in record.export:
            model.objects.values_list(
                path.format(language="es")
            ).query.sql_with_params()


def test_what_else_happens_is_there_too():
    assert CLOSING
    assert ERASING
    assert all(callable(import_string(path)) for path in [*CLOSING, *ERASING])


def test_every_column_of_addresses_is_declared():
    """Without that an erasure leaves what somebody typed (lms/people/addressed.py)."""
    columns = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, EmailField)
    }
    told = {(one.model, name) for one in addressed.declared() for name in one.columns}

    assert columns - OF_AN_ACCOUNT - told == set()


@pytest.mark.parametrize("one", list(addressed.declared()), ids=str)
def test_what_is_declared_of_addresses_is_there(one):
    fields = {field.name for field in one.manager.model._meta.local_fields}

    assert set(one.columns) <= fields
    if isinstance(one.erase, dict):
        assert set(one.erase) <= fields
    elif one.erase not in {"delete", "strike"}:
        assert callable(import_string(one.erase))


@pytest.mark.parametrize(
    ("asked", "stored", "found"),
    [
        ("julia@oj.gt", "Escriba a JULIA@oj.GT, por favor", True),
        ("julia@oj.gt", "julia.sosa@oj.gt", False),
        ("j_l%a@oj.gt", "J_L%A@OJ.GT", True),
        ("j_l%a@oj.gt", "jxlyya@oj.gt", False),
        ("sofia@oj.gt", "\u017fo\ufb01a@oj.gt", True),
        ("josé@oj.gt", "JOSÉ@oj.gt", True),
    ],
)
def test_a_text_is_found_by_an_address_in_whatever_case(db, asked, stored, found):
    CohortFactory(notes=stored)
    CohortFactory(notes="Los jueves")
    notes = addressed.REGISTER["lms.Cohort", ("notes",)]

    rows = notes.rows_at(frozenset({asked}))

    assert [cohort.notes for cohort in rows] == ([stored] if found else [])


@pytest.mark.parametrize(
    "read",
    [
        lambda one: list(one.held()),
        lambda one: list(one.rows_at(frozenset({"julia@oj.gt"}))),
    ],
    ids=["any address", "one address"],
)
def test_the_database_reads_texts_and_hands_over_what_may_be_one(db, read):
    texts = [one for one in addressed.declared() if one.is_plain]
    assert {one.model for one in texts} >= {"lms.Letter", "lms.Cohort", "lms.Approval"}

    for one in texts:
        with CaptureQueriesContext(connection) as asked:
            read(one)
        assert " LIKE " in asked.captured_queries[0]["sql"]
