"""What each field of a question, a note, a term or a wording is for, said under it."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

QUESTION = {
    "stem": _("A situation and what is asked about it, as the learner reads it."),
    "picture": _("Shown below the question: a document, a map, a place. May be left."),
    "alt": _("What the picture shows, for whoever does not see it; no more than that."),
    "option": _("One of the answers that the learner can choose."),
    "optionleft": _("What the learner finds a match for."),
    "optionright": _("What can be matched with a statement."),
    "feedback": _("Why the right answer is right; read after the answer is given."),
    "source": _("The instrument and the article that the answer rests on."),
    "correct": _("What counts as right. A change makes a new version."),
    "credit": _("The learner reads it at the question."),
    "numbers": _("A number such as 12.5, or a range such as 20..25, in each line."),
    "tolerance": _("How far off a number may be and still be right, such as 0.5."),
    "unit": _("Stands beside the field: years, days. Only the number is written."),
    "variants": _(
        "What counts as right, a variant in each line. Case, accents, blanks and "
        "punctuation make no difference; variants of every language are accepted."
    ),
    "match": _("Which match belongs to this statement."),
    "place": _("The place of this answer in the right order."),
    "use": _("In a practice check, or in the final test."),
    "tags": _("Words of your own, with commas between them, to find it again."),
    "objective": _("What the lesson wants to be learned and this question asks for."),
    "anchor": _("Asked in the pre-test too, to see what was learned."),
}
NOTE = {
    "country": _("Whose readers see the note."),
    "topic": _("What the note is about; a country has one note for each topic."),
    "checked_on": _("The day on which somebody last compared it with its sources."),
    "called_on": _("The day on which somebody last called the numbers."),
    "title": _("A few words that stand above the note."),
    "text": _("What holds in this country, in short paragraphs."),
    "owner": _("Who keeps the note right: an institution or a person in charge."),
}
TERM = {
    "key": _("A short name without spaces, the same in every language."),
    "name": _("The homologated term, as the glossary lists it."),
    "definition": _("What it means, in one or two sentences."),
    "source": _("Where the definition comes from: instrument and article."),
    "why": _("Why the term is used and not the other wordings."),
}
WORDING = {
    "key": _("A short name without spaces, the same in every language."),
    "language": _("In which language of the texts it is looked for."),
    "pattern": _("The words that are looked for in texts."),
    "term": _("Which term of the glossary stands in its place."),
    "severity": _("An error is never published; advice is only shown."),
    "discussed": _("In italics it may stand, where a text speaks about the word."),
    "reason": _("Why it is not said; the editor reads it."),
}
TASK = {
    "course": _("Whose learners are asked. A course asks for one page of reasons."),
    "title": _("A few words that stand above the task."),
    "brief": _(
        "An invented story and what is to be reasoned about it. What the story does "
        "not say, nobody can weigh."
    ),
    "name": _("One thing that the reasons should hold, in a few words."),
    "good": _("What a page says that does it well. Learners read it too."),
    "sufficient": _("What a page says that does it, though not in full."),
    "missing": _("What a page says, or leaves out, that does not do it."),
}
ENTRIES = {
    "question": QUESTION,
    "countrynote": NOTE,
    "glossaryterm": TERM,
    "wording": WORDING,
    "reasoningtask": TASK,
}


class Helped:
    """A form that says under each of its fields what it is for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sentences = ENTRIES[self.instance._meta.model_name]
        for name, field in self.fields.items():
            if not field.help_text:
                field.help_text = sentences.get(_part(name), "")


def _part(name: str) -> str:
    """Return what a field is a text of: "stem_es" of "stem", "option_a_es" of each."""
    for code, _language in settings.LANGUAGES:
        name = name.removesuffix(f"_{code}")
    whole = any(name in sentences for sentences in ENTRIES.values())
    return name if whole else name.partition("_")[0]
