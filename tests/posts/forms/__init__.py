"""Every form of ours, by subject, and the addresses that take none."""

from tests.posts.forms.formless import AGAIN, BY_JSON, READ_ONLY, SHUT
from tests.posts.forms.learners import FORMS, NEW, POST, SIGN_UP
from tests.posts.forms.staff import ABOUT_STAFF

__all__ = [
    "ABOUT_STAFF",
    "AGAIN",
    "BY_JSON",
    "EVERY_FORM",
    "FORMS",
    "NEW",
    "POST",
    "READ_ONLY",
    "SHUT",
    "SIGN_UP",
]
EVERY_FORM = FORMS | ABOUT_STAFF
