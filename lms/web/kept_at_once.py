"""A form of a file that keeps all it writes, or nothing, and all at one moment."""

from django.db import transaction


class KeptAtOnce:
    """The form writes the file's words for the search, and so does a worker.

    Were the file there before its words, the worker would write them in between: the
    form would meet a row that it has just not found, and the editor an error.
    """

    @transaction.atomic
    def save(self, commit=True):
        return super().save(commit=commit)
