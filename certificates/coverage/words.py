"""States of duty posts and findings in a roster, in sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from certificates.coverage.planning import Plan
from certificates.coverage.rules import State
from lms.team.roster import words as lists
from lms.team.roster.findings import Finding

STATES = {
    State.UNNAMED: _("Nobody is named"),
    State.GAP: _("Named, and nobody certified"),
    State.LAPSING: _("Lapses within 90 days"),
    State.COVERED: _("Covered"),
}
# What is said otherwise of a roster than of a list of people.
OF_A_ROSTER = {
    "too-many-rows": _(
        "The roster has more than %(most)s posts. Divide it by institution into "
        "several rosters."
    ),
    "only-headings": _(
        "The roster has headings and no posts. Enter one post in each row below them."
    ),
    "no-post-column": _(
        "We found no column with posts. The first row says: %(columns)s. Write “post” "
        "above the column that names them."
    ),
    "many-files": _("Choose one roster at a time."),
    "inflates": _(
        "Unpacked, the file would be far larger than a roster. Copy the roster into a "
        "new workbook and save that one."
    ),
}
ERRORS = {
    "post-missing": (_("There is no post."), _("Enter the name of the post.")),
    "post-twice": (
        _("Row %(first)s has this post already."),
        _("Keep one of the two rows, or give the posts codes that differ."),
    ),
    "institution-missing": (
        _("There is no institution."),
        _("Enter its name or its code."),
    ),
    "institution-unlisted": (
        _("“%(typed)s” is not in the list of institutions."),
        _("Write its name or its code as “What the roster says” lists them."),
    ),
    "institution-outside": (
        _("“%(typed)s” is outside of your mandate."),
        _("Leave the row to whoever answers for that institution."),
    ),
    "place-unlisted": (
        _("We do not know the kind of place “%(typed)s”."),
        _("Write one of those under “What the roster says”, or leave it empty."),
    ),
    "course-missing": (
        _("There is no required course."),
        _("Enter the code of the course."),
    ),
    "course-unlisted": (
        _("There is no course with the code “%(typed)s”."),
        _("Write one of these codes: %(codes)s."),
    ),
    "track-unlisted": (
        _("We do not know the profession “%(typed)s”."),
        _("Write one of those under “What the roster says”, or leave it empty."),
    ),
    "cadence-wrong": (
        _("“%(typed)s” is no number of months."),
        _("Write a number from 1 to %(most)s, or leave the cell empty."),
    ),
    "fact-long": (
        _("%(what)s: more than %(most)s letters."),
        _("Shorten it."),
    ),
}
FACTS = {"name": _("Duty post"), "code": _("Code"), "basis": _("Legal basis")}
PEOPLE_UNKNOWN = _(
    "Row %(row)s, %(post)s: among those confirmed in the institution, nobody has "
    "e-mail no. %(which)s. The post is loaded without them."
)
REFUSALS = {
    "roster-loaded": _("This roster was loaded already, or its day is over."),
    "roster-same": _("This roster says nothing that is not there already."),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One row that is not loaded, in words."""

    row: int
    post: str
    institution: str
    what: str
    todo: str


def sentence(finding: Finding) -> str:
    """Return a finding of a whole roster in a sentence."""
    said = OF_A_ROSTER.get(str(finding["is"]))
    return str(said) % finding if said else lists.sentence(finding)


def wrong(error: Finding) -> Wrong:
    """Return an error of a row in words."""
    what, todo = (ERRORS | _of_lists())[str(error["is"])]
    facts = dict(error)
    if "what" in facts:
        facts["what"] = str(FACTS[str(facts["what"])])
    return Wrong(
        row=int(error["row"]),
        post=str(error["post"]),
        institution=str(error["institution"]),
        what=str(what) % facts,
        todo=str(todo) % facts,
    )


def _of_lists():
    """Return the errors that the cells of any list may have."""
    return {
        word: lists.ERRORS[word] for word in ("more-cells", "quote-open", "cell-long")
    }


def warning(finding: Finding) -> str:
    return str(PEOPLE_UNKNOWN) % finding


def error_headings() -> list[str]:
    """Return the headings of the file of errors."""
    headings = (
        _("Row"),
        _("Duty post"),
        _("Institution"),
        _("What is wrong"),
        _("What to do"),
    )
    return [str(heading) for heading in headings]


def loaded(plan: Plan) -> str:
    """Say what is true now that a roster is loaded."""
    count = len(plan.new) + len(plan.changed) + plan.same
    said = ngettext(
        "The roster is loaded: %(count)d post. New: %(new)d, changed: %(changed)d, "
        "retired: %(retired)d, people named: %(named)d.",
        "The roster is loaded: %(count)d posts. New: %(new)d, changed: %(changed)d, "
        "retired: %(retired)d, people named: %(named)d.",
        count,
    )
    return said % {
        "count": count,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "retired": len(plan.retired),
        "named": len(plan.named),
    }
