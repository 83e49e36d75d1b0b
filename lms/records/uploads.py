"""What becomes of pictures and documents whose uploader is erased?

Pages go on showing them. Their title, as a rule the name that the file had on a disk,
and the name of the file itself may say whose it is: both go.
"""

from functools import partial
from pathlib import PurePath
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.fields.files import FieldFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import ModelLogEntry
from wagtail.search import index

from lms.people.records import NAMELESS, Leaver


def erase_documents(leaver: Leaver) -> None:
    for document in Document.objects.filter(uploaded_by_user=leaver.person):
        _make_nameless(document)


def erase_pictures(leaver: Leaver) -> None:
    for picture in Image.objects.filter(uploaded_by_user=leaver.person):
        _make_nameless(picture)
        _delete_copies(picture)


def _delete_copies(picture: Image) -> None:
    """Delete the copies in other sizes: each is drawn again when asked for.

    They are named after the file. Wagtail's task that deletes one keeps its name for
    weeks, so it is given another, and the file goes here.
    """
    for copy in picture.renditions.all():
        transaction.on_commit(
            partial(copy.file.storage.delete, copy.file.name), robust=True
        )
    picture.renditions.update(file=f"images/{uuid4().hex}")
    picture.renditions.all().delete()


def _make_nameless(upload: Document | Image) -> None:
    """Take title and file name from it, and what the editors' log says of it."""
    rows = type(upload).objects.filter(pk=upload.pk)
    rows.update(title=NAMELESS, file=_renamed(upload.file))
    index.insert_or_update_object(rows.get())
    ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(upload),
        object_id=str(upload.pk),
    ).update(label="", data={})


def _renamed(file: FieldFile) -> str:
    """Return the name under which the file stands now; the old one goes at commit.

    A file that is lost keeps no erasure from going on.
    """
    old = PurePath(file.name)
    new = str(old.with_name(f"{uuid4().hex}{old.suffix.lower()}"))
    if file.storage.exists(file.name):
        with file.storage.open(file.name) as content:
            new = file.storage.save(new, content)
        transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
    return new
