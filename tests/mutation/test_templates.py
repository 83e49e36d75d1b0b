"""Changes of templates: what a reader of the page would miss, never its words."""

import pytest

from tests.mutation import templates


def changed(text):
    return [place.changed(text) for place in templates.places(text)]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("a{{ b }}c", "ac"),
        ('a{{ b|date:"d" }}c', "a{{ b }}c"),
        ("a{% csrf_token %}b", "ab"),
        ('a{% include "b.html" with c=d %}e', "ae"),
        ("a{% url 'b' c %}d", "ad"),
        ("{% for a in b %}c{% endfor %}", "{% for a in b %}{% endfor %}"),
        (
            "{% for a in b %}c{% empty %}d{% endfor %}",
            "{% for a in b %}{% empty %}d{% endfor %}",
        ),
        ('<a href="{% url "b" %}" id="c">', '<a id="c">'),
        ("<input required>", "<input>"),
        ('<p class="{% if a > b %}c{% endif %}">', "<p>"),
        ('<p aria-label="{% translate "Words" %}">', "<p>"),
        ("{% if a %}b{% endif %}", "{% if not a %}b{% endif %}"),
    ],
)
def test_a_change_is_found(text, without):
    assert without in changed(text)


@pytest.mark.parametrize(
    "text",
    [
        "{% translate 'Words' %}",
        '{% blocktranslate with a=b|c %}<a href="d">{{ a }}</a>{% endblocktranslate %}',
        "{# {{ a }} #}",
        '{% comment %}<p class="a">{{ b }}</p>{% endcomment %}',
        '{% field a type="b" %}',
        "a name=b",
    ],
)
def test_words_and_comments_are_left_alone(text):
    assert changed(text) == []


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [
        ("a", "not a"),
        ("not a", "a"),
        ("a == b", "not a == b"),
        ("a and not b", "not a or b"),
        ("a or b", "not a and not b"),
        ("a and b or c", "not a and b or c"),
    ],
)
def test_a_condition_is_turned(condition, opposite):
    assert templates.negated(condition.split()) == opposite.split()


def test_loops_inside_of_loops_have_bodies_of_their_own():
    text = "{% for a in b %}c{% for d in a %}e{% endfor %}{% endfor %}"

    assert changed(text) == [
        "{% for a in b %}{% endfor %}",
        "{% for a in b %}c{% for d in a %}{% endfor %}{% endfor %}",
    ]
