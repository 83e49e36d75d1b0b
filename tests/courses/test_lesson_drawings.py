"""The drawings of lessons: small, in our colours, with words in both languages."""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings

from courses.lesson_drawings import FOLDER, LETTERS, LINE, TEXT, WIDTH, words_of
from courses.lesson_drawings import lesson_drawing as drawn
from courses.words.rules import Passage, Rule, findings_in
from courses.works import unresolved
from lms.people.choices import Language

NAMES = sorted(path.stem for path in FOLDER.iterdir())
BOTH = [(name, code) for name in dict.fromkeys(NAMES) for code in Language.values]
SHAPES = {"svg", "g", "path", "circle", "rect", "line", "text"}
WRITTEN = {
    *("d", "cx", "cy", "r", "rx", "x", "y", "x1", "x2", "y1", "y2", "width", "height"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"),
    *("stroke-linejoin", "font-size", "font-weight", "text-anchor", "transform"),
    *("xmlns", "viewBox"),
}
COURSES = settings.BASE_DIR / "fixtures" / "courses"
CALM = 60  # words in a drawing: more are read, not seen
TALL = 360  # with its words it is still one sheet of paper


def source_of(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text()


def test_every_drawing_has_its_words_and_nothing_else_lies_there():
    files = sorted(path.name for path in FOLDER.iterdir())

    assert files == sorted(
        f"{n}.{kind}" for n in set(NAMES) for kind in ("svg", "yaml")
    )


@pytest.mark.parametrize("name", sorted(set(NAMES)))
def test_drawing_holds_only_shapes_in_the_colours_of_the_palette(name):
    svg = source_of(name)
    tokens = set(
        re.findall(r"(--[\w-]+):", (settings.BASE_DIR / "static/base.css").read_text())
    )

    assert set(re.findall(r"<(\w+)", svg)) <= SHAPES
    assert set(re.findall(r' ([\w-]+)="', svg)) <= WRITTEN
    for colour in re.findall(r'(?:fill|stroke)="([^"]+)"', svg):
        assert colour == "none" or colour[4:-1] in tokens, colour
    _, _, width, height = re.search(r'viewBox="(\S+) (\S+) (\S+) (\S+)"', svg).groups()
    assert int(width) == WIDTH
    assert int(height) <= TALL


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_drawing_has_all_its_words_in_each_language(name, language):
    told, shown = words_of(name)[language], drawn(name, language)
    asked = [found[5] for found in TEXT.finditer(source_of(name))]

    assert source_of(name).count("<text") == len(asked)
    assert sorted(told["words"]) == sorted(asked)
    assert set(re.findall(r"\{(\w+)\}", " ".join(told["sentences"]))) == set(asked)
    assert all(told["words"].values())
    assert shown.title
    assert [one for one in shown.source.split("; ") if unresolved(one, language)] == []
    assert 40 <= len(shown.alt) <= 200
    assert len(" ".join(told["words"].values()).split()) <= CALM


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_drawing_is_light_and_its_words_are_large_and_fit(name, language):
    svg, words = source_of(name), words_of(name)[language]["words"]
    height = int(re.search(r'viewBox="0 0 \d+ (\d+)"', svg)[1])

    assert len(drawn(name, language).svg.encode()) <= 6 * 1024
    on_paper = int(re.search(r'width="(\d+)"', drawn(name, language).wide)[1])
    assert on_paper * height / WIDTH <= 560  # else its sheet is two pages
    for found in TEXT.finditer(svg):
        left, right, top, bottom, size = place_of(found, words[found[5]])
        assert size >= 14
        assert (left >= 0, right <= WIDTH) == (True, True), (found[5], left, right)
        assert (top >= 0, bottom <= height) == (True, True), (found[5], top, bottom)


def place_of(found: re.Match, text: str) -> tuple[float, float, float, float, int]:
    """Return where a text lies, with letters about as wide as phones draw them."""
    rest, lines = found[4], text.strip().split("\n")
    size = int(said[1]) if (said := re.search(r'font-size="(\d+)"', rest)) else LETTERS
    letter = size * (0.56 if "bold" in rest else 0.52)
    wide, tall = max(map(len, lines)) * letter, len(lines) * size * LINE
    anchor = said[1] if (said := re.search(r'anchor="(\w+)"', rest)) else "middle"
    left = int(found[2]) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
    top = int(found[3]) - tall / 2
    return left, left + wide, top + size * 0.2, top + tall - size * 0.2, size


def test_words_of_a_drawing_are_text_and_never_mark_up(tmp_path, monkeypatch):
    monkeypatch.setattr("courses.lesson_drawings.FOLDER", tmp_path)
    (tmp_path / "sly.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 288 90">\n'
        '<text x="9" y="50" font-size="20">one</text>\n</svg>'
    )
    (tmp_path / "sly.yaml").write_text(
        'en: {title: T, alt: \'"A\', sentences: ["{one}!"], source: S, '
        'words: {one: "a <b\\nc"}}'
    )

    shown = drawn("sly", "en")

    assert 'aria-label="&quot;A"' in shown.svg
    assert (
        '<tspan x="9" y="44">a &lt;b</tspan><tspan x="9" y="70">c</tspan>' in shown.svg
    )
    assert shown.sentences == ("a <b c!",)
    assert drawn("sly", "es") is None
    assert drawn("unknown", "en") is None


def test_every_module_has_a_drawing_and_every_drawing_its_place_in_both_languages():
    modules = [path.parent for path in COURSES.glob("*/*/module.es.md")]
    for language in Language.values:
        placed = {module: _placed(module, language) for module in modules}

        assert [module.name for module, found in placed.items() if not found] == []
        assert {one for found in placed.values() for one in found} == set(NAMES)


def _placed(module: Path, language: str) -> list[str]:
    texts = [path.read_text() for path in module.glob(f"*.{language}.md")]
    return re.findall(r"^drawing: ([\w-]+)$", "\n".join(texts), re.MULTILINE)


@pytest.mark.parametrize("language", Language.values)
def test_no_drawing_says_what_the_list_of_words_avoids(language):
    with (settings.BASE_DIR / "fixtures" / "terminology.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["lang"] == language]
    avoided = [Rule(one["key"], one["pattern"], "", "") for one in rows]
    shown = [drawn(name, language) for name in sorted(set(NAMES))]
    passages = [
        Passage(one.name, " § ".join([one.title, one.alt, *one.sentences]))
        for one in shown
    ]

    assert avoided
    assert [(one.place, one.wording) for one in findings_in(passages, avoided)] == []
