"""Conditions of names: under any answers they hold, may hold or do not, as trying every way of answering shows."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from assessor import Bundle, compile_ruleset
from assessor.language.words import english, languages, words_of
from assessor.logic.named import NamedConditions, UnknownNameError, named_conditions, read_names
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.reports.named import names_statement
from assessor.rulesets.self_hosting.ruleset import ruleset as guide
from tests.conformance.core_js import assess_in_node
from tests.support.named import random_condition, state_of
from tests.support.oracle import known
from tests.support.rulesets import random_answers, random_ruleset

_SEEDS = range(300)


def test_the_three_states_are_those_of_the_oracle() -> None:
    seen: Counter[str] = Counter()
    batches, expected = [], []
    for seed in _SEEDS:
        rng = random.Random(seed)
        ruleset = random_ruleset(rng, most_questions=5, most_decisions=1 + seed % 3)
        conditions = NamedConditions(ruleset)
        text = random_condition(rng, ruleset)
        names = read_names(ruleset, text)
        function = conditions.compile(names)
        nodes = conditions.nodes(function)
        # Whether an option is offered is known before the condition is read.
        sets = [known(ruleset, random_answers(rng, ruleset)) for _ in range(3)]
        states = [state_of(ruleset, names, answers) for answers in sets]
        if not nodes:
            # Whatever the answers, it holds or does not, and a page says so without a script.
            assert len({str(state) for state in [*states, state_of(ruleset, names, {})]}) == 1, (seed, text)
            seen["constant"] += 1
            continue
        # What a page reads: the nodes of the condition beside the questions of the bundle.
        root = len(nodes) - 1
        bundle: Bundle = {
            **compile_ruleset(ruleset),
            "decisions": [],
            "scores": [],
            "nodes": nodes,
            "outcomes": ["no", "yes"],
            "rules": [],
            "criteria": [],
            "actions": [],
            "estimates": [],
            "roots": {"rule": root, "outcome": root},
        }
        bundle["questions"] = [{**each} for each in bundle["questions"]]
        for question in bundle["questions"]:
            question.pop("asked", None)
            question.pop("offered", None)
        batches.append((bundle, sets))
        expected += [(seed, text, answers, state) for answers, state in zip(sets, states, strict=True)]
    found = assess_in_node(batches)
    for (seed, text, answers, state), assessment in zip(expected, found, strict=True):
        assert sorted(assessment["possible"]) == state, (seed, text, answers)
        seen["/".join(state)] += 1
    assert min(seen[each] for each in ("no", "yes", "no/yes", "constant")) > 10, seen


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("self-host", "the result of “Where Medplum runs” is “Self-host”"),
        (
            "cloud cloud-enterprise",
            "the result of “Where Medplum runs” is “Medplum Cloud” or “Medplum Cloud, Enterprise plan”",
        ),
        (
            "cloud or cloud-enterprise",
            "the result of “Where Medplum runs” is “Medplum Cloud” or “Medplum Cloud, Enterprise plan”",
        ),
        ("not cloud", "the result of “Where Medplum runs” is not “Medplum Cloud”"),
        ("compelling", "you have a compelling reason to self-host"),
        ("not compelling", "you have no compelling reason to self-host"),
        ("fork", "you plan to fork the code"),
        ("fork=yes", "you plan to fork the code"),
        ("fork=no", "you do not plan to fork the code"),
        ("not fork=no", "you plan to fork the code"),
        (
            "light or fork",
            "either the result of “Where Medplum runs” is “A small instance of your own” or you plan to fork the code",
        ),
        (
            "plan-free or cloud",
            "either the result of “Where Medplum runs” is “Medplum Cloud” or "
            "the result of “Plan, if you use Medplum Cloud” is “Free plan”",
        ),
        (
            "baa",
            "this step applies: “Sign a business associate agreement before you store any patient data”",
        ),
    ],
)
def test_sentences(text: str, said: str) -> None:
    assert names_statement(read_names(guide, text), guide, english()) == said


@pytest.mark.parametrize("language", languages())
def test_every_kind_has_a_sentence_in_every_language(language: str) -> None:
    texts = ["self-host light", "not cloud", "compelling", "phi=no", "residency=us", "baa", "not baa", "rule:learning"]
    said = [names_statement(read_names(guide, text), guide, words_of(language)) for text in texts]
    assert len(set(said)) == len(texts)
    assert not any("{" in each for each in said)


def test_a_name_of_several_kinds_is_the_outcome_and_the_others_are_named_by_kind() -> None:
    (short,), (long,) = read_names(guide, "self-host"), read_names(guide, "rule:self-host")
    assert isinstance(short.part, Outcome)
    assert isinstance(long.part, Rule)
    (criterion,) = read_names(guide, "criterion:struggling")
    assert criterion == read_names(guide, "struggling")[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("self-hst", "the rule set 'self-hosting' has nothing named 'self-hst'. Did you mean 'self-host'?"),
        ("residency=elswhere", "has nothing named 'residency=elswhere'. Did you mean 'residency=elsewhere'?"),
        ("outcome:fork", "has nothing named 'outcome:fork'."),
        ("purpose", "question 'purpose' has several answers: write one of 'purpose=learning', 'purpose=prototype'"),
        ("fte", "question 'fte' asks for a number: write a criterion that compares it, and name that"),
        ("self-host and fork", "'and' cannot join names: write a criterion that requires both, and name that"),
        ("", "a name is missing: write an outcome, a criterion or QUESTION=OPTION"),
        ("self-host or", "a name is missing after 'or'"),
        ("not", "a name is missing after 'not'"),
        ("or self-host", "has nothing named 'or'"),
    ],
)
def test_what_names_nothing_is_refused(text: str, problem: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        read_names(guide, text)
    assert problem in str(error.value)


def test_deciding_questions_are_in_the_order_of_the_page() -> None:
    conditions = named_conditions(guide)
    deciding = conditions.deciding(conditions.compile(read_names(guide, "light")))
    assert deciding == ["current", "purpose", "phi", "connectivity", "footprint"]
