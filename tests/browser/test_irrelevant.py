"""A question that no longer matters is told so, and stays where it is, ready to be answered."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from assessor import Answer, assess
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.browser.reader import TICKS, Reader, entered, possible_answers
from tests.browser.sites import Site

Visit = Callable[..., Reader]

TOLD = "No longer changes the outcome"
EVER_MATTERS = assess(ruleset, {})["matters"]

SEEN = """() => [...document.querySelectorAll("assessor-checklist [data-question]")].map((question) => ({
  id: question.dataset.question,
  told: [...question.querySelectorAll("[data-state=moot]")].some((state) => !state.hidden),
  dimmed: question.hasAttribute("data-idle"),
  disabled: [...question.querySelectorAll("input")].some((input) => input.disabled),
  height: question.getBoundingClientRect().height,
}))"""


@pytest.fixture
def reader(site: Site, visit: Visit) -> Reader:
    return visit(site.address("http"))


def seen(reader: Reader) -> dict[str, Any]:
    return {question["id"]: question for question in reader.page.evaluate(SEEN)}


@pytest.mark.parametrize("seed", range(4))
def test_what_is_told_is_what_python_finds(reader: Reader, seed: int) -> None:
    chance = random.Random(seed)
    answers: dict[str, Answer] = {
        question.id: chance.choice(possible_answers(question))
        for question in chance.sample(ruleset.questions, k=chance.randint(1, 9))
    }
    before = seen(reader)
    assert not any(question["told"] or question["dimmed"] for question in before.values())
    reader.answer(answers)
    assessment = assess(ruleset, entered(answers))
    irrelevant = set(assessment["irrelevant"]) & set(EVER_MATTERS)
    shown = seen(reader)
    assert {name for name, question in shown.items() if question["told"]} == irrelevant
    assert {name for name, question in shown.items() if question["dimmed"]} <= irrelevant
    assert not any(question["disabled"] for question in shown.values())


def test_what_still_decides_an_action_is_not_dimmed(reader: Reader) -> None:
    reader.answer({"onprem-mandate": True, "isolation": True})
    shown = seen(reader)
    assert (shown["fork"]["told"], shown["fork"]["dimmed"]) == (True, False)
    assert (shown["region-confirmed"]["told"], shown["region-confirmed"]["dimmed"]) == (True, True)


def test_what_is_told_moves_nothing(reader: Reader) -> None:
    before = {name: question["height"] for name, question in seen(reader).items()}
    reader.answer({"current": "struggling"})
    assert {name: question["height"] for name, question in seen(reader).items()} == before
    expect(reader.question("purpose").locator(".assessor-state")).to_have_text(TOLD, use_inner_text=True)
    expect(reader.question(TICKS[0]).locator(".assessor-state")).to_have_text(TOLD, use_inner_text=True)


def test_it_can_still_be_answered_and_taken_back(reader: Reader) -> None:
    reader.answer({"current": "struggling"})
    question = reader.question("purpose")
    expect(question.locator("[data-do=clear]")).to_be_hidden()
    question.get_by_label("Production").check()
    expect(question.locator(".assessor-state")).to_have_text("Production", use_inner_text=True)
    question.locator("[data-do=clear]").click()
    expect(question.locator(".assessor-state")).to_have_text(TOLD, use_inner_text=True)
    reader.answer({"current": "new"})
    expect(question.locator(".assessor-state")).to_have_text("Not answered", use_inner_text=True)
