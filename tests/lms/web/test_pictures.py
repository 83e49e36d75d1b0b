"""An uploaded picture keeps what it shows, and nothing of where and when."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from PIL import ImageCms
from PIL.TiffImagePlugin import IFDRational
from wagtail.images.models import Image
from wagtail.models import Collection, UploadedFile

from lms.web.pictures import bare, tells_more

pytestmark = pytest.mark.django_db
ORIENTATION, GPS, TAKEN_AT = 0x0112, 0x8825, 0x0132
LATITUDE = {1: "N", 2: (IFDRational(14), IFDRational(37), IFDRational(22))}
COLOURS = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
MARK = b"Zone 10, second floor"
KINDS = ["JPEG", "PNG", "WEBP"]


def photo(kind="JPEG", size=(40, 20)):
    """Return a picture that was held sideways, red on top, and says where it was."""
    shown = Pillow.new("RGB", size, "blue")
    shown.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Pillow.Exif()
    exif[ORIENTATION], exif[TAKEN_AT] = 6, "2026:11:02 12:00:00"
    exif.get_ifd(GPS).update(LATITUDE)
    file = BytesIO()
    more = {"JPEG": {"comment": MARK, "xmp": MARK}, "WEBP": {"xmp": MARK}}
    shown.save(file, kind, exif=exif, icc_profile=COLOURS, **more.get(kind, {}))
    # What follows the picture is no part of it, and would be kept with it.
    return file.getvalue() + MARK


def moving(kind):
    frames = [Pillow.new("RGB", (8, 8), name) for name in ("red", "green", "blue")]
    file, more = BytesIO(), {"save_all": True, "append_images": frames[1:]}
    comment = {"comment": MARK} if kind == "GIF" else {"xmp": MARK}
    frames[0].save(file, kind, duration=[100, 200, 300], loop=0, **more, **comment)
    return file.getvalue()


def upload(client, content, name, *, to="add", **facts):
    form = {
        "title": "Tribunal",
        "collection": Collection.get_first_root_node().pk,
        "files[]" if to == "add_multiple" else "file": SimpleUploadedFile(
            name, content
        ),
    }
    return client.post(reverse(f"wagtailimages:{to}"), form | facts)


@pytest.fixture
def editor(client, admin):
    client.force_login(admin)
    return client


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("to", ["add", "add_multiple"])
def test_what_an_editor_uploads_tells_no_place(editor, kind, to):
    upload(editor, photo(kind), f"photo.{kind.lower()}", to=to)

    picture = Image.objects.get()
    kept = default_storage.open(picture.file.name).read()
    assert MARK not in kept
    with Pillow.open(BytesIO(kept)) as shown:
        assert (shown.format, shown.size, dict(shown.getexif())) == (kind, (20, 40), {})
        assert shown.info["icc_profile"] == COLOURS
        red, _green, blue = shown.convert("RGB").getpixel((10, 5))
        assert red > 200 > 50 > blue
    assert (picture.width, picture.height) == (20, 40)
    assert picture.file_size == len(kept)
    assert not tells_more(BytesIO(kept))


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_what_moves_goes_on_moving(kind):
    written = bare(BytesIO(moving(kind))).getvalue()

    assert MARK not in written
    with Pillow.open(BytesIO(written)) as shown:
        assert shown.n_frames == 3
        lasting, colours = [], []
        for number in range(3):
            shown.seek(number)
            shown.load()
            lasting.append(shown.info["duration"])
            colours.append(shown.convert("RGB").getpixel((4, 4)))
        assert lasting == [100, 200, 300]
    assert [colour.index(max(colour)) for colour in colours] == [0, 1, 2]


def test_what_is_see_through_stays_so():
    file = BytesIO()
    Pillow.new("RGBA", (8, 8), (255, 0, 0, 0)).save(file, "PNG")

    with Pillow.open(bare(file)) as shown:
        assert shown.getpixel((4, 4)) == (255, 0, 0, 0)


def test_picture_that_waits_for_its_title_tells_no_place_either(editor):
    """With too long a title it is kept apart, and later copied past the forms."""
    upload(editor, photo(), "photo.jpg", to="add_multiple", title="x" * 300)

    waiting = UploadedFile.objects.get()
    assert MARK not in default_storage.open(waiting.file.name).read()
    editor.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]),
        {
            f"uploaded-image-{waiting.pk}-title": "Tribunal",
            f"uploaded-image-{waiting.pk}-collection": (
                Collection.get_first_root_node().pk
            ),
        },
    )
    assert MARK not in default_storage.open(Image.objects.get().file.name).read()


@pytest.mark.parametrize(
    ("size", "pictures"), [((8_000, 5_000), 1), ((8_000, 5_001), 0)]
)
def test_a_picture_above_forty_megapixels_is_refused(editor, size, pictures):
    file = BytesIO()
    Pillow.new("1", size).save(file, "PNG")

    answer = upload(editor, file.getvalue(), "large.png")

    assert Image.objects.count() == pictures
    if not pictures:
        said = {"en": "too many pixels", "es": "muchos pixeles"}
        assert any(words in answer.text for words in said.values())


def test_no_picture_of_an_editor_is_taken_or_shown(editor, admin):
    account = reverse("wagtailadmin_account")
    avatar = SimpleUploadedFile("me.jpg", photo())

    page = editor.get(account)
    editor.post(account, {"avatar-avatar": avatar})

    assert page.status_code == 200
    assert "avatar-avatar" not in page.text
    admin.refresh_from_db()
    assert not admin.wagtail_userprofile.avatar
