"""Which kinds of question are there? Every module of this folder registers one."""

from importlib import import_module
from pkgutil import iter_modules

from courses.questions.kinds.kind import KINDS, Document, Kind

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")


def kind_of(document: Document) -> Kind:
    """Return the kind of a question."""
    return KINDS[document["type"]]
