"""The duty posts of the demo: its officers see what is covered, what lapses, what not."""

import pytest
from django.conf import settings
from django.utils import timezone

from certificates.coverage.posts import coverage_of, posts_in_sight
from certificates.models import DutyPost, PostRoster
from certificates.region.history import tell_history
from certificates.region.posts import load_posts
from lms.demo.cast import call_the_cast
from lms.demo.region import people_the_region
from lms.models import User
from lms.people.institutions import load_institutions
from tests.factories import make_edition


@pytest.mark.django_db
def test_officers_of_the_demo_see_posts_in_every_state(course_page):
    at = timezone.now()
    make_edition(course_page)
    load_institutions(settings.BASE_DIR / "fixtures" / "institutions.csv")
    call_the_cast("a-first-password", at=at)
    people_the_region(at=at)
    tell_history(at=at, seed=7)

    made = load_posts(at=at)
    again = load_posts(at=at)

    assert made == again == DutyPost.objects.count()
    assert PostRoster.objects.loaded().count() == 2
    for key in ("ines", "pilar", "hugo"):
        officer = User.objects.get(email=f"{key}@demo.example")
        posts = posts_in_sight(officer, on=timezone.localdate(at))
        totals = coverage_of(posts).totals
        assert totals.covered >= 2
        assert min(totals.lapsing, totals.gap, totals.unnamed) >= 1
