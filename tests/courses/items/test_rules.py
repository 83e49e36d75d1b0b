"""What guessing earns: strategies that a writer of items must not reward."""

from random import Random
from uuid import UUID

import pytest

from courses.items import rules
from courses.items.rules import Item


def single(*texts: str, right: int = 0, stem: str = "¿Qué hace usted?") -> dict:
    options = [{"key": str(n), "es": text} for n, text in enumerate(texts)]
    return {
        "type": "single",
        "stem": {"es": stem},
        "options": options,
        "correct": [str(right)],
    }


def statement(stem: str, *, true: bool) -> dict:
    options = [{"key": "t", "es": "Verdadero"}, {"key": "f", "es": "Falso"}]
    return {
        "type": "truefalse",
        "stem": {"es": stem},
        "options": options,
        "correct": ["t" if true else "f"],
    }


def multiple(*texts: str, right: tuple[int, ...]) -> dict:
    correct = [str(n) for n in right]
    return single(*texts) | {"type": "multiple", "correct": correct}


def hits(document: dict, strategy: str) -> float:
    return rules.hits(Item(document, "es"), strategy)


@pytest.mark.parametrize(
    ("strategy", "right"),
    [
        ("longest", 0),
        ("second-longest", 1),
        ("third-longest", 2),
        ("shortest", 3),
        ("first", 0),
        ("last", 3),
    ],
)
def test_a_rank_or_a_place_takes_its_option_and_no_other(strategy, right):
    texts = ("Avisa de inmediato", "Avisa al mes", "Pregunta", "Calla")

    taken = [hits(single(*texts, right=key), strategy) for key in range(4)]

    assert taken == [float(key == right) for key in range(4)]


@pytest.mark.parametrize(
    ("strategy", "texts"),
    [
        ("most-qualified", ("Avisa, si ella lo pide", "Avisa hoy")),
        ("most-hedged", ("Puede avisar", "Avisa hoy")),
        ("least-absolute", ("Avisa hoy", "Avisa siempre")),
        ("word-of-the-stem", ("Protege a la persona", "Avisa hoy")),
        ("like-the-others", ("Avisa fiscalía", "Avisa hoy")),
        ("odd-one-out", ("Pregunta", "Avisa fiscalía", "Avisa policía")),
    ],
)
def test_a_cue_in_the_words_takes_the_option_that_bears_it(strategy, texts):
    document = single(*texts, stem="¿Cómo se protege a alguien?")
    if strategy == "like-the-others":
        document = single("Avisa fiscalía", "Avisa policía", "Pregunta")

    expected = 0.5 if strategy == "like-the-others" else 1.0
    assert hits(document, strategy) == expected


def test_a_cue_that_all_options_bear_is_none():
    assert hits(single("Uno", "Dos", "Mil", "Seis"), "most-hedged") == 0.25


@pytest.mark.parametrize(
    ("strategy", "stem", "earns_if_true"),
    [
        ("always-true", "Una niña consiente.", True),
        ("always-false", "Una niña consiente.", False),
        ("true-if-hedged", "La amenaza puede ser un medio.", True),
        ("true-if-hedged", "La amenaza es un medio.", False),
        ("true-unless-absolute", "El viaje siempre cruza una frontera.", False),
        ("true-if-qualified", "Hay trata, aunque no haya viaje.", True),
    ],
)
def test_statements_are_taken_for_true_by_their_words(strategy, stem, earns_if_true):
    assert hits(statement(stem, true=True), strategy) == float(earns_if_true)
    assert hits(statement(stem, true=False), strategy) == float(not earns_if_true)


def test_of_several_right_ones_half_are_ticked():
    texts = ("Una respuesta larga", "Otra muy larga", "Corta", "Mini")

    assert hits(multiple(*texts, right=(0, 1)), "first") == pytest.approx(1 / 3)
    assert hits(multiple(*texts, right=(2, 3)), "first") == 0
    assert hits(multiple(*texts, right=(0, 1, 2)), "first") == 0
    assert hits(multiple("a", "b", "c", right=(0, 1)), "most-hedged") == pytest.approx(
        1 / 3
    )


def test_pairs_and_orders_are_left_to_chance():
    options = [{"key": key, "es": key} for key in "abc"]
    order = {"type": "ordering", "options": options, "correct": ["a", "b", "c"]}
    pairs = {
        "type": "matching",
        "options": {"left": options[:2], "right": options},
        "correct": {"a": "a", "b": "b"},
    }

    assert hits(order, "longest") == pytest.approx(1 / 6)
    assert hits(pairs, "longest") == pytest.approx(1 / 6)


def test_scores_stand_beside_chance_for_the_kinds_there_are():
    items = [Item(single("Larga y larga", "Corta", right=key), "es") for key in (0, 0)]

    scores = {score.strategy: score for score in rules.scores_of(items)}

    assert set(scores) == set(rules.OF_SINGLE)
    assert (scores["longest"].items, scores["longest"].chance) == (2, 0.5)
    assert scores["longest"].apart == 50
    assert scores["most-hedged"].apart == 0


def blind(documents: list[dict], *, draws: int = 20):
    items = {key: Item(one, "es") for key, one in enumerate(documents)}
    return rules.passes_of_blind(
        items,
        modules=dict.fromkeys(items, UUID(int=1)),
        number=len(items),
        pass_mark=80,
        draws=draws,
        chance=Random(1),
    )


def test_a_test_that_the_longest_answers_is_passed_by_it_every_time():
    given_away = [single("Larga y larga", "Corta", "Mini")] * 4
    passed = blind([*given_away, statement("Siempre es así.", true=False)])

    assert passed["longest and always-false"] == 20
    assert "shortest and always-false" not in passed


def test_nobody_passes_where_nothing_is_given_away():
    even = [
        single("Avisa hoy", "Calla hoy", "Mira aquí", "Anda allá", right=key % 4)
        for key in range(20)
    ]

    assert not blind(even, draws=5)
