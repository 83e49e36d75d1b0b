"""What editors read of the answers: screens, file, and what they may not."""

import csv
import re
from io import StringIO

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from courses.analysis.chart import chart_of
from courses.analysis.rules import Choice
from courses.models import Tally
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def page(client, name, *args) -> str:
    answer = client.get(reverse(name, args=args), headers=ENGLISH)
    assert answer.status_code == 200
    shown = re.sub(r'<b class="cell-head">[^<]*</b>', "", answer.content.decode())
    return " ".join(shown.split())


def version_of(tested, code):
    return tested.questions[code].versions.get().pk


def test_tests_are_listed_with_what_is_to_be_looked_at(client, elena, counted):
    client.force_login(elena)

    shown = page(client, "analyses")

    assert reverse("analysis", args=[counted.final.pk]) in shown
    assert "<td>60–69</td><td>3.5 / 4</td>" in shown


def test_doubtful_questions_stand_first_with_the_reason(client, elena, counted):
    client.force_login(elena)

    shown = page(client, "analysis", counted.final.pk)

    assert "Nearly everybody knows it." in shown
    assert shown.index(">A1</a>") < shown.index(">A9</a>")
    assert "<td>50 %<br>" in shown
    assert "<td>60 s</td>" in shown


def test_a_question_says_who_chose_what(client, elena, counted):
    client.force_login(elena)

    shown = page(
        client, "analysis_question", counted.final.pk, version_of(counted, "A9")
    )

    right = '<th scope="row">b: Dos SECRET (en) <b>(right)</b></th>'
    assert f"{right}<td>50 %</td>" in shown
    assert '<th scope="row">Spanish</th><td>40–49</td><td>50 %</td>' in shown
    assert '<th scope="row">English</th>' not in shown  # of fewer than thirty
    assert re.search(r"<h1[^>]*>(?:(?!</h1>).)*A9", shown)


def test_lines_of_a_chart_have_no_decimal_comma():
    """Spanish writes 0,5; a drawing does not."""
    choices = [
        Choice("a", is_right=True, share=0.5, thirds=(0.31, 0.5, 0.69)),
        Choice("b", is_right=False, share=0.5, thirds=(0.69, 0.5, 0.31)),
    ]

    with override("es"):
        shown = render_to_string("analysis/chart.html", {"chart": chart_of(choices)})

    places = re.findall(r' (?:x|y|x1|y1|x2|y2)="([^"]*)"', shown)
    assert "74.0" in places
    assert not [place for place in places if "," in place]


def test_the_file_says_what_the_screen_says(client, elena, counted):
    client.force_login(elena)

    answer = client.get(
        reverse("analysis_table", args=[counted.final.pk]), headers=ENGLISH
    )

    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    row = next(one for one in rows if one["question"] == "A9")
    assert (row["language"], row["people"], row["facility, percent"]) == (
        "all",
        "60–69",
        "50",
    )


def test_of_too_few_nothing_is_said(client, elena, counted):
    Tally.objects.filter(version=version_of(counted, "A9")).update(people=7)
    client.force_login(elena)

    shown = page(client, "analysis", counted.final.pk)

    assert "1 question is left out" in shown
    asked = [counted.final.pk, version_of(counted, "A9")]
    assert client.get(reverse("analysis_question", args=asked)).status_code == 404


def test_nothing_is_counted_yet(client, elena, tested):
    client.force_login(elena)
    assert "No test was handed in by ten people yet." in page(client, "analyses")
    assert client.get(reverse("analysis", args=[tested.final.pk])).status_code == 404


def test_who_may_not_read_questions_reads_no_figures(client, counted):
    client.force_login(PersonFactory(is_staff=True))
    answer = client.get(reverse("analysis", args=[counted.final.pk]))
    assert answer.status_code in {302, 403}
    assert Tally.objects.exists()


def test_a_test_asks_the_same_for_one_question_as_for_four(
    client, elena, counted, django_assert_num_queries
):
    client.force_login(elena)
    page(client, "analysis", counted.final.pk)
    with CaptureQueriesContext(connection) as asked:
        page(client, "analysis", counted.final.pk)
    Tally.objects.exclude(version=version_of(counted, "A9")).delete()
    with django_assert_num_queries(len(asked)):
        page(client, "analysis", counted.final.pk)


def test_the_desk_names_the_questions_to_look_at(client, elena, counted):
    client.force_login(elena)

    shown = " ".join(client.get("/admin/", headers=ENGLISH).content.decode().split())

    address = reverse(
        "analysis_question", args=[counted.final.pk, version_of(counted, "A1")]
    )
    assert f'<a href="{address}">A1: ' in shown
    assert "Questions to look at (3)" in shown
