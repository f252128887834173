"""Which numbers are answers: whole ones only where rules declare it, and every one where there is no maximum."""

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

users = Number("users", "How many users?", unit="user", minimum=1, maximum=5_000, step=1, formerly=["seats"])
disk = Number("disk", "How much disk space?", unit="GB", minimum=0)
free, paid, large = Outcome("free", "The free plan"), Outcome("paid", "A paid plan"), Outcome("large", "The large plan")
ruleset = RuleSet(
    "plan",
    title="Which plan?",
    sections=[Section("all", "Your team", [users, disk])],
    outcomes=[free, paid, large],
    rules=[
        Rule(users <= 5, then=free, because="You are few."),
        Rule(disk > 50, then=large, because="You store much."),
        otherwise(then=paid, because="You are more."),
    ],
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


def test_a_change_to_more_than_a_number_is_tried_with_the_next_one(plans: Site, visit: Visit) -> None:
    reader = _open(visit, plans)
    reader.type_in(reader.question("users"), "5")
    reader.page.get_by_role("button", name="Try it").first.click()
    reader.button("Make it my answer").click()
    expect(reader.question("users").locator(".assessor-number")).to_have_value("6")


def test_a_link_with_an_id_that_the_question_had_is_taken_over(plans: Site, visit: Visit) -> None:
    reader = _open(visit, plans, "#assessor=plan.00000000&seats=3")
    expect(reader.question("users").locator(".assessor-number")).to_have_value("3")
    expect(reader.page.locator(".assessor-result")).to_contain_text("The free plan")
    expect(reader.page.get_by_text("The link that led here was made with other rules.")).to_be_visible()
    [stored] = reader.stored().values()
    assert stored["answers"] == {"users": 3}


def test_a_number_without_a_maximum_takes_all_of_15_digits(plans: Site, visit: Visit) -> None:
    reader = _open(visit, plans)
    question = reader.question("disk")
    reader.type_in(question, "-1")
    told = "Enter a number of at least 0 GB, with at most 15 digits."
    expect(question.locator("[data-error]")).to_have_text(told, use_inner_text=True)
    reader.type_in(question, "1000000000000000")
    expect(question.locator("[data-error]")).to_have_text(told, use_inner_text=True)
    reader.type_in(question, "999,999,999,999,999")
    expect(question.locator("[data-error]")).to_be_hidden()
    reader.type_in(reader.question("users"), "6")
    expect(reader.page.locator(".assessor-result")).to_contain_text("You store much.")
    # The rules name 50 GB, so the comma is no separator of thousands.
    reader.type_in(question, "12,5")
    expect(question).to_contain_text("12.5 GB")
