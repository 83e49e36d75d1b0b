"""What is recorded about people: what they say, and how an account ends."""

from lms.people.actions.leaving import close, end_sessions, erase, reopen
from lms.people.actions.merging import (
    MergeLine,
    merge,
    merge_preview,
    why_not_merge,
)
from lms.people.actions.names import rename
from lms.people.actions.opening import open_account
from lms.people.actions.own import agree, change_language, register_post

__all__ = [
    "MergeLine",
    "agree",
    "change_language",
    "close",
    "end_sessions",
    "erase",
    "merge",
    "merge_preview",
    "open_account",
    "register_post",
    "rename",
    "reopen",
    "why_not_merge",
]
