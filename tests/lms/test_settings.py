"""What production refuses to start with, and what the demo makes for itself."""

import os
import subprocess
import sys
from ast import literal_eval

import pytest
from django.conf import settings

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
SOUND = {
    "DJANGO_SETTINGS_MODULE": "lms.settings.production",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "NAME_HASH_KEY": f"names {LETTERS}",
    "AUDIT_KEY": f"audit {LETTERS}",
    "MFA_KEYS": f"second {LETTERS},step {LETTERS}",
    "SITE_URL": "https://campus.example",
    "ALLOWED_HOSTS": "campus.example",
    "TRUSTED_PROXY_COUNT": "1",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run `manage.py …` in an environment with nothing of ours but what is given."""
    return run_python("manage.py", *arguments, **environment)


def run_python(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    inherited = {n: os.environ[n] for n in ("PATH", "HOME", "LANG") if n in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_the_deployment_check():
    run = manage(
        *("check", "--deploy", "--tag", "security", "--fail-level", "WARNING"), **SOUND
    )

    assert (run.returncode, run.stdout) == (
        0,
        "System check identified no issues (2 silenced).\n",
    )


def says(expression: str, **environment: str) -> str:
    """Return what that is in production, as its settings start."""
    code = f"from lms.settings import production as settings; print({expression})"
    run = run_python("-c", code, **SOUND | environment)
    return run.stdout.strip() or run.stderr


def test_with_redis_the_table_that_stands_in_for_it_is_made_too(tmp_path):
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"}

    run = manage(
        "createcachetable",
        "--dry-run",
        **SOUND | database | {"REDIS_URL": "redis://127.0.0.1:1/0"},
    )

    assert (run.returncode, 'CREATE TABLE "cache"' in run.stdout) == (0, True)


def test_former_secrets_are_known_for_a_while():
    said = says("settings.SECRET_KEY_FALLBACKS", SECRET_KEY_FALLBACKS="former,older")

    assert said == "['former', 'older']"


def test_subdomains_and_preload_are_the_operators_choice():
    both = "settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD"

    assert says(both) == "False False"
    assert says(both, HSTS_SUBDOMAINS="yes", HSTS_PRELOAD="yes") == "True True"


def test_proxies_are_as_many_as_the_operator_says():
    count = "settings.ALLAUTH_TRUSTED_PROXY_COUNT"

    assert says(count, TRUSTED_PROXY_COUNT="2") == "2"
    assert says(count, TRUSTED_PROXY_COUNT="0") == "0"


def test_what_the_address_of_the_database_asks_for_is_kept_beside_the_pool():
    url = (
        "postgres://campus:secret@db.example/campus?sslmode=verify-full"
        "&sslrootcert=/etc/ssl/db.pem&options=-c%20statement_timeout%3D9s"
        "&application_name=campus"
    )

    options = says("settings.DATABASES['default']['OPTIONS']", DATABASE_URL=url)

    assert literal_eval(options) == {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ssl/db.pem",
        "options": "-c statement_timeout=9s",
        "application_name": "campus",
    }


def test_an_embedded_database_keeps_what_its_address_asks_for(tmp_path):
    url = f"sqlite:///{tmp_path}/campus.sqlite3?timeout=5"

    options = says("settings.DATABASES['default']['OPTIONS']", DATABASE_URL=url)

    assert literal_eval(options)["timeout"] == 5
    assert literal_eval(options)["transaction_mode"] == "IMMEDIATE"


OPEN = {
    "plain-http": {"SITE_URL": "http://campus.example"},
    "plain-mail": {"EMAIL_HOST": "mail.example"},
    "weak-keys": {"AUDIT_KEY": "a" * 40},
}


@pytest.mark.parametrize("word", OPEN)
def test_a_laboratory_says_by_a_word_what_it_leaves_open(word):
    others = ",".join(OPEN.keys() - {word})

    assert says("settings.LABORATORY", **OPEN[word], LABORATORY=word) == f"{{{word!r}}}"
    assert manage("check", **SOUND | OPEN[word], LABORATORY=others).returncode == 1


@pytest.mark.parametrize(
    ("change", "secure"),
    [
        ({}, "True True"),
        (OPEN["plain-http"] | {"LABORATORY": "plain-http"}, "False False"),
    ],
)
def test_cookies_go_by_tls_alone_wherever_there_is_any(change, secure):
    both = "settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT"

    assert says(both, **change) == secure


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY (50 characters or more)."),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY (50 characters or more)."),
        ({"NAME_HASH_KEY": ""}, "Set NAME_HASH_KEY (32 characters or more)."),
        ({"AUDIT_KEY": "short"}, "Set AUDIT_KEY (32 characters or more)."),
        ({"MFA_KEYS": ""}, "Set MFA_KEYS (32 characters or more each)."),
        (
            {"MFA_KEYS": f"{'m' * 40},short"},
            "Set MFA_KEYS (32 characters or more each).",
        ),
        ({"SECOND_FACTOR_REQUIRED": "no"}, "unset SECOND_FACTOR_REQUIRED."),
        ({"SITE_URL": ""}, "Set SITE_URL."),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS to the names of this site."),
        ({"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS to the names of this site."),
        ({"DEBUG": "yes"}, "DEBUG shows people's data to strangers: unset it."),
        (
            {"TRUSTED_PROXY_COUNT": ""},
            "Set TRUSTED_PROXY_COUNT to the number of proxies in front of Campus, ",
        ),
        (
            {"TRUSTED_PROXY_COUNT": "-1"},
            "TRUSTED_PROXY_COUNT is a whole number, 0 or more: not -1.",
        ),
        (
            {"TRUSTED_PROXY_COUNT": "one"},
            "TRUSTED_PROXY_COUNT is a whole number, 0 or more: not one.",
        ),
        ({"SITE_URL": "http://campus.example"}, "SITE_URL begins with https://."),
        *[
            ({name: "x" * 60}, f"{name} repeats a few characters: ")
            for name in ("SECRET_KEY", "NAME_HASH_KEY", "AUDIT_KEY", "MFA_KEYS")
        ],
        ({"MFA_KEYS": f"one {LETTERS},{'x' * 40}"}, "MFA_KEYS repeats a few"),
        (
            {"AUDIT_KEY": SOUND["NAME_HASH_KEY"]},
            "NAME_HASH_KEY and AUDIT_KEY hold the same key: each needs its own.",
        ),
        (
            {"MFA_KEYS": f"one {LETTERS},{SOUND['SECRET_KEY']}"},
            "SECRET_KEY and MFA_KEYS hold the same key: each needs its own.",
        ),
        (
            {"EMAIL_HOST": "mail.example"},
            "Mail to mail.example would travel in the clear: "
            "set EMAIL_USE_TLS or EMAIL_USE_SSL.",
        ),
        (
            {"EMAIL_USE_TLS": "yes", "EMAIL_USE_SSL": "yes"},
            "Set EMAIL_USE_TLS or EMAIL_USE_SSL, not both.",
        ),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT is a whole number, 0 or more: not smtp."),
        (
            {"LABORATORY": "plain-http,no-password"},
            "LABORATORY knows plain-http, plain-mail, weak-keys: not no-password.",
        ),
    ],
)
def test_production_refuses_what_is_not_safe_in_one_sentence(change, sentence):
    run = manage("check", **SOUND | change)

    assert run.returncode == 1
    assert sentence in run.stderr
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize("how", ["EMAIL_USE_TLS", "EMAIL_USE_SSL"])
def test_mail_to_another_machine_goes_by_tls(how):
    change = {"EMAIL_HOST": "mail.example", how: "yes"}

    assert says(f"settings.EMAIL_HOST, settings.{how}", **change) == "mail.example True"


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()

    run = manage("check", **SOUND, STATE_DIR=str(tmp_path / "file" / "state"))

    assert run.returncode == 1
    assert run.stderr == f"{tmp_path}/file/state: Not a directory\n"


def test_production_refuses_the_cast():
    run = manage("demo", **SOUND)

    assert run.returncode == 1
    assert "The cast belongs to the demo" in run.stderr


def test_processes_that_start_at_once_share_the_secrets_of_the_demo(tmp_path):
    said = "from lms.settings import demo; print(demo.NAME_HASH_KEY, demo.AUDIT_KEY)"
    first_ones = [
        subprocess.Popen(
            [sys.executable, "-c", said],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "STATE_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(5)
    ]

    told = {process.communicate()[0].strip() for process in first_ones}

    assert len(told) == 1
    assert len(told.pop()) == 2 * 96 + 1


MAKES_FILES = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
connection.ensure_connection()
connection.cursor().execute("CREATE TABLE t (n integer)")
default_storage.save("original_images/a.png", ContentFile(b"a"))
default_storage.save("documents/a.pdf", ContentFile(b"a"))
"""


def test_other_accounts_of_the_machine_read_no_file(tmp_path):
    place = {"DJANGO_SETTINGS_MODULE": "lms.settings.demo", "STATE_DIR": str(tmp_path)}

    run = manage("shell", "-v0", "-c", MAKES_FILES, **place)

    assert run.returncode == 0, run.stderr
    made = tmp_path.rglob("*")
    modes = {path.name: path.stat().st_mode & 0o777 for path in made}
    assert {modes["campus.sqlite3"], modes["a.png"], modes["a.pdf"]} == {0o640}
    assert {modes["media"], modes["private"], modes["documents"]} == {0o750}
    assert {mode & 0o027 for mode in modes.values()} == {0}
