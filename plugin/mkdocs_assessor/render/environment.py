"""Our own Jinja environment: autoescape on, and an undefined name is an error."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
)
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

# The subfolder for an author's templates, and the prefix by which these include ours.
OWN_FOLDER, SHIPPED = "assessor", "shipped"
# The former names of templates. They work until the next release.
FORMER_NAMES: Mapping[str, str] = {"picture.html.jinja": "charts.html.jinja"}


def template_environment(appearance: Appearance) -> Environment:
    """Return the environment that every template is rendered in.

    Args:
        appearance: The words, which templates know as `words.undo` and `fill("asked_of", who=…)`, and the folders whose
            templates replace ours, which they can include as `shipped/NAME`.
    """
    words, ours = appearance.words, PackageLoader("mkdocs_assessor")
    theirs = ChoiceLoader([FileSystemLoader([folder / OWN_FOLDER, folder]) for folder in appearance.templates])
    new_names = {new: former for former, new in FORMER_NAMES.items()}
    either = ChoiceLoader([theirs, _Renamed(theirs, new_names), ours])
    shipped = ChoiceLoader([ours, _Renamed(ours, FORMER_NAMES)])
    environment = Environment(
        loader=ChoiceLoader([either, _Renamed(either, FORMER_NAMES), PrefixLoader({SHIPPED: shipped})]),
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


class _Renamed(BaseLoader):
    """Loads templates under other names."""

    def __init__(self, loader: BaseLoader, names: Mapping[str, str]) -> None:
        """Set what is loaded.

        Args:
            loader: Loads the templates.
            names: For each name to load, the name that the loader knows.
        """
        self._loader = loader
        self._names = names

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the source of a template.

        Raises:
            TemplateNotFound: If the template has no other name, or the loader does not know it.
        """
        if template not in self._names:
            raise TemplateNotFound(template)
        return self._loader.get_source(environment, self._names[template])


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
