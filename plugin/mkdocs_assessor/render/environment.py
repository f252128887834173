"""Our own Jinja environment: autoescape on, and an undefined name is an error."""

from __future__ import annotations

import functools
import json
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from assessor.language.numerals import INTL_OPTIONS
from assessor.language.quantities import format_likely, format_quantity, format_span, unit_label, with_unit
from assessor.language.words import Words
from assessor.model.conditions import ALWAYS
from assessor.model.numbers import Number
from assessor.model.questions import Question
from assessor.reports.record_lines import figure
from assessor.reports.wording import answer_label, sentence, statement
from mkdocs_assessor.config.appearance import Appearance
from mkdocs_assessor.render.inline import inline_html

# The folder of an author's templates within a folder of theirs, and what our own are called there.
OWN_FOLDER, SHIPPED = "assessor", "shipped"


def template_environment(appearance: Appearance) -> Environment:
    """Return the environment that every template is rendered in.

    Args:
        appearance: The words, which templates know as `words.undo` and `fill("asked_of", who=…)`, and the folders whose
            templates go before ours, which are still there as `shipped/NAME`.
    """
    words, ours = appearance.words, PackageLoader("mkdocs_assessor")
    theirs = [FileSystemLoader([folder / OWN_FOLDER, folder]) for folder in appearance.templates]
    environment = Environment(
        loader=ChoiceLoader([*theirs, ours, PrefixLoader({SHIPPED: ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["words"] = words
    environment.globals["fill"] = functools.partial(_fill, words)
    environment.globals["answer_label"] = functools.partial(answer_label, words=words, is_apart=True)
    environment.tests["always"] = lambda condition: condition == ALWAYS
    environment.filters.update(
        inline=inline_html,
        json_attribute=_json_attribute,
        number_forms=functools.partial(_number_forms, words),
        quantity=functools.partial(format_quantity, words=words),
        sentence=functools.partial(sentence, words=words),
        statement=functools.partial(statement, words=words),
        figure=functools.partial(figure, words=words),
        likely=lambda estimate: format_likely(estimate["low"], estimate["likely"], estimate["high"], words=words),
        span=lambda estimate: format_span(estimate["low"], estimate["high"], words),
        strong=Markup("<strong>{}</strong>").format,
        unit=functools.partial(unit_label, words=words),
    )
    return environment


def _fill(words: Words, key: str, **values: object) -> Markup:
    """Return a text as HTML with its placeholders filled in, by HTML or by text."""
    return Markup(words.smooth(escape(words[key]).format(**values)))


def _number_forms(words: Words, question: Question) -> dict[str, str]:
    """Return as attributes how pages write an answer that is a number: its digits, and its unit in each form."""
    if not isinstance(question, Number):
        return {}
    one, other = (with_unit("{number}", question.unit, words, is_one=is_one) for is_one in (True, False))
    return {"data-number": json.dumps(INTL_OPTIONS, separators=(",", ":")), "data-one": one, "data-other": other}


def _json_attribute(value: Any) -> Markup:
    """Return JSON as a quoted attribute value.

    The quotation marks of JSON stay as they are inside single quotes, which makes the page smaller than
    escaping every one of them.
    """
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True)
    return Markup("'{}'").format(Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")))
