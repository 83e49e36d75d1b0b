"""Lists as people have them: what is read, and what is said of what is not."""

import codecs
import tracemalloc

import pytest

from lms.team.roster.columns import TEMPLATE
from lms.team.roster.findings import Unreadable
from lms.team.roster.reading import read, read_pasted
from tests.lms.team.roster.building import noted, outcome, outcome_of, pasted, upload

ANA = {"address": "ana@example.org", "name": "Ana Ruiz"}
LIST = "correo,nombre\nana@example.org,Ana Ruiz\n"
OLD = "correo,nombre\nana@example.org,Ñusta Peña\n"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_sign_between_cells_and_the_end_of_lines_are_found(sign, end):
    text = LIST.replace(",", sign).replace("\n", end)

    assert outcome(text) == [(2, ANA)]
    assert pasted(text) == [(2, ANA)]


def test_what_excel_writes_above_a_list_is_no_row():
    assert outcome("sep=;\r\n" + LIST.replace(",", ";")) == [(2, ANA)]


@pytest.mark.parametrize(
    "letters", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_letters_are_found(letters):
    told = {"address": "ana@example.org", "name": "Ñusta Peña"}

    assert outcome(OLD.encode(letters)) == [(2, told)]


def test_big_endian_with_its_mark_is_read():
    content = codecs.BOM_UTF16_BE + OLD.encode("utf-16-be")

    assert outcome(content)[0][1]["name"] == "Ñusta Peña"


def test_windows_letters_are_said():
    assert noted(OLD.encode("cp1252")) == [{"is": "old-letters"}]
    assert noted(OLD) == []


def test_letters_that_no_letters_are_do_not_stop_the_reading():
    assert outcome(LIST.encode() + b"bruno@example.org,Bru\xfano\x81\n")[1][1] == {
        "address": "bruno@example.org",
        "name": "Bruúno�",
    }


def test_empty_signs_are_left_out_and_said():
    text = LIST.replace("Ana", "A\0na\0")

    assert outcome(text) == [(2, ANA)]
    assert noted(text) == [{"is": "nul"}]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    text = 'correo,nombre\n"ana@example.org","Ana\nRuiz"\n\nbruno@example.org\n'

    assert outcome(text) == [(2, ANA), (4, {"address": "bruno@example.org"})]


def test_titles_above_the_headings_are_passed_over():
    assert outcome(f"Lista de participantes; 2026\n\n{LIST.replace(',', ';')}") == [
        (4, ANA)
    ]


def test_columns_are_known_in_both_languages_and_without_accents():
    values = [f"v{n}" for n in range(10)]
    texts = [
        f"{'|'.join(headings)}\n{'|'.join(values)}\n"
        for headings in (
            *TEMPLATE.values(),
            [one.upper() for one in TEMPLATE["es"]],
            [one.replace("í", "i").replace("ó", "o") for one in TEMPLATE["es"]],
        )
    ]

    fields = [
        "address",
        "given",
        "family",
        "country",
        "institution",
        "track",
        "position",
        "language",
        "superior",
        "superior_address",
    ]
    told = [(2, dict(zip(fields, values, strict=True)))]
    assert [outcome(text) for text in texts] == [told] * 4


def test_moodles_columns_are_known_and_passwords_not_read():
    text = (
        "username,password,firstname,lastname,email,institution,department,lang,"
        "cohort1,profile_field_cargo\n"
        "ana,Secret1*,Ana,Ruiz,ana@example.org,OJ,Sala 1,es_mx,C1,Jueza\n"
    )

    assert outcome(text) == [
        (
            2,
            {
                "given": "Ana",
                "family": "Ruiz",
                "address": "ana@example.org",
                "institution": "OJ",
                "language": "es_mx",
                "position": "Jueza",
            },
        )
    ]
    assert noted(text) == [
        {
            "is": "unread-columns",
            "columns": "username, password, department, cohort1",
        }
    ]


def test_of_columns_that_say_the_same_the_first_that_says_something_counts():
    text = "correo,e-mail,nombre\n,ana@example.org,Ana Ruiz\n"

    assert outcome(text) == [(2, ANA)]
    assert noted(text) == [{"is": "columns-twice", "columns": "correo, e-mail"}]


def test_a_list_without_headings_is_read_by_its_addresses():
    text = "Ana Ruiz;ana@example.org\nBruno;bruno@example.org\n"

    assert outcome(text) == [
        (1, ANA),
        (2, {"address": "bruno@example.org", "name": "Bruno"}),
    ]
    assert noted(text) == [{"is": "no-headings", "column": 2}]


def test_addresses_alone_may_be_pasted():
    assert pasted("ana@example.org\n\nbruno@example.org") == [
        (1, {"address": "ana@example.org"}),
        (3, {"address": "bruno@example.org"}),
    ]


def test_a_list_without_addresses_says_which_columns_it_has():
    with pytest.raises(Unreadable) as raised:
        read([upload("usuario,nombre,\nana,Ana Ruiz,x\n")])

    assert raised.value.finding == {
        "is": "no-address-column",
        "columns": "usuario, nombre",
    }


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("correo,nombre\na@x.org,Ruiz, Ana\n", ["more-cells"]),
        ("correo,nombre,,\na@x.org,Ana,,\nb@x.org\n", ["", ""]),
        ('correo,nombre\na@x.org,"Ana' + "\nb@x.org,B" * 7, ["quote-open"]),
        ("correo,nombre\na@x.org," + "x" * 2001, ["cell-long"]),
        ("correo,cohort1\na@x.org," + "x" * 2001, [""]),
    ],
)
def test_rows_that_say_something_else_than_was_meant_are_errors(text, flaws):
    assert [line.flaw for line in read_pasted(text).lines] == flaws


def test_what_follows_a_long_empty_stretch_is_not_read_and_that_is_said():
    text = LIST + "\n" * 1001 + "bruno@example.org,Bruno\n"

    assert outcome(text) == [(2, ANA)]
    assert noted(text) == [{"is": "stopped", "row": 2}]


@pytest.mark.parametrize(
    ("names", "word"),
    [(["a.csv", "b.csv"], "many-files"), (["users.csv", "x.csv"], "many-files")],
)
def test_one_list_at_a_time(names, word):
    assert outcome_of(*[upload(LIST, name) for name in names]) == word


def test_five_thousand_people_are_read_and_one_more_is_refused():
    rows = [f"p{n}@example.org,Persona {n}" for n in range(5001)]

    whole = outcome("\n".join(["correo,nombre", *rows[:5000]]))

    assert (len(whole), whole[-1][0]) == (5000, 5001)
    assert outcome("\n".join(["correo,nombre", *rows])) == "too-many-rows"


def test_five_megabytes_are_read_and_one_byte_more_is_refused_unread():
    whole = LIST.ljust(5 * 1024 * 1024, "\n")
    more = upload(whole + " ")
    more.file.close()

    assert outcome(whole) == [(2, ANA)]
    assert outcome_of(more) == "too-big"
    with pytest.raises(Unreadable):
        read_pasted(whole + " ")


def test_memory_does_not_grow_with_what_is_not_read():
    """Five megabytes with a column that nobody asked for cost what is kept of them."""
    rows = "".join(f"p{n}@example.org,Ana,{'x' * 900}\n" for n in range(5000))
    given = upload("correo,nombre,nota\n" + rows)

    tracemalloc.start()
    reading = read([given])
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(reading.lines) == 5000
    assert peak < 6 * 1024 * 1024
