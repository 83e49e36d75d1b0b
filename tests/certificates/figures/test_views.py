"""The region in figures, as the secretariat sees it, and the open data."""

import csv
import gzip
import re
from datetime import timedelta
from hashlib import sha256
from io import StringIO

import pytest
from django.utils import timezone

from certificates.figures.actions import release
from certificates.figures.files import csv_of
from certificates.figures.rules import Band
from certificates.figures.tables import NAMES
from certificates.models import Release, ReportLine
from certificates.templatetags.figures import changed

pytestmark = pytest.mark.django_db
BOARD = "/en/region/figures/"
PEOPLE = {"GT": 4, "HN": 4, "SV": 5, "PA": 9, "CR": 10, "MX": 60}


def read(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def rows(answer):
    return list(csv.DictReader(StringIO(read(answer))))


@pytest.fixture
def secretariat(client, sofia):
    client.force_login(sofia)
    return client


def test_the_region_leads_to_its_figures(secretariat):
    assert f'href="{BOARD}"' in read(secretariat.get("/en/region/"))


@pytest.mark.parametrize("path", [BOARD, f"{BOARD}GT/", f"{BOARD}quarter/2026-Q4.pdf"])
def test_nobody_else_finds_them(client, released, ines, path):
    client.force_login(ines)

    assert client.get(path).status_code == 404


def test_before_the_first_release_it_says_so(secretariat):
    for path in (BOARD, f"{BOARD}GT/"):
        assert "No figures have been released yet" in read(secretariat.get(path))


def test_it_shows_figures_with_their_base(released, secretariat):
    page = " ".join(read(secretariat.get(BOARD)).split())

    assert "As of 2 November 2026, 12:00 (week 2026-W45)" in page
    assert "120–124 <small>one person and one course" in page
    assert "40–44 <small>of 120–124 obligations" in page
    assert "32–37 % of 120–124 obligations" in page


def test_a_bar_of_a_hidden_figure_says_what_the_table_says(released, secretariat):
    told = released.figures
    told[""][""][""] = [120, None, None, None]
    told[""]["HN"][""] = [None, 20, 20, None]
    told[""]["PA"][""] = [None, None, None, None]
    told[""]["GT"][""] = [60, 20, None, None]
    released.save()

    page = " ".join(read(secretariat.get(BOARD)).split())

    says = r'<span class="bar-name">{}</span> <span class="bar-says">([^<]*)</span>'
    bars = {
        name: re.findall(says.format(name), page)
        for name in ("Guatemala", "Honduras", "Panama", "October 2026")
    }
    assert bars == {
        "Guatemala": ["hidden"],
        "Honduras": ["20–24"],
        "Panama": ["hidden"],
        "October 2026": ["40–44"],
    }


def test_a_small_country_looks_like_an_empty_one_and_the_page_says_why(
    released, secretariat
):
    shown = secretariat.get(BOARD)

    rows = {row.code: row for row in shown.context["countries"]}
    assert rows["PA"].told == rows["BZ"].told == [Band(0, 4)] * 4
    assert "“Fewer than 5” may also be nobody" in " ".join(read(shown).split())


def test_a_chart_says_what_its_table_says(released, secretariat):
    page = " ".join(read(secretariat.get(BOARD)).split())

    bars = re.findall(r'<span class="bar-says">([^<]*)</span>', page)
    assert "31–40 % (20–24 of 60–64)" in bars
    assert "fewer than 5" in bars
    assert bars.count("hidden") == 0


def test_countries_stand_by_the_alphabet(released, secretariat):
    shown = secretariat.get(BOARD).context["countries"]

    names = [row.name for row in shown]
    assert (names[0], names[-1]) == ("Belize", "United States")
    assert names == sorted(names)


def test_only_a_release_is_shown_never_what_changed_since(
    released, secretariat, region, at
):
    before = read(secretariat.get(BOARD))
    ReportLine.objects.update(country="SV")

    after = read(secretariat.get(BOARD))

    assert [line for line in after.splitlines() if "csrf" not in line] == [
        line for line in before.splitlines() if "csrf" not in line
    ]


def test_a_country_shows_its_institutions(released, secretariat):
    page = read(secretariat.get(f"{BOARD}GT/"))

    assert "Guatemala in figures" in page
    assert "Judiciary" in page
    assert "Institution not confirmed" in page


def test_a_country_outside_the_region_is_not_there(released, secretariat):
    assert secretariat.get(f"{BOARD}ZZ/").status_code == 404


def test_two_periods_stand_side_by_side(released, secretariat, region, at):
    earlier = release(as_of=at - timedelta(28), at=at)

    answer = secretariat.get(f"{BOARD}?week={released.week}&with={earlier.week}")

    assert "Two releases side by side" in read(answer)
    honduras = next(row for row in answer.context["countries"] if row.code == "HN")
    assert [changed(one) for one in honduras.changes] == [
        "same band",
        "+16 to +24",
        "+16 to +24",
        "+6 to +14",
    ]


def test_the_earlier_of_two_weeks_comes_first_whichever_was_chosen(
    released, secretariat, at
):
    earlier = release(as_of=at - timedelta(28), at=at)

    swapped = secretariat.get(f"{BOARD}?week={earlier.week}&with={released.week}")
    same = secretariat.get(f"{BOARD}?week={earlier.week}&with={earlier.week}")

    asked = swapped.context["asked"]
    assert (asked.release, asked.earlier) == (released, earlier)
    assert (same.context["asked"].release, same.context["asked"].earlier) == (
        earlier,
        None,
    )


def test_the_difference_of_a_hidden_figure_is_not_told(released, secretariat, at):
    earlier = release(as_of=at - timedelta(28), at=at)
    earlier.figures[""]["PA"][""] = [None] * 4
    earlier.figures.pop("wide", None)
    earlier.save()

    answer = secretariat.get(f"{BOARD}?with={earlier.week}")

    panama = next(row for row in answer.context["countries"] if row.code == "PA")
    assert [changed(one) for one in panama.changes] == ["–"] * 4


def test_a_stale_bookmark_shows_the_newest_and_says_so(released, secretariat):
    page = read(secretariat.get(f"{BOARD}?week=2019-W01"))

    assert "There is no release of a week that was asked for" in page
    assert "2026-W45" in page


@pytest.mark.parametrize(("days", "stale"), [(9, True), (7, False)])
def test_old_figures_say_that_they_are_old(secretariat, days, stale):
    then = timezone.now() - timedelta(days)
    release(as_of=then, at=then)

    page = read(secretariat.get(BOARD))

    assert ("the releases of the weeks since are missing" in page) is stale


def test_the_board_is_light_and_has_no_style_of_its_own(released, secretariat):
    page = read(secretariat.get(BOARD))

    assert len(gzip.compress(page.encode())) < 60_000
    assert "style=" not in page
    assert page.count("<svg class=") >= 11


@pytest.mark.parametrize("weeks", [1, 3])
def test_the_board_takes_the_same_queries(
    secretariat, region, at, weeks, django_assert_num_queries
):
    for number in range(weeks):
        release(as_of=at - timedelta(7 * number), at=at)
    secretariat.get(BOARD)

    with django_assert_num_queries(5):
        secretariat.get(BOARD)


def test_the_secretariats_file_says_what_its_screen_says(released, secretariat):
    found = rows(secretariat.get(f"{BOARD}release/2026-W45/countries.csv"))

    shown = secretariat.get(BOARD).context["countries"]
    told = {
        row.code: [str(end) for band in row.told for end in (band.least, band.most)]
        for row in shown
    }
    written = {row["country"]: [*row.values()][3:] for row in found}
    whole = ["120", "124", "40", "44", "40", "44", "20", "24"]
    assert written.pop("ALL") == whole
    assert written == told


def test_what_is_not_there_is_not_found(secretariat, client, released):
    for path in (
        f"{BOARD}release/2026-W45/people.csv",
        f"{BOARD}release/2019-W01/countries.csv",
        f"{BOARD}quarter/2019-Q1.pdf",
        "/open-data/2026-W45/people.csv",
        "/open-data/2019-W01/countries.csv",
        "/open-data/2019-W01/datapackage.json",
    ):
        assert client.get(path).status_code == 404, path


def test_everybody_finds_the_open_data(client, released):
    assert 'href="/en/open-data/"' in read(client.get("/en/help/"))
    page = read(client.get("/en/open-data/"))
    assert "/open-data/2026-W45/countries.csv" in page
    assert "a band of 10, such as “20–29”" in page


def test_the_open_data_show_the_newest_release_as_a_table(client, either_side, at):
    nobody_is_done = dict.fromkeys(("completed_at", "issued_at", "valid_until"))
    ReportLine.objects.update(track="judge", **nobody_is_done)
    release(as_of=at, at=at)

    page = read(client.get("/en/open-data/"))

    assert "Obligations by country, as of 2 November 2026</caption>" in page
    told = dict(
        re.findall(
            r'<th scope="row">([^<]+)</th>\s*<td class="number">(\S[^<]*?)\s*</td>',
            page,
        )
    )
    assert (told["Mexico"], told["Guatemala"]) == ("60–69", "fewer than 10")
    assert "60–64" not in page  # as the secretariat is told


@pytest.mark.parametrize(
    ("address", "title", "meaning"),
    [
        (
            "/es/open-data/",
            "Obligaciones por país e institución",
            "Institución, por su código",
        ),
        (
            "/en/open-data/",
            "Obligations by country and institution",
            "Institution, by its code",
        ),
    ],
)
def test_the_open_data_say_in_words_what_each_file_holds(
    client, released, address, title, meaning
):
    page = read(client.get(address))

    heading, *lines = csv.reader(
        StringIO(client.get("/open-data/2026-W45/institutions.csv").content.decode())
    )
    shown = page.split('id="institutions"')[1].split("</details>")[0]
    assert shown.startswith(f">{title}</h3>")
    assert re.findall("<code>([^<]+)</code>", shown) == heading
    assert f">{meaning}</td>" in shown
    assert f"{len(lines)} l" in shown
    assert f">{lines[0][3]}</td>" in shown


def test_a_column_of_a_file_shows_what_stands_in_its_first_lines(client, released):
    first = rows(client.get("/open-data/2026-W45/countries.csv"))[:3]

    shown = read(client.get("/en/open-data/")).split('id="countries"')[1]
    line = shown.split("<code>completed_least</code>")[1].split("</tr>")[0]
    cells = [row["completed_least"] for row in first]
    assert [one.strip() for one in re.findall("([^<>]*)</td>", line)][1:] == cells


def test_before_the_first_release_the_open_data_say_so(client):
    assert "Nothing has been released yet" in read(client.get("/en/open-data/"))


def test_open_files_need_no_session_and_may_be_kept(client, released):
    answer = client.get("/open-data/2026-W45/countries.csv")

    assert rows(answer)[0]["country"] == "ALL"
    assert set(answer["Cache-Control"].split(", ")) == {"max-age=86400", "public"}
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_old_releases_stay_to_be_downloaded(client, released, at):
    release(as_of=at + timedelta(7), at=at + timedelta(7))

    assert rows(client.get("/open-data/2026-W45/countries.csv"))
    assert Release.objects.count() == 2


def test_the_report_of_a_quarter_is_a_file(released, secretariat):
    answer = secretariat.get(f"{BOARD}quarter/2026-Q4.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.fixture
def either_side(settle):
    """A country on each side of each threshold, and two that are large."""
    for country, people in PEOPLE.items():
        settle(country, people)


def told(answer):
    """Return between which two each country has obligations, if that is told."""
    return {
        row["country"]: (int(row["obliged_least"]), int(row["obliged_most"]))
        for row in rows(answer)
        if row["country"] in PEOPLE and row["obliged_least"]
    }


def test_each_address_tells_bands_as_wide_as_its_own_threshold(
    secretariat, client, either_side, at
):
    nobody_is_done = dict.fromkeys(("completed_at", "issued_at", "valid_until"))
    ReportLine.objects.update(track="judge", **nobody_is_done)
    release(as_of=at, at=at)

    inner = secretariat.get(f"{BOARD}release/2026-W45/countries.csv")
    public = client.get("/open-data/2026-W45/countries.csv")

    inside, outside = told(inner), told(public)
    assert (inside["SV"], inside["MX"]) == ((5, 9), (60, 64))
    assert outside["MX"] == (60, 69)
    assert all(inside[few][0] == outside[few][0] == 0 for few in ("GT", "HN"))
    assert outside["SV"][0] == 0
    for country, people in PEOPLE.items():
        assert inside[country][0] <= people <= inside[country][1]
        assert outside[country][0] <= people <= outside[country][1]


def test_every_open_table_is_what_everybody_is_shown(
    secretariat, client, either_side, at
):
    made = release(as_of=at, at=at)
    described = client.get("/open-data/2026-W45/datapackage.json").json()
    hashes = {one["name"]: one["hash"] for one in described["resources"]}

    for table in NAMES:
        path = f"2026-W45/{table}.csv"
        public = read(client.get(f"/open-data/{path}"))
        inner = read(secretariat.get(f"{BOARD}release/{path}"))

        assert public == csv_of(made, table, public=True), table
        assert inner == csv_of(made, table, public=False), table
        assert public != inner, table
        assert hashes[table] == f"sha256:{sha256(public.encode()).hexdigest()}", table
