"""Brings the files of a Campus that was used before under the rules of today."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from wagtail.images.models import Image

from lms.web.pictures import bare, tells_more
from lms.web.uploads import is_public

OF_OTHERS = 0o027  # what nobody but us, and our group to read, may do


class Command(BaseCommand):
    help = (
        "Move documents out of the public folder, take out of pictures what they do "
        "not show, and shut files to other accounts. A second run changes nothing."
    )

    def handle(self, **options):
        moved = move_out(Path(settings.MEDIA_ROOT))
        drawn = sum(redraw(picture) for picture in Image.objects.iterator())
        shut = shut_below(Path(settings.STATE_DIR))
        self.stdout.write(f"{moved} moved, {drawn} pictures redrawn, {shut} shut.")


def move_out(public: Path) -> int:
    """Move what is not public to where it stands now; return how many files."""
    files = [path for path in public.rglob("*") if path.is_file()]
    names = {path: path.relative_to(public).as_posix() for path in files}
    private = [path for path, name in names.items() if not is_public(name)]
    for path in private:
        place = Path(default_storage.path(names[path]))
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
    return len(private)


def redraw(picture: Image) -> bool:
    """Replace the file of a picture that tells more; return whether it did."""
    if not default_storage.exists(picture.file.name):
        return False
    with picture.file.open() as file:
        if not tells_more(file):
            return False
        drawn = bare(file)
    name, before = picture.file.name, picture.renditions.all()
    default_storage.delete(name)
    picture.file = default_storage.save(name, drawn)
    picture._set_image_file_metadata()
    picture.file.close()
    picture.save()
    before.delete()
    return True


def shut_below(folder: Path) -> int:
    """Take from others what they may do with our files; return of how many."""
    modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    open_ones = {path: mode for path, mode in modes.items() if mode & OF_OTHERS}
    for path, mode in open_ones.items():
        path.chmod(mode & ~OF_OTHERS)
    return len(open_ones)
