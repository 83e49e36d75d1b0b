"""The paper itself: one real rendering, and what machines and people read in it."""

import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError, fetch

from certificates import pdf
from certificates.models import Certificate

# WeasyPrint leaves closing its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning"
)
CODE = "7K4M9TQ2XH3B6RWD5NZC8JVE0G"
NAME_OF_69 = "María de los Ángeles Guadalupe Fernández-Villavicencio y Montealegre R"[
    :69
]
TITLE_OF_167 = (
    "Protección de niñas, niños y adolescentes en contextos de movilidad humana: "
    "interés superior, detección de la trata de personas y coordinación regional "
    "entre países"
).ljust(167, "s")
ISSUER_OF_160 = "Secretaría Ejecutiva y Escuela de Capacitación Judicial ".ljust(
    160, "x"
)


def certificate(**fields) -> Certificate:
    """Return an unsaved certificate: the paper needs nothing but the row."""
    facts = {
        "code": CODE,
        "holder_name": "Ana Lucía Ruiz Morales",
        "language": "es",
        "track": "opi",
        "titles": {"es": "Trata de personas", "en": "Trafficking in persons"},
        "issuer": {"es": "Programa regional", "en": "Regional programme"},
        "edition_label": "2026-2 v3",
        "norms_on": date(2026, 11, 1),
        "minutes": 1200,
        "issued_at": datetime(2026, 11, 24, 18, 0, 5, 123456, tzinfo=UTC),
        "valid_until": date(2028, 11, 24),
    }
    return Certificate(**facts | fields)


@dataclass
class Paper:
    content: bytes

    def __post_init__(self):
        self.file = pikepdf.open(BytesIO(self.content))
        self.xmp = self.file.Root.Metadata.read_bytes().decode()


@pytest.fixture(scope="module")
def paper():
    return Paper(pdf.render(certificate()))


def text_of(content: bytes, tmp_path) -> str:
    file = tmp_path / "paper.pdf"
    file.write_bytes(content)
    command = ["pdftotext", "-layout", file, "-"]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return " ".join(out.split())


def test_the_paper_is_one_a4_page_on_its_side(paper):
    (page,) = paper.file.pages

    assert [round(float(side)) for side in page.mediabox] == [0, 0, 842, 595]


def test_the_paper_weighs_no_more_than_its_budget(paper):
    assert len(paper.content) <= 120 * 1024


def test_the_paper_claims_pdf_a_3a_and_pdf_ua_1_in_one_rdf(paper):
    assert paper.xmp.count("<rdf:RDF") == 1
    assert re.search(r'pdfaid:part="3"', paper.xmp)
    assert re.search(r'pdfaid:conformance="A"', paper.xmp)
    assert "<pdfuaid:part>1</pdfuaid:part>" in paper.xmp
    assert "<pdfaProperty:name>part</pdfaProperty:name>" in paper.xmp
    with paper.file.open_metadata() as read:
        assert read["pdfuaid:part"] == "1"


def test_the_paper_is_archival_in_its_parts(paper):
    (intent,) = paper.file.Root.OutputIntents

    assert intent.S == "/GTS_PDFA1"
    assert paper.file.trailer.ID
    assert "/AcroForm" not in paper.file.Root
    assert "/Names" not in paper.file.Root


def test_the_paper_has_title_language_and_tags(paper):
    root = paper.file.Root

    assert str(root.Lang) == "es"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert "Ana Lucía Ruiz Morales" in str(paper.file.docinfo.Title)
    assert kinds_of(root.StructTreeRoot) >= {"/H1", "/H2", "/P", "/Figure"}


def kinds_of(node) -> set[str]:
    found = {str(node.S)} if "/S" in node else set()
    children = node.get("/K", [])
    children = children if isinstance(children, pikepdf.Array) else [children]
    for child in children:
        if isinstance(child, pikepdf.Dictionary):
            found |= kinds_of(child)
    return found


def test_the_qr_code_has_words_for_those_who_do_not_see_it(paper):
    assert ["7K4M-9TQ2-XH3B-6RWD-5NZC-8JVE-0G" in alt for alt in alts_of(paper)] == [
        True
    ]


def alts_of(paper) -> list[str]:
    return [
        str(thing.Alt)
        for thing in paper.file.objects
        if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
    ]


def test_every_font_is_ours_and_embedded(paper):
    fonts = [
        thing
        for thing in paper.file.objects
        if isinstance(thing, pikepdf.Dictionary)
        and thing.get("/Type") == "/FontDescriptor"
    ]

    # WeasyPrint names them as our style sheet does; one of the system's would differ.
    assert {str(font.FontName).split("+")[-1] for font in fonts} == {
        "Certificate-Sans",
        "Certificate-Sans-Semi-Bold",
        "Certificate-Serif-Italic",
        "Certificate-Serif-Semi-Bold",
    }
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_the_same_row_gives_the_same_bytes(paper):
    assert pdf.render(certificate()) == paper.content


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"holder_name": NAME_OF_69.upper()},
        {"holder_name": "W" * 120},
        {"titles": {"es": TITLE_OF_167.upper(), "en": TITLE_OF_167}},
        {"titles": {"es": "Ñ" * 255, "en": "W" * 255}},
        {"titles": {"es": "Solo en español"}},
        {"language": "en", "issuer": {"es": "Solo una"}},
        {"valid_until": None, "minutes": 25},
        {"minutes": 1230, "minutes_in_person": 615},
    ],
    ids=lambda fields: "-".join(fields) or "usual",
)
def test_whatever_is_written_stays_on_its_page_and_inside_the_frame(fields, tmp_path):
    content = pdf.render(certificate(**fields))

    assert len(pikepdf.open(BytesIO(content)).pages) == 1
    assert len(content) <= 120 * 1024


def test_the_longest_name_and_title_are_whole_on_one_page(tmp_path):
    assert (len(NAME_OF_69), len(TITLE_OF_167)) == (69, 167)
    content = pdf.render(
        certificate(
            holder_name=NAME_OF_69,
            titles={"es": TITLE_OF_167, "en": TITLE_OF_167.swapcase()},
            issuer={"es": ISSUER_OF_160, "en": ISSUER_OF_160.upper()},
        )
    )

    assert len(pikepdf.open(BytesIO(content)).pages) == 1
    written = text_of(content, tmp_path)
    assert NAME_OF_69 in written
    assert TITLE_OF_167 in written


@pytest.mark.parametrize("in_person", [0, 240])
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_paper_says_what_the_check_says(language, in_person, tmp_path):
    row = certificate(language=language, minutes_in_person=in_person)

    written = text_of(pdf.render(row), tmp_path)

    facts = pdf.wording.facts(row, language=language)
    assert [fact.name for fact in facts if fact.value not in written] == []
    assert "7K4M-9TQ2-XH3B-6RWD-5NZC-8JVE-0G" in written


def test_the_qr_code_is_read_from_a_grey_print(paper, tmp_path, settings):
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper.content)
    print_it = ["pdftoppm", "-gray", "-r", "90", file, tmp_path / "print"]
    subprocess.run(print_it, check=True)

    (scan,) = tmp_path.glob("print*.pgm")
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", scan],
        check=True,
        capture_output=True,
        text=True,
    )

    assert read.stdout.strip() == f"{settings.SITE_URL}/V/{CODE}".upper()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/logo.png",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "font:../certificate.css",
        "font:",
        "data:text/html;base64,AAAA",
        "data:image/svg+xml;base64,AAAA",
    ],
)
def test_nothing_but_our_own_files_is_fetched(address):
    with pytest.raises(FatalURLFetchingError), fetch(pdf.OurFiles(), address):
        pass


def test_a_name_is_text_and_never_markup():
    written = pdf.as_html(certificate(holder_name='<img src="file:///etc/passwd">'))

    assert "&lt;img src=" in written
    assert written.count("<img") == 1
