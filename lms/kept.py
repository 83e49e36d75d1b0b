"""What does the ground floor keep about a person?"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.audit.models import Event
from lms.models import (
    Affiliation,
    Approval,
    CohortMember,
    CohortTrainer,
    Consent,
    FormerAddress,
    Mandate,
    NameChange,
    Shield,
    User,
)
from lms.people.devices import devices_of
from lms.people.kept import (
    Kept,
    day,
    for_good,
    only_you,
    until_erased,
    you_and_yours,
    you_yours_and_support,
)


def lines(person: User, language: str) -> list[Kept]:
    """Return who the person is, where they work, how they sign in, who looked."""
    return [
        _identity(person),
        *_names(person),
        _addresses(person),
        _posts(person),
        *_cohorts(person),
        *_mandates(person),
        *_shields(person),
        *_asked(person),
        _keys(person),
        _sessions(person),
        _agreements(person),
        _log(person),
    ]


def _identity(person: User) -> Kept:
    facts = [
        person.legal_name,
        _("In lists: %(name)s") % {"name": person.sort_name or person.legal_name},
        _("Language: %(language)s") % {"language": person.get_language_display()},
        _("Account opened on %(day)s") % {"day": day(person.joined_at)},
    ]
    if person.country:
        facts.append(
            _("Country: %(country)s") % {"country": person.get_country_display()}
        )
    if person.track:
        facts.append(
            _("Profession: %(profession)s") % {"profession": person.get_track_display()}
        )
    if person.last_login:
        facts.append(_("Last sign-in on %(day)s") % {"day": day(person.last_login)})
    if person.shielded:
        facts.append(
            _("Shielded: you stand in no list, and no figure beside a list counts you.")
        )
    return Kept(
        what=_("Who you are"),
        values=facts,
        why=_("To write your certificate and to speak to you in your language."),
        how_long=until_erased(),
        who=you_yours_and_support(),
        url=reverse("people_profile"),
    )


def _addresses(person: User) -> Kept:
    rows = EmailAddress.objects.filter(user=person).order_by("-primary", "email")
    return Kept(
        what=_("E-mail addresses"),
        values=[
            f"{row.email} – {_('confirmed') if row.verified else _('unconfirmed')}"
            for row in rows
        ]
        + _given_up(person),
        why=_("To sign you in and to write to you."),
        how_long=until_erased(),
        who=_(
            "You. Support staff, while they help you; they find an account by its "
            "exact address. If you hold a mandate, whoever grants mandates. Whoever "
            "confirms your post sees only what stands after the @."
        ),
        url=reverse("account_email"),
    )


def _given_up(person: User) -> list[str]:
    number = FormerAddress.objects.own(person).count()
    words = ngettext(
        "%(count)d that you gave up: only a mark, from which nobody can read it",
        "%(count)d that you gave up: only marks, from which nobody can read them",
        number,
    )
    return [words % {"count": number}] if number else []


def _posts(person: User) -> Kept:
    rows = Affiliation.objects.own(person)
    return Kept(
        what=_("Where you work and worked"),
        values=[
            _post(row)
            for row in rows.select_related("institution").order_by("-from_on")
        ],
        why=_("Courses ask each profession for different parts; institutions plan."),
        how_long=until_erased(),
        who=you_yours_and_support(),
        url=reverse("people_post"),
    )


def _post(row: Affiliation) -> str:
    until = _("until %(day)s") % {"day": day(row.until_on)} if row.until_on else ""
    since = _("since %(day)s") % {"day": day(row.from_on)}
    facts = [str(row), row.get_track_display(), row.position, since, until]
    return ", ".join(str(fact) for fact in facts if fact)


def _cohorts(person: User) -> list[Kept]:
    learns = CohortMember.objects.own(person).select_related("cohort")
    trains = CohortTrainer.objects.own(person).select_related("cohort")
    rows = [*learns.order_by("-from_on"), *trains.order_by("-from_on")]
    return _if_any(
        rows,
        what=_("Cohorts in which you learn or that you train"),
        values=[_dated(row.cohort.name, row) for row in rows],
        why=_("So that a trainer sees how the people of the cohort are doing."),
        how_long=for_good(),
        who=you_and_yours(),
    )


def _mandates(person: User) -> list[Kept]:
    rows = list(Mandate.objects.own(person).with_place().order_by("-from_on"))
    return _if_any(
        rows,
        what=_("Mandates that you hold or held"),
        values=[_dated(str(row), row) for row in rows],
        why=_("To know who may see whose records, since when and until when."),
        how_long=for_good(),
        who=_(
            "You and whoever grants mandates, with your name; if you are shielded, the "
            "officers for shielded people of your country instead. Support staff, "
            "while they help you."
        ),
        url=reverse("my_mandates"),
    )


def _shields(person: User) -> list[Kept]:
    rows = list(Shield.objects.own(person).order_by("-set_at"))
    return _if_any(
        rows,
        what=_("When you were shielded"),
        values=[_shielded(row) for row in rows],
        why=_("So that nobody finds you in a list."),
        how_long=for_good(),
        who=_("You and the officers for shielded people of your country."),
    )


def _shielded(row: Shield) -> str:
    facts = [_("since %(day)s") % {"day": day(row.set_at)}]
    if row.lifted_at:
        facts.append(_("until %(day)s") % {"day": day(row.lifted_at)})
    return ", ".join(facts)


def _asked(person: User) -> list[Kept]:
    rows = list(Approval.objects.own(person).order_by("-asked_at"))
    words = {None: _("undecided"), True: _("approved"), False: _("refused")}
    return _if_any(
        rows,
        what=_("What you asked a second person for"),
        values=[f"{day(row.asked_at)}, {words[row.approved]}" for row in rows],
        why=_("So that nobody does alone what needs two."),
        how_long=for_good(),
        who=_("You and whoever may decide it."),
    )


def _names(person: User) -> list[Kept]:
    rows = list(NameChange.objects.own(person).order_by("-at"))
    return _if_any(
        rows,
        what=_("Changes of your name"),
        values=[
            _("%(before)s became %(after)s on %(day)s: %(reason)s")
            % {
                "before": row.before,
                "after": row.after,
                "day": day(row.at),
                "reason": row.reason,
            }
            for row in rows
        ],
        why=_("So that a certificate with an earlier name is known to be yours."),
        how_long=until_erased(),
        who=_("You. Support staff, while they help you."),
        url=reverse("people_profile"),
    )


def _if_any(rows: list, **words) -> list[Kept]:
    """Return the line; of what most people have nothing of, nothing is said."""
    return [Kept(**words)] if rows else []


def _dated(what: str, row) -> str:
    facts = [what, _("since %(day)s") % {"day": day(row.from_on)}]
    if until := row.ended_at or row.until_on:
        facts.append(_("until %(day)s") % {"day": day(until)})
    return ", ".join(facts)


def _keys(person: User) -> Kept:
    words = {
        Authenticator.Type.TOTP: _("App with codes"),
        Authenticator.Type.WEBAUTHN: _("Security key"),
        Authenticator.Type.RECOVERY_CODES: _("Recovery codes"),
    }
    rows = Authenticator.objects.filter(user=person).order_by("created_at")
    keys = [
        f"{words[row.type]}, {_('since %(day)s') % {'day': day(row.created_at)}}"
        for row in rows
    ]
    password = _("Your password, in a form from which nobody can read it")
    return Kept(
        what=_("What you sign in with"),
        values=[password, *keys] if person.has_usable_password() else keys,
        why=_("So that nobody else signs in as you."),
        how_long=_("Until you change or remove it."),
        who=_("Nobody."),
        url=reverse("mfa_index"),
    )


def _sessions(person: User) -> Kept:
    found = devices_of(person, session_key="", at=timezone.now())
    return Kept(
        what=_("Where you are signed in"),
        values=[
            f"{device.name}, {_('since %(day)s') % {'day': day(device.since)}}"
            for device in found
        ],
        why=_("So that you notice a browser that is not yours and sign it out."),
        how_long=_("Until the session ends; within a day its trace is gone."),
        who=only_you(),
        url=reverse("usersessions_list"),
    )


def _agreements(person: User) -> Kept:
    rows = Consent.objects.own(person).order_by("-at")
    return Kept(
        what=_("What you agreed to"),
        values=[
            _("Privacy notice, version %(version)s, on %(day)s")
            % {"version": row.version, "day": day(row.at)}
            for row in rows
        ],
        why=_("To show that you were asked."),
        how_long=for_good(),
        who=only_you(),
        url=reverse("privacy"),
    )


def _log(person: User) -> Kept:
    about = Event.objects.about(person).count()
    done = person.events_done.count()
    return Kept(
        what=_("The log of looks and downloads"),
        values=[
            ngettext("%(count)d entry about you", "%(count)d entries about you", about)
            % {"count": about},
            ngettext(
                "%(count)d entry about something you did",
                "%(count)d entries about things you did",
                done,
            )
            % {"count": done},
        ],
        why=_("So that every look at a person leaves a trace that they can read."),
        how_long=for_good(),
        who=_("You read the entries about you, and so do the others whom they name."),
        url="#who-looked",
    )
