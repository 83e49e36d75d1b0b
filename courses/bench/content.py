"""Ten courses for a bench: small ones made of the starter's first module, and it.

They are written as files and loaded as any course is.
"""

import json
import re
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid5

from django.conf import settings

from courses.loader.files import UUID_SHAPE
from courses.models import Course
from lms.scratch import Site

COURSES = 10
ASKED = 20  # questions in the final test of a copy
MODEL = settings.BASE_DIR / "fixtures" / "courses" / "trafficking"


def load_ten_courses(site: Site) -> None:
    """Load as many copies as are missing; ids, slugs and codes are their own."""
    library = site.folder / "library"
    for number in range(COURSES - Course.objects.count()):
        write_copy(library / "courses" / f"copy-{number}", number)
    site.run("load_courses", str(library))


def write_copy(folder: Path, number: int) -> None:
    copytree(MODEL, folder, ignore=all_but_the_first_module)
    for path in folder.rglob("*.md"):
        text = with_own_ids(path.read_text(), number)
        if path.name.startswith("course."):
            text = re.sub("^code: .*$", f"code: B{number}", text, flags=re.M)
            text = re.sub("^(slug: .*)$", rf"\1-{number}", text, flags=re.M)
        path.write_text(re.sub("^draw: .*$", f"draw: {ASKED}", text, flags=re.M))
    for path in folder.rglob("questions.json"):
        path.write_text(json.dumps({"questions": questions(path.read_text(), number)}))


def all_but_the_first_module(folder: str, names: list[str]) -> list[str]:
    """Return what is not copied: the other modules, and a test before them."""
    return [name for name in names if Path(folder) == MODEL and name[0] in "02345678"]


def with_own_ids(text: str, number: int) -> str:
    return re.sub(UUID_SHAPE, lambda found: str(own_id(found[0], number)), text)


def own_id(key: str, number: int) -> UUID:
    return uuid5(UUID(key), str(number))


def questions(text: str, number: int) -> list[dict]:
    """Return the questions over and over, until a final test can ask enough."""
    rows = json.loads(with_own_ids(text, number))["questions"]
    finals = sum(row["use"] == "final" for row in rows)
    return [
        row
        | {
            "uuid": str(own_id(row["uuid"], again)),
            "code": f"B{number}-{row['code']}-{again}",
        }
        for again in range(-(-ASKED // finals))
        for row in rows
    ]
