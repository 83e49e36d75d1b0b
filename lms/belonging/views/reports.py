"""How many people belong to the institutions of a mandate, and who are they?"""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from lms.audit.looks import looked
from lms.belonging import people
from lms.belonging.forms import PeopleForm
from lms.belonging.views.looking import PERSON, POST
from lms.people.choices import Role
from lms.people.gates import for_holders

LIST = gettext_noop("people of an institution")


@require_safe
@for_holders(Role.MINISTRY)
def reports(request):
    """Where do I answer for people, and how many are there?"""
    viewer, on = request.user, timezone.localdate()
    wide = [one for one in request.mandates if not one.institution_id]
    codes = [one.country for one in wide]
    texts = people.typed_texts(codes, on=on) if codes else []
    facts = {
        "mandates": request.mandates,
        "institutions": people.figures_of(viewer, on=on),
        "totals": people.totals_of(viewer, on=on),
        "countries": [one.place for one in wide],
        "typed": sum(text.people for text in texts),
        "as_of": timezone.now(),
    }
    return render(request, "belonging/reports.html", facts)


@require_safe
@for_holders(Role.MINISTRY)
def people_list(request):
    """Who belongs to the institutions of my mandate?"""
    viewer, on = request.user, timezone.localdate()
    institutions = people.institutions_of(viewer, on=on)
    form = PeopleForm(request.GET, institutions=institutions)
    if not form.is_valid():
        raise Http404
    asked = form.cleaned_data
    sort = asked["sort"] or "name"
    posts = people.narrowed(
        people.posts_in_sight(viewer, on=on),
        words=asked["q"],
        institution=asked["institution"],
        track=asked["track"],
    )
    pages = Paginator(posts.order_by(*people.SORTS[sort]), people.PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    looked(request, [post.person_id for post in page], purpose=LIST, fields=POST)
    facts = {
        "form": form,
        "asked": asked,
        "is_narrowed": any(asked[name] for name in ("q", "institution", "track")),
        "sort": sort,
        "page_obj": page,
        "totals": people.totals_of(viewer, on=on),
        "as_of": timezone.now(),
    }
    return render(request, "belonging/people.html", facts)


@require_safe
@for_holders(Role.MINISTRY)
def person_page(request, person):
    """What does the institution know of one of its people?"""
    viewer, on = request.user, timezone.localdate()
    standing = people.posts_in_sight(viewer, on=on).filter(person__uuid=person).first()
    if standing is None:
        raise Http404
    posts = people.posts_ever_in_sight(viewer, on=on).filter(person=standing.person_id)
    looked(request, [standing.person_id], purpose=PERSON, fields=POST)
    facts = {
        "person": standing.person,
        "posts": posts.order_by("-from_on", "pk"),
        "today": on,
    }
    return render(request, "belonging/person.html", facts)
