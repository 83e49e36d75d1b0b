"""A migration that has landed is never edited: somebody's database has run it."""

from hashlib import sha256

import pytest

from tests.upgrade.landed import TABLE, append, edited, on_disk, table

# The first lines of the table: the migrations as they were in commit 822ad4d. Before
# it, some were edited in place, and nothing of then can be upgraded.
FROZEN = 25
DIGEST = "97b6661acec244ebe73a38188d0ea9d68dbb31abf4d61051d876855c3c2d3dc8"


def test_no_migration_that_landed_was_edited():
    assert edited(table(), on_disk()) == []


def test_every_migration_stands_in_the_table(request):
    """`pytest tests/upgrade --rewrite` appends those that are new."""
    new = {path: digest for path, digest in on_disk().items() if path not in table()}
    if request.config.getoption("--rewrite"):
        append(new)
        return

    assert sorted(new) == [], (
        "if they are ready to land: pytest tests/upgrade --rewrite"
    )


def test_the_table_begins_with_what_was_frozen():
    lines = TABLE.read_text().splitlines(keepends=True)[:FROZEN]

    assert sha256("".join(lines).encode()).hexdigest() == DIGEST


@pytest.mark.parametrize(
    "now",
    [{"a/0001.py": "other", "a/0002.py": "two"}, {"a/0002.py": "two"}],
    ids=["edited", "gone"],
)
def test_one_that_is_edited_or_gone_is_told(now):
    landed = {"a/0001.py": "one", "a/0002.py": "two"}

    assert edited(landed, now) == ["a/0001.py"]
