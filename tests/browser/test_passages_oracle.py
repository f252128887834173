"""On a page, passages about random rule sets have the states that trying every way of answering shows."""

from __future__ import annotations

import functools
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from markdown import Markdown
from playwright.sync_api import Browser

from assessor import Choice, RuleSet, compile_ruleset, load_ruleset
from assessor.logic.named import Named, NamedConditions, read_names
from mkdocs_assessor.extension import AssessorExtension
from tests.browser.reader import REST
from tests.support.links import proven
from tests.support.named import holds_any, random_condition, state_of
from tests.support.oracle import valid_completions
from tests.support.rulesets import random_answers
from tests.support.ways import Ways

_SEEDS = range(20)
_PASSAGES, _ANSWERS = 5, 3
_RULES = """\
import random

from tests.support.rulesets import random_ruleset

ruleset = random_ruleset(random.Random({seed}), most_questions=5)
"""
_STATES = {("yes",): "applies", ("no",): "folded", ("no", "yes"): "depends"}
# The state of each passage, and the questions that its label names.
_SHOWN = """() => [...document.querySelectorAll("[data-when]")].map((passage) => [
  passage.dataset.passage,
  [...passage.firstElementChild.lastElementChild.querySelectorAll("a")].map(({ hash }) => hash.split("--")[1]),
])"""


def test_states_and_deciding_answers_are_those_of_the_oracle(browser: Browser, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for seed in _SEEDS:
        rng = random.Random(seed)
        (tmp_path / "rules.py").write_text(_RULES.format(seed=seed), encoding="utf-8")
        ruleset = load_ruleset(str(tmp_path / "rules.py"))
        conditions = list(_conditions(rng, ruleset))
        file = _page(tmp_path, [text for text, _ in conditions])
        for _ in range(_ANSWERS):
            answers = _answers(rng, ruleset)
            shown, errors = _shown(browser, file, ruleset, answers)
            assert (len(shown), errors) == (len(conditions), [])
            for (text, names), (state, deciding) in zip(conditions, shown, strict=True):
                where = (seed, text, answers)
                assert state == _STATES[tuple(state_of(ruleset, names, answers))], where
                if state != "depends":
                    # The answers that the label names decide alone, with those that offer their options.
                    value = functools.partial(holds_any, ruleset, names)
                    assert deciding == Ways(ruleset, answers).reason(value), where
                    named = {name: answers[name] for name in deciding}
                    assert _STATES[tuple(state_of(ruleset, names, named))] == state, where
                    seen["offered"] += any(_is_restricted(ruleset, *each) for each in named.items())
                seen[state] += 1
    assert min(seen[state] for state in _STATES.values()) > 20, seen
    assert seen["offered"] > 5, seen


def _answers(rng: random.Random, ruleset: RuleSet) -> Mapping[str, object]:
    """Return random answers; sometimes to all questions, with an option that only some answers offer."""
    ways = [
        way for way in valid_completions(ruleset, {}) if any(_is_restricted(ruleset, *each) for each in way.items())
    ]
    return rng.choice(ways) if ways and rng.random() < 0.6 else random_answers(rng, ruleset)


def _is_restricted(ruleset: RuleSet, name: str, answer: object) -> bool:
    question = ruleset.questions_by_id[name]
    return isinstance(question, Choice) and answer in question.restricted


def _conditions(rng: random.Random, ruleset: RuleSet) -> Iterator[tuple[str, tuple[Named, ...]]]:
    """Yield conditions that some answers meet and others do not."""
    compiled = NamedConditions(ruleset)
    found = 0
    while found < _PASSAGES:
        text = random_condition(rng, ruleset)
        restricted = [
            f"question:{each.id}={option}"
            for each in ruleset.questions
            if isinstance(each, Choice)
            for option in each.restricted
        ]
        if restricted and rng.random() < 0.4:
            text = rng.choice(restricted)
        names = read_names(ruleset, text)
        if compiled.nodes(compiled.compile(names)):
            found += 1
            yield text, names


def _page(folder: Path, conditions: list[str]) -> Path:
    passages = [
        f"<!-- assessor/when {text} -->\n\nA passage.\n\n<!-- assessor/end -->\n\nBetween." for text in conditions
    ]
    markdown = "\n\n".join(["<!-- assessor/checklist -->", *passages])
    content = Markdown(extensions=[AssessorExtension(rules=str(folder / "rules.py"))]).convert(markdown)
    file = folder / "page.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><title>Page</title>{content}", encoding="utf-8")
    return file


def _shown(
    browser: Browser, file: Path, ruleset: RuleSet, answers: Mapping[str, object]
) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Open a page by a link with answers, for a reader without any; return its passages, and its errors."""
    bundle = compile_ruleset(ruleset)
    meanings = {question["id"]: question["meaning"] for question in bundle["questions"]}
    given = "".join(f"&{name}={'' if value is None else str(value).lower()}" for name, value in answers.items())
    given += "&~m=" + "".join(meanings[name] for name in answers)
    # A new reader: a page that closes may store the answers of the last one.
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri() + proven(f"#assessor={bundle['ruleset']}.{bundle['hash'][:8]}{given}"))
    page.evaluate(REST)
    shown: list[tuple[str, list[str]]] = page.evaluate(_SHOWN)
    page.close()
    return shown, errors
