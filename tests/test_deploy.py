"""What an administrator copies says the same as the code and README."""

import os
import re
import shlex
import subprocess
import sys
from stat import S_IMODE

import pytest
import yaml
from django.conf import settings

from tests.lms.test_settings import run_python
from tests.test_setting_up import UV_VERSION

ROOT = settings.BASE_DIR
DEPLOY = ROOT / "deploy"
README = (ROOT / "README.md").read_text()
OPERATING = (ROOT / "docs" / "operating.md").read_text()
EXAMPLE = (DEPLOY / "campus.env.example").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
NGINX = (DEPLOY / "nginx" / "campus.conf").read_text()
PROCESSES = ("web", "worker", "beat")
# Tests shorten these times; the other two refuse what they say.
NOT_FOR_OPERATORS = {
    "MAIL_LEASE",
    "QUEUE_HEARTBEAT",
    "QUEUE_SILENT_AFTER",
    "QUEUE_BEAT_EVERY",
    "QUEUE_FIRST_DELAY",
    "DEBUG",
    "SECOND_FACTOR_REQUIRED",
}
READ = re.compile(r'(?:environ\.get|required|flag|names|seconds|whole)\(\s*"([A-Z_]+)"')


def real_run():
    return README.split("## Running it for real")[1].split("\n## ")[0]


def variables_of_readme():
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", real_run(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"[A-Z_]+", row)}


def variables_of_example():
    return set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE))


def unit(name):
    return (DEPLOY / "systemd" / f"campus-{name}.service").read_text()


@pytest.mark.parametrize("process", PROCESSES)
def test_every_way_to_run_it_starts_the_same_process(process):
    command = f"manage.py {process}"

    assert f"ExecStart=/srv/campus/.venv/bin/python {command}\n" in unit(process)
    assert command in COMPOSE["services"][process]["command"]
    assert f"python {command}" in real_run()
    assert f"campus-{process}" in OPERATING


def test_the_demo_and_the_image_serve_pages_as_the_unit_does():
    serve = (ROOT / "lms/management/commands/serve.py").read_text()
    web = (ROOT / "lms/management/commands/web.py").read_text()

    assert "serve_pages(host, port, workers)" in serve
    assert "serve_pages(host, port, workers)" in web
    assert '"manage.py", "web"' in (DEPLOY / "Containerfile").read_text()
    named = [*DEPLOY.rglob("*"), ROOT / "README.md", ROOT / "docs/operating.md"]
    assert [
        path.name
        for path in named
        if path.is_file() and "granian -" in path.read_text()
    ] == []


def test_the_image_is_made_with_the_uv_of_setup():
    assert f"uv=={UV_VERSION}" in (DEPLOY / "Containerfile").read_text()


def test_readme_and_the_example_name_the_same_variables():
    assert variables_of_readme() == variables_of_example()


def test_every_variable_that_settings_read_is_named():
    pages = ("base", "production", "refusing", "services")
    read = {
        name
        for page in pages
        for name in READ.findall((ROOT / f"lms/settings/{page}.py").read_text())
    }

    assert read - NOT_FOR_OPERATORS == variables_of_readme() - {
        "DJANGO_SETTINGS_MODULE"
    }


def secrets_file(*arguments):
    return subprocess.run(
        [sys.executable, DEPLOY / "make-secrets", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def read_by_a_shell(text):
    return dict(
        word.split("=", 1)
        for line in text.splitlines()
        if line and not line.startswith("#")
        for word in shlex.split(line)
    )


def test_production_starts_with_what_make_secrets_prints():
    environment = read_by_a_shell(secrets_file().stdout)

    run = run_python("-c", "import lms.settings.production", **environment)

    assert (run.returncode, run.stderr) == (0, "")
    keys = ("SECRET_KEY", "NAME_HASH_KEY", "AUDIT_KEY", "MFA_KEYS")
    assert len({environment[key] for key in keys}) == 4
    assert environment["MAIL_FROM"] == "Campus <campus@campus.example.org>"


def test_make_secrets_writes_a_new_file_for_its_owner_alone(tmp_path):
    place = tmp_path / "campus.env"

    first = secrets_file(place)
    kept = place.read_text()
    second = secrets_file(place)

    assert (first.returncode, first.stdout) == (0, "")
    assert S_IMODE(place.stat().st_mode) == 0o600
    assert (second.returncode, second.stderr) == (1, f"{place}: File exists\n")
    assert place.read_text() == kept


def test_manage_gives_a_command_the_environment_of_the_services(tmp_path):
    place = tmp_path / "campus.env"
    secrets_file(place)
    with place.open("a") as file:
        file.write(f"STATE_DIR={tmp_path}/state\nDATABASE_URL=\n")
    command = (DEPLOY / "manage").read_text().replace("runuser -u campus -- ", "")
    script = tmp_path / "deploy" / "manage"
    script.parent.mkdir()
    script.write_text(command)
    for name in (".venv", "manage.py", "lms"):
        (tmp_path / name).symlink_to(ROOT / name)

    run = subprocess.run(
        ["sh", script, "diffsettings"],
        env={"PATH": os.environ["PATH"], "CAMPUS_ENV": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "SITE_URL = 'https://campus.example.org'" in run.stdout, run.stderr


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize(
    "line",
    [
        "Restart=always",
        "User=campus",
        "EnvironmentFile=/etc/campus/campus.env",
        "ProtectSystem=strict",
        "ReadWritePaths=/var/lib/campus",
        "ProtectHome=yes",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "PrivateTmp=yes",
        "UMask=0027",
    ],
)
def test_units_start_again_and_reach_their_own_folder_only(process, line):
    assert line in unit(process).splitlines()


def test_the_proxy_hands_out_static_files_and_pictures_alone():
    aliases = re.findall(r"alias (\S+);", NGINX)

    assert aliases == [
        "/var/lib/campus/static/$file",
        "/var/lib/campus/static/",
        "/var/lib/campus/media/$picture",
    ]
    assert re.search(r"location /media/ \{\s+return 404;", NGINX)
    picture = re.search(r'"(\^/media/[^"]+)"', NGINX)[1].replace("?<", "?P<")
    handed_out = [
        path
        for path in (
            "/media/images/foto.width-800.jpg",
            "/media/original_images/foto.png",
            "/media/documents/lista.csv",
            "/media/images/../../private/lista.png",
            "/media/images/page.html",
            "/media/images/foto.svg",
        )
        if re.match(picture, path)
    ]
    assert handed_out == [
        "/media/images/foto.width-800.jpg",
        "/media/original_images/foto.png",
    ]


def test_the_proxy_says_itself_what_campus_believes():
    said = dict(re.findall(r"proxy_set_header (\S+) (\S+);", NGINX))

    assert (said["X-Forwarded-For"], said["X-Forwarded-Proto"], said["Host"]) == (
        "$remote_addr",
        "$scheme",
        "$host",
    )
    assert NGINX.count("access_log off;") == 2  # addresses hold codes


def test_the_site_says_http2_as_nginx_of_today_reads_it():
    assert re.findall(r"listen (.+);", NGINX)[2:] == ["443 ssl", "[::]:443 ssl"]
    assert "    http2 on;\n" in NGINX


def test_what_the_steps_call_is_installed_by_the_first_one():
    first = OPERATING.split("apt-get install")[1].split("useradd")[0].split()
    brings = {"curl": "curl", "setfacl": "acl", "certbot": "certbot", "git": "git"}
    steps = "".join(re.findall(r"```sh\n(.+?)```", OPERATING, re.DOTALL))

    called = {name for name in brings if re.search(rf"^ *{name} ", steps, re.MULTILINE)}

    assert called == set(brings)
    assert {brings[name] for name in called} | {"cron"} <= set(first)


def test_a_renewed_certificate_reaches_the_proxy():
    (line,) = re.findall(r"certbot reconfigure (?:.+\\\n)?.+", OPERATING)

    (folder,) = re.findall(r"acme-challenge/ \{\s+root (\S+);", NGINX)
    assert f"--webroot -w {folder} " in line
    assert "--deploy-hook 'systemctl reload nginx'" in line


def test_the_last_steps_name_what_stands_on_the_screens():
    steps = OPERATING.split("\n9. ")[1].split("\n## ")[0]
    spanish = (ROOT / "locale/es/LC_MESSAGES/django.po").read_text()

    named = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", steps)

    assert len(named) == 9
    assert [one for one in named if f'msgstr "{one}"' not in spanish] == []


def nights():
    return re.findall(
        r"^\d+ \d+ \* \* \* root (.+)$",
        (DEPLOY / "campus.cron").read_text(),
        re.MULTILINE,
    )


@pytest.mark.parametrize(("end", "said"), [("0", ""), ("1", "it failed\n")])
def test_a_night_says_something_only_when_it_fails(tmp_path, end, said):
    manage, key = tmp_path / "manage", tmp_path / "backup.key"
    manage.write_text(
        f"#!/bin/sh\necho it failed\necho $BACKUP_KEY $@ >&3\nexit {end}\n"
    )
    manage.chmod(0o755)
    key.write_text("key-of-backups\n")

    runs = [
        subprocess.run(
            ["sh", "-c", f"exec 3>{tmp_path}/asked; {line}"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        + (tmp_path / "asked").read_text()
        for line in (
            night.replace("\\%", "%")  # cron reads a bare one as the end of the line
            .replace("/srv/campus/deploy/manage", str(manage))
            .replace("/etc/campus/backup.key", str(key))
            for night in nights()
        )
    ]

    day = r"\d{4}-\d\d-\d\d"
    assert re.fullmatch(
        rf"{said}key-of-backups backup --out /var/backups/campus/{day}.backup\n",
        runs[0],
    )
    assert runs[1:] == [f"{said}audit_check\n"]


def test_the_key_of_backups_is_not_in_the_file_of_the_three_processes():
    assert "#BACKUP_KEY=\n" in EXAMPLE
    backup = (ROOT / "docs" / "backup.md").read_text()
    assert "install -m 0600 /dev/null /etc/campus/backup.key\n" in backup


def test_the_proxy_of_the_containers_sees_what_is_public():
    mounted = [one.split(":")[0] for one in COMPOSE["services"]["proxy"]["volumes"]]

    assert mounted == ["./nginx/campus.conf", "/etc/letsencrypt", "static", "media"]
