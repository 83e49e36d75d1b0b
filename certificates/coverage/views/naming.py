"""One duty post: who holds it, certified until when, and who else could be named?"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certificates.coverage import actions, holders
from certificates.coverage.forms import FindForm, NameForm
from certificates.coverage.posts import ends_of, posts_in_sight
from certificates.coverage.rules import FOR_GOOD, State
from certificates.coverage.words import STATES
from certificates.models import PostHolder
from courses.assigning.programme import titles_of
from lms.audit.looks import looked
from lms.folding import folded_text
from lms.people.choices import Role
from lms.people.gates import for_holders

HOLDERS = gettext_noop("holders of a duty post")
TO_NAME = gettext_noop("people who can be named for a duty post")
NAME, CERTIFICATE = gettext_noop("name"), gettext_noop("certificate")
INSTITUTION = gettext_noop("institution")
POST = gettext_noop("duty post")
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def _post(request, post):
    posts = posts_in_sight(request.user, on=timezone.localdate())
    return get_object_or_404(posts.with_place(), uuid=post)


@show_or_take
@for_holders(Role.MINISTRY)
def duty_post(request, post):
    """Who holds the post, and until when is each certified for it?"""
    found = _post(request, post)
    if request.method != "POST":
        return _post_page(request, found)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _post_page(request, found, form, status=422)
    people = _to_name(request, found, "").filter(
        person__uuid=form.cleaned_data["person"]
    )
    affiliation = people.first()
    if affiliation is None:
        raise Http404
    actions.name_holder(
        found, person=affiliation.person, by=request.user, at=timezone.now()
    )
    said = _("%(name)s is named for this post.")
    messages.success(request, said % {"name": affiliation.person.legal_name})
    return redirect("duty_post", found.uuid)


@require_POST
@for_holders(Role.MINISTRY)
def end_post_holder(request, post, holder):
    """End that somebody holds the post."""
    found = _post(request, post)
    named = PostHolder.objects.visible_to(request.user).filter(post=found)
    one = get_object_or_404(named.select_related("person"), uuid=holder)
    actions.end_holding(one, by=request.user, at=timezone.now())
    said = _("%(name)s is no longer named for this post.")
    messages.success(request, said % {"name": one.person.legal_name})
    return redirect("duty_post", found.uuid)


def _to_name(request, post, words):
    on = timezone.localdate()
    return holders.people_to_name(post, viewer=request.user, words=words, on=on)


def _post_page(request, post, form=None, *, status=200):
    on = timezone.localdate()
    named = list(holders.holders_in_sight(post, viewer=request.user, on=on))
    looked(
        request,
        [one.person_id for one in named],
        purpose=HOLDERS,
        fields=[NAME, POST, CERTIFICATE],
    )
    titles = titles_of({post.course_id}, language=get_language())
    until = ends_of([post], on=on).get(post.pk)
    facts = {
        "post": post,
        "course": titles.get(post.course_id, post.course.code),
        "said": STATES[State(post.state)],
        "until": until,
        "is_for_good": until == FOR_GOOD,
        "lines": holders.lines_of(post, named, on=on),
        "unshown": holders.not_confirmed(post, shown=named),
        "errors": _errors(form),
        "as_of": timezone.now(),
        **_found(request, post),
    }
    return render(request, "coverage/post.html", facts, status=status)


def _found(request, post):
    """Return whom the reader looked for by name, and may name."""
    form = FindForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    if not folded_text(words).split():
        return {"words": "", "people": [], "count": 0}
    people = _to_name(request, post, words)
    shown = list(people[: holders.MOST_FOUND])
    looked(
        request,
        [one.person_id for one in shown],
        purpose=TO_NAME,
        fields=[NAME, INSTITUTION],
    )
    return {"words": words, "people": shown, "count": people.count()}


def _errors(form):
    if form is None:
        return []
    return [{"href": "#people", "text": text} for text in form.errors["person"]]
