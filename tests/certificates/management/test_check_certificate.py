"""The check on the command line: exit 0 when it stands, 1 with the reasons."""

import json

import pytest
from django.core.management import call_command

from certificates import rules
from tests.certificates.conftest import PAPER

pytestmark = pytest.mark.usefixtures("on_the_day")


def check(capsys, *arguments) -> tuple[int, str, str]:
    """Return exit code, output and errors."""
    try:
        call_command("check_certificate", *arguments)
        code = 0
    except SystemExit as end:
        code = end.code
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_certificate_that_stands_exits_0(kept, capsys):
    assert check(capsys, rules.code_printed(kept.code)) == (0, "stands\n", "")


@pytest.mark.parametrize("state", ["expired", "revoked", "suspended", "superseded"])
def test_one_that_does_not_stand_exits_1_and_says_why(put, capsys, state):
    award = put(state)

    assert check(capsys, award.code) == (1, "does not stand\n", f"{state}\n")


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["0" * 26, "no-such-thing"])
def test_an_unknown_code_exits_1(capsys, code):
    assert check(capsys, code) == (1, "does not stand\n", "code-not-known\n")


def test_the_issued_file_exits_0(kept, capsys, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(PAPER)

    assert check(capsys, str(file))[0] == 0


def test_a_changed_file_exits_1(kept, capsys, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(PAPER + b" ")

    assert check(capsys, str(file))[::2] == (1, "file-not-issued-here\n")


def test_json_reports_the_facts_without_the_name(kept, capsys):
    code, out, _err = check(capsys, kept.code, "--json")

    report = json.loads(out)
    assert code == 0
    assert "Ana" not in out
    assert report == {
        "stands": True,
        "reasons": [],
        "code": rules.code_printed(kept.code),
        "course": kept.titles,
        "issuer": kept.issuer,
        "edition": "2026-1 v1",
        "norms_on": "2026-11-01",
        "minutes": 0,
        "minutes_in_person": 0,
        "issued_on": "2026-11-02",
        "valid_until": "2028-11-02",
        "sha256": kept.sha256,
    }


def test_json_reports_reasons_too(put, capsys):
    code, out, err = check(capsys, put("revoked").code, "--json")

    assert (code, err) == (1, "")
    assert json.loads(out)["reasons"] == ["revoked"]
    assert "SECRET-REASON" not in out
