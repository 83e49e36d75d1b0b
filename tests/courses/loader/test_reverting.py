"""What the loader wrote first is a version that an editor can go back to."""

import pytest
from django.urls import reverse

from tests.courses.loader import small


@pytest.mark.parametrize("language", ["es", "en"])
def test_an_editor_goes_back_to_what_was_loaded(
    client, admin, loaded, page_of, language
):
    page = page_of(small.FIRST, language)
    first = page.live_revision_id
    page.summary = "Otro"
    page.save_revision(user=admin, log_action=True).publish(user=admin)
    client.force_login(admin)

    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))

    back = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first])
    assert back in history.text
    assert client.get(back).status_code == 200
