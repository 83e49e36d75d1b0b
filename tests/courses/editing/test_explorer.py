"""The explorer lists what is in a course as learners meet it, with their numbers."""

import re

from django.urls import reverse

from courses.models import LessonPage, ModulePage, QuizPage

NUMBER = re.compile(r'<td class="campus-number">\s*([\d.]*)\s*</td>')


def listed(client, page) -> list[tuple[str, str]]:
    answer = client.get(reverse("wagtailadmin_explore", args=[page.pk]))
    titles = [str(one.title) for one in answer.context["object_list"]]
    return list(zip(NUMBER.findall(answer.text), titles, strict=True))


def test_the_explorer_lists_a_course_as_learners_meet_it(client, admin, course_page):
    client.force_login(admin)
    module = ModulePage.objects.child_of(course_page).get()
    first = LessonPage.objects.child_of(module).first()
    first.save_revision()  # the newest text of all
    draft = module.add_child(
        instance=QuizPage(
            title="Borrador", slug="b", summary="R", purpose="practice", live=False
        )
    )
    draft.save_revision()

    assert listed(client, course_page) == [("1", "Módulo uno"), ("2", "Prueba final")]
    assert listed(client, module) == [
        ("1.1", "Lección 1"),
        ("1.2", "Lección 2"),
        ("1.3", "Práctica"),
        ("", "Borrador"),
    ]
