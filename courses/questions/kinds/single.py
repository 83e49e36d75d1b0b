"""One answer among several options."""

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds.kind import Kind, register


@register
class Single(Kind):
    name = "single"
    label = _("One answer")
    takes_one = True
