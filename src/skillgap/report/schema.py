"""The JSON Schema of a report: what programs that read `-f json` may build on."""

from __future__ import annotations

import json
import re
from inspect import cleandoc
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from skillgap.report import model
from skillgap.report.model import FORMAT_VERSION, FitReport

_ATTRIBUTES = re.compile(r"^Attributes:$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"^    (\w+): (.*(?:\n     +\S.*)*)", re.MULTILINE)

Schema = dict[str, Any]


def report_schema() -> Schema:
    """Return the JSON Schema of one report as `-f json` writes it.

    Every field is required, since every field is always written, and what each means is what the
    model's own documentation says of it.
    """
    schema = FitReport.model_json_schema(mode="serialization")
    records = {name: value for name, value in vars(model).items() if _is_record(value)}
    for name, record in (("FitReport", schema), *schema.pop("$defs").items()):
        if name in records:
            _describe(record, records[name])
        elif "description" in record:
            record["description"] = _text(record["description"])
        if name != "FitReport":
            schema.setdefault("$defs", {})[name] = record
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$comment": f"report format {FORMAT_VERSION}",
        **schema,
    }


def schema_json() -> str:
    """Tell the schema as JSON."""
    return json.dumps(report_schema(), ensure_ascii=False, indent=2) + "\n"


def _is_record(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)


def _describe(schema: Schema, record: type[BaseModel]) -> None:
    """Put what the record's documentation says where a reader of the schema looks for it."""
    described: dict[str, str] = {}
    for each in reversed(record.__mro__):  # a record says of its fields what its base says
        if _is_record(each):
            about, fields = _parted(each.__doc__ or "")
            described |= {name: _text(text) for name, text in _ATTRIBUTE.findall(fields)}
    schema["description"] = _text(about)
    schema["required"] = list(record.model_fields)
    for name, field in schema.get("properties", {}).items():
        field.pop("title", None)
        field.pop("default", None)
        if name in described:
            field["description"] = described[name]


def _parted(documentation: str) -> tuple[str, str]:
    text = cleandoc(documentation)
    parts = _ATTRIBUTES.split(text, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _text(documentation: str) -> str:
    return " ".join(_ATTRIBUTES.split(cleandoc(documentation))[0].split())
