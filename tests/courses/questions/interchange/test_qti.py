"""QTI 2.1 goes and comes back; what an item has more is named with its line."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from courses.questions.interchange import qti
from courses.questions.interchange.documents import brought_of, document_of
from courses.questions.interchange.judging import judge
from courses.questions.interchange.neutral import Kind, Loss, Unreadable
from courses.questions.interchange.qti_writing import as_package
from courses.questions.interchange.reading import read
from courses.questions.kinds.truefalse import TRUE_FALSE
from tests.courses.questions.interchange.test_judging import without_keys
from tests.factories import KINDS, TYPED, document
from tests.lms.team.roster.building import archive
from tests.payloads import PAYLOADS

HARD = '=1+1; "x", <b>y</b> &amp; \'{a}\n  %50%~ ]]> z'
ITEM = """<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i"
  title="Actos" xml:lang="es" adaptive="false" timeDependent="false">
<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">
<correctResponse><value>{right}</value></correctResponse></responseDeclaration>
<stylesheet href="a.css" type="text/css"/>
<itemBody><p>Lea <b>bien</b>. <img src="m.png" alt="un mapa"/></p>{body}</itemBody>
<modalFeedback outcomeIdentifier="F" identifier="A" showHide="show">No.</modalFeedback>
<modalFeedback outcomeIdentifier="F" identifier="x" showHide="show">Sí.</modalFeedback>
</assessmentItem>"""
CHOICE = """<choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="1">
<prompt>¿Qué es?</prompt><simpleChoice identifier="A">uno</simpleChoice>
<simpleChoice identifier="B">dos</simpleChoice></choiceInteraction>"""
MANIFEST = (
    "<manifest><resources><resource type='imsqti_item_xmlv2p1' href='{}'/>"
    "</resources></manifest>"
)


def item(body: str = CHOICE, **facts: str) -> str:
    told = {"cardinality": "single", "base": "identifier", "right": "B"}
    return ITEM.format(body=body, **(told | facts))


def package(text: str, href: str = "i.xml", **more: str) -> bytes:
    return archive({"imsmanifest.xml": MANIFEST.format(href), href: text} | more)


def parsed(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 - our own


@pytest.mark.parametrize("kind", [*KINDS, *TYPED])
def test_what_goes_into_a_package_comes_back_as_it_was(kind):
    written = document(kind, mark="m")
    written["stem"] = {"es": HARD, "en": f"{HARD} en"}
    written["level"] = "apply"
    if kind == "truefalse":
        written["options"] = [dict(row) for row in TRUE_FALSE]
    content = as_package([brought_of(written, name="C1 <\"'", category="x")])

    (back,) = read(content).questions

    assert (back.name, back.losses) == ("C1 <\"'", ())
    assert without_keys(document_of(back)) == without_keys(written)


def test_a_package_has_the_parts_that_its_manifest_names_in_the_order_of_the_schema():
    questions = [brought_of(document(kind), name=kind) for kind in (*KINDS, *TYPED)]

    with ZipFile(BytesIO(as_package(questions))) as made:
        manifest = parsed(made.read("imsmanifest.xml"))
        files = {row.get("href") for row in manifest.iter() if row.get("href")}
        roots = [parsed(made.read(name)) for name in files if name.endswith("xml")]
        assert files == set(made.namelist()) - {"imsmanifest.xml"}

    assert len(roots) == len(questions)
    order = ["responseDeclaration", "outcomeDeclaration", "itemBody"]
    order += ["responseProcessing", "modalFeedback"]
    for root in roots:
        assert {"identifier", "title", "adaptive", "timeDependent"} <= set(root.keys())
        places = [order.index(child.tag.rpartition("}")[2]) for child in root]
        assert places == sorted(places)
        names = [one.get("identifier") for one in root.iter() if one.get("matchMax")]
        assert len(names) == len(set(names))


def test_an_item_names_what_is_lost_with_its_line():
    for found in (read(item().encode()), read(package(item()))):
        (one,) = found.questions

        assert (one.kind, one.line, one.name) == (Kind.SINGLE, 2, "Actos")
        assert one.stem == {"es": "Lea bien.\n¿Qué es?"}
        assert one.feedback == {"es": "Sí."}
        assert [option.weight for option in one.options] == [0, 100]
        assert set(one.losses) == {
            Loss("emphasis", 7),
            Loss("picture", 7, "un mapa"),
            Loss("option-feedback", 10, "No."),
            Loss("element", 6, "stylesheet"),
        }


@pytest.mark.parametrize(
    ("body", "facts", "problem"),
    [
        ("", {}, "not-kept-description"),
        (CHOICE * 2, {}, "not-kept-other"),
        ("<hotspotInteraction responseIdentifier='R'/>", {}, "not-kept-other"),
        ("<extendedTextInteraction responseIdentifier='R'/>", {}, "not-kept-essay"),
        (CHOICE, {"right": "Z"}, "no-right-answer"),
        (CHOICE.replace("choiceI", "orderI"), {}, "too-few-options"),
        (CHOICE.replace("choiceI", "matchI"), {}, "too-few-options"),
        (
            "<p>Son <textEntryInteraction responseIdentifier='R'/>.</p>",
            {"base": "float", "right": "doce"},
            "no-right-answer",
        ),
    ],
)
def test_what_campus_has_no_kind_for_is_named(body, facts, problem):
    (judged,) = judge(read(package(item(body, **facts))), language="es", bank={})

    assert judged.problem == problem


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    ("content", "word"),
    [
        (package(item(), **{"../../etc/passwd": "x"}), "path-outside"),
        (package(item(), **{"/etc/passwd": "x"}), "path-outside"),
        (package(item(), **{"C:\\x": "x"}), "path-outside"),
        (package(item(), **{"a/" * 9 + "x": "x"}), "path-outside"),
        (package(item().replace("?>", "?><!DOCTYPE a>", 1)), "declares"),
        (package("<a>" * 100), "too-deep"),
        (package(" " * 30_000_000), "inflates"),
        (archive({"a.txt": "x"}), "is-archive"),
        (archive({"imsmanifest.xml": "<manifest/>"}), "no-questions"),
        (b"PK\x03\x04" + b"x" * 3_000_000, "too-big"),
    ],
)
def test_a_package_that_harms_is_refused_in_a_word(content, word):
    with pytest.raises(Unreadable) as refusal:
        read(content)

    assert refusal.value.loss.word == word


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (package("<assessmentItem>"), "broken-xml"),
        (package("<questestinterop/>"), "not-qti"),
        (archive({"imsmanifest.xml": MANIFEST.format("b.xml")}), "no-such-part"),
    ],
)
def test_one_item_that_cannot_be_read_is_named_with_its_file(content, problem):
    (found,) = read(content).questions

    assert (found.problem, found.category[1:]) == (problem, ".xml")


def test_scripts_in_an_item_are_texts():
    text = {"es": " ".join("\n".join(PAYLOADS).split("\x01"))}
    written = document() | {"stem": text | {"en": "x"}, "feedback": text}

    (back,) = read(as_package([brought_of(written, name=PAYLOADS[12])])).questions

    assert back.name == PAYLOADS[12]
    assert back.stem["es"].split() == text["es"].split()
    assert back.feedback["es"].split() == text["es"].split()


def test_numbers_and_variants_of_others_are_read():
    entry = "<p>Son <textEntryInteraction responseIdentifier='R'/>.</p>"
    one = qti.read(item(entry, base="integer", right="12"))
    two = qti.read(item(entry, base="string", right="Palermo"))

    assert (one.kind, one.options[0].texts) == (Kind.NUMERIC, {"": "12"})
    assert (two.kind, two.options[0].texts) == (Kind.SHORT, {"": "Palermo"})
    assert two.stem == {"es": "Lea bien.\nSon _____."}
