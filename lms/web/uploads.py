"""Where do uploaded files stand? Pictures where everybody finds them, others nowhere.

The proxy hands out what is below `/media/` without asking us. A document may belong to
a closed collection: it stands with the private files, and Wagtail's own address serves
it, once it has asked who may read it.
"""

from django.core.files.storage import FileSystemStorage, storages

PICTURES = ("images/", "original_images/")


def is_public(name: str) -> bool:
    """Whether everybody may find a file of that name; what is not listed stays ours."""
    return str(name).startswith(PICTURES)


class Uploads(FileSystemStorage):
    """Keeps pictures below the public folder, and all else among the private files."""

    def path(self, name):
        return super().path(name) if is_public(name) else _private().path(name)

    def url(self, name):
        if not is_public(name):
            raise NotImplementedError("No address leads to the file itself.")
        return super().url(name)

    def _save(self, name, content):
        if is_public(name):
            return super()._save(name, content)
        return _private()._save(name, content)


def _private() -> FileSystemStorage:
    return storages["private"]
