"""Which files are ours to change?"""

from importlib.machinery import SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("lms", "courses", "certificates")
TEMPLATES = ROOT / "templates"
# They start processes of their own, which no change reaches.
NOT_HERE = ("tests/journeys", "tests/drills", "tests/mutation")
KEPT = ROOT / "var" / "mutation"
# What decides, records, sees and shows; `models` only for its QuerySets.
CHOSEN = ("rules", "actions", "scope", "limits", "views")


def is_ours(file: str) -> bool:
    """Whether a change of that Python file is asked for."""
    if not file.startswith(f"{ROOT}/"):
        return False
    parts = Path(file).relative_to(ROOT).parts
    return parts[0] in FLOORS and not {"migrations", "settings"} & set(parts)


def short(file: str) -> str:
    return str(Path(file).relative_to(ROOT))


def modules() -> list[str]:
    found = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]
    return sorted(short(str(path)) for path in found if is_ours(str(path)))


def templates() -> list[str]:
    return sorted(short(str(path)) for path in TEMPLATES.rglob("*") if path.is_file())


def verb_of(path: str) -> str:
    """Return `rules` of `courses/rules.py`, `lms/x/rules/y.py` and `x/rules_z.py`."""
    for part in Path(path).with_suffix("").parts:
        verb = part.split("_")[0]
        if verb in {*CHOSEN, "models"} and not part.endswith("_drill"):
            return verb
    return ""


def watch_imports(of_file) -> None:
    """Let `of_file(path, code)` see, or change, the code of each of our modules.

    Called before the first of them is imported.
    """
    original = SourceFileLoader.get_code

    def get_code(loader, name):
        code = original(loader, name)
        return of_file(loader.path, code) if is_ours(loader.path) else code

    SourceFileLoader.get_code = get_code
