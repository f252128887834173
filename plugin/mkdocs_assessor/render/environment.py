"""Configure our Jinja environment: autoescape is on, and undefined names are errors."""

from __future__ import annotations

import functools
import json
import re
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

from assessor.assessment.estimates import AssessedEstimate
from assessor.language.dates import format_date
from assessor.language.inline import escaped, plain_text
from assessor.language.numerals import INTL_OPTIONS, format_compact, numerals
from assessor.language.quantities import format_likely, format_quantity, format_span, is_range, unit_label, with_unit
from assessor.language.words import Words
from assessor.model.conditions import ALWAYS
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question
from assessor.reports.points import given_points, points_range
from assessor.reports.record.lines import figure
from assessor.reports.wording import answer_label, sentence, statement
from mkdocs_assessor.config.appearance import Appearance
from mkdocs_assessor.render.inline import inline_html
from mkdocs_assessor.render.overrides import FORMER_NAMES, OWN_FOLDER, TEMPLATE_FOLDERS

# The prefix with which an author's templates include ours.
SHIPPED = "shipped"
# The folder of the templates for pages without a generator, which are not an author's to override.
_STANDALONE = "templates/standalone"


def template_environment(appearance: Appearance) -> Environment:
    """Return the environment that renders all templates.

    Args:
        appearance: The words and the author's template folders. In templates, words are `words.undo` and
            `fill("asked_of", who=…)`. Templates in the author's folders override ours, and can include them as
            `shipped/NAME`.
    """
    words = appearance.words
    # Names are flat: authors override a part of the checklist as they override a slot.
    ours = ChoiceLoader([PackageLoader("mkdocs_assessor", folder) for folder in (*TEMPLATE_FOLDERS, _STANDALONE)])
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
    environment.tests["exact"] = lambda estimate: not is_range(estimate["low"], estimate["high"])
    # An option of a choice is an attribute of it, so which attributes a question has doesn't say what it asks for.
    environment.tests["number_question"] = lambda part: isinstance(part, Number)
    environment.tests["date_question"] = lambda part: isinstance(part, Date)
    environment.tests["choice_question"] = lambda part: isinstance(part, Choice)
    environment.tests["always"] = lambda condition: condition == ALWAYS
    environment.filters.update(
        inline=inline_html,
        label=functools.partial(inline_html, has_links=False),
        plain=plain_text,
        points=functools.partial(points_range, words=words),
        given_points=functools.partial(given_points, words=words),
        json_attribute=_json_attribute,
        answer_forms=functools.partial(_answer_forms, words),
        unit_forms=functools.partial(_unit_forms, words),
        quantity=functools.partial(format_quantity, words=words),
        sentence=functools.partial(sentence, words=words),
        statement=functools.partial(statement, words=words),
        figure=functools.partial(figure, words=words),
        date=functools.partial(format_date, words=words),
        compact=functools.partial(format_compact, language=words.language),
        likely=functools.partial(_likely, words),
        span=functools.partial(_span, words),
        strong=Markup("<strong>{}</strong>").format,
        unit=functools.partial(unit_label, words=words),
    )
    return environment


class _Renamed(BaseLoader):
    """Loads templates under other names."""

    def __init__(self, loader: BaseLoader, names: Mapping[str, str]) -> None:
        """Set the loader and the names.

        Args:
            loader: Loads the templates.
            names: For each name, the name to load instead.
        """
        self._loader = loader
        self._names = names

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the source of a template.

        Raises:
            TemplateNotFound: If the template has no other name, or the loader does not find it.
        """
        if template not in self._names:
            raise TemplateNotFound(template)
        return self._loader.get_source(environment, self._names[template])


def _fill(words: Words, key: str, **values: object) -> Markup:
    """Return a text as HTML with its placeholders replaced; values may be HTML or text."""
    return Markup(words.smooth(escape(words[key]).format(**values)))


def _answer_forms(words: Words, question: Question) -> dict[str, str]:
    """Return attributes that tell the page how to write a number (its digits, and the forms of its unit) or a date."""
    if isinstance(question, Date):
        forms = {"full": words["full_date"], "first": words["full_date_first"]}
        # No month has a space in its name.
        forms["months"] = " ".join(words[f"month_{month}"] for month in range(1, 13))
        return {f"data-{name}": re.sub(r"\\([{}])", r"\1", escaped(text)) for name, text in forms.items()}
    if not isinstance(question, Number):
        return {}
    return {"data-number": json.dumps(INTL_OPTIONS, separators=(",", ":")), **_unit_forms(words, question.unit)}


def _unit_forms(words: Words, unit: str) -> dict[str, str]:
    """Return attributes that tell the page the forms of a unit, as Markdown."""
    # The placeholder is put in last: escaped, it would not be found.
    forms = (escaped(with_unit("\0", unit, words, is_one=is_one)) for is_one in (True, False))
    one, other = (form.replace("\0", "{number}") for form in forms)
    return {"data-one": one, "data-other": other}


def _likely(
    words: Words, estimate: AssessedEstimate, unit: str = "", *, digits: int = 3, is_amount: bool = False
) -> str:
    low, likely, high = estimate["low"], estimate["likely"], estimate["high"]
    shown = format_likely(low, likely, high, "", words, digits=digits, is_amount=is_amount)
    return with_unit(shown, unit, words, is_one=numerals(words.language).is_one(abs(likely)))


def _span(words: Words, estimate: AssessedEstimate, *, is_amount: bool = False) -> str:
    return format_span(estimate["low"], estimate["high"], words, is_amount=is_amount)


def _json_attribute(value: Any) -> Markup:
    """Return JSON as a quoted attribute value.

    Single quotes around the value let the double quotes of JSON stay unescaped, which makes the page smaller.
    """
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True)
    return Markup("'{}'").format(Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")))
