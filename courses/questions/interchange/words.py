"""What there is to say of a file of questions, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.questions.interchange.judging import Judged
from courses.questions.interchange.neutral import Kind, Loss

KINDS = {
    Kind.SINGLE: gettext_lazy("One answer"),
    Kind.MULTIPLE: gettext_lazy("Several answers"),
    Kind.TRUE_FALSE: gettext_lazy("True or false"),
    Kind.MATCHING: gettext_lazy("Matching"),
    Kind.ORDERING: gettext_lazy("Ordering"),
    Kind.NUMERIC: gettext_lazy("A number"),
    Kind.SHORT: gettext_lazy("A short text"),
    Kind.ESSAY: gettext_lazy("An essay"),
    Kind.DESCRIPTION: gettext_lazy("A text without a question"),
    Kind.OTHER: gettext_lazy("Another kind"),
    Kind.UNREADABLE: gettext_lazy("Cannot be read"),
}
# Why a file is not read at all.
REFUSALS = {
    "empty": gettext_lazy("The file is empty."),
    "too-big": gettext_lazy("The file is larger than 2 MB. Divide it."),
    "too-many": gettext_lazy(
        "The file has %(about)s questions; 500 are read at once. Divide it."
    ),
    "binary": gettext_lazy(
        "This is not a text. Export the questions as GIFT, Aiken or Moodle XML."
    ),
    "declares": gettext_lazy(
        "The file declares entities of its own (DOCTYPE), which no export of Moodle "
        "does. It is not read."
    ),
    "too-deep": gettext_lazy("The file nests more elements than an export does."),
    "too-many-elements": gettext_lazy(
        "The file has more elements than 500 questions need."
    ),
    "broken-xml": gettext_lazy(
        "The file is no whole XML: it breaks off or is damaged."
    ),
    "not-moodle": gettext_lazy(
        "This XML is not Moodle’s: it begins with “%(about)s” and not with “quiz”."
    ),
    "no-questions": gettext_lazy(
        "No question was found. GIFT, Aiken, Moodle XML, QTI 2.1 and our template "
        "are read."
    ),
    "no-headings": gettext_lazy(
        "The first sheet has no row with the headings of our template."
    ),
    "broken": gettext_lazy("The file is damaged or incomplete. Save it again."),
    "inflates": gettext_lazy("Unpacked, the file would be far larger than questions."),
    "encrypted": gettext_lazy("The file is locked with a password."),
    "macros": gettext_lazy("The workbook carries macros. Save it without them."),
    "no-sheet": gettext_lazy("The workbook has no visible sheet."),
    "too-many-columns": gettext_lazy("A row has more cells than a sheet of Excel."),
    "cell-endless": gettext_lazy(
        "From here on cells cannot be told apart: a quotation mark is left open."
    ),
    "is-archive": gettext_lazy(
        "This archive holds neither a workbook nor a package of QTI 2.1."
    ),
    "path-outside": gettext_lazy(
        "The archive has paths that lead out of it or too deep. It is not read."
    ),
    "not-qti": gettext_lazy("This is no item of QTI 2.1: it is “%(about)s”."),
    "upload-broken": gettext_lazy("The file did not arrive whole. Send it again."),
}
# Why a question is not brought.
PROBLEMS = {
    "brace-not-closed": gettext_lazy("A brace { is not closed before the blank line."),
    "brace-not-opened": gettext_lazy("A brace } closes what no brace opens."),
    "braces-twice": gettext_lazy("It has more than one pair of braces."),
    "text-before-answers": gettext_lazy("A text stands before the first answer."),
    "text-too-long": gettext_lazy("One of its texts is longer than 20,000 characters."),
    "too-many-options": gettext_lazy("It has more than 26 answers."),
    "option-twice": gettext_lazy("Two answers have the same letter."),
    "text-after-options": gettext_lazy("A text stands between its answers."),
    "no-such-part": gettext_lazy("The archive names this file and has it not."),
    "cell-kind": gettext_lazy(
        "Column %(told)s: write one of the kinds of our template."
    ),
    "cell-stem": gettext_lazy("Column %(told)s: write what is asked."),
    "cell-right": gettext_lazy(
        "Column %(told)s: write the letters of right answers, such as A or A, C."
    ),
    "cell-truth": gettext_lazy("Column %(told)s: write true or false."),
    "cell-order": gettext_lazy(
        "Column %(told)s: write every letter once, in the right order, such as B, A."
    ),
    "cell-answers": gettext_lazy("Column %(told)s: one more answer is needed."),
    "cell-answer": gettext_lazy("Column %(told)s: the answer has no text."),
    "cell-pair": gettext_lazy("Column %(told)s: say what belongs to the answer."),
    "no-stem": gettext_lazy("It has no text that asks."),
    "no-answer-line": gettext_lazy("The line ANSWER is missing."),
    "answer-unknown": gettext_lazy("The line ANSWER names no answer of it."),
    "true-or-false": gettext_lazy("Its answers are not “true” and “false”."),
    "too-few-options": gettext_lazy("It has fewer than two answers."),
    "no-right-answer": gettext_lazy("It does not say which answer is wholly right."),
    "empty-option": gettext_lazy("An answer has no text, perhaps only a picture."),
    "not-kept-essay": gettext_lazy("Essays: not yet kept by Campus."),
    "not-kept-description": gettext_lazy("It asks nothing."),
    "not-kept-other": gettext_lazy("This kind is not yet kept by Campus: %(told)s."),
}
LOSSES = {
    "appearance": gettext_lazy("colours and typefaces"),
    "comment": gettext_lazy("a hidden comment"),
    "element": gettext_lazy("the element “%(about)s”"),
    "emphasis": gettext_lazy("bold and italics"),
    "file": gettext_lazy("the file “%(about)s”"),
    "grade": gettext_lazy("its %(about)s points: each question earns one"),
    "heading": gettext_lazy("headings and quotations as such"),
    "hidden": gettext_lazy("that it was hidden"),
    "hint": gettext_lazy("the hint “%(about)s”"),
    "language": gettext_lazy("the language “%(about)s”"),
    "link": gettext_lazy("the address of a link: %(about)s"),
    "list": gettext_lazy("lists: their rows become lines"),
    "markdown": gettext_lazy("the signs of Markdown: they stay as they are"),
    "media": gettext_lazy("a recording or an embedded page"),
    "option-feedback": gettext_lazy("what one answer is told: “%(about)s”"),
    "picture": gettext_lazy("the picture “%(about)s”"),
    "raised": gettext_lazy("raised and lowered signs"),
    "script": gettext_lazy("a script or a style sheet"),
    "table": gettext_lazy("a table: its cells become text"),
    "tag": gettext_lazy("the mark “%(about)s”"),
    "tags": gettext_lazy("the tag “%(about)s”"),
    "verdict": gettext_lazy("the verdict “%(about)s”"),
    "weights": gettext_lazy("parts of a point: only the whole answer earns it"),
}
NOTES = {
    "test": gettext_lazy("How the package makes a test of its questions is not kept."),
    "sheet": gettext_lazy("The first sheet is read: %(about)s."),
    "unread": gettext_lazy("Columns that are not read: %(about)s."),
    "old-letters": gettext_lazy(
        "The file is written in the letters of older Windows (1252). Look at accents."
    ),
}
MISSING = {
    "language-es": gettext_lazy("Spanish"),
    "language-en": gettext_lazy("English"),
    "feedback": gettext_lazy("explanation"),
    "source": gettext_lazy("source"),
    "lesson": gettext_lazy("lesson to review"),
}


def refusal(loss: Loss) -> str:
    """Say why a file is not read, and where."""
    sentence = REFUSALS.get(loss.word) or PROBLEMS[loss.word]
    text = str(sentence) % {"about": loss.about}
    return _("Line %(line)d: %(text)s") % _placed(loss, text) if loss.line else text


def note(loss: Loss) -> str:
    """Say what there is to know of the file as a whole."""
    return str(NOTES[loss.word]) % {"about": loss.about}


def _placed(loss: Loss, text: str) -> dict[str, str | int]:
    return {"line": loss.line, "text": text}


def lost(loss: Loss, line: int) -> str:
    """Say what is lost, and where if it is not in the line of its question."""
    text = str(LOSSES[loss.word]) % {"about": loss.about}
    if loss.line in {0, line}:
        return text
    return _("%(text)s (line %(line)d)") % _placed(loss, text)


def fate(judged: Judged) -> str:
    """Say what becomes of a question."""
    if judged.problem:
        sentence = PROBLEMS.get(judged.problem) or REFUSALS[judged.problem]
        told = judged.question.told
        return str(sentence) % {"told": told, "about": told}
    if judged.twin:
        return _("The bank asks this already: %(code)s.") % {"code": judged.twin}
    if judged.twin_line:
        line = {"line": judged.twin_line}
        return _("The file asks this already in line %(line)d.") % line
    return _("It becomes a draft.")
