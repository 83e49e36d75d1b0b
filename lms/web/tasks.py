"""Are the files of pages there? The clock looks: a proxy hands most of them out."""

from datetime import timedelta

from django.tasks import task
from wagtail.documents.models import Document
from wagtail.images.models import Image

from lms.mail.troubles import DOCUMENT_MISSING, PICTURE_MISSING
from lms.queue.periodic import every
from lms.web.files import look_for_all


@every(timedelta(days=1), name="look for the files of pages")
@task()
def look_for_uploads() -> None:
    """Tell the administrators of a document or picture whose file is missing."""
    for model, missing in ((Document, DOCUMENT_MISSING), (Image, PICTURE_MISSING)):
        names = model.objects.values_list("file", flat=True)
        storage = model._meta.get_field("file").storage
        look_for_all(storage, names.iterator(), missing=missing)
