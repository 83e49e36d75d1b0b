"""What does an uploaded picture keep? What it shows, not where and when it was taken.

Phones write their position into each picture. Whatever editors upload is drawn anew
from its pixels before it is kept, upright and with its colours: only they are left.
"""

from io import BytesIO
from typing import IO

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.db.models.signals import pre_save
from django.dispatch import receiver
from PIL import Image as Pillow
from PIL import ImageOps, ImageSequence
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import Image
from wagtail.models import UploadedFile

from lms.web.kept_at_once import KeptAtOnce

# A phone's JPEG with a second picture in it is a JPEG of the first.
WRITTEN_AS = {"MPO": "JPEG"}
MOVING = {"GIF", "WEBP"}
KEPT = {"icc_profile", "transparency", "duration", "background"}
OPTIONS = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}}
TELLING = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "mp"}


class PictureForm(KeptAtOnce, BaseImageForm):
    """Keeps a picture and its words for the search at once."""


@receiver(pre_save, sender=Image)
def keep_what_a_picture_shows(sender, instance: Image, **_more) -> None:
    if is_new(instance.file):
        redraw(instance)


@receiver(pre_save, sender=UploadedFile)
def keep_what_a_waiting_picture_shows(sender, instance: UploadedFile, **_more) -> None:
    """It waits for the rest of its form, and is then copied past all forms."""
    is_picture = ContentType.objects.get_for_model(Image) == instance.for_content_type
    if is_picture and is_new(instance.file):
        instance.file = File(bare(instance.file), name=instance.file.name)


def is_new(file) -> bool:
    """Whether the file of a field has not been kept yet."""
    return bool(file) and not file._committed


def redraw(picture: Image) -> None:
    """Put a bare file in the place of the picture's own, and measure it anew."""
    picture.file = File(bare(picture.file), name=picture.file.name)
    picture._set_image_file_metadata()


def bare(file: IO[bytes]) -> BytesIO:
    """Return the same picture with nothing but what it shows.

    Raises `SuspiciousFileOperation` where it is too large to be decoded.
    """
    file.seek(0)
    with Pillow.open(file) as picture:
        refuse_huge(picture)
        kind = WRITTEN_AS.get(picture.format, picture.format)
        again = {"loop": picture.info["loop"]} if "loop" in picture.info else {}
        moves = kind in MOVING and picture.n_frames > 1
        frames = ImageSequence.Iterator(picture) if moves else [picture]
        first, *others = [upright(frame) for frame in frames]
    if others:
        lasting = [frame.info.get("duration", 0) for frame in (first, *others)]
        again |= {"save_all": True, "append_images": others, "duration": lasting}
    again |= {"icc_profile": first.info.get("icc_profile")}
    written = BytesIO()
    first.save(written, kind, **OPTIONS.get(kind, {}), **again)
    written.seek(0)
    return written


def refuse_huge(picture: Pillow.Image) -> None:
    """Refuse what takes too much memory; nothing of it has been decoded yet.

    The forms of editors say so in a sentence before.
    """
    pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if pixels > most:
        raise SuspiciousFileOperation(f"A picture of more than {most} pixels.")


def upright(frame: Pillow.Image) -> Pillow.Image:
    """Return a copy that is turned as its camera was held, and tells nothing else."""
    turned = ImageOps.exif_transpose(frame)
    turned.info = {key: turned.info[key] for key in KEPT & turned.info.keys()}
    return turned


def tells_more(file: IO[bytes]) -> bool:
    """Whether a picture tells anything beside what it shows."""
    file.seek(0)
    with Pillow.open(file) as picture:
        texts = getattr(picture, "text", {})
        return bool(texts or picture.getexif() or TELLING & picture.info.keys())
