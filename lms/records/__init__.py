"""What the ground floor keeps about a person, with what Django and Wagtail keep."""

from lms.records import brought, ours, tokens, traces

__all__ = ["brought", "ours", "tokens", "traces"]
