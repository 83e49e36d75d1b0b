"""A new course that begins as the model course: its title and its code, then drafts."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.actions.model_course import begin_from_model
from courses.desk.jobs import catalogue_of
from courses.models import CoursePage
from lms.refusals import Refused


class ModelForm(forms.Form):
    """What a course cannot begin without."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=255,
        help_text=gettext_lazy("As learners read it in the catalogue."),
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=CoursePage._meta.get_field("code").max_length,
        help_text=gettext_lazy(
            "The short name of the course, the same in every language: TIP-1."
        ),
    )


def model_course(request: HttpRequest) -> HttpResponse:
    """Ask for title and code; then make the drafts and show what is to be filled in."""
    home = catalogue_of(request.user)
    if home is None:
        raise PermissionDenied
    form = ModelForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (course := _begun(home, form, request.user)):
        messages.success(
            request,
            _("The course was begun. This list says what is to be filled in."),
        )
        return redirect("course_checks", course.pk)
    status = 400 if form.is_bound else 200
    return render(
        request, "courses/admin/model_course.html", {"form": form}, status=status
    )


def _begun(home, form: ModelForm, editor) -> CoursePage | None:
    """Return the new course; None when the form now says why there is none."""
    on = timezone.localdate()
    try:
        return begin_from_model(home, **form.cleaned_data, by=editor, on=on)
    except Refused:
        form.add_error("code", _("Another course has this code. Choose another one."))
    except ValidationError as error:
        for sentence in error.messages:
            form.add_error("title", sentence)
    return None
