"""What of a marked-up text does Campus keep? The words in each language, and lines.

Questions of Campus are plain text. What a text loses is named. Two languages in one
text are taken apart: `<span lang="es" class="multilang">` and `{mlang es}`.
"""

import re
from html.parser import HTMLParser

from courses.questions.interchange.neutral import (
    LANGUAGES,
    MOST_LETTERS,
    UNSAID,
    Loss,
    Texts,
)

HTML, PLAIN, MARKDOWN, AUTO = "html", "plain", "markdown", "auto"
MLANG = re.compile(r"\{ ?mlang\b([\w ,-]{0,60})\}", re.IGNORECASE)
BLOCKS = {
    *("p", "div", "ul", "ol", "li", "tr", "table", "blockquote", "pre", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
NO_TEXT = {"script", "style"}
TAGS_LOST = {
    "picture": ["img"],
    "link": ["a"],
    "emphasis": ["b", "strong", "i", "em", "u", "s", "strike", "small", "mark"],
    "raised": ["sub", "sup"],
    "table": ["table", "tr", "td", "th", "thead", "tbody", "caption"],
    "heading": ["h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"],
    "list": ["ul", "ol", "li"],
    "script": ["script", "style", "link", "meta"],
    "media": ["iframe", "object", "embed", "video", "audio", "svg", "form", "input"],
}
LOST = {tag: word for word, tags in TAGS_LOST.items() for tag in tags}
QUIET = {"p", "br", "div", "span", "lang", "section", "font"}
ABOUT = {"picture": ("alt", "src"), "link": ("href",)}
KNOWN_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(QUIET | set(LOST), key=len, reverse=True))})\b[^<>]*>",
    re.I,
)


def read_text(text: str, form: str, line: int) -> tuple[Texts, list[Loss]]:
    """Return a text by language, and what of it is lost.

    What is longer than any text stays as it is, for whoever reads to refuse.
    """
    losses: list[Loss] = []
    pieces = [("", text)]
    if len(text) <= MOST_LETTERS and (
        form == HTML or (form == AUTO and KNOWN_TAG.search(text))
    ):
        pieces = _without_tags(text, line, losses)
    if form == MARKDOWN:
        losses.append(Loss("markdown", line))
    return _by_language(_mlang(pieces), line, losses), losses


def _without_tags(text: str, line: int, losses: list[Loss]) -> list[tuple[str, str]]:
    parser = _Parser(line)
    parser.feed(text)
    parser.close()
    losses += dict.fromkeys(parser.losses)
    return parser.pieces


class _Parser(HTMLParser):
    """Gathers words with the language that they stand in."""

    def __init__(self, line: int):
        super().__init__(convert_charrefs=True)
        self.line = line
        self.pieces: list[tuple[str, str]] = []
        self.losses: list[Loss] = []
        self.spans: list[str] = []  # the language of each open span
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        facts = {name: value or "" for name, value in attrs}
        self._name_what_is_lost(tag, facts)
        if tag in NO_TEXT:
            self.silent += 1
        elif tag == "br":
            self._say("\n")
        elif tag in BLOCKS:
            self._break()
        elif tag in {"span", "lang"}:
            self.spans.append(_language_of(tag, facts) or self._language())
        if tag == "li":
            self._say("- ")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in NO_TEXT:
            self.silent = max(0, self.silent - 1)
        elif tag in BLOCKS:
            self._break()
        elif tag in {"span", "lang"} and self.spans:
            self.spans.pop()
        elif tag in {"td", "th"}:
            self._say(" ")

    def handle_data(self, data):
        if not self.silent:
            words = re.sub(r"[ \t\n\r\f]+", " ", data)
            if self.pieces and self.pieces[-1][1].endswith((" ", "\n")):
                words = words.removeprefix(" ")
            self._say(words)

    def handle_comment(self, data):
        self.losses.append(Loss("comment", self.line))

    def unknown_decl(self, data):
        self.losses.append(Loss("comment", self.line))

    def handle_decl(self, decl):
        self.losses.append(Loss("comment", self.line))

    def handle_pi(self, data):
        self.losses.append(Loss("comment", self.line))

    def _language(self) -> str:
        return self.spans[-1] if self.spans else ""

    def _say(self, words: str) -> None:
        if words:
            self.pieces.append((self._language(), words))

    def _break(self) -> None:
        if self.pieces and not self.pieces[-1][1].endswith("\n"):
            self._say("\n")

    def _name_what_is_lost(self, tag: str, facts: dict[str, str]) -> None:
        if "style" in facts or tag == "font":
            self.losses.append(Loss("appearance", self.line))
        if tag in QUIET:
            return
        word = LOST.get(tag, "tag")
        names = ABOUT.get(word, ())
        about = next((facts[name] for name in names if facts.get(name)), "")
        about = tag if word == "tag" else about
        self.losses.append(Loss(word, self.line, about[:80]))


def _language_of(tag: str, facts: dict[str, str]) -> str:
    if tag == "lang" or "multilang" in facts.get("class", "").split():
        return _base(facts.get("lang", ""))
    return ""


def _base(code: str) -> str:
    return re.split(r"[-_]", code.strip().lower())[0]


def _mlang(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Take `{mlang es}…{mlang}` apart, also where tags stand inside of it."""
    found: list[tuple[str, str]] = []
    inside: list[str] = []
    for language, words in pieces:
        at = 0
        for mark in MLANG.finditer(words):
            found += [(one, words[at : mark.start()]) for one in inside or [language]]
            named = [_base(code) for code in mark[1].split(",")]
            inside, at = [code for code in named if code], mark.end()
        found += [(one, words[at:]) for one in inside or [language]]
    return found


def _by_language(pieces: list[tuple[str, str]], line: int, losses: list[Loss]) -> Texts:
    """Join the pieces of each language; what stands in none belongs to each."""
    named = {code for code, words in pieces if code and words.strip()}
    losses += [Loss("language", line, code) for code in sorted(named - {*LANGUAGES})]
    languages = sorted(named & {*LANGUAGES}) or [UNSAID]
    texts = {
        code: _tidy("".join(words for its, words in pieces if its in {"", code}))
        for code in languages
    }
    return {code: text for code, text in texts.items() if text}


def _tidy(text: str) -> str:
    lines = [line.strip(" \t") for line in text.split("\n")]
    return "\n".join(lines).replace("\xa0", " ").strip()
