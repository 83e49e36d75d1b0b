"""An editor's own settings in Wagtail."""

from zoneinfo import available_timezones

from django.urls import reverse


def test_only_zones_that_a_browser_knows_are_offered(client, admin):
    client.force_login(admin)

    answer = client.get(reverse("wagtailadmin_account"))

    assert answer.status_code == 200
    assert '<option value="America/Guatemala">' in answer.text
    odd = {name for name in available_timezones() if "/" not in name}
    assert {name for name in odd if f'<option value="{name}">' in answer.text} == set()
