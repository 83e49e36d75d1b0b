"""Rows for tests; the cast itself stands in conftest.py."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import factory
from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import Model
from django.dispatch import Signal
from wagtail.models import Locale, Page, Site

from courses.actions import make_identity, open_edition, save_question
from courses.models import (
    CataloguePage,
    Course,
    CoursePage,
    Edition,
    Enrolment,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    Question,
    QuizPage,
    Training,
    Workshop,
)
from courses.questions.kinds import kind_of
from lms.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Institution,
    Mandate,
    User,
)
from lms.people.choices import Role, Track
from tests.keeping import kept

NOON = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
# What stands at NOON stands today as well, whenever the suite runs.
FAR = date(2099, 12, 31)
PASSWORD = "a-long-enough-word"


class PersonFactory(factory.django.DjangoModelFactory):
    """A judge in Guatemala with a verified address, unless told otherwise."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    legal_name = factory.Sequence(lambda n: f"Persona Número {n}")
    language = "es"
    country = "GT"
    track = Track.JUDGE

    @factory.post_generation
    def sign_in(self, create, extracted, **kwargs):
        self.set_password(PASSWORD)
        self.save()
        EmailAddress.objects.create(
            user=self, email=self.email, verified=True, primary=True
        )


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    code = factory.Sequence(lambda n: f"gt-institution-{n}")
    country = "GT"
    kind = "judiciary"
    name_es = factory.Sequence(lambda n: f"Institución {n}")
    name_en = factory.Sequence(lambda n: f"Institution {n}")


class AffiliationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(PersonFactory)
    institution = factory.SubFactory(InstitutionFactory)
    track = Track.JUDGE
    from_on = date(2024, 1, 1)

    class Params:
        confirmed = factory.Trait(
            confirmed_by=factory.SelfAttribute("person"), confirmed_at=NOON
        )


class MandateFactory(factory.django.DjangoModelFactory):
    """A ministry mandate over Guatemala that stands at NOON; give `holder`."""

    class Meta:
        model = Mandate
        skip_postgeneration_save = True

    holder = factory.SubFactory(PersonFactory)
    address = factory.SelfAttribute("holder.email")
    role = Role.MINISTRY
    country = "GT"
    from_on = date(2026, 1, 1)
    until_on = FAR
    reason = "Oficio 1-2026"
    granted_by = factory.SelfAttribute("holder")
    granted_at = NOON
    approved_at = NOON
    accepted_at = NOON

    @factory.post_generation
    def held(self, create, extracted, **kwargs):
        if self.holder:
            self.holder.holds_mandate = True
            self.holder.save(update_fields=["holds_mandate"])


class CohortFactory(factory.django.DjangoModelFactory):
    """A cohort of Guatemala; `trainers=[…]` and `members=[…]` from its first day."""

    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Cohorte {n}")
    country = "GT"
    from_on = date(2026, 1, 1)
    until_on = FAR

    @factory.post_generation
    def trainers(self, create, extracted, **kwargs):
        for person in extracted or []:
            CohortTrainer.objects.create(
                cohort=self, trainer=person, from_on=self.from_on
            )

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        for person in extracted or []:
            CohortMember.objects.create(
                cohort=self, person=person, from_on=self.from_on
            )


class WorkshopFactory(factory.django.DjangoModelFactory):
    """Four hours from NOON on, two places; give `cohort`, made by its trainer."""

    class Meta:
        model = Workshop

    cohort = factory.SubFactory(CohortFactory)
    title = factory.Sequence(lambda n: f"Taller {n}")
    place = "Escuela Judicial, sala 2"
    starts_at = NOON
    ends_at = NOON + timedelta(hours=4)
    minutes = 180
    capacity = 2
    language = "es"
    made_by = factory.LazyAttribute(lambda one: one.cohort.trainers.first())
    made_at = NOON


class TrainingFactory(factory.django.DjangoModelFactory):
    """Two days in Guatemala from NOON's day on; give `entered_by`."""

    class Meta:
        model = Training

    title_es = factory.Sequence(lambda n: f"Curso {n}")
    title_en = factory.Sequence(lambda n: f"Training {n}")
    country = "GT"
    from_on = NOON.date()
    until_on = NOON.date() + timedelta(days=1)
    place = "Antigua"
    organiser = "Organismo Judicial"
    language = "es"
    open_to = "Judicaturas"
    entered_by = factory.SubFactory(PersonFactory)
    entered_at = NOON


class EnrolmentFactory(factory.django.DjangoModelFactory):
    """An open enrolment; give `learner` and `edition`."""

    class Meta:
        model = Enrolment

    learner = factory.SubFactory(PersonFactory)
    course = factory.SelfAttribute("edition.course")
    track = factory.SelfAttribute("learner.track")
    enrolled_at = NOON


def document(kind: str = "single", *, mark: str = "") -> dict:
    """Return a question of that kind; `mark` is woven into every text.

    The right answers: single "b", multiple "a" and "c", truefalse "f", ordering
    c, a, b, matching 1 → B, 2 → A, numeric 18 ± 0.5 or 20 to 25, short "KEY" + mark +
    " Trata" or "La trata". Texts of right options, the feedback, and which mistake the
    other options of a single choice are, also carry "KEY" + mark, so that a leak can be
    searched for.
    """

    def both(text: str) -> dict[str, str]:
        return {"es": f"{text} {mark}".strip(), "en": f"{text} {mark} (en)".strip()}

    def option(key: str, text: str) -> dict[str, str]:
        return {"key": key, **both(text)}

    def error(key: str, text: str) -> dict:
        return option(key, text) | {"mistake": both(f"KEY{mark} error {text}")}

    options: dict[str, tuple] = {
        "single": (
            [error("a", "Uno"), option("b", "Dos"), error("c", "Tres")],
            ["b"],
        ),
        "multiple": (
            [option("a", "Uno"), option("b", "Dos"), option("c", "Tres")],
            ["a", "c"],
        ),
        "truefalse": ([option("t", "Verdadero"), option("f", "Falso")], ["f"]),
        "ordering": (
            [option("a", "Uno"), option("b", "Dos"), option("c", "Tres")],
            ["c", "a", "b"],
        ),
        "matching": (
            {
                "left": [option("1", "Hecho uno"), option("2", "Hecho dos")],
                "right": [option("A", "Acto"), option("B", "Medio")],
            },
            {"1": "B", "2": "A"},
        ),
        "numeric": ([], ["18", "20..25"]),
        "short": (
            [
                option("v1", f"KEY{mark} Trata"),
                {"key": "v2", "es": "La trata", "en": ""},
            ],
            ["v1", "v2"],
        ),
    }
    written, correct = options[kind]
    own = {"tolerance": "0.5", "unit": both("años")} if kind == "numeric" else {}
    return {
        "type": kind,
        "level": "apply",
        "stem": both(f"Pregunta {kind}"),
        "options": written,
        "correct": correct,
        "feedback": both(f"KEY{mark} explicación"),
        "source": both(f"KEY{mark} Protocolo de Palermo, art. 3"),
    } | own


KINDS = ("single", "multiple", "truefalse", "matching", "ordering")
TYPED = ("numeric", "short")  # which no shipped course asks


def make_question(
    module: UUID, *, use: str = Question.Use.FINAL, kind: str = "single", **facts
) -> Question:
    """Store one question of the module and return it."""
    key = uuid4()
    code = facts.pop("code", f"Q-{key.hex[:8]}")
    save_question(
        key,
        document=facts.pop("document", None) or document(kind, mark=code.lower()),
        facts={"code": code, "module": module, "lesson": None, "use": use} | facts,
        by=None,
        at=NOON,
    )
    return Question.objects.get(pk=key)


def make_catalogue() -> CataloguePage:
    """Return the Spanish home page; the English one is its translation."""
    es, _made = Locale.objects.get_or_create(language_code="es")
    en, _made = Locale.objects.get_or_create(language_code="en")
    home = CataloguePage.objects.filter(locale=es).first()
    if home:
        return home
    # A test in real transactions leaves no page behind, the first one included.
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=es)
    )
    home = root.add_child(
        instance=CataloguePage(title="Campus", slug="inicio", locale=es)
    )
    root.add_child(
        instance=CataloguePage(
            title="Campus",
            slug="home-en",
            locale=en,
            translation_key=home.translation_key,
        )
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    return home


def in_both(parent: Page, model: type[Page], *, title: str, slug: str, **fields):
    """Add a live page under `parent` and its live English translation; return it."""
    page = parent.add_child(
        instance=model(title=title, slug=slug, locale=parent.locale, **fields)
    )
    page.save_revision().publish()
    page.refresh_from_db()
    english = parent.get_translation(Locale.objects.get(language_code="en")).add_child(
        instance=model(
            title=f"{title} (en)",
            slug=f"{slug}-en",
            locale=Locale.objects.get(language_code="en"),
            translation_key=page.translation_key,
            **fields,
        )
    )
    english.save_revision().publish()
    make_identity(page)
    return page


def lesson_body(mark: str = "") -> list[dict]:
    """Return the raw text of a small lesson with a self-check; the right one is "b"."""
    return [
        {
            "type": "text",
            "id": str(uuid4()),
            "value": {
                "heading": "Regla",
                "body": f"<p>Texto de la lección {mark}.</p>",
                "source": "Protocolo de Palermo, art. 3",
            },
        },
        {
            "type": "check",
            "id": str(uuid4()),
            "value": {
                "question": "¿Cuál es la respuesta?",
                "options": [
                    {
                        "type": "item",
                        "id": str(uuid4()),
                        "value": {
                            "text": f"Opción {key}",
                            "correct": key == "b",
                            "feedback": f"FEEDBACK-{key} {mark}",
                        },
                    }
                    for key in ("a", "b", "c")
                ],
                "source": "Protocolo de Palermo, art. 3",
            },
        },
        {
            "type": "country",
            "id": str(uuid4()),
            "value": {
                "topic": "means-and-penalties",
                "heading": "En su país",
                "intro": "",
            },
        },
    ]


@kept
def make_course_page(*, code: str = "C1", slug: str = "trata", **fields) -> CoursePage:
    """Return a live course in both languages: one module, two lessons, two quizzes."""
    page = in_both(
        make_catalogue(),
        CoursePage,
        title=f"Curso {code}",
        slug=slug,
        code=code,
        summary="Resumen",
        audience="Judicaturas y fiscalías",
        issuer="Secretaría",
        norms_on=date(2026, 11, 1),
        outcomes=[{"type": "point", "value": "Distinguir"}],
        **fields,
    )
    module = in_both(
        page,
        ModulePage,
        title="Módulo uno",
        slug="modulo-uno",
        summary="Resumen",
        required_for=list(Track.values),
    )
    for number in (1, 2):
        in_both(
            module,
            LessonPage,
            title=f"Lección {number}",
            slug=f"leccion-{number}",
            summary="Resumen",
            objectives=[{"type": "point", "value": "Distinguir"}],
            body=lesson_body(f"{code}-{number}"),
        )
    in_both(
        module,
        QuizPage,
        title="Práctica",
        slug="practica",
        summary="Resumen",
        purpose=QuizPage.Purpose.PRACTICE,
    )
    in_both(
        page,
        QuizPage,
        title="Prueba final",
        slug="prueba-final",
        summary="Resumen",
        purpose=QuizPage.Purpose.FINAL,
    )
    for kind in KINDS:
        make_question(module.translation_key, kind=kind, code=f"{code}-F-{kind}")
        make_question(
            module.translation_key,
            kind=kind,
            code=f"{code}-P-{kind}",
            use=Question.Use.PRACTICE,
        )
    return page


@kept
def make_edition(page: CoursePage, *, at=NOON, kind=Edition.Kind.NEW_RUN) -> Edition:
    """Open and return an edition of the course."""
    return open_edition(page, kind=kind, by=None, at=at)


def course_of(page: CoursePage) -> Course:
    """Return the row that outlives the page."""
    return Course.objects.get(pk=page.translation_key)


def right_answer(item):
    """Return the right answer to a question of an attempt."""
    document = item.version.document
    return kind_of(document).right_answer(document)


def wrong_answer(item):
    """Return a complete answer that is wrong."""
    correct = item.version.document["correct"]
    match item.version.document["type"]:
        case "single":
            return ["a"]
        case "truefalse":
            return ["t"]
        case "multiple":
            return ["b"]
        case "ordering":
            return list(reversed(correct))
        case _:
            return dict(zip(correct, reversed(correct.values()), strict=True))


@contextmanager
def rival(row: Model) -> Iterator:
    """Store `row` just before the block's first INSERT into the same table."""
    stored = []

    def somebody_is_faster(execute, sql, params, many, context):
        if sql.startswith("INSERT") and row._meta.db_table in sql and not stored:
            stored.append(row)
            type(row).objects.bulk_create([row])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(somebody_is_faster):
        yield


@contextmanager
def listening(signal: Signal, sender: type | None, receiver: Callable) -> Iterator:
    """Call `receiver` on the signal while the block runs: a rival, or a witness."""
    signal.connect(receiver, sender=sender)
    try:
        yield
    finally:
        signal.disconnect(receiver, sender=sender)


def make_term(key: str, *, words: dict[str, list[str]] | None = None) -> GlossaryTerm:
    """A term of the glossary; lessons name it by its key unless said otherwise."""
    return GlossaryTerm.objects.create(
        key=key,
        names={"es": f"{key} (es)", "en": f"{key} (en)"},
        words=words or {"es": [f"{key}-es"], "en": [f"{key}-en"]},
        definitions={"es": "Qué es (es)", "en": "Qué es (en)"},
        sources={"es": "Protocolo", "en": "Protocol"},
        avoid={"es": "Otra cosa (es)", "en": "Otra cosa (en)"},
        whys={"es": "Porque (es)", "en": "Porque (en)"},
    )
