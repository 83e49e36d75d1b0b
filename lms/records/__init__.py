"""What the ground floor keeps about a person, with what Django and Wagtail keep."""

from lms.records import addressed, brought, ours, tokens, traces

__all__ = ["addressed", "brought", "ours", "tokens", "traces"]
