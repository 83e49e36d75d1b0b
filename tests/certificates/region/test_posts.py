"""The duty posts of the demo: its officers see them in every state."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from certificates.coverage.posts import coverage_of, posts_in_sight
from certificates.models import DutyPost, PostRoster
from certificates.region.posts import load_posts
from lms.demo.cast import call_the_cast
from lms.demo.region import people_the_region
from lms.models import User
from lms.people.choices import Country
from lms.people.institutions import load_institutions
from lms.people.models import Affiliation
from tests.certificates.coverage.building import certify


def every_second_colleague(countries):
    """Return half of the people of each institution and track, as they came."""
    colleagues = defaultdict(list)
    posts = Affiliation.objects.filter(
        person__country__in=countries, person__email__contains="@region"
    )
    for post in posts.select_related("person").order_by("pk"):
        colleagues[post.institution_id, post.person.track].append(post.person)
    return [person for some in colleagues.values() for person in some[::2]]


@pytest.mark.django_db
def test_officers_of_the_demo_see_posts_in_every_state(edition):
    at = timezone.now()
    on = timezone.localdate(at)
    load_institutions(settings.BASE_DIR / "fixtures" / "institutions.csv")
    call_the_cast("a-first-password", at=at)
    people_the_region(at=at, people=160)
    for person in every_second_colleague([Country.GUATEMALA, Country.HONDURAS]):
        certify(person, edition, on=on - timedelta(days=99), until=None)

    made = load_posts(at=at)
    again = load_posts(at=at)

    assert made == again == DutyPost.objects.count()
    assert PostRoster.objects.loaded().count() == 2
    for key in ("ines", "pilar", "hugo"):
        officer = User.objects.get(email=f"{key}@demo.example")
        totals = coverage_of(posts_in_sight(officer, on=on)).totals
        assert totals.covered >= 2
        assert min(totals.lapsing, totals.gap, totals.unnamed) >= 1
