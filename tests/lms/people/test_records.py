"""What is declared of the rows about a person; that all are, the house tests."""

import pytest
from django.utils.module_loading import import_string

from lms.people.records import CLOSING, ERASING, Rows, declared


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
