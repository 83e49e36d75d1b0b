"""What an old release wrote is whole after the upgrade, and everybody can work on."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from certificates.actions import check_name
from certificates.lines.drawing import draw_all
from certificates.management.commands.check_certificate import report_on
from certificates.models import Certificate
from certificates.models.awards import Why
from certificates.recount.drill import compare
from courses.models import Edition, Enrolment, LessonPage, Question
from lms.audit.chain import Walk
from lms.audit.models import Event
from lms.models import Cohort, User
from lms.settings import base
from tests.upgrade.dump import rows, upgraded
from tests.upgrade.facts import AT, PASSWORD, PDF, SECRET
from tests.upgrade.landed import FLOORS
from tests.upgrade.release import then_and_since

QUESTIONS = 6  # that the report is asked
ROWS = 60  # of each table that the old code writes once more

pytestmark = pytest.mark.usefixtures("before", "db", "its_day")


@pytest.fixture(scope="module")
def before(tmp_path_factory, django_db_setup, django_db_blocker):
    """How many rows each table held before the upgrade."""
    folder = tmp_path_factory.mktemp("old")
    with django_db_blocker.unblock(), upgraded(folder) as found:
        yield found


@pytest.fixture
def its_day():
    """The clock stands still at the moment in which the old release wrote."""
    with time_machine.travel(AT, tick=False):
        yield


def somebody(key):
    return User.objects.get(email=f"{key}@demo.example")


def test_every_row_is_there_and_no_table_of_ours_was_empty(before):
    now = rows()

    assert {table: now.get(table) for table in before} == before
    ours = {table for table in before if table.startswith(FLOORS)}
    # People have the rights of groups and mandates, none of their own.
    assert {table for table in ours if not before[table]} == {
        "lms_user_user_permissions"
    }


def test_what_the_upgrade_leaves_passes_the_checks(capsys):
    call_command("check", databases=["default"])
    call_command("migrate", check_unapplied=True, verbosity=0)
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)

    assert "No changes detected" in capsys.readouterr().out


def test_a_certificate_is_known_by_its_code_its_file_and_its_name(client, tmp_path):
    paper = Certificate.objects.rendered().get()
    paper.pdf.storage.save(paper.pdf.name, ContentFile(PDF))
    file = tmp_path / "certificate.pdf"
    file.write_bytes(PDF)

    assert report_on(paper.code)["reasons"] == []
    assert report_on(str(file))["reasons"] == []
    assert check_name(paper, typed=paper.holder_name, at=AT) is True
    assert check_name(paper, typed="Otra Persona", at=AT) is False
    assert client.get(reverse("verify_code", args=[paper.code])).status_code == 200
    client.force_login(paper.holder)
    answer = client.get(reverse("certificate_file", args=[paper.pk]))
    assert b"".join(answer) == PDF


def test_what_was_revoked_stays_so_and_says_that_its_reason_has_no_class():
    revoked = Certificate.objects.exclude(revoked_at=None)

    assert {paper.revoked_for for paper in revoked} == {Why.EARLIER}
    assert not Certificate.objects.filter(revoked_at=None).exclude(revoked_for="")


def test_the_audit_log_is_as_it_was_sealed():
    walk = Walk()

    assert list(walk.flaws()) == []
    assert (walk.seals, walk.events) == (2, Event.objects.count())


def test_the_report_says_what_a_second_reckoning_says():
    draw_all(at=AT)

    told = compare(QUESTIONS, at=AT)

    assert told["differences"] == []
    assert told["lines"] == told["obligations"]
    assert told["rows"] > QUESTIONS


def test_old_passwords_and_second_steps_open_the_door(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS

    assert somebody("ana").check_password(PASSWORD)
    assert decrypt(Authenticator.objects.get().data["secret"]) == SECRET


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("", "open_data glossary regional_calendar account_login"),
        ("ana", "my_learning my_data my_cohorts"),
        ("tomas", "team trainers_tree room"),
        ("ines", "reports reports_people completion_report saved_reports coverage"),
        ("pilar", "belonging shielded_people tokens coverage"),
        ("sofia", "region region_figures mandates approvals find_certificate"),
        ("elena", "wagtailadmin_home"),
        ("admin", "support approvals wagtailadmin_home"),
    ],
    ids=lambda given: given.split()[0] if given else "nobody",
)
def test_everybody_opens_their_pages(client, key, names):
    if key:
        client.force_login(somebody(key))

    found = {name: client.get(reverse(name)).status_code for name in names.split()}

    assert set(found.values()) == {200}, found


def test_everybody_goes_on_with_what_was_begun(client):
    cohort = Cohort.objects.get(trainers=somebody("tomas"), members=somebody("ana"))
    taken = Enrolment.objects.get(learner=somebody("ana"))
    lesson = LessonPage.objects.live().order_by("pk").first()
    begun = {
        "tomas": reverse("cohort", args=[cohort.uuid]),
        "ana": reverse("enrolment", args=[taken.pk]),
        "elena": reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        "bruno": lesson.get_url(),
    }

    for key, address in begun.items():
        client.force_login(somebody(key))
        assert client.get(address).status_code == 200, key


def test_editions_keep_the_questions_that_their_tests_asked():
    asked = set(Question.objects.filter(use=Question.Use.FINAL))
    kept = [set(edition.questions.all()) for edition in Edition.objects.all()]

    assert asked
    assert asked <= set.union(*kept)
    assert all(kept)


def test_the_release_before_writes_on_the_tables_of_today():
    """It inserts each row anew by the columns that it knows, and is refused nothing.

    What it never wrote but for its demo is told in BORNE (test_release.py).
    """
    known, _since = then_and_since()
    ours = [m for m in known.apps.get_models() if m._meta.app_label in FLOORS]

    refused = {label for model in ours for label in those_refused(model)}

    assert refused == {"certificates.Certificate that is revoked"}


def those_refused(model: type[models.Model]):
    """Write some rows of a table anew; yield what kind of row the tables refuse."""
    table = model._base_manager
    for row in table.order_by("pk")[:ROWS]:
        try:
            with transaction.atomic():
                table.filter(pk=row.pk)._raw_delete(table.db)
                row.save_base(raw=True, force_insert=True)
        except IntegrityError:
            kind = " that is revoked" if getattr(row, "revoked_at", None) else ""
            yield f"{model._meta.label}{kind}"
