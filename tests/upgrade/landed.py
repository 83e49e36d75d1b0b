"""Which migrations have landed, and what was in them? A table that only grows.

Each line holds the SHA-256 of a file and its path, as `sha256sum` writes them.
"""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

TABLE = Path(__file__).parent / "migrations.sha256"
FILES = "migrations/[0-9]*.py"
FLOORS = ("lms", "courses", "certificates")


def table() -> dict[str, str]:
    """Return the digest of each migration that has landed, by its path."""
    lines = TABLE.read_text().splitlines()
    return {path: digest for digest, path in map(str.split, lines)}


def on_disk() -> dict[str, str]:
    """Return the digest of each migration that is there now."""
    root = settings.BASE_DIR
    return {
        str(path.relative_to(root)): sha256(path.read_bytes()).hexdigest()
        for floor in FLOORS
        for path in sorted((root / floor).glob(FILES))
    }


def edited(landed: dict[str, str], now: dict[str, str]) -> list[str]:
    """Return the migrations that landed and are other ones now, or gone."""
    return [path for path, digest in landed.items() if now.get(path) != digest]


def append(new: dict[str, str]) -> None:
    """Note these as landed; what stands in the table stays."""
    with TABLE.open("a") as file:
        file.writelines(f"{digest}  {path}\n" for path, digest in new.items())
