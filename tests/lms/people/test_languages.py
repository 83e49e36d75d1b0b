"""In which language does an address speak that names none?"""

import re

import pytest
from django.test import Client

from lms.mail import box

pytestmark = pytest.mark.django_db
OTHER = {"es": "en", "en": "es"}
WITHOUT = re.compile(r'href="(/(?!/|static/|(?:es|en)/)[^"#]+)')


@pytest.mark.urls("tests.lms.mail.demo_urls")
@pytest.mark.parametrize("language", ["es", "en"])
def test_what_is_reached_from_a_screen_speaks_its_language(
    language, settings, tmp_path
):
    settings.DEMO, settings.MAILBOX_DIR = True, tmp_path
    box.drop(b"Subject: Hello\nTo: a@example.org\n\nHi\n", message_id="<1@x.example>")
    browser = Client(headers={"accept-language": OTHER[language]})
    waiting, seen = [f"/{language}/help/"], {}

    while waiting:
        page = browser.get(waiting.pop()).content.decode()
        for address in WITHOUT.findall(page):
            if address not in seen and f"lang={OTHER[language]}" not in address:
                seen[address] = browser.get(address).content.decode()
                waiting.append(address)

    assert len(seen) == 3  # the check, the mailbox and its letter
    for said in seen.values():
        assert f'<html lang="{language}"' in said
