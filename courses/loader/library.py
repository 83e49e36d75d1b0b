"""Which pages a folder of content holds, each in every language, in which order.

`courses/<course>/course.es.md`, then by the number their names begin with: a pre-test
if there is one, folders of modules (`module.es.md` and their lessons and quizzes), a
branching case and the final test.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from re import findall, match
from typing import Any
from uuid import UUID

from django.conf import settings

from courses.loader.files import UUID_SHAPE, PageFile, read_page
from courses.loader.kinds import FRONT
from courses.loader.reasons import Reasons

SOURCE = settings.LANGUAGE_CODE
PAGE_LINK = rf"\]\(page:({UUID_SHAPE})\)"
LANGUAGES = [SOURCE, *(code for code, _ in settings.LANGUAGES if code != SOURCE)]


@dataclass(slots=True)
class Written:
    """A page as its files say it should be, in every language, with what is below."""

    files: dict[str, PageFile]
    children: list["Written"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.files[SOURCE].kind

    @property
    def key(self) -> UUID:
        return self.files[SOURCE].key

    @property
    def name(self) -> str:
        return self.files[SOURCE].name

    def fact(self, name: str) -> Any:
        """Return a fact of the front matter, which every language has alike."""
        return self.files[SOURCE].front.get(name)

    @property
    def links(self) -> set[UUID]:
        """The keys of the pages that the text links to, in any language."""
        texts = [
            text
            for file in self.files.values()
            for block in file.blocks
            for text in _texts(block.value)
        ]
        return {UUID(key) for text in texts for key in findall(PAGE_LINK, text)}

    def walk(self) -> Iterator["Written"]:
        """Yield this page and everything below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Library:
    """Everything a folder holds; `folders` leads from a course to its folder."""

    catalogue: Written | None
    courses: list[Written]
    folders: dict[UUID, Path]

    def walk(self) -> Iterator[Written]:
        """Yield every page of every course, parents first."""
        for course in self.courses:
            yield from course.walk()


def read_library(root: Path, *, reasons: Reasons) -> Library:
    """Return what the folder holds; what cannot be read is said in `reasons`."""
    shelf = root / "courses"
    if not shelf.is_dir():
        reasons.say(str(root), "there is no folder courses/ here")
        return Library(None, [], {})
    reader = _Reader(root, reasons)
    catalogue = None
    if (shelf / f"catalogue.{SOURCE}.md").exists():
        catalogue = reader.page(shelf / "catalogue", kinds={"catalogue"})
    courses, folders = [], {}
    for folder in sorted(path for path in shelf.iterdir() if path.is_dir()):
        if course := reader.course(folder):
            courses.append(course)
            folders[course.key] = folder
    courses.sort(key=lambda course: str(course.fact("code")))  # C1 before C2
    _refuse_doubles([*courses, *([catalogue] if catalogue else [])], reasons)
    return Library(catalogue, courses, folders)


@dataclass(slots=True)
class _Reader:
    root: Path
    reasons: Reasons

    def course(self, folder: Path) -> Written | None:
        course = self.page(folder / "course", kinds={"course"})
        if course is None:
            return None
        for stem in _stems(folder, leaving="course"):
            child = self.module(stem) if stem.is_dir() else self.single(stem)
            course.children += [child] if child else []
        purposes = [child.fact("purpose") for child in course.children]
        if (finals := purposes.count("final")) != 1:
            self.reasons.say(
                course.name, f"a course has one final test; here are {finals}"
            )
        if "pretest" in purposes[1:]:
            self.reasons.say(course.name, "a pre-test comes once, before all else")
        return course

    def single(self, stem: Path) -> Written | None:
        """Return the test or the case that stands beside the modules."""
        page = self.page(stem, kinds={"quiz", "case"})
        purposes = {"pretest", "final"}
        if page and page.kind == "quiz" and page.fact("purpose") not in purposes:
            self.reasons.say(
                page.name, "a quiz beside the modules has purpose: pretest or final"
            )
        return page

    def module(self, folder: Path) -> Written | None:
        module = self.page(folder / "module", kinds={"module"})
        if module is None:
            return None
        for stem in _stems(folder, leaving="module"):
            if stem.is_dir():
                self.reasons.say(self.shown(stem), "a module has no folders")
                continue
            child = self.page(stem, kinds={"lesson", "quiz"})
            if child and child.kind == "quiz" and child.fact("purpose") != "practice":
                self.reasons.say(child.name, "a quiz of a module has purpose: practice")
            module.children += [child] if child else []
        return module

    def page(self, stem: Path, *, kinds: set[str]) -> Written | None:
        """Return the page of `stem`.es.md, `stem`.en.md …, or None."""
        files = {}
        for language in LANGUAGES:
            path = stem.with_name(f"{stem.name}.{language}.md")
            if not path.exists():
                self.reasons.say(self.shown(path), "this file is missing")
                continue
            file = read_page(
                path, name=self.shown(path), language=language, reasons=self.reasons
            )
            if file and file.kind not in kinds:
                wanted = " or ".join(sorted(kinds))
                self.reasons.say(f"{file.name}:2", f"kind must be {wanted} here")
            elif file:
                files[language] = file
        if len(files) < len(LANGUAGES):
            return None
        written = Written(files)
        _compare_languages(written, self.reasons)
        return written

    def shown(self, path: Path) -> str:
        return str(path.relative_to(self.root))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value read from YAML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _stems(folder: Path, *, leaving: str) -> list[Path]:
    """Return the pages and folders of pages in a folder, by number, then by name."""
    stems = {
        path if path.is_dir() else path.with_name(path.name.split(".")[0])
        for path in folder.iterdir()
        if path.is_dir() or path.suffix == ".md"
    }
    return sorted(stems - {folder / leaving}, key=_place)


def _place(stem: Path) -> tuple[int, str]:
    number = match(r"\d+", stem.name)
    return (int(number[0]) if number else 0, stem.name)


def _compare_languages(written: Written, reasons: Reasons) -> None:
    """Say where the languages differ in what must be the same in all of them."""
    source = written.files[SOURCE]
    for file in written.files.values():
        if (file.kind, file.key) != (source.kind, source.key):
            reasons.say(f"{file.name}:2", f"kind and id differ from {source.name}")
            continue
        for entry in FRONT[source.kind]:
            here, there = file.front.get(entry.name), source.front.get(entry.name)
            if entry.shared and here != there:
                reasons.say(
                    f"{file.name}:2",
                    f"{entry.name} is {here!r}, but {there!r} in {source.name}",
                )
        _compare_blocks(file, source, reasons)


def _compare_blocks(file: PageFile, source: PageFile, reasons: Reasons) -> None:
    for here, there in zip(file.blocks, source.blocks, strict=False):
        if (here.kind, here.id) != (there.kind, there.id):
            reasons.say(
                f"{file.name}:{here.line}",
                f"block {here.kind} {here.id} stands where {source.name}:{there.line} "
                f"has {there.kind} {there.id}",
            )
            return
    if len(file.blocks) != len(source.blocks):
        reasons.say(
            file.name,
            f"{len(file.blocks)} blocks, but {len(source.blocks)} in {source.name}",
        )


def _refuse_doubles(trees: list[Written], reasons: Reasons) -> None:
    """Say which ids name two pages or two blocks."""
    seen: dict[UUID, str] = {}
    for page in (page for tree in trees for page in tree.walk()):
        source = page.files[SOURCE]
        ids = [(page.key, source.name)]
        ids += [(block.id, f"{source.name}:{block.line}") for block in source.blocks]
        for key, place in ids:
            if key in seen:
                reasons.say(place, f"id {key} is already used at {seen[key]}")
            seen.setdefault(key, place)
