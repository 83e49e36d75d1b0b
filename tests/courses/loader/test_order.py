"""Order and moves: pages stand as their files do, translations beside their pages."""

from tests.courses.loader import small

MODULE = "courses/small/1-module"
OTHER = "courses/small/2-other"


def keys_below(page):
    return [child.translation_key for child in page.get_children()]


def add_module(folder):
    """Write a second module with nothing in it."""
    for language in ("es", "en"):
        text = small.in_language(small.A_MODULE, language)
        text = text.replace(str(small.MODULE), str(small.OTHER_MODULE))
        path = folder / f"{OTHER}/module.{language}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("slug: ", "slug: otro-"), encoding="utf-8")


def test_pages_take_the_order_of_their_files_in_every_language(
    folder, load_again, page_of
):
    small.rename(folder, f"{MODULE}/1-first", f"{MODULE}/4-first")

    report = load_again()
    again = load_again()

    order = [small.SECOND, small.PRACTICE, small.FIRST]
    assert keys_below(page_of(small.MODULE)) == order
    assert keys_below(page_of(small.MODULE, "en")) == order
    assert report.moved == [f"below {MODULE}/module.es.md"]
    assert again.moved == []


def test_a_new_page_takes_its_place_in_every_language(folder, load_again, page_of):
    add_module(folder)

    report = load_again()

    order = [small.MODULE, small.OTHER_MODULE, small.FINAL]
    assert keys_below(page_of(small.COURSE)) == order
    assert keys_below(page_of(small.COURSE, "en")) == order
    assert (report.pages.new, report.translations.new) == (1, 1)


def test_a_page_follows_its_file_into_another_module(folder, load_again, page_of):
    add_module(folder)
    small.rename(folder, f"{MODULE}/1-first", f"{OTHER}/1-first")
    small.write_questions(folder, [])

    load_again()

    for language in ("es", "en"):
        assert keys_below(page_of(small.OTHER_MODULE, language)) == [small.FIRST]
        assert keys_below(page_of(small.MODULE, language)) == [
            small.SECOND,
            small.PRACTICE,
        ]
    assert page_of(small.FIRST, "en").url_path.endswith("/otro-module/first/")


def test_translations_follow_a_page_that_a_person_moves(loaded, page_of, elena):
    page_of(small.SECOND).move(page_of(small.FIRST), pos="left", user=elena)
    first = keys_below(page_of(small.MODULE, "en"))
    page_of(small.SECOND).move(page_of(small.PRACTICE), pos="right", user=elena)

    assert first == [small.SECOND, small.FIRST, small.PRACTICE]
    assert keys_below(page_of(small.MODULE, "en")) == [
        small.FIRST,
        small.PRACTICE,
        small.SECOND,
    ]


def test_a_translation_that_is_moved_moves_nothing_else(loaded, page_of, elena):
    page_of(small.SECOND, "en").move(page_of(small.FIRST, "en"), pos="left", user=elena)

    assert keys_below(page_of(small.MODULE)) == [
        small.FIRST,
        small.SECOND,
        small.PRACTICE,
    ]


def test_order_of_a_translation_is_mended(load_again, page_of):
    page_of(small.SECOND, "en").move(page_of(small.FIRST, "en"), pos="left")

    report = load_again()

    assert report.moved == [f"below {MODULE}/module.es.md"]
    assert keys_below(page_of(small.MODULE, "en")) == [
        small.FIRST,
        small.SECOND,
        small.PRACTICE,
    ]


def test_a_translation_stands_right_of_the_nearest_that_there_is(
    loaded, page_of, elena
):
    page_of(small.SECOND, "en").delete()

    page_of(small.FIRST).move(page_of(small.SECOND), pos="right", user=elena)
    page_of(small.PRACTICE).move(page_of(small.FIRST), pos="left", user=elena)

    assert keys_below(page_of(small.MODULE)) == [
        small.SECOND,
        small.PRACTICE,
        small.FIRST,
    ]
    assert keys_below(page_of(small.MODULE, "en")) == [small.PRACTICE, small.FIRST]
