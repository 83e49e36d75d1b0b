"""How is a language named inside a sentence? In Spanish without a capital."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.models import Locale

from courses.cases.faults import Fault
from courses.cases.words import sentence_of
from courses.checks.words import named
from courses.desk.facts import Behind, Untranslated
from courses.desk.views import _behind, _missing
from courses.following.views.reminding import text_for


@pytest.mark.parametrize(("language", "name"), [("es", "español"), ("en", "Spanish")])
def test_language_inside_a_sentence_is_written_as_its_readers_write_it(
    db, language, name
):
    line = SimpleNamespace(due_on=None, is_late=False)
    locale = Locale(language_code="es")
    other = SimpleNamespace(get_admin_display_title="T", locale=locale)

    with override(language):
        said = {
            "checks": named(["es", "en"]),
            "desk": _missing(Untranslated(None, "es")),
            "desk, behind": _behind(Behind(None, ["es", "en"])),
            "reminder": text_for("es", line)["language"],
            "case": str(sentence_of(Fault("untranslated", "1", "es"))),
            "page": render_to_string(
                "courses/admin/also_translations.html", {"others": [other]}
            ),
        }

    assert [place for place in said if name not in said[place]] == []
