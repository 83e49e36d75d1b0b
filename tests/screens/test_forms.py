"""Every form of ours, pressed as it stands on its page: by hand, with its own token."""

import pytest

from tests.posts.conftest import address
from tests.posts.forms import EVERY_FORM
from tests.posts.forms.learners import AWARD
from tests.posts.forms.staff import (
    ASSIGNED,
    CODE,
    COHORT,
    DUTY_POST,
    INSTITUTION,
    MEMBER,
)
from tests.posts.sweeping import undone
from tests.screens.outline import masked, told
from tests.screens.pressing import form_of

pytestmark = pytest.mark.django_db
# Where a form stands that does not stand at its own address.
STANDS = {
    "theme": "/es/accessibility/",
    "end_device": "/es/account/sessions/",
    "end_other_devices": "/es/account/sessions/",
    "join_sign_up": "/es/join/{}/",
    "share_certificate": "/es/certificates/{}/",
    "withdraw_link": f"/es/certificates/{AWARD}/",
    "start_assignment": "/es/my-learning/",
    "renew_calendar": "/es/my-learning/calendar/",
    "enrol": "/es/trata/",
    "finish_lesson": "/es/trata/modulo-uno/leccion-1/",
    "start_attempt": "/es/trata/prueba-final/",
    "attempt_answers": "/es/attempts/{}/",
    "attempt_submit": "/es/attempts/{}/review/",
    "start_case": "/es/trata/caso/",
    "reasons_again": "/es/learn/enrolments/{}/reasons/",
    "case_decide": "/es/cases/{}/1/",
    "case_stop": "/es/cases/{}/1/",
    "workshop_take": "/es/my-learning/workshops/{}/",
    "workshop_give_back": "/es/my-learning/workshops/{}/",
    "forget_report": "/es/reports/completion/saved/",
    "run_schedule": "/es/reports/completion/saved/",
    "stop_schedule": "/es/reports/completion/saved/",
    "decline_mandate": "/es/mandates/mine/",
    "decide_approval:approve": "/es/approvals/{}/",
    "decide_approval:refuse": "/es/approvals/{}/",
    "lift_own_shield": "/es/account/shield/",
    "take_back_name": "/es/account/profile/",
    "duty_post": "/es/reports/coverage/posts/{}/?q=Persona",
    "end_post_holder": f"/es/reports/coverage/posts/{DUTY_POST}/",
    "close_room": "/es/team/room/",
    "membership_rules": (
        f"/es/team/cohorts/{{}}/rules/?institution={INSTITUTION}&track=judge"
    ),
    "ask_again": f"/es/team/cohorts/{COHORT}/invitations/",
    "take_back_invitation": f"/es/team/cohorts/{COHORT}/invitations/",
    "close_join_code": f"/es/team/cohorts/{COHORT}/code/",
    "accept_invitation": "/es/join/",
    "decline_invitation": "/es/join/",
    "join_by_code": f"/es/join/code/?code={CODE}",
    "remind_members": f"/es/team/cohorts/{COHORT}/remind/?person={MEMBER}",
    "note_checked": "/es/country/",
    "move_assignment": f"/es/team/cohorts/{COHORT}/courses/",
    "end_exception": f"/es/team/cohorts/{COHORT}/courses/{ASSIGNED}/people/{{}}/",
    "support_alarm_read": "/es/support/",
}


# What a page needs to have the form on it, where more than its address.
NEEDS = {
    "end_other_devices": "two_devices",
    "mfa_deactivate_totp": "app",
    "take_back_name": "name_that_waits",
}
# A form that stands in the answer to another one, which is pressed before.
AFTER = {
    "case_stop": ("case_decide", EVERY_FORM["case_decide"].good),
    "refuse_claims": ("belonging:refuse", EVERY_FORM["belonging:refuse"].good),
    "support_by_address": ("support_by_address", {"address": "julia@example.org"}),
    "support_merge": (
        "support_merge",
        {n: v for n, v in EVERY_FORM["support_merge"].good.items() if n != "sure"},
    ),
}


class Pressing:
    """One browser, in which somebody opens pages and presses what stands on them."""

    def __init__(self, browser, thing, look):
        self.browser, self.thing, self.look = browser, thing, look
        self.browser.handler.enforce_csrf_checks = True

    def page(self, name):
        """Return the page on which the form stands."""
        if name in AFTER:
            before, good = AFTER[name]
            there = address(EVERY_FORM[before], self.thing, "es")
            first = self.look(
                self.browser, STANDS.get(before, there).format(self.thing)
            )
            return self.followed(self.press(first, there, good))
        there = address(EVERY_FORM[name], self.thing, "es")
        return self.look(self.browser, STANDS.get(name, there).format(self.thing))

    def press(self, page, there, good, *, emptied=False):
        here = page.request["PATH_INFO"]
        form = form_of(page.content.decode(), here, there, good)
        assert form, f"no such form at {here} ({page.status_code})"
        body = form.pressed(good)
        return self.browser.post(there, body | {n: [""] for n in good if emptied})

    def followed(self, answer):
        """Return where the answer leads, or the answer."""
        to = answer.headers.get("Location")
        return self.browser.get(to) if to else answer


# Two stand on pages drawn before the last release, and on what a refusal answers with.
STANDING = [name for name in EVERY_FORM if name not in {"attempt", "case_step"}]


@pytest.mark.sweep
@pytest.mark.parametrize("name", STANDING)
def test_form_is_pressed_where_it_stands(
    name, request, browser_of, look, drawn, records
):
    form = EVERY_FORM[name]
    thing = form.thing and request.getfixturevalue(form.thing)
    if name in NEEDS:
        request.getfixturevalue(NEEDS[name])
    pressing = Pressing(browser_of(form.who), thing, look)
    there = address(form, thing, "es")

    page = pressing.page(name)
    with undone(pressing.browser):
        empty = pressing.press(page, there, form.good, emptied=True)
    good = pressing.press(page, there, form.good)
    then = pressing.followed(good)

    parts = {"": page, "EMPTY": empty, "GOOD": good, "THEN": then}
    lines = [line for part, one in parts.items() for line in (part, *told(one))]
    assert 403 not in (empty.status_code, good.status_code)
    kept = f"forms/{name.replace(':', '-')}"
    records.compare(kept, masked(lines), drawn)
    assert good.status_code in (200, 302) or not form.works
