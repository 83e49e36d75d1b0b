"""What there is to say against the words of a page, and which keep it unpublished."""

from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.models.editions import in_language
from courses.models.wordings import Wording
from courses.words.rules import Finding, Passage, Rule, findings_in
from courses.words.texts import passages_of

TO_WRITE = "✎"  # begins a sentence of the model course: what belongs in its place


def rules_in(language: str) -> list[Rule]:
    """Return the wordings to avoid in a language; reasons in that of who asks."""
    rows = Wording.objects.filter(language=language).select_related("term")
    return [as_rule(row) for row in rows]


def as_rule(row: Wording) -> Rule:
    return Rule(
        key=row.key,
        pattern=row.pattern,
        term=row.term.name(row.language),
        reason=in_language(row.reasons, get_language() or ""),
        is_error=row.severity == Wording.Severity.ERROR,
        discussed=row.discussed,
    )


def findings(page: Page) -> list[Finding]:
    """Return every wording of a page that should be another."""
    rules = rules_in(page.locale.language_code)
    return findings_in(passages_of(page), rules) if rules else []


def refusals(page: Page) -> list[str]:
    """Return in sentences which words keep a page from being published."""
    errors = [refusal_of(one) for one in findings(page) if one.rule.is_error]
    return [*unwritten(page), *errors]


def unwritten(page: Page) -> list[str]:
    """Return in sentences where a page still says what is to be written there."""
    return [
        _("%(place)s: write it. There still stands: %(what)s")
        % {"place": one.place, "what": _plain(one)}
        for one in passages_of(page)
        if TO_WRITE in one.text
    ]


def _plain(passage: Passage) -> str:
    return unescape(strip_tags(passage.text)) if passage.is_html else passage.text


def refusal_of(finding: Finding) -> str:
    """Return what is to be done before anything is published."""
    parts = [
        sentence_of(finding),
        _("A quotation may keep it, in quotation marks."),
    ]
    if finding.rule.discussed:
        parts.append(_("So may italics, where the text speaks about this word."))
    return " ".join(parts)


def sentence_of(finding: Finding) -> str:
    """Return which words stand where, what is said instead, and why."""
    return _(
        "%(place)s: it says “%(wording)s”. The homologated term is “%(term)s”. "
        "%(reason)s"
    ) % {
        "place": finding.place,
        "wording": finding.wording,
        "term": finding.rule.term,
        "reason": finding.rule.reason,
    }
