"""Wordings fill an empty table; what editors made of them stays and is reported."""

import pytest
from wagtail.models import ModelLogEntry

from courses.loader.load import load
from courses.loader.reasons import NotLoaded
from courses.models import Wording
from tests.courses.loader import small
from tests.factories import NOON

PLACE = f"{small.WORDINGS} blancas"


def test_a_wording_changed_by_hand_stays_and_is_reported(load_again, elena):
    row = Wording.objects.get()
    row.pattern = "blanqu[ií]sima"
    row.save()
    ModelLogEntry.objects.log_action(row, "wagtail.edit", user=elena)

    report = load_again()
    kept = Wording.objects.get().pattern
    load_again(overwrite=True)

    assert report.left_alone == [f"edited by hand: {PLACE}"]
    assert kept == "blanqu[ií]sima"
    assert Wording.objects.get().pattern == "blancas?"


def test_a_wording_deleted_by_hand_stays_away_and_is_reported(load_again, elena):
    row = Wording.objects.get()
    ModelLogEntry.objects.log_action(row, "wagtail.delete", user=elena)
    row.delete()

    report = load_again()
    assert report.left_alone == [f"deleted by hand: {PLACE}"]
    assert not Wording.objects.exists()
    load_again(overwrite=True)

    assert Wording.objects.get().discussed


def test_a_wording_changed_in_its_file_is_changed(folder, load_again):
    small.change(folder, small.WORDINGS, "error", "advice")

    report = load_again()

    assert report.wordings.changed == 1
    assert Wording.objects.get().severity == "advice"


def test_a_page_with_a_wording_of_the_list_is_left_alone(folder, load_again, page_of):
    small.change(folder, small.FIRST_ES, "Mire", "Mire las blancas")

    report = load_again()

    (told,) = report.left_alone
    assert told.startswith(f"not published: {small.FIRST_ES}: Block 2 (Steps): ")
    assert "“blancas”" in told
    assert page_of(small.FIRST).body[1].value["items"][0]["text"] == "Mire"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("key,lang", "key,language", "its columns are key, lang, pattern"),
        ("blancas,es", "Las blancas,es", "key is small letters and digits"),
        (",es,", ",fr,", "lang is none of es, en"),
        ("blancas?", "(a+)+", "the pattern is endless"),
        (",trata,", ",otra,", "the glossary has no term otra"),
        (",error,", ",fatal,", "severity is none of error, advice"),
        (",yes,", ",perhaps,", "discussed is yes or nothing"),
        ("It confuses.", "", "reason lacks a language"),
        ("It confuses.", "It, confuses, them", "this row has more or fewer parts"),
        ("Confunde.,It confuses.,,", "Confunde.", "this row has more or fewer parts"),
        (
            "It confuses.,,",
            "Two.,,\nblancas,es,x,trata,error,,a,b,,",
            "key stand twice",
        ),
        ("It confuses.,,", "Two.,,\nb,es,blancas?,trata,error,,a,b,,", "stand twice"),
    ],
)
def test_a_wording_that_is_not_fit_is_refused(folder, loaded, old, new, reason):
    small.change(folder, small.WORDINGS, old, new)

    with pytest.raises(NotLoaded) as refusal:
        load(folder, at=NOON)

    (told,) = refusal.value.reasons
    assert reason in told
