"""The scripts that are shipped conform to the conformance suite in Chromium, loaded as plain scripts."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser

from tests.conformance.core_js import CORE, PAGE, shown_on_pages
from tests.conformance.differential import canonical
from tests.conformance.generate import VECTORS
from tests.support.paths import ROOT

SHIPPED = ROOT / "plugin/mkdocs_assessor/assets/shipped"
# As text: Playwright takes a minute to hand over as many values one by one.
ASSESS_ALL = """(text) => {
  const { bundle, vectors } = JSON.parse(text);
  return JSON.stringify(vectors.map(({ answers }) => window.assessor.assess(bundle, answers)));
}"""


@pytest.mark.parametrize("script", [CORE, PAGE])
def test_scripts_conform_in_chromium(browser: Browser, script: str) -> None:
    page = browser.new_page()
    page.add_script_tag(path=SHIPPED / script)
    for file in sorted(VECTORS.glob("*.json")):
        text = file.read_text(encoding="utf-8")
        found = json.loads(page.evaluate(ASSESS_ALL, text))
        said = [vector["assessment"] for vector in json.loads(text)["vectors"]]
        expected = said if script == CORE else map(shown_on_pages, said)
        assert list(map(canonical, found)) == list(map(canonical, expected)), file.name
    page.close()
