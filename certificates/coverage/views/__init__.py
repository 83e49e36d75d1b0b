"""The screens of duty coverage: how posts are covered, one post, loading a roster."""

from certificates.coverage.views.loading import (
    check_roster,
    load_roster,
    roster_errors,
    roster_template,
)
from certificates.coverage.views.looking import coverage, coverage_file
from certificates.coverage.views.naming import duty_post, end_post_holder

__all__ = [
    "check_roster",
    "coverage",
    "coverage_file",
    "duty_post",
    "end_post_holder",
    "load_roster",
    "roster_errors",
    "roster_template",
]
