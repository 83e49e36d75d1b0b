"""One command from an empty database to a site; again, it changes nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, Site

from courses.models import CataloguePage, CoursePage
from lms.management.commands.install import Command
from lms.models import Institution, User
from lms.web.installed import missing
from tests.factories import PersonFactory

TWO = ("--administrator", "Raquel Sandoval <raquel@campus.example>")
TWO += ("--administrator", "oscar@campus.example")


@pytest.fixture
def real(settings):
    settings.SITE_URL = "https://campus.example"


def install(*arguments):
    said = StringIO()
    call_command("install", *arguments, stdout=said)
    return said.getvalue()


def counted():
    return {
        model.__name__: model.objects.count()
        for model in (Page, CoursePage, Institution, User)
    }


@pytest.mark.sweep("lms/installing", "courses/loader")
def test_install_brings_all_that_a_site_has_and_a_second_run_nothing(db, real):
    first = install(*TWO)
    there = counted()
    Institution.objects.filter(code="gt-organismo-judicial").update(name_es="Editado")
    second = install(*TWO)

    site = Site.objects.get()
    assert (site.hostname, site.port) == ("campus.example", 443)
    assert isinstance(site.root_page.specific, CataloguePage)
    assert CoursePage.objects.live().count() > 2
    assert missing(timezone.now()) is None
    assert {one.legal_name: one.is_superuser for one in User.objects.all()} == {
        "Raquel Sandoval": True,
        "oscar": True,
    }
    assert counted() == there
    assert Institution.objects.get(code="gt-organismo-judicial").name_es == "Editado"
    for said in (first, second):
        assert "raquel@campus.example: a worker mails the link" in said
        assert "://" not in said  # nothing that signs anybody in


@pytest.mark.parametrize("address", ["raquel", "raquel@localhost", ""])
def test_install_refuses_what_is_no_address_before_anything_is_done(db, address):
    with pytest.raises(CommandError, match="is no address that mail reaches"):
        install("--administrator", address)

    assert not Institution.objects.exists()


def test_install_says_in_a_sentence_whom_it_does_not_appoint(db):
    PersonFactory(email="oscar@campus.example")

    with pytest.raises(CommandError) as refused:
        Command().appoint([("Óscar", "oscar@campus.example")])

    assert str(refused.value) == (
        "One of these addresses has an account that is no administrator's."
    )
