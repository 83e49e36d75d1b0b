"""A spreadsheet is read row by row; what is wrong is named with row and column."""

from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from courses.questions.interchange import sheet_writing, sheets
from courses.questions.interchange.documents import brought_of, document_of
from courses.questions.interchange.judging import judge
from courses.questions.interchange.neutral import Kind, Unreadable
from courses.questions.interchange.reading import read
from courses.questions.interchange.sheet_writing import as_table, as_workbook
from courses.questions.interchange.words import fate
from courses.questions.kinds.truefalse import TRUE_FALSE
from tests.courses.questions.interchange.test_judging import without_keys
from tests.factories import KINDS, TYPED, document
from tests.lms.team.roster.building import archive, row, sheet, workbook
from tests.payloads import PAYLOADS

HEAD = "Tipo;Pregunta (es);Pregunta (en);Correctas;Respuesta A (es);Respuesta B (es)"
# Signs that mean something to spreadsheets, to XML and to other platforms.
HARD = "=1+1;\"x\", <b>y</b> _x0041_ '{a}\n%50%~ 'z"


def wrong(line: str) -> str:
    (found,) = read(f"{HEAD}\n{line}\n".encode()).questions
    (judged,) = judge(read(f"{HEAD}\n{line}\n".encode()), language="es", bank={})
    assert found.line == 2
    with override("en"):
        return fate(judged)


@pytest.mark.parametrize("write", [as_table, as_workbook])
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("kind", [*KINDS, *TYPED])
def test_what_goes_into_a_spreadsheet_comes_back_as_it_was(kind, write, language):
    written = document(kind, mark="m")
    written["stem"] = {"es": HARD, "en": f"'{HARD}"}
    written["level"] = "apply"
    if kind == "truefalse":
        written["options"] = [dict(row) for row in TRUE_FALSE]
    with override(language):
        content = write([brought_of(written, name="C1", category="$course$/C1")])

    (back,) = read(content).questions

    assert (back.name, back.category) == ("C1", "$course$/C1")
    assert without_keys(document_of(back)) == without_keys(written)


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_tables_of_every_excel_are_read(letters, sign):
    text = f"{HEAD}\r\nuna respuesta;¿Qué?;;b;captación;niñez\r\n"

    found = read(text.replace(";", sign).encode(letters))

    (question,) = found.questions
    assert (question.kind, question.line) == (Kind.SINGLE, 2)
    assert question.stem == {"es": "¿Qué?"}
    assert [(o.texts, o.weight) for o in question.options] == [
        ({"es": "captación"}, 0),
        ({"es": "niñez"}, 100),
    ]
    assert [note.word for note in found.notes] == (
        ["old-letters"] if letters == "cp1252" else []
    )


def test_marks_of_languages_within_a_cell_are_taken_apart():
    span = '<span lang=""{0}"" class=""multilang"">{0}</span>'
    both = f'"{span.format("es")}{span.format("en")}"'

    (question,) = read(f"{HEAD}\nv;x;;;;\nvf;x\n".encode()).questions[:1]
    (marked,) = read(f"{HEAD}\ntruefalse;{both};;v;;\n".encode()).questions

    assert question.kind == Kind.UNREADABLE
    assert marked.stem == {"es": "es", "en": "en"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ensayo;¿?;;A;a;b", "Column A: Tipo"),
        ("single;;;A;a;b", "Column B: Pregunta (es)"),
        ("single;¿?;;C;a;b", "Column D: Correctas"),
        ("single;¿?;;A, B;a;b", "Column D: Correctas"),
        ("multiple;¿?;;;a;b", "Column D: Correctas"),
        ("ordering;¿?;;A;a;b", "Column D: Correctas"),
        ("truefalse;¿?;;quizás;;", "Column D: Correctas"),
        ("single;¿?;;A;a;", "Column F: Respuesta B (es)"),
        ("matching;¿?;;;a;b", "Column Pareja A (es)"),
        ("number;¿?;;;;", "Column E: Respuesta A (es)"),
    ],
)
def test_what_is_wrong_is_named_with_its_column(line, said):
    assert wrong(line).startswith(f"{said}: ")


def test_the_template_tells_in_the_language_of_its_reader_how_it_is_filled_in():
    with override("es"):
        book = load_workbook(BytesIO(sheet_writing.template()))
        lines = sheet_writing.instructions()

    assert book.sheetnames == ["Preguntas", "Instrucciones"]
    headings = [cell.value for cell in book["Preguntas"][1]]
    assert headings[2:6] == ["Tipo", "Pregunta (es)", "Pregunta (en)", "Correctas"]
    told = [cells[0].value for cells in book["Instrucciones"]]
    assert told == lines
    assert "verdadero o falso" in told[2]
    with pytest.raises(Unreadable) as refusal:
        read(sheet_writing.template())
    assert refusal.value.loss.word == "no-questions"


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    ("content", "word"),
    [
        (workbook(sheet(row("a", "b"))), "no-headings"),
        (workbook(sheet(row("Tipo", "Pregunta"), *[row("v", "p")] * 501)), "too-many"),
        (workbook(sheet(row("x")), more={"xl/vbaProject.bin": b"x"}), "macros"),
        (workbook(sheet(row("x"), before="<!DOCTYPE q>")), "declares"),
        (workbook(sheet(row("x" * 30_000_000))), "inflates"),
        (archive({"xl/workbook.xml": b"<workbook/>"}), "no-sheet"),
        (archive({"word/document.xml": b"x"}), "is-archive"),
        (b"PK\x03\x04" + b"x" * 100, "broken"),
        (f'{HEAD}\nsingle;"{"a" * 200_000}'.encode(), "cell-endless"),
    ],
)
def test_what_harms_is_refused_in_a_word(content, word):
    with pytest.raises(Unreadable) as refusal:
        read(content)

    assert refusal.value.loss.word == word


def test_scripts_in_every_cell_are_texts():
    said = [one.replace("\x01", "").replace("\n", " ").strip() for one in PAYLOADS]
    kinds = ["single", *said]
    made = workbook(
        sheet(
            row("Código", "Categoría", "Tipo", "Pregunta", "Correctas", "Respuesta A"),
            *[
                row(*[f"<![CDATA[{one}]]>"] * 2, kind, *[f"<![CDATA[{one}]]>"] * 3)
                for kind, one in zip(kinds, said, strict=False)
                if "<" not in kind and "&" not in kind
            ],
        )
    )

    found = sheets.read_workbook(made).questions

    assert {one.kind for one in found} == {Kind.UNREADABLE}
    assert found[0].stem == {"": said[0]}
