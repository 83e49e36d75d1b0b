"""The small form of every drill: what a real one finds, it would find."""

from certificates import backup_drill, drills, erase_drill, kill_drill
from courses import deadline_drill, saving_drill, web_drill
from lms.mail import drill as mail_drill
from lms.queue import clock_drill

RACERS = 5


def broken(findings):
    return [finding for finding in findings if not finding.holds]


def test_races_have_one_winner(site):
    findings = drills.races(site, 1, RACERS)

    assert broken(findings) == []


def test_completion_killed_at_any_point_ends_with_one_certificate(site):
    findings = kill_drill.kill_completion(site, 1, lease=60, most=5)

    assert broken(findings) == []


def test_web_server_killed_loses_no_acknowledged_answer(site):
    findings = web_drill.kill_web(site, 1)

    assert broken(findings) == []


def test_tests_left_open_are_graded_once_within_a_minute_of_their_end(site):
    findings = deadline_drill.deadlines(site, RACERS, just_missed=False)

    assert broken(findings) == []


def test_web_server_killed_loses_no_choice_that_a_page_was_told_is_saved(site):
    findings = saving_drill.saving(site, 2)

    assert broken(findings) == []


def test_erased_people_leave_no_word_and_their_papers_stand(site):
    findings = erase_drill.erase_people(site, 2)

    assert broken(findings) == []


def test_letters_go_out_once_when_who_sends_them_is_killed(site):
    findings = mail_drill.drill(site, 20, kills=1)

    assert broken(findings) == []


def test_clock_that_jumps_a_year_and_back_stops_and_deletes_nothing(site):
    findings = clock_drill.drill(site, 1, jumps=[clock_drill.YEAR])

    assert broken(findings) == []


def test_backup_under_load_is_whole_and_its_copy_keeps_silent(site):
    findings = backup_drill.backup(site, 2)

    assert broken(findings) == []
