"""Where rules declare whole numbers, 5.5 is no answer: in the field, in a link, in what the browser has stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.support.sites import CONFIG, write_site

Visit = Callable[..., Reader]

_RULES = """\
from assessor import Number, Outcome, Rule, RuleSet, Section, otherwise

users = Number("users", "How many users?", unit="user", name="the number of users", minimum=1, maximum=5_000, step=1)
free, paid = Outcome("free", "The free plan"), Outcome("paid", "A paid plan")
ruleset = RuleSet(
    "plan",
    title="Which plan?",
    sections=[Section("all", "Your team", [users])],
    outcomes=[free, paid],
    rules=[Rule(users <= 5, then=free, because="You are few."), otherwise(then=paid, because="You are more.")],
)
"""


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that asks for a whole number."""
    config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, highlightjs: false}")
    config = config.replace("plugins:\n", "plugins:\n  - search\n")
    pages = {"index.md": "# Plans\n\n<!-- assessor/checklist -->\n", "rules.py": _RULES, "mkdocs.yml": config}
    folder = write_site(tmp_path_factory.mktemp("plans"), pages)
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url)


def _open(visit: Visit, plans: Site, link: str = "") -> Reader:
    return visit(plans.address("http") + link)


def test_half_a_user_is_told_and_no_answer(plans: Site, visit: Visit) -> None:
    reader = _open(visit, plans)
    question = reader.question("users")
    field = question.locator(".assessor-number")
    expect(field).to_have_attribute("inputmode", "numeric")
    reader.type_in(question, "5.5")
    expect(question.locator("[data-error]")).to_have_text(
        "Enter a whole number from 1 to 5,000 users.", use_inner_text=True
    )
    expect(reader.page.locator('[data-fill="answered"]').first).to_have_text("0")
    reader.type_in(question, "5")
    expect(question.locator("[data-error]")).to_be_hidden()
    expect(reader.page.locator(".assessor-result")).to_contain_text("The free plan")
    expect(reader.page.locator(".assessor-result")).to_contain_text("How many users? → more than 5 users")
    field.focus()
    reader.page.keyboard.press("ArrowUp")
    expect(field).to_have_value("6")
    expect(reader.page.locator(".assessor-result")).to_contain_text("How many users? → at most 5 users")


def test_half_a_user_in_a_link_is_left_out_and_told(plans: Site, visit: Visit) -> None:
    reader = _open(visit, plans, "#assessor=plan.00000000&users=5.5")
    expect(
        reader.page.get_by_text("Left out, because the questions or the answers are not known here: users")
    ).to_be_visible()
    expect(reader.question("users").locator(".assessor-number")).to_have_value("")
