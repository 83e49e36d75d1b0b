"""While Redis is away the database's table answers, and limits go on counting."""

import socket
from time import monotonic, sleep

import pytest
from django.core.cache import caches
from django.test import Client

from lms.web import shared_cache
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent():
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.01)
        yield server


def asked_for_a_letter(browser):
    """Ask for a new password as ana does; return the status of the answer."""
    form = {"email": "ana@example.org"}
    return browser.post("/en/account/password/reset/", form).status_code


def connections_of(server):
    count = 0
    try:
        while True:
            connection, _address = server.accept()
            connection.close()
            count += 1
    except TimeoutError:
        return count


def test_every_word_of_the_cache_has_an_answer(no_redis):
    no_redis.set("a", 1)
    no_redis.set_many({"b": 2, "c": 3})

    assert no_redis.add("a", 9) is False
    assert no_redis.get("a") == 1
    assert no_redis.get_many(["a", "b", "d"]) == {"a": 1, "b": 2}
    assert no_redis.incr("a") == 2
    assert no_redis.decr("a") == 1
    assert no_redis.touch("b", 60) is True
    assert no_redis.has_key("c")
    assert no_redis.delete("c") is True
    assert no_redis.get_or_set("c", 4) == 4
    no_redis.delete_many(["a"])
    assert no_redis.get("a") is None
    no_redis.clear()
    assert no_redis.get("b") is None
    assert no_redis.is_away


def test_what_is_counted_meanwhile_stands_in_the_table(no_redis):
    no_redis.set("count", 7)

    assert caches["table"].get("count") == 7


def test_one_request_waits_for_a_silent_redis_and_not_for_long(cache_at, silent):
    shared = cache_at(silent.getsockname()[1])
    began = monotonic()

    for _time in range(20):
        shared.get("a")

    assert monotonic() - began < 1.5
    assert connections_of(silent) == 1


def test_redis_is_asked_again_after_a_pause(cache_at, silent, monkeypatch):
    shared = cache_at(silent.getsockname()[1])
    monkeypatch.setattr(shared_cache, "PAUSE", 0)

    shared.get("a")
    shared.get("a")

    assert connections_of(silent) == 2
    assert not shared.is_away


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/en/account/login/", {"login": "ana@example.org", "password": PASSWORD}),
        ("/en/account/password/reset/", {"email": "ana@example.org"}),
        ("/en/account/signup/", {"email": "new@example.org", "password1": PASSWORD}),
    ],
)
def test_people_come_in_while_redis_is_away(no_redis, ana, path, form):
    answer = Client().post(path, form)

    assert answer.status_code in (302, 422)  # 422: the form says what is missing


def test_editors_work_while_redis_is_away(no_redis, admin):
    browser = Client()
    browser.force_login(admin)

    assert browser.get("/admin/").status_code == 200


def test_a_limit_of_the_cache_counts_while_redis_is_away(no_redis, ana):
    browser = Client()

    asked = [asked_for_a_letter(browser) for _time in range(21)]

    assert asked == [302] * 20 + [429]


def test_limits_go_on_while_a_real_redis_goes_and_comes_back(
    cache_at, redis_server, ana, monkeypatch
):
    monkeypatch.setattr(shared_cache, "PAUSE", 0.2)
    shared, browser = cache_at(redis_server.port), Client()
    shared.set("kept-in", "redis")

    assert asked_for_a_letter(browser) == 302
    assert browser.get("/readyz").json()["cache"] == "ok"
    redis_server.go()
    assert asked_for_a_letter(browser) == 302
    assert browser.get("/readyz").json()["cache"] == "degraded"
    assert [asked_for_a_letter(browser) for _time in range(20)][-1] == 429
    redis_server.come()
    sleep(shared_cache.PAUSE)
    assert browser.get("/readyz").json()["cache"] == "ok"
    shared.set("kept-in", "redis again")
    assert caches["table"].get("kept-in") is None
