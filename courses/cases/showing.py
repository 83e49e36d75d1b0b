"""What a learner is shown of a case: a step, what followed, the debrief.

Of a step that is not decided nothing leaves here but its texts: no score, no
consequence, not where an option leads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courses.cases import rules
from courses.cases.faults import faults
from courses.cases.words import DIMENSIONS, role_name
from courses.models.cases import CaseDecision, CaseRun, CaseVersion
from courses.models.editions import in_language

Shown = dict[str, Any]
Notes = Mapping[str, Shown]  # topic → what a country says on it


@dataclass(frozen=True, slots=True)
class Walk:
    """A run with its decisions, as one language tells it."""

    run: CaseRun
    decisions: list[CaseDecision]
    language: str

    @property
    def document(self) -> Shown:
        return self.run.version.document

    @property
    def taken(self) -> list[tuple[str, str]]:
        return [(one.step, one.option) for one in self.decisions]

    @property
    def now(self) -> str:
        """Where the run stands: a step, or the end."""
        if not self.run.is_open:
            return rules.END
        return rules.next_step(self.document, self.run.role, self.taken)

    @property
    def title(self) -> str:
        return in_language(self.document["titles"], self.language)

    def told(self, texts: dict[str, str]) -> str:
        return in_language(texts, self.language)

    def place_of(self, step: str) -> int:
        """Return the how manieth decision a step asks for."""
        steps = [number for number, _option in self.taken]
        return (steps.index(step) if step in steps else len(steps)) + 1

    def made_at(self, step: str) -> CaseDecision | None:
        return next((one for one in self.decisions if one.step == step), None)


def heading(walk: Walk, step: str) -> Shown:
    """Return what every page of a step says at its top."""
    here = rules.steps_of(walk.document)[step]
    return {
        "title": walk.title,
        "role": role_name(walk.document, walk.run.role, walk.language),
        "heading": walk.told(here["heading"]),
        "place": walk.place_of(step),
        "total": rules.longest(walk.document, walk.run.role),
    }


def step_asked(walk: Walk, step: str, *, brief: bool, notes: Notes) -> Shown:
    """Return a step that waits for a decision; `brief`: without descriptions."""
    return heading(walk, step) | asked_at(walk, step, brief=brief, notes=notes)


def asked_at(walk: Walk, step: str, *, brief: bool, notes: Notes) -> Shown:
    """Return what a step says and asks, below its heading."""
    here = rules.steps_of(walk.document)[step]
    topic = _topic(here)
    return {
        "facts": _facts(walk, here, brief=brief),
        "has_brief": bool(here["instead"]),
        "papers": [
            {"title": walk.told(one["title"]), "text": walk.told(one["text"])}
            for one in here["papers"]
        ],
        "options": [
            (one["key"], walk.told(one["text"]))
            for one in rules.options_for(here, walk.run.role)
        ],
        "topic": topic,
        "note": notes.get(topic),
        "must_write": here["must_write"],
        "longest": rules.LONGEST_REASONS,
    }


def _topic(part: Shown) -> str:
    """Return what the country's note is about; texts frozen before name no topic."""
    return part.get("topic", "")


def _facts(walk: Walk, step: Shown, *, brief: bool) -> str:
    return walk.told((brief and step["instead"]) or step["facts"])


def step_decided(walk: Walk, decision: CaseDecision, *, brief: bool) -> Shown:
    """Return what was decided at a step, what followed, and where it goes on."""
    here = rules.steps_of(walk.document)[decision.step]
    option = rules.option_of(here, decision.option)
    return heading(walk, decision.step) | {
        "facts": _facts(walk, here, brief=brief),
        "decision": decision,
        "chosen": _option(walk, option),
        "next": rules.next_of(here, option, walk.run.role),
        "now": walk.now,
    }


def _option(walk: Walk, option: Shown) -> Shown:
    names = ("text", "consequence", "harm", "norm")
    return {"critical": option["critical"]} | {
        name: walk.told(option[name]) for name in names
    }


def debriefing(walk: Walk, *, notes: Notes) -> Shown:
    """Return what a run came to, what else could have been decided, and the notes."""
    return {
        "title": walk.title,
        "role": role_name(walk.document, walk.run.role, walk.language),
        "dimensions": [
            (str(words), walk.run.dimensions[name])
            for name, words in DIMENSIONS.items()
        ],
        "decisions": [_looked_back(walk, one) for one in walk.decisions],
    } | taught(walk, notes=notes)


def taught(walk: Walk, *, notes: Notes) -> Shown:
    """Return what the case teaches whatever was decided, and what laws say."""
    return {
        "points": [
            {name: walk.told(one[name]) for name in ("heading", "text", "source")}
            for one in walk.document["debrief"]
        ],
        "laws": [_law(walk, one, notes) for one in walk.document["laws"]],
    }


def told_to(document: Shown, role: str, *, language: str, notes: Notes) -> Shown:
    """Return all that a role may come to read of a draft; nobody walks it.

    While the case cannot be walked, that is every step that is written.
    """
    run = CaseRun(role=role, version=CaseVersion(document=document))
    walk, steps = Walk(run, [], language), rules.steps_of(document)
    can_be_walked = not faults(document)
    come_to = (
        rules.reached_by(steps, next(iter(steps)), role) if can_be_walked else steps
    )
    return {
        "role": role_name(document, role, language),
        "can_be_walked": can_be_walked,
        "steps": [
            {"number": number, "heading": walk.told(step["heading"])}
            | asked_at(walk, number, brief=False, notes=notes)
            | {"options": [_option(walk, one) for one in rules.options_for(step, role)]}
            for number, step in steps.items()
            if number in come_to
        ],
    } | taught(walk, notes=notes)


def _looked_back(walk: Walk, decision: CaseDecision) -> Shown:
    here = rules.steps_of(walk.document)[decision.step]
    others = [
        one
        for one in rules.options_for(here, walk.run.role)
        if one["key"] != decision.option
    ]
    return {
        "heading": walk.told(here["heading"]),
        "reasons": decision.reasons,
        "chosen": _option(walk, rules.option_of(here, decision.option)),
        "others": [_option(walk, one) for one in others],
    }


def _law(walk: Walk, law: Shown, notes: Notes) -> Shown:
    names = ("heading", "standard", "differs", "source")
    return {name: walk.told(law[name]) for name in names} | {
        "note": notes.get(_topic(law))
    }
