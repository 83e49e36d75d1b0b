"""OneRoster 1.1: who is an active student, in an archive or in several files."""

import pytest

from tests.lms.team.roster.building import archive, noted, outcome, outcome_of, upload

USERS = (
    "sourcedId,enabledUser,status,dateLastModified,orgSourcedIds,role,username,"
    "givenName,familyName,middleName,email,ext_site_password\n"
)
ANA = 'u1,TRUE,active,,"o1,o2",student,ana,Ana,Ruiz,Lucía,ana@example.org,secret\n'
BRUNO = "u2,true,,,o2,student,bruno,Bruno,Xicará,,bruno@example.org,\n"
TEACHER = "u3,TRUE,active,,o1,teacher,t,Tomás,Caal,,tomas@example.org,\n"
GONE = "u4,TRUE,tobedeleted,,o1,student,g,Gina,Paz,,gina@example.org,\n"
OFF = "u5,FALSE,active,,o1,student,o,Omar,Paz,,omar@example.org,\n"
EVERYBODY = USERS + ANA + BRUNO + TEACHER + GONE + OFF
ORGS = "sourcedId,status,name\no1,active,Organismo Judicial\no2,tobedeleted,Otro\n"
ENROLMENTS = (
    "sourcedId,classSourcedId,userSourcedId,role,status\n"
    "e1,c1,u2,student,tobedeleted\ne2,c1,u3,teacher,active\ne3,c1,u1,student,\n"
)
READ_ANA = (
    2,
    {
        "address": "ana@example.org",
        "given": "Ana",
        "middle": "Lucía",
        "family": "Ruiz",
        "institution": "Organismo Judicial",
    },
)
READ_BRUNO = (
    3,
    {"address": "bruno@example.org", "given": "Bruno", "family": "Xicará"},
)
WHOLE = {"users.csv": EVERYBODY, "orgs.csv": ORGS, "enrollments.csv": ENROLMENTS}


def without(name: str) -> dict[str, str]:
    return {key: text for key, text in WHOLE.items() if key != name}


def test_students_by_enrolment_are_read_from_an_archive():
    package = archive(WHOLE)

    assert outcome(package, "export.zip") == [READ_ANA]
    assert noted(package) == [
        {"is": "oneroster"},
        {"is": "left-deleted", "rows": 1},
        {"is": "left-off", "rows": 1},
        {"is": "left-others", "rows": 2},
    ]


def test_files_chosen_together_are_the_same_package():
    files = [upload(text, name) for name, text in WHOLE.items()]

    assert outcome_of(*files) == [READ_ANA]


@pytest.mark.parametrize(
    "enrolments", [None, "sourcedId,classSourcedId,userSourcedId,role,status\n"]
)
def test_without_enrolments_the_role_of_the_user_counts(enrolments):
    files = without("enrollments.csv")
    if enrolments:
        files["enrollments.csv"] = enrolments

    assert outcome(archive(files)) == [READ_ANA, READ_BRUNO]


def test_users_alone_are_known_by_their_headings():
    told = outcome(EVERYBODY, "lista.csv")

    assert [line for line, _cells in told] == [2, 3]
    assert "institution" not in told[0][1]


def test_folders_of_an_archive_lead_nowhere_and_mean_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    package = archive(
        {f"../../../{name}": text for name, text in WHOLE.items()}
        | {"/etc/passwd": "x", "C:\\Windows\\win.ini": "x"}
    )

    assert outcome(package) == [READ_ANA]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"enrollments.csv": ENROLMENTS}, "archive-without-list"),
        ({"lista.zip": archive(WHOLE)}, "archive-without-list"),
        ({"users.csv": USERS + TEACHER}, "no-students"),
        ({"users.csv": ""}, "no-students"),
        ({"users.csv": USERS + BRUNO * 5001}, "too-many-rows"),
        ({"users.csv": USERS + "x\n" * 100_001}, "package-too-big"),
    ],
)
def test_a_package_without_students_is_refused_in_words(parts, word):
    assert outcome(archive(parts)) == word


def test_a_file_of_the_package_that_is_none_is_refused_in_words():
    files = [upload(EVERYBODY, "users.csv"), upload(b"%PDF-1.7", "orgs.csv")]

    assert outcome_of(*files) == "is-pdf"
