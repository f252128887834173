"""Our own Jinja environment: autoescape on, and an undefined name is an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from assessor.conditions import ALWAYS
from assessor.units import format_quantity, format_rounded
from assessor.wording import answer_label, sentence, statement
from mkdocs_assessor.inline import inline_html


def template_environment(words: Mapping[str, str]) -> Environment:
    """Return the environment that every template of ours is rendered in.

    Args:
        words: The words of the interface, which templates know as the attributes of `words`.
    """
    environment = Environment(
        loader=PackageLoader("mkdocs_assessor"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Not the mapping itself: in a template, `words.clear` would be its method.
    environment.globals["words"] = SimpleNamespace(**words)
    environment.globals["answer_label"] = answer_label
    environment.tests["always"] = lambda condition: condition == ALWAYS
    environment.filters.update(
        inline=inline_html,
        json_attribute=_json_attribute,
        quantity=format_quantity,
        rounded=format_rounded,
        sentence=sentence,
        statement=statement,
    )
    return environment


def _json_attribute(value: Any) -> Markup:
    """Return JSON as a quoted attribute value.

    The quotation marks of JSON stay as they are inside single quotes, which makes the page smaller than
    escaping every one of them.
    """
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True)
    return Markup("'{}'").format(Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")))
