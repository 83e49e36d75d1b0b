"""What a hostile visitor sends to a form, and what must not come of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import quote_plus

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override
from wagtail.models import Page

from lms.audit.models import EventSubject
from lms.models import Event, Tries

LONG = "x" * 64 * 1024
WRONG = {
    "long": LONG,
    "nul": "a\0b",
    "markup": "<script>alert(1)</script>",
    "negative": "-1",
    "no letter": "- . '",
    "huge": "9" * 5000,
    "list": "[]",
    "deep": "[" * 50_000,
    "object": '{"id": {"$ne": null}}',
    "far day": "9999-12-31",
}
NO_FACTS = {Event, EventSubject, Tries}
WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
URLENCODED = "application/x-www-form-urlencoded"
VOID = {"br", "hr", "img", "input", "link", "meta"}


def addresses() -> Iterator[tuple[str, str]]:
    """Yield route and name of every address outside the area of editors."""
    for route, pattern in patterns():
        yield route, pattern.name or route


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Yield every address outside the area of editors: its route, and the whole."""
    with override("es"):
        known = list(_walk(get_resolver().url_patterns))
    for route, pattern in known:
        if not _is_of_the_editors(route, pattern):
            yield route, pattern


def _walk(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern


def _is_of_the_editors(route, pattern) -> bool:
    """Whether it lies in the area of editors, which has tests and doors of its own."""
    is_a_door = pattern.callback.__module__ == "lms.people.views.doors"
    return route.startswith(("admin/", "documents/")) and not is_a_door


def facts() -> dict[str, list]:
    """Return every row of ours, and of what people sign in with, by its key.

    As the database holds it: the models would ask thirty times as long.
    """
    with connection.cursor() as cursor:
        return {model._meta.label: _rows(cursor, model) for model in _with_facts()}


def _rows(cursor, model: type[Model]) -> list[dict]:
    quote, of = connection.ops.quote_name, model._meta
    cursor.execute(f"SELECT * FROM {quote(of.db_table)} ORDER BY {quote(of.pk.column)}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@cache
def _with_facts() -> list[type[Model]]:
    models = [EmailAddress, Authenticator, Page]  # our pages' titles are Wagtail's
    for floor in ("lms", "courses", "certificates"):
        models += apps.get_app_config(floor).get_models(include_auto_created=True)
    return [model for model in models if model not in NO_FACTS]


@contextmanager
def writes_noted() -> Iterator[list[str]]:
    """Note the tables that the block writes to, in statements of whatever outcome.

    Where none holds facts there is no need to read all facts again.
    """
    written: list[str] = []

    def note(execute, sql, params, many, context):
        if found := WRITES.match(sql):
            written.append(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def hold_facts(tables: list[str]) -> bool:
    return not {model._meta.db_table for model in _with_facts()}.isdisjoint(tables)


@contextmanager
def undone(browser: Client) -> Iterator:
    """Take back whatever the block stores, in the browser too."""
    kept = deepcopy(browser.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    browser.cookies = kept


def bodies(good: dict[str, str], spoiled: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (what is wrong, with which field, body) for every way to spoil the form."""
    yield "empty", "", ""
    yield "no form at all", "", '{"a": [1, null]}'
    yield "a thousand fields and more", "", "&".join(f"a{i}=1" for i in range(1001))
    for field in spoiled:
        rest = {name: value for name, value in good.items() if name != field}
        yield "missing", field, encoded(rest)
        for wrong, value in WRONG.items():
            yield wrong, field, encoded(rest | {field: value})
        yield "not UTF-8", field, f"{encoded(rest)}&{field}=%ff%fe%ed%a0%80"
        yield "twice", field, f"{encoded(good)}&{field}={quote_plus(LONG[:300])}"


def encoded(fields: dict[str, str]) -> str:
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value)}" for name, value in fields.items()
    )


class Sentences(HTMLParser):
    """The sentences of a page that say what is wrong.

    Where a form is shown again they stand above it or in it; elsewhere they may lead
    the page, and an answer that is no refusal has only its heading.
    """

    def __init__(self, page: str, *, status: int):
        super().__init__()
        self.saying = {"errors", "notice", "error"}
        if status != HTTPStatus.UNPROCESSABLE_ENTITY:
            self.saying |= {"lead"}
        if status == HTTPStatus.OK:
            self.saying |= {"h1"}
        self.open: list[bool] = []
        self.said: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            words = {tag, *(dict(attributes).get("class") or "").split()}
            self.open.append(bool(self.saying & words) or any(self.open[-1:]))

    def handle_endtag(self, tag):
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, text):
        if any(self.open[-1:]) and len(text.split()) > 2:
            self.said.add(" ".join(text.split()))
