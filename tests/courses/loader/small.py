"""A small folder of content that tests write, change and load."""

import json
from pathlib import Path
from textwrap import dedent
from uuid import UUID

CATALOGUE = UUID("c0000000-0000-4000-8000-000000000000")
COURSE = UUID("c0000000-0000-4000-8000-000000000001")
MODULE = UUID("c0000000-0000-4000-8000-000000000002")
FIRST = UUID("c0000000-0000-4000-8000-000000000003")
SECOND = UUID("c0000000-0000-4000-8000-000000000004")
PRACTICE = UUID("c0000000-0000-4000-8000-000000000005")
FINAL = UUID("c0000000-0000-4000-8000-000000000006")
OTHER_MODULE = UUID("c0000000-0000-4000-8000-000000000007")
QUESTION = UUID("c0000000-0000-4000-8000-000000000008")
NOTE = UUID("c0000000-0000-4000-8000-000000000009")
TEXT = UUID("b0000000-0000-4000-8000-000000000001")
STEPS = UUID("b0000000-0000-4000-8000-000000000002")
CHECK = UUID("b0000000-0000-4000-8000-000000000003")
SECOND_TEXT = UUID("b0000000-0000-4000-8000-000000000004")

HOME = """
    ---
    id: {CATALOGUE}
    kind: catalogue
    title: {es:Cursos|en:Courses}
    slug: {es:inicio|en:home}
    intro: {es:Bienvenida|en:Welcome}
    ---
"""
A_COURSE = """
    ---
    id: {COURSE}
    kind: course
    code: S1
    title: {es:Curso|en:Course}
    slug: {es:curso|en:course}
    summary: {es:Resumen|en:Summary}
    audience: {es:Para todas|en:For everybody}
    issuer: {es:Programa|en:Programme}
    outcomes:
      - key: one
        text: {es:Distinguir|en:Tell apart}
    norms_on: 2026-11-01
    pass_mark: 80
    attempts: 3
    wait_days: 7
    validity_months: 24
    ---
"""
A_MODULE = """
    ---
    id: {MODULE}
    kind: module
    title: {es:Módulo|en:Module}
    slug: {es:modulo|en:module}
    summary: {es:Resumen|en:Summary}
    required_for: [judge, prosecutor, opi, other]
    recommended_for: []
    ---
"""
A_LESSON = """
    ---
    id: {FIRST}
    kind: lesson
    title: {es:Primera|en:First}
    slug: {es:primera|en:first}
    summary: {es:Resumen|en:Summary}
    content_note: {es:Puede afectar.|en:It may distress.}
    review_by: child-rights-lawyer
    objectives:
      - key: one
        text: {es:Reconocer|en:Recognise}
    ---

    ::: text {TEXT}
    heading: {es:Regla|en:Rule}
    body: |
      {es:La **regla** & su *razón*.|en:The **rule** & its *reason*.}

      - {es:[1](page:{SECOND}), [2](//es.org)|en:[2](//en.org), [1](page:{SECOND})}
      - {es:Punto|en:Point}
    source: {es:Protocolo, art. 3|en:Protocol, art. 3}
    :::

    ::: steps {STEPS}
    heading: {es:Pasos|en:Steps}
    items:
      - key: a
        heading: {es:Uno|en:One}
        text: {es:Mire|en:Look}
      - key: b
        heading: {es:Dos|en:Two}
        text: {es:Escuche|en:Listen}
    :::

    ::: check {CHECK}
    question: {es:¿Cuál?|en:Which?}
    options:
      - key: a
        text: {es:Esta|en:This}
        correct: true
        feedback: {es:Sí.|en:Yes.}
      - key: b
        text: {es:Aquella|en:That}
        feedback: {es:No.|en:No.}
    :::
"""
ANOTHER_LESSON = """
    ---
    id: {SECOND}
    kind: lesson
    title: {es:Segunda|en:Second}
    slug: {es:segunda|en:second}
    summary: {es:Resumen|en:Summary}
    review_by: anti-trafficking-trainer
    objectives:
      - key: one
        text: {es:Reconocer|en:Recognise}
    ---

    ::: text {SECOND_TEXT}
    heading: {es:Otra regla|en:Another rule}
    body: {es:Texto.|en:Text.}
    :::
"""
A_PRACTICE = """
    ---
    id: {PRACTICE}
    kind: quiz
    purpose: practice
    title: {es:Práctica|en:Practice}
    slug: {es:practica|en:practice}
    summary: {es:Resumen|en:Summary}
    ---
"""
A_FINAL_TEST = """
    ---
    id: {FINAL}
    kind: quiz
    purpose: final
    draw: 1
    title: {es:Prueba|en:Test}
    slug: {es:prueba|en:test}
    summary: {es:Resumen|en:Summary}
    ---
"""
PAGES = {
    "courses/catalogue": HOME,
    "courses/small/course": A_COURSE,
    "courses/small/1-module/module": A_MODULE,
    "courses/small/1-module/1-first": A_LESSON,
    "courses/small/1-module/2-second": ANOTHER_LESSON,
    "courses/small/1-module/3-practice": A_PRACTICE,
    "courses/small/9-final-test": A_FINAL_TEST,
}
FIRST_ES = "courses/small/1-module/1-first.es.md"
FIRST_EN = "courses/small/1-module/1-first.en.md"
COURSE_ES = "courses/small/course.es.md"
COURSE_EN = "courses/small/course.en.md"
QUESTIONS = "courses/small/questions.json"
NOTES = "country_notes/GT.yaml"
TERMS = "glossary.yaml"
WORDINGS = "terminology.csv"

A_QUESTION = {
    "uuid": str(QUESTION),
    "code": "S1-Q1",
    "module": str(MODULE),
    "use": "final",
    "anchor": False,
    "lesson": str(FIRST),
    "document": {
        "type": "single",
        "level": "apply",
        "stem": {"es": "¿Cuál?", "en": "Which?"},
        "options": [
            {"key": "a", "es": "Esta", "en": "This"},
            {"key": "b", "es": "Aquella", "en": "That"},
        ],
        "correct": ["a"],
        "feedback": {"es": "Esta.", "en": "This."},
        "source": {"es": "Protocolo", "en": "Protocol"},
    },
}
A_NOTE = f"""
    - id: {NOTE}
      topic: means-and-penalties
      country: GT
      title: {{es: La ley, en: The law}}
      text: {{es: "Pena **alta**.", en: "A **high** penalty."}}
      sources:
        - {{es: Decreto 9, en: Decree 9}}
      checked_on: 2026-11-01
      owner: {{es: Punto focal, en: Focal point}}
"""
A_TERM = """
    - key: trata
      name: {es: Trata de personas, en: Trafficking in persons}
      words: {es: [trata de personas], en: []}
      definition: {es: Captar para explotar., en: Recruiting in order to exploit.}
      source: {es: Protocolo, en: Protocol}
      avoid: {es: trata de blancas, en: white slave trade}
      why: {es: Excluye a los hombres., en: It excludes men.}
"""

A_WORDING = """
    key,lang,pattern,use_instead,severity,discussed,reason_es,reason_en,exception_es,exception_en
    blancas,es,blancas?,trata,error,yes,Confunde.,It confuses.,,
"""


def in_language(text: str, language: str) -> str:
    """Return a text with the names of ids filled in and one language kept."""
    for name, key in globals().items():
        if isinstance(key, UUID):
            text = text.replace(f"{{{name}}}", str(key))
    parts = []
    for line in dedent(text).strip().split("\n"):
        start = line.find("{es:")
        if start >= 0:
            es, en = line[start + 4 : line.rindex("}")].split("|en:")
            line = line[:start] + {"es": es, "en": en}[language]
        parts.append(line)
    return "\n".join(parts) + "\n"


def write_folder(root: Path) -> Path:
    """Write the small folder of content below `root` and return it."""
    for name, text in PAGES.items():
        for language in ("es", "en"):
            path = root / f"{name}.{language}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(in_language(text, language), encoding="utf-8")
    write_questions(root, [A_QUESTION])
    (root / NOTES).parent.mkdir()
    (root / NOTES).write_text(dedent(A_NOTE), encoding="utf-8")
    (root / TERMS).write_text(dedent(A_TERM), encoding="utf-8")
    (root / WORDINGS).write_text(dedent(A_WORDING).strip(), encoding="utf-8")
    return root


def write_questions(root: Path, questions: list) -> None:
    """Write the questions of the small course."""
    text = json.dumps({"questions": questions}, ensure_ascii=False)
    (root / QUESTIONS).write_text(text, encoding="utf-8")


def change(root: Path, name: str, before: str, after: str) -> None:
    """Write `after` for `before` in a file, which must say it."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def rename(root: Path, before: str, after: str) -> None:
    """Rename the files of a page in both languages."""
    for language in ("es", "en"):
        target = root / f"{after}.{language}.md"
        target.parent.mkdir(exist_ok=True)
        (root / f"{before}.{language}.md").rename(target)
