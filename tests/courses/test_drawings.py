"""The drawings of courses: small, of one colour, and one for each choice."""

import re

import pytest
from django.template import Context, Template

from courses.drawings import FOLDER, Drawing, drawing
from courses.loader.kinds import FRONT, problem_with

FILES = sorted(FOLDER.glob("*.svg"))


def test_every_choice_is_drawn_and_every_drawing_can_be_chosen():
    assert {path.stem for path in FILES} == set(Drawing.values)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_drawing_is_small_and_holds_only_lines(path):
    svg = path.read_text()

    assert len(svg.encode()) <= 1024
    assert set(re.findall(r"<(\w+)", svg)) <= {"svg", "path", "circle"}
    assert not re.search(r"fill|stroke|style|class|<text", svg)


def test_drawing_stands_inline_and_hidden_from_screen_readers():
    shown = Template('{% load drawings %}{% drawing "road" %}').render(Context())

    assert shown == drawing("road")
    assert shown.startswith('<svg class="drawing" aria-hidden="true"')
    assert "xmlns" not in shown


def test_course_without_a_drawing_shows_none(client, edition):
    assert 'class="drawing"' not in client.get("/es/").content.decode()


def test_course_shows_the_drawing_that_was_chosen(client, course_page):
    course_page.drawing = Drawing.DOOR
    course_page.save_revision().publish()

    assert drawing("door") in client.get("/es/").content.decode()


@pytest.mark.parametrize(
    ("value", "problem"),
    [("road", None), (None, None), ("moon", "drawing is 'moon'; known: ")],
)
def test_loader_knows_the_drawings(value, problem):
    entry = next(entry for entry in FRONT["course"] if entry.name == "drawing")

    said = problem_with(entry, value)

    assert said is None if problem is None else said.startswith(problem)
