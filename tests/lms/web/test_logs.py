"""What a line of the log says, and what it must not say."""

import json
import logging

import pytest
from django.test import RequestFactory

from lms.web.logs import JsonFormatter

CODE = "/es/verify/0123456789ABCDEFGHJKMNPQRS/"


def written(message, *args, **facts):
    record = logging.makeLogRecord(
        {"name": "django.request", "msg": message, "args": args} | facts
    )
    return json.loads(JsonFormatter().format(record))


def test_message_leaves_out_the_path_it_was_asked_by():
    request = RequestFactory().get(CODE)

    line = written("Not Found: %s", CODE, request=request, levelname="WARNING")

    assert (line["message"], line["level"]) == ("Not Found: …", "WARNING")
    assert CODE not in json.dumps(line)


@pytest.mark.parametrize("facts", [{}, {"request": None}])
def test_message_of_nobodys_request_is_whole(facts):
    assert written("Task %s failed", 7, **facts)["message"] == "Task 7 failed"


def test_facts_are_part_of_the_line():
    line = written("slow", facts={"ms": 900})

    assert (line["message"], line["ms"], line["logger"]) == (
        "slow",
        900,
        "django.request",
    )


def test_exception_is_told_by_its_type_and_never_by_its_words():
    words = "no such mailbox: ana@example.org"
    try:
        raise ValueError(words)
    except ValueError as error:
        told = (type(error), error, error.__traceback__)

    line = written("failed", exc_info=told)

    assert line["exception"] == "builtins.ValueError"
    assert "test_logs.py" in "".join(line["trace"])
    assert "ana@" not in json.dumps(line)
