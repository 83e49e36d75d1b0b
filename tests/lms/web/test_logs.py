"""What a line of the log says, and what it must not say."""

import json
import logging
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction
from django.test import RequestFactory

from lms.models import User
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


def test_a_line_says_when_with_its_offset():
    at = datetime.fromisoformat(written("now", created=0.5)["at"])

    assert at.utcoffset() == timedelta(0)
    assert at.timestamp() == 0.5


def broken_by(person) -> IntegrityError:
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        person.save()
    return broken.value


def test_an_error_of_the_database_is_told_by_class_and_constraint(ana):
    error = broken_by(User(email="nueva@example.org", legal_name="Nueva", country="XX"))

    line = written("Not stored: %s (%s)", error, 7)

    name = "people_live_in_a_country_of_the_region"
    assert line["message"] == f"Not stored: IntegrityError ({name}) (7)"
    assert written(error)["message"] == f"IntegrityError ({name})"
    caught = written("failed", exc_info=(type(error), error, None))
    assert (caught["exception"], caught["constraint"]) == (
        "django.db.utils.IntegrityError",
        name,
    )


def test_an_error_of_the_database_repeats_no_address(ana):
    error = broken_by(User(email=ana.email, legal_name="Otra"))

    line = written("Not stored: %s", error, exc_info=(type(error), error, None))

    assert ana.email not in json.dumps(line)
    told = "lms_user.email" if connection.vendor == "sqlite" else line["constraint"]
    assert line["message"] == f"Not stored: IntegrityError ({told})"


def test_a_value_that_does_not_fit_is_not_repeated():
    line = written("%s", DataError('invalid input syntax for integer: "ana@x.example"'))

    assert line["message"] == "DataError"


def test_arguments_by_name_are_written():
    record = logging.LogRecord("campus", 20, "", 0, "%(n)d tasks", ({"n": 3},), None)

    assert json.loads(JsonFormatter().format(record))["message"] == "3 tasks"


ENDS = r"""
import logging.config, threading, warnings
from lms.settings.logs import LOGGING
from lms.web.logs import write_uncaught
logging.config.dictConfig(LOGGING)
write_uncaught()
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
warnings.warn("old\nand long", UserWarning)
raise ValueError("no such mailbox: " + "@".join(["ana", "example.org"]))
"""


def test_what_nobody_catches_is_a_line_each():
    run = subprocess.run(
        [sys.executable, "-c", ENDS],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert [line.get("exception") for line in lines] == [
        "builtins.ZeroDivisionError",
        None,
        "builtins.ValueError",
    ]
    assert "ana@" not in run.stderr  # a trace shows the source, and no value
    assert run.returncode == 1
