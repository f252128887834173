"""The bundled rule set decides, asks and says what the guide was meant to."""

import itertools
import re
from collections.abc import Iterator

import markdown
import pytest
import yaml

from assessor import Case, Choice, Number, Question, YesNo, assess, compile_ruleset, load_ruleset
from assessor.logic.bundle import Bundle, children_of
from assessor.model.conditions import walk
from assessor.model.questions.choices import Is
from assessor.model.questions.numbers import NumberComparison
from assessor.reports.wording import sentence, statement
from assessor.rulesets.self_hosting.facts.people import fte_cost, median_wage, wage_share
from assessor.rulesets.self_hosting.hosting import hosting
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.support.paths import ROOT


def _words(text: str) -> list[str]:
    return text.split()


YES_NO = _words("""
    phi onprem-mandate mandate-cited region-confirmed isolation fork extension-tried
    pager incident-process observability two-know-it staging restore-tested upgrade-owner logs sla certifications
""")
CHOICES = {
    "purpose": "learning prototype production",
    "current": "new running-fine struggling",
    "connectivity": "reliable intermittent offline",
    "footprint": "minimal moderate heavy",
    "residency": "none us elsewhere",
    "fork-reason": "abandoned licence regulatory feature",
    "bots": "none some critical",
    "platform": "aws gcp azure kubernetes vm",
}
NUMBERS = ["fte", "surge-fte", "big-quarters", "fte-cost", "infrastructure", "plan-price"]
TICKS = _words("pager incident-process observability two-know-it staging restore-tested upgrade-owner")
GAPS = {
    "pager": "set-up-pager",
    "incident-process": "write-incident-process",
    "observability": "build-observability",
    "two-know-it": "train-second-person",
    "staging": "build-staging",
    "restore-tested": "test-restore",
    "upgrade-owner": "name-upgrade-owner",
    "fte": "find-people",
    "surge-fte": "plan-surge",
}

CASES = {case.id: case for case in ruleset.cases}
READY = {**dict.fromkeys(TICKS, True), "fte": 0.5, "surge-fte": 3}
NO_REASON = {
    "current": "new",
    "purpose": "production",
    "connectivity": "reliable",
    "footprint": "heavy",
    "onprem-mandate": False,
    "residency": "none",
    "isolation": False,
    "fork": False,
}


def outcome(**answers: object) -> str | None:
    return assess(ruleset, {name.replace("_", "-"): answer for name, answer in answers.items()})["outcome"]


def advised(answers: dict[str, object]) -> str | None:
    return assess(ruleset, answers)["outcome"]


def test_the_questions_have_the_ids_that_links_live_by() -> None:
    kinds = {kind: [q for q in ruleset.questions if isinstance(q, kind)] for kind in (YesNo, Choice, Number)}
    assert sorted(question.id for question in kinds[YesNo]) == sorted(YES_NO)
    assert {q.id: " ".join(q.option_ids) for q in kinds[Choice] if isinstance(q, Choice)} == CHOICES
    assert sorted(question.id for question in kinds[Number]) == sorted(NUMBERS)
    assert len(ruleset.questions) == len(YES_NO) + len(CHOICES) + len(NUMBERS)
    assert [question.id for section in ruleset.sections if section.ticks for question in section.questions] == TICKS


@pytest.mark.parametrize("case", ruleset.cases, ids=lambda case: case.id)
def test_each_case_is_settled_with_its_outcome(case: Case) -> None:
    assessment = assess(ruleset, case.answers)
    assert (assessment["outcome"], assessment["settled"]) == (case.outcome.id, True)


def test_every_rule_and_outcome_is_reached_by_a_case() -> None:
    assert len(ruleset.cases) >= 14
    assessments = [assess(ruleset, case.answers) for case in ruleset.cases]
    fired = {part["rule"] for each in assessments for part in (each, each["decisions"]["plan"])}
    assert fired >= {rule.id for rule in ruleset.rules}
    assert {each.id for case in ruleset.cases for each in (case.outcome, *case.also)} == {
        each.id for each in ruleset.outcomes
    }


def test_every_action_and_criterion_is_reached_and_missed() -> None:
    bundle = compile_ruleset(ruleset)
    for each in (*bundle["actions"], *bundle["criteria"]):
        assert each["root"] >= 0, f"{each['id']} is the same whatever is answered"


def test_the_worked_cases_of_the_guide() -> None:
    expected = {
        "eu-hospital-ready": "self-host",
        "eu-hospital-no-pager": "get-ready",
        "rural-clinic": "light",
        "device-maker": "light",
        "student": "light",
        "student-with-patient-data": "cloud",
        "startup": "cloud",
        "feature-fork": "extend",
        "licence-fork-ready": "self-host",
        "canada-confirmed": "cloud-enterprise",
        "struggling-at-scale": "talk",
        "federal-contract-few-people": "get-ready",
    }
    assert {name: CASES[name].outcome.id for name in expected} == expected


@pytest.mark.parametrize(
    "reason",
    [
        {"onprem-mandate": True},
        {"residency": "elsewhere", "region-confirmed": False},
        {"connectivity": "offline"},
        {"connectivity": "offline", "footprint": "moderate"},
        *(
            {"fork": True, "extension-tried": True, "fork-reason": why}
            for why in ("abandoned", "licence", "regulatory")
        ),
    ],
    ids=str,
)
def test_any_one_reason_suffices(reason: dict[str, object]) -> None:
    assert advised({**NO_REASON, **READY}) == "cloud"
    assert advised({**NO_REASON, **READY, **reason}) == "self-host"
    assert advised({**NO_REASON, **READY, **reason, "staging": False}) == "get-ready"


@pytest.mark.parametrize("lack", [*({tick: False} for tick in TICKS), {"fte": 0.4}, {"surge-fte": 2.9}], ids=str)
def test_each_gap_alone_stands_in_the_way_and_is_named(lack: dict[str, object]) -> None:
    assessment = assess(ruleset, {**NO_REASON, **READY, "onprem-mandate": True, "mandate-cited": True, **lack})
    gaps = {action.id for action in ruleset.actions if action.gap}
    assert assessment["outcome"] == "get-ready"
    assert gaps & set(assessment["actions"]["apply"]) == {GAPS[next(iter(lack))]}
    assert not gaps & set(assessment["actions"]["open"])


def test_help_comes_before_everything_else() -> None:
    assert outcome(current="struggling") == "talk"


def test_an_unknown_region_is_not_a_reason() -> None:
    asked = {**NO_REASON, **READY, "residency": "elsewhere"}
    assert assess(ruleset, asked)["possible"] == ["self-host", "cloud-enterprise"]
    assert "confirm-region" in assess(ruleset, {**asked, "region-confirmed": True})["actions"]["apply"]


def test_extending_still_names_the_plan_for_a_region() -> None:
    assessment = assess(
        ruleset,
        {**NO_REASON, "fork": True, "fork-reason": "feature", "isolation": True},
    )
    assert assessment["outcome"] == "extend"
    assert "enterprise-region" in assessment["actions"]["apply"]


RESPONSIBILITIES = {
    "upkeep for stability": "find-people",
    "staying current": "pin-versions",
    "competing priorities": "name-upgrade-owner",
    "lost knowledge": "train-second-person",
    "a quarter with a large project": "plan-surge",
    "24/7 pager": "set-up-pager",
    "incident response": "write-incident-process",
    "observability": "build-observability",
    "all supporting infrastructure": "own-infrastructure",
}
OVERLOOKED = _words("""
    cite-clause baa log-streaming-plan hosted-certifications bots-off-aws rota-size audit-events pin-versions
    confirm-region confirm-hipaa confirm-vm-bots confirm-install-path
""")


def test_every_responsibility_is_an_action() -> None:
    known = {action.id: action for action in ruleset.actions}
    for responsibility, action in RESPONSIBILITIES.items():
        assert "get-ready" in [each.id for each in known[action].under], responsibility
    assert set(OVERLOOKED) <= set(known)
    assert {action.id for action in ruleset.actions if action.gap} == {*GAPS.values(), "cite-clause"}


@pytest.mark.parametrize(
    ("estimate", "answers", "likely"),
    [
        ("people", {"big-quarters": 1}, 1.125),
        ("people", {"big-quarters": 0}, 0.5),
        ("people", {"big-quarters": 4}, 3),
        ("self-hosting-cost", {"big-quarters": 1}, 195_834),
        ("self-hosting-cost", {"big-quarters": 0}, 102_084),
        ("self-hosting-cost", {}, 195_834),
        ("cloud-cost", {}, 72_000),
        ("break-even-people", {}, 0.29944),
    ],
)
def test_the_costs_come_out_as_in_the_guide(estimate: str, answers: dict[str, object], likely: float) -> None:
    worked_out = assess(ruleset, answers)["estimates"][estimate]
    assert worked_out is not None
    assert worked_out["likely"] == pytest.approx(likely, abs=1e-5)


def test_estimates_are_ranges_with_their_assumptions() -> None:
    estimates = assess(ruleset, {})["estimates"]
    people, own, cloud = (estimates[name] for name in ("people", "self-hosting-cost", "cloud-cost"))
    assert people is not None
    assert own is not None
    assert cloud is not None
    assert (people["unit"], own["unit"], cloud["unit"]) == ("FTE", "USD/year", "USD/year")
    assert people["low"] < people["likely"] < people["high"]
    assert own["low"] < own["likely"] < own["high"]
    assert (cloud["low"], cloud["likely"], cloud["high"]) == (0, 72_000, 72_000)
    assert own["assumed"] == ["big-quarters", "fte-cost", "infrastructure"]


def test_the_cost_of_a_person_follows_from_its_sources() -> None:
    derived = median_wage.number / (wage_share.number / 100)
    assert round(derived, -4) == fte_cost.number


def test_cost_never_overrides_a_rule() -> None:
    money = {"big-quarters", "fte-cost", "infrastructure", "plan-price"}
    bundle = compile_ruleset(ruleset)
    assert not {bundle["questions"][node[0]]["id"] for node in bundle["nodes"]} & money


ASKED_LATER = [question for question in ruleset.questions if question.asked_when is not None]


def test_what_is_asked_later() -> None:
    conditions = {question.id: question.asked_when for question in ASKED_LATER}
    assert {name: statement(condition) for name, condition in conditions.items() if condition is not None} == {
        "mandate-cited": "a law or a contract requires on-premises hosting",
        "region-confirmed": "the data must stay in a region outside the United States",
        "extension-tried": "you plan to fork the code",
        "fork-reason": "you plan to fork the code",
        "plan-price": "the result of “Plan, if you use Medplum Cloud” is “Enterprise plan”",
    }


# The price in a quote decides nothing.
@pytest.mark.parametrize(
    "question", [each for each in ASKED_LATER if each.id != "plan-price"], ids=lambda question: question.id
)
def test_a_question_cannot_matter_until_it_is_asked(question: Question) -> None:
    """Nothing that the rule set decides tests it where `asked_when` fails, for every way to fail."""
    bundle = compile_ruleset(ruleset)
    position = [each["id"] for each in bundle["questions"]].index(question.id)
    asked = bundle["questions"][position]["asked"]
    roots = [
        bundle["roots"]["rule"],
        bundle["roots"]["outcome"],
        *(each["root"] for each in (*bundle["actions"], *bundle["criteria"])),
    ]
    assert question.asked_when is not None
    needed = {
        part.id if isinstance(part, YesNo) else part.question.id
        for part in walk(question.asked_when)
        if isinstance(part, (YesNo, Is, NumberComparison))
    }
    failing = [cells for cells in _all_cells(bundle, needed) if _tested(bundle, asked, cells)[1] == {0}]
    assert failing
    for cells in failing:
        assert all(position not in _tested(bundle, root, cells)[0] for root in roots)
    holding = [cells for cells in _all_cells(bundle, needed) if _tested(bundle, asked, cells)[1] == {1}]
    assert any(position in _tested(bundle, root, cells)[0] for root in roots for cells in holding)


def test_the_rule_set_loads_from_its_path() -> None:
    loaded = load_ruleset("assessor/rulesets/self_hosting/ruleset.py", ROOT)
    assert compile_ruleset(loaded)["hash"] == compile_ruleset(ruleset)["hash"]


def test_each_sentence_is_made_of_the_rule_sets_own_words() -> None:
    said = [
        *(sentence(rule) for rule in ruleset.rules),
        *(statement(criterion.condition) for criterion in ruleset.criteria),
        *(statement(action.when) for action in ruleset.actions),
        *(statement(~action.when) for action in ruleset.actions),
    ]
    assert not [text for text in said if "the answer to" in text or "it is not so that" in text]


def test_every_question_and_reason_is_worded() -> None:
    for question in ruleset.questions:
        assert question.about
        if isinstance(question, YesNo):
            assert question.yes
            assert question.no
        if isinstance(question, Choice):
            assert all(option.statement for option in question.options)
    assert all(criterion.negation for criterion in ruleset.criteria)
    assert all(each.summary for each in ruleset.outcomes)
    # A plan is also what those compare with who host it themselves: only where it runs says what to do.
    assert all(each.next_steps for each in hosting.outcomes)
    assert all(action.because for action in ruleset.actions)


def test_each_question_leads_to_a_heading_of_the_guide() -> None:
    parser = markdown.Markdown(extensions=["toc"])
    page = parser.convert((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))
    anchors = {f"index.md#{anchor}" for anchor in re.findall(r'<h\d id="([^"]+)"', page)}
    assert {question.about for question in ruleset.questions} <= anchors


def test_no_fact_is_typed_in_the_prose() -> None:
    """Numbers stand in the prose only as the text of a link to their fact, or as a year or the hours of a day."""
    for path in sorted((ROOT / "docs").glob("*.md")):
        prose = re.sub(r"\[[^\]]*\]\(fact:[^)]*\)|https?://\S+", "", path.read_text(encoding="utf-8"))
        typed = set(re.findall(r"\d[\d.,]*\d|\d", re.sub(r"(?m)^\d+\. ", "", prose)))
        if path.name in {"index.md", "facts.md", "rules.md", "cases.md"}:
            assert typed <= {"2025", "24"}, path


def test_the_claims_are_numbered_without_a_gap() -> None:
    claims = yaml.safe_load((ROOT / "tests/docs/claims.yml").read_text(encoding="utf-8"))
    assert [claim["claim"] for claim in claims] == list(range(1, 39))
    for claim in claims:
        assert claim["text"]
        assert all(re.compile(text) for text in claim["text"])


def _all_cells(bundle: Bundle, needed: set[str]) -> Iterator[list[int | None]]:
    """Yield every complete answer to some questions, the rest open."""
    sizes = {node[0]: len(node) - 1 for node in bundle["nodes"]}
    positions = [place for place, question in enumerate(bundle["questions"]) if question["id"] in needed]
    for combination in itertools.product(*(range(sizes[place]) for place in positions)):
        cells: list[int | None] = [None] * len(bundle["questions"])
        for place, cell in zip(positions, combination, strict=True):
            cells[place] = cell
        yield cells


def _tested(bundle: Bundle, root: int, cells: list[int | None]) -> tuple[set[int], set[int]]:
    """Return the open questions that a function may still test, and the values that it may still have."""
    children = children_of(bundle)
    questions: set[int] = set()
    values: set[int] = set()
    seen: set[int] = set()
    stack = [root]
    while stack:
        function = stack.pop()
        if function < 0:
            values.add(-1 - function)
        elif function not in seen:
            seen.add(function)
            question = bundle["nodes"][function][0]
            cell = cells[question]
            if cell is None:
                questions.add(question)
                stack += children[function]
            else:
                stack.append(children[function][cell])
    return questions, values
