"""The editor's form of a page, as a browser sends it."""

from courses.walk_forms import NO_COMMENTS, fields_of, form_of

__all__ = ["NO_COMMENTS", "fields_of", "form_of"]
