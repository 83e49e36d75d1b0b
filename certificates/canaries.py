"""Who lives in the drill's two countries, and what would give each of them away?

Every text of a person carries a token that says whose it is and what: where one is
read, it is known who was seen.
"""

import re

from lms.people.choices import InstitutionKind, Role
from lms.people.models import User

PASSWORD = "only-for-canaries-8"  # noqa: S105 - of people who vanish with the site
TOKEN = re.compile(r"zq(?:gt|hn|cr)x([a-z0-9]+?)x([a-z]+)")
# Who is where: country, institution, and whether it says so too.
WHERE = {
    "ana": ("GT", "court", True),
    "bruno": ("GT", "", False),
    "carla": ("HN", "border", True),
    "marta": ("GT", "ward", True),
    "nora": ("GT", "chamber", True),
    "pedro": ("GT", "court", False),
    "silvia": ("GT", "court", True),
    "tomas": ("GT", "", False),
    "rosa": ("GT", "", False),
    "hector": ("HN", "", False),
    "ines": ("GT", "court", False),
    "lucia": ("GT", "", False),
    "gloria": ("GT", "", False),
    "olga": ("GT", "", False),
    "hugo": ("HN", "", False),
    "sofia": ("CR", "", False),
    "elena": ("HN", "", False),
    "alma": ("CR", "", False),
}
MANDATES = {
    "tomas": (Role.TRAINER, "GT", ""),
    "rosa": (Role.TRAINER, "GT", ""),
    "hector": (Role.TRAINER, "HN", ""),
    "ines": (Role.MINISTRY, "GT", "court"),
    "lucia": (Role.MINISTRY, "GT", ""),
    "gloria": (Role.PROTECTION, "GT", ""),
    "olga": (Role.COUNTRY_OWNER, "GT", ""),
    "hugo": (Role.MINISTRY, "HN", ""),
    "sofia": (Role.SECRETARIAT, "", ""),
}
COHORTS = {
    "tomas": ["ana", "silvia"],
    "rosa": ["marta"],
    "hector": ["carla"],
}
POSTS = {
    "court": ("ines", ["ana", "silvia"]),  # who loaded it, who hold it
    "ward": ("lucia", ["marta"]),
    "border": ("hugo", ["carla"]),
}
INSTITUTIONS = {
    "court": ("GT", InstitutionKind.JUDICIARY, ""),
    "chamber": ("GT", InstitutionKind.JUDICIARY, "court"),
    "ward": ("GT", InstitutionKind.HEALTH, ""),
    "border": ("HN", InstitutionKind.MIGRATION, ""),
}
SHIELDED = "silvia"
OFFERED = "ana"  # a mandate, which she has not answered
ASKED_FOR = "pedro"  # a mandate that waits for a second person


def token(country: str, name: str, field: str) -> str:
    """Return the word that gives away one field of one person."""
    return f"zq{country.lower()}x{name}x{field}"


def everybody(more: int) -> dict[str, tuple[str, str, bool]]:
    """Return who is where; court and border have `more` people besides each."""
    crowd = {f"court{n}": ("GT", "court", True) for n in range(more)}
    return WHERE | crowd | {f"border{n}": ("HN", "border", True) for n in range(more)}


def word(person: User, field: str) -> str:
    """Return the token of a person who was settled here."""
    return re.sub("xmail$", f"x{field}", person.email.split("@")[0])
