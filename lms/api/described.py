"""What can be asked of the API, in words for people, from its own description?"""

from dataclasses import dataclass
from typing import Any

from lms.api.problems import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter or a field: its name, what kind of value it takes, and what it is."""

    name: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One question that a program may ask."""

    key: str
    method: str
    path: str
    title: str
    words: str
    needs_token: bool
    parameters: list[Value]
    body: list[Value]
    fields: list[Value]
    statuses: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Described:
    """The whole of it."""

    words: str
    operations: list[Operation]
    problems: list[tuple[str, Kind]]


def described(schema: dict[str, Any]) -> Described:
    """Return what a description says, in its order."""
    parts = schema["components"]["schemas"]
    return Described(
        words=schema["info"]["description"],
        operations=[
            _operation(method, path, said, parts)
            for path, ways in schema["paths"].items()
            for method, said in ways.items()
        ],
        problems=list(KINDS.items()),
    )


def _operation(method: str, path: str, said: dict, parts: dict) -> Operation:
    return Operation(
        key=said["operationId"],
        method=method.upper(),
        path=path,
        title=said["summary"],
        words=said.get("description", ""),
        needs_token=bool(said.get("security")),
        parameters=[_parameter(one) for one in said.get("parameters", [])],
        body=_fields(said.get("requestBody", {}), parts),
        fields=_fields(said["responses"][200], parts),
        statuses=[
            (str(status), one["description"])
            for status, one in said["responses"].items()
        ],
    )


def _parameter(said: dict) -> Value:
    schema = said["schema"]
    words = said.get("description") or schema.get("description", "")
    return Value(said["name"], kind_of(schema), said["required"], words)


def _fields(said: dict, parts: dict) -> list[Value]:
    """Return the fields of a document; none where it is of no fixed shape."""
    schema = said.get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    document = parts.get(name, {})
    required = document.get("required", [])
    return [
        Value(key, kind_of(one), key in required, one.get("description", ""))
        for key, one in document.get("properties", {}).items()
    ]


def kind_of(schema: dict[str, Any]) -> str:
    """Return the kind of a value in the words of JSON: "date", "integer | null"."""
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum", [schema.get("const")])))
    if "anyOf" in schema:
        return " | ".join(map(kind_of, schema["anyOf"]))
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if schema.get("type") == "array":
        return f"[{kind_of(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type", ""))
