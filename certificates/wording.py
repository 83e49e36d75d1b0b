"""What a certificate says in a language: the same words on paper, page and check."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates.models import Certificate, Why
from certificates.rules import Standing
from courses.models.editions import in_language
from lms.templatetags.campus import duration

DAY_FORMATS = {"es": r"j \d\e F \d\e Y"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a certificate; `name` is for templates, the rest for people."""

    name: str
    label: str
    value: str


def facts(certificate: Certificate, *, language: str) -> list[Fact]:
    """Return what the paper claims besides the name, in the order of reading."""
    until = certificate.valid_until
    with override(language):
        return [
            Fact("course", _("Course"), certificate.title(language)),
            Fact("track", _("Profession"), certificate.get_track_display()),
            *_hours(certificate),
            Fact("issuer", _("Issued by"), in_language(certificate.issuer, language)),
            Fact("issued", _("Date of issue"), day(issued_on(certificate), language)),
            Fact("edition", _("Edition"), edition(certificate.edition_label)),
            Fact("law", _("Law as of"), day(certificate.norms_on, language)),
            Fact("until", _("Valid until"), day(until, language) if until else "–"),
        ]


def _hours(certificate: Certificate) -> list[Fact]:
    """Return the hours and how they were learnt; two figures where some were in a room.

    In the active language. A certificate of before, or of nobody's workshop, says what
    it always said.
    """
    online, in_person = certificate.minutes, certificate.minutes_in_person
    if not in_person:
        return [
            Fact("hours", _("Duration"), duration(online)),
            Fact("mode", _("Mode"), _("Online, self-paced")),
        ]
    return [
        Fact("hours", _("Duration, online"), duration(online)),
        Fact("mode", _("Duration, in person"), duration(in_person)),
    ]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a certificate is worth today: a word, a date, and how both are drawn."""

    word: str
    when: str
    tone: str
    icon: str
    note: str = ""

    @property
    def words(self) -> str:
        return f"{self.word} {self.when}".strip()


def standing(certificate: Certificate, *, on: date, language: str) -> Verdict:
    """Return the standing in words; of why one was revoked only the class of reason."""
    last = certificate.valid_until
    with override(language):
        until = _("until %(day)s") % {"day": day(last, language)} if last else ""
        match certificate.standing(on):
            case Standing.VALID:
                return Verdict(_("Valid"), until, "ok", "circle-check")
            case Standing.EXPIRED:
                when = _("on %(day)s") % {"day": day(last, language)}
                note = _("It was valid until that day: expired does not mean false.")
                return Verdict(_("Expired"), when, "warn", "clock", note)
            case Standing.REVOKED:
                when = _on(certificate.revoked_at, language)
                note = _why(certificate.revoked_for)
                return Verdict(_("Revoked"), when, "bad", "circle-x", note)
            case Standing.SUSPENDED:
                when, note = _on(certificate.suspended_at, language), _why(Why.INQUIRY)
                return Verdict(_("Suspended"), when, "bad", "circle-x", note)
            case Standing.SUPERSEDED:
                when = _("by a later certificate")
                note = _("The holder received a later certificate in its place.")
                return Verdict(_("Superseded"), when, "warn", "rotate-ccw", note)


def _on(moment: datetime, language: str) -> str:
    return _("on %(day)s") % {"day": day(timezone.localdate(moment), language)}


def _why(reason: str) -> str:
    """Return that it is not valid, and the class of reason where there is one."""
    if reason == Why.EARLIER:
        return _("It is not valid. The issuer can tell its holder why.")
    why = {"why": Why(reason).label}
    said = _("It is not valid. Class of reason: %(why)s.")
    if reason == Why.INQUIRY:
        said = _("It is not valid until the inquiry ends. Class of reason: %(why)s.")
    return said % why


def issued_on(certificate: Certificate) -> date:
    return timezone.localdate(certificate.issued_at)


def day(when: date, language: str) -> str:
    """Return a date in words: "24 November 2026"."""
    return date_format(when, DAY_FORMATS.get(language, "j F Y"))


def edition(label: str) -> str:
    """Return run and version in words, in the active language."""
    run, _sign, version = label.rpartition(" v")
    return _("%(run)s, version %(version)s") % {"run": run, "version": version}
