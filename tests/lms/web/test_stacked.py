"""What a cell of a table says where rows are cards, and which tables are so read."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template

from lms.web.stacked import with_headings

TABLE = re.compile(r"<table([^>]*)>")
HEAD = (
    '<table class="stacked"><thead><tr><th scope="col"><span class="hidden">Tick</span>'
    '</th><th scope="col"><a href="?sort=name">Person</a></th>'
    '<th scope="col" class="number">Right &amp; wrong</th></tr></thead>'
)


def test_each_cell_says_its_column_but_the_name_the_empty_and_the_unseen():
    row = (
        '<tr><td class="pick">o</td><th scope="row">Ana</th><td class="number">{}</td>'
        "</tr>"
    )
    table = f"{HEAD}<tbody>{row.format(3)}{row.format(' ')}</tbody></table>"

    said = with_headings(table)

    named = '<b class="cell-head">Right &amp; wrong</b>3'
    expected = f"{HEAD}<tbody>{row.format(named)}{row.format(' ')}</tbody></table>"
    assert said == expected


def test_the_tag_keeps_what_was_escaped():
    template = Template(
        '{% stacked %}<thead><th scope="col">A</th><th scope="col">{{ x }}</th></thead>'
        "<tr><th>1</th><td>{{ x }}</td></tr>{% endstacked %}"
    )

    said = template.render(Context({"x": "<i>"}))

    assert '<td><b class="cell-head">&lt;i&gt;</b>&lt;i&gt;</td>' in said


@pytest.mark.parametrize(
    "name",
    [
        "courses/blocks/table",
        "courses/cases/debrief",
        "courses/course_page",
        "courses/inperson/workshop",
        "pages/privacy",
        "reports/lines",
        "team/cohort",
    ],
)
def test_what_is_read_line_by_line_is_cards_on_a_phone(name):
    text = (settings.BASE_DIR / "templates" / f"{name}.html").read_text()

    tables = TABLE.findall(text)
    assert tables
    assert all("stacked" in one for one in tables)
    assert text.count("{% stacked %}<table") == len(tables)


def test_a_table_is_a_card_by_class_and_by_tag_or_by_neither():
    folder = settings.BASE_DIR / "templates"
    texts = [one.read_text() for one in folder.rglob("*.html")]

    assert [
        text[:80]
        for text in texts
        if len(re.findall(r'<table class="[^"]*stacked', text))
        != text.count("{% stacked %}<table")
    ] == []
