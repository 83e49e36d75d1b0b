"""Form-friendly fields that wagtail-localize can keep equal in every language."""

from django import forms
from django.db import models

from lms.people.choices import Track


class TracksField(models.JSONField):
    """A list of tracks, ticked one by one."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=Track.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=self.verbose_name,
            help_text=self.help_text,
        )
