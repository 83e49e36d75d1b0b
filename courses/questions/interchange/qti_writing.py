"""Questions as a content package of QTI 2.1: a manifest, and a file for each item."""

import json
import re
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from courses.questions.interchange.neutral import Brought, Kind, Option, Texts
from courses.questions.interchange.typed import plain
from courses.questions.interchange.writing import html_of, xml_text
from courses.questions.kinds.numeric import RANGE, number_of

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OWN = "campus.json"  # what Campus alone knows, by identifier
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same questions are the same file
TYPES = {
    Kind.SINGLE: ("single", "identifier"),
    Kind.TRUE_FALSE: ("single", "identifier"),
    Kind.MULTIPLE: ("multiple", "identifier"),
    Kind.MATCHING: ("multiple", "directedPair"),
    Kind.ORDERING: ("ordered", "identifier"),
    Kind.NUMERIC: ("single", "float"),
    Kind.SHORT: ("single", "string"),
}


def as_package(questions: list[Brought]) -> bytes:
    """Return the questions as a package."""
    items = {
        f"q{number}-{re.sub('[^A-Za-z0-9_.-]', '_', one.name)[:60]}": one
        for number, one in enumerate(questions, start=1)
    }
    own = {name: one.extra for name, one in items.items() if one.extra}
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        parts = {"imsmanifest.xml": _manifest(list(items))}
        parts |= {f"items/{name}.xml": _item(name, q) for name, q in items.items()}
        for path, text in (parts | {OWN: json.dumps(own, sort_keys=True)}).items():
            part = ZipInfo(path, EPOCH)
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, text)
    return file.getvalue()


def _manifest(names: list[str]) -> str:
    rows = "".join(
        f'<resource identifier="r-{name}" type="imsqti_item_xmlv2p1" '
        f'href="items/{name}.xml"><file href="items/{name}.xml"/></resource>'
        for name in names
    )
    own = f'<resource identifier="campus" type="webcontent" href="{OWN}">'
    return (
        f'{HEAD}<manifest xmlns="{PACKAGE}" identifier="campus-questions"><metadata>'
        "<schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion>"
        f"</metadata><organizations/><resources>{rows}{own}"
        f'<file href="{OWN}"/></resource></resources></manifest>\n'
    )


def _item(name: str, question: Brought) -> str:
    feedback = ""
    outcomes = '<outcomeDeclaration identifier="SCORE" cardinality="single" '
    outcomes += 'baseType="float"/>'
    if question.feedback:
        outcomes += (
            '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" '
            'baseType="identifier"><defaultValue><value>general</value>'
            "</defaultValue></outcomeDeclaration>"
        )
        feedback = (
            '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="general" '
            f'showHide="show">{_text(question.feedback)}</modalFeedback>'
        )
    return (
        f'{HEAD}<assessmentItem xmlns="{QTI}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{QTI} {SCHEMA}" identifier="{name}" '
        f"title={quoteattr(xml_text(question.name, quoted=False))} "
        'adaptive="false" timeDependent="false">\n'
        f"{_declaration(question)}\n{outcomes}\n"
        f"<itemBody>{_body(question)}</itemBody>\n"
        f"{_processing(question)}\n{feedback}</assessmentItem>\n"
    )


def _text(texts: Texts) -> str:
    return "".join(
        f'<span xml:lang="{code}">{html_of(text)}</span>' if code else html_of(text)
        for code, text in texts.items()
        if text
    )


def _names(question: Brought) -> list[str]:
    """Return the identifier of each option, in the order of the file."""
    if question.kind == Kind.TRUE_FALSE:
        return ["true", "false"]
    return [f"c{number}" for number in range(1, len(question.options) + 1)]


def _declaration(question: Brought) -> str:
    cardinality, base = TYPES[question.kind]
    values = "".join(f"<value>{xml_text(one)}</value>" for one in _correct(question))
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" '
        f'baseType="{base}"><correctResponse>{values}</correctResponse>'
        f"{_mapping(question)}</responseDeclaration>"
    )


def _correct(question: Brought) -> list[str]:
    options = question.options
    match question.kind:
        case Kind.MATCHING:
            matches = _matches(question)
            return [
                f"l{number} r{matches.index(one.match) + 1}"
                for number, one in enumerate(_statements(question), start=1)
            ]
        case Kind.ORDERING:
            return [f"c{place + 1}" for place in question.extra["written"]]
        case Kind.NUMERIC:
            return [_ends(options[0])[0]]
        case Kind.SHORT:
            return [_said(options[0])]
        case _:
            names = zip(_names(question), options, strict=True)
            return [name for name, one in names if one.weight]


def _mapping(question: Brought) -> str:
    if question.kind != Kind.SHORT:
        return ""
    rows = "".join(
        f"<mapEntry mapKey={quoteattr(xml_text(_said(one), quoted=False))} "
        'mappedValue="1" caseSensitive="false"/>'
        for one in question.options
    )
    return f'<mapping defaultValue="0">{rows}</mapping>'


def _body(question: Brought) -> str:
    stem = _text(question.stem)
    named = 'responseIdentifier="RESPONSE"'
    options = question.options
    match question.kind:
        case Kind.NUMERIC | Kind.SHORT:
            return f"<div>{stem}</div><p><textEntryInteraction {named}/></p>"
        case Kind.MATCHING:
            statements = [one.texts for one in _statements(question)]
            sets = _match_set("l", statements, 1)
            sets += _match_set("r", _matches(question), 0)
            return (
                f'<matchInteraction {named} shuffle="true" maxAssociations='
                f'"{len(statements)}"><prompt>{stem}</prompt>{sets}</matchInteraction>'
            )
        case Kind.ORDERING:
            places = question.extra["written"]
            options = tuple(options[places.index(at)] for at in range(len(places)))
            rows = _choices(question, options)
            return (
                f'<orderInteraction {named} shuffle="true"><prompt>{stem}</prompt>'
                f"{rows}</orderInteraction>"
            )
        case _:
            most = 0 if question.kind == Kind.MULTIPLE else 1
            shuffle = str(question.kind != Kind.TRUE_FALSE).lower()
            return (
                f'<choiceInteraction {named} shuffle="{shuffle}" maxChoices="{most}">'
                f"<prompt>{stem}</prompt>{_choices(question, options)}"
                "</choiceInteraction>"
            )


def _choices(question: Brought, options: tuple[Option, ...]) -> str:
    truth = ("Verdadero / True", "Falso / False")
    is_statement = question.kind == Kind.TRUE_FALSE
    texts = truth if is_statement else [_text(one.texts) for one in options]
    rows = zip(_names(question), texts, strict=True)
    return "".join(
        f'<simpleChoice identifier="{name}">{text}</simpleChoice>'
        for name, text in rows
    )


def _match_set(letter: str, texts: list[Texts], most: int) -> str:
    rows = "".join(
        f'<simpleAssociableChoice identifier="{letter}{number}" matchMax="{most}">'
        f"{_text(one)}</simpleAssociableChoice>"
        for number, one in enumerate(texts, start=1)
    )
    return f"<simpleMatchSet>{rows}</simpleMatchSet>"


def _statements(question: Brought) -> list[Option]:
    return [one for one in question.options if one.texts]


def _matches(question: Brought) -> list[Texts]:
    found: list[Texts] = []
    for one in question.options:
        if one.match not in found:
            found.append(one.match)
    return found


def _said(option: Option) -> str:
    return " ".join(next(iter(option.texts.values())).split())


def _ends(option: Option) -> tuple[str, str]:
    """Return a number and how far off it may be, or the two ends of a range."""
    text = _said(option)
    low, _sign, high = text.partition(RANGE if RANGE in text else ":")
    first, last = number_of(low.strip()) or 0, number_of(high.strip() or "0") or 0
    return plain(first), plain(last)


def _processing(question: Brought) -> str:
    if question.kind != Kind.NUMERIC:
        name = "map_response" if question.kind == Kind.SHORT else "match_correct"
        return f'<responseProcessing template="{TEMPLATES}/{name}"/>'
    rows = "".join(map(_condition, question.options))
    return (
        f"<responseProcessing><responseCondition><responseIf><or>{rows}</or>"
        '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue>'
        "</setOutcomeValue></responseIf></responseCondition></responseProcessing>"
    )


def _condition(option: Option) -> str:
    first, last = _ends(option)

    def beside(number: str) -> str:
        value = f'<baseValue baseType="float">{number}</baseValue>'
        return f'<variable identifier="RESPONSE"/>{value}'

    if RANGE in _said(option):
        return f"<and><gte>{beside(first)}</gte><lte>{beside(last)}</lte></and>"
    slack = f'toleranceMode="absolute" tolerance="{last} {last}"'
    slack = 'toleranceMode="exact"' if last == "0" else slack
    return f"<equal {slack}>{beside(first)}</equal>"
