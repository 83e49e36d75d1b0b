from django.conf import settings
from django.test import Client

SIGN_IN = "/es/account/login/"
WRONG = {"password": "not-the-password"}


def test_counters_are_shared_by_all_processes():
    assert settings.CACHES["default"]["BACKEND"].split(".")[-1] in {
        "DatabaseCache",
        "RedisCache",
    }


def test_wrong_passwords_of_one_address_count_together(ana, sign_in):
    browsers = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(6)]

    pages = [
        browser.post(SIGN_IN, {"login": ana.email, **WRONG}) for browser in browsers
    ]

    assert [page.status_code for page in pages] == [422] * 6
    said = ["Demasiados intentos" in page.content.decode() for page in pages]
    assert said == [False] * 5 + [True]
    refused = sign_in(ana, browser=Client(REMOTE_ADDR="192.0.2.9"))
    assert refused.status_code == 422  # the right password comes too late as well


def test_unknown_addresses_are_limited_like_known_ones(db):
    pages = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(
            SIGN_IN, {"login": "nobody@example.org", **WRONG}
        )
        for number in range(6)
    ]

    said = ["Demasiados intentos" in page.content.decode() for page in pages]
    assert said == [False] * 5 + [True]


def test_a_header_does_not_make_another_client(db):
    pages = [
        Client(REMOTE_ADDR="192.0.2.1").post(
            SIGN_IN,
            {"login": f"nobody{number}@example.org", **WRONG},
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}",
        )
        for number in range(11)
    ]

    said = ["Demasiados intentos" in page.content.decode() for page in pages]
    assert said == [False] * 10 + [True]


def test_behind_a_proxy_that_is_ours_each_client_has_a_counter(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    pages = [
        Client(REMOTE_ADDR="192.0.2.1").post(
            SIGN_IN,
            {"login": f"nobody{number}@example.org", **WRONG},
            HTTP_X_FORWARDED_FOR=f"203.0.113.7, 198.51.100.{number}",
        )
        for number in range(11)
    ]

    assert not any("Demasiados intentos" in page.content.decode() for page in pages)


def test_too_many_sign_ups_answer_429_on_our_own_page(db, form):
    answers = [
        Client().post("/es/account/signup/", form | {"consent": ""})
        for _number in range(21)
    ]

    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert "Espere cinco minutos" in answers[-1].content.decode()
