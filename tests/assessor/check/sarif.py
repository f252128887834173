"""The part of the SARIF 2.1.0 schema that our reports use, strict: no other property may stand there."""

from __future__ import annotations

from typing import Any


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "additionalProperties": False,
        "properties": properties,
    }


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_STRING = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 1}
_TEXT = _object("text", text=_STRING)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = _object(
    "id",
    id=_STRING,
    shortDescription=_TEXT,
    helpUri={"type": "string", "pattern": r"^https://\S+$"},
    defaultConfiguration=_object(level=_LEVEL),
)
_PLACE = _object(
    "artifactLocation",
    artifactLocation=_object(
        # A URI reference: in ASCII, what it may not hold percent-encoded.
        uri={"type": "string", "pattern": r"^([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+$"},
    ),
    region=_object("startLine", **dict.fromkeys(("startLine", "startColumn", "endColumn"), _COUNT)),
)
_RESULT = _object(
    "message",
    ruleId=_STRING,
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_TEXT,
    locations=_array(_object("physicalLocation", physicalLocation=_PLACE)),
)
_DRIVER = _object("name", name=_STRING, version=_STRING, rules={**_array(_RULE), "uniqueItems": True})
_NOTICE = _object(
    "message", level=_LEVEL, message=_TEXT, locations=_array(_object("physicalLocation", physicalLocation=_PLACE))
)
_INVOCATION = _object(
    "executionSuccessful", executionSuccessful={"type": "boolean"}, toolExecutionNotifications=_array(_NOTICE)
)
_RUN = _object(
    "tool results", tool=_object("driver", driver=_DRIVER), results=_array(_RESULT), invocations=_array(_INVOCATION)
)
SARIF = _object("version runs", version={"const": "2.1.0"}, runs=_array(_RUN), **{"$schema": _STRING})
