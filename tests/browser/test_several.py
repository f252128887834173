"""Several rule sets on one page: what is answered to one changes nothing in the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.reader import Reader
from tests.browser.sites import Site, build, served
from tests.support.sites import CONFIG, RULES, write_site

Visit = Callable[..., Reader]

_LUNCH = RULES.replace('"commute"', '"lunch"').replace('title="To work"', 'title="To eat"')
_PAGE = """\
# Home

## Weather

<!-- assessor/checklist -->

<!-- assessor/midday/question rain -->

<!-- assessor/midday/checklist -->
"""


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with two rule sets, whose questions have the same ids."""
    config = CONFIG.replace("rules: rules.py", "rules: {commute: rules.py, midday: lunch.py}")
    # As the other small site has it: nothing from a third party, and what the theme's scripts count on.
    config = config.replace("theme: mkdocs", "theme: {name: mkdocs, highlightjs: false}")
    config = config.replace("plugins:\n", "plugins:\n  - search\n")
    folder = write_site(tmp_path_factory.mktemp("two"), {"index.md": _PAGE, "lunch.py": _LUNCH, "mkdocs.yml": config})
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(folder / "mkdocs.yml", folder / "site", url)


def _checklist(reader: Reader, ruleset: str) -> Locator:
    return reader.page.locator(f'assessor-checklist[data-ruleset="{ruleset}"]')


def _question(reader: Reader, ruleset: str, name: str) -> Locator:
    return _checklist(reader, ruleset).locator(f'[data-question="{name}"]')


def _count(reader: Reader, ruleset: str) -> Locator:
    return _checklist(reader, ruleset).locator('[data-fill="answered"]').first


def test_answers_and_results_are_apart(two: Site, visit: Visit) -> None:
    reader = visit(two.address("http"))
    reader.answer_in(_question(reader, "commute", "rain"), "daily")
    reader.answer_in(_question(reader, "commute", "bicycle"), False)
    expect(_count(reader, "commute")).to_have_text("2")
    expect(_count(reader, "lunch")).to_have_text("0")
    verdict = ".assessor-compass .assessor-verdict:visible"
    expect(_checklist(reader, "commute").locator(verdict)).to_have_text("Settled: Take the bus")
    expect(_checklist(reader, "lunch").locator(verdict)).to_have_text(re.compile("Outcomes still possible: [0-9]"))
    expect(reader.in_prose("rain").locator('input[value="daily"]')).not_to_be_checked()


def test_a_question_is_in_step_with_its_own_checklist(two: Site, visit: Visit) -> None:
    reader = visit(two.address("http"))
    reader.answer_in(reader.in_prose("rain"), "never")
    expect(_question(reader, "lunch", "rain").locator('input[value="never"]')).to_be_checked()
    expect(_question(reader, "commute", "rain").locator('input[value="never"]')).not_to_be_checked()
    expect(_count(reader, "commute")).to_have_text("0")


def test_both_are_kept_apart(two: Site, visit: Visit) -> None:
    reader = visit(two.address("http"))
    reader.answer_in(_question(reader, "commute", "rain"), "daily")
    reader.answer_in(_question(reader, "lunch", "rain"), "never")
    stored = {key.rpartition(":")[2]: value["answers"] for key, value in reader.stored().items()}
    assert stored == {"commute": {"rain": "daily"}, "lunch": {"rain": "never"}}
    reader.reload()
    expect(_question(reader, "commute", "rain").locator('input[value="daily"]')).to_be_checked()
    expect(_question(reader, "lunch", "rain").locator('input[value="never"]')).to_be_checked()
    reader.click(_checklist(reader, "commute").get_by_role("button", name="Start again"))
    reader.click(_checklist(reader, "commute").get_by_role("button", name="Yes, clear"))
    expect(_count(reader, "commute")).to_have_text("0")
    expect(_count(reader, "lunch")).to_have_text("1")
