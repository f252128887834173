"""`core.js` in Chromium conforms to the conformance suite, loaded as a plain script."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser

from tests.conformance.differential import canonical
from tests.conformance.generate import VECTORS

CORE = Path(__file__).parent.parent.parent / "plugin/mkdocs_assessor/assets/core.js"
ASSESS_ALL = "({ bundle, vectors }) => vectors.map(({ answers }) => window.assessor.assess(bundle, answers))"


def test_core_js_conforms_in_chromium(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=CORE)
    for file in sorted(VECTORS.glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        found = page.evaluate(ASSESS_ALL, {"bundle": content["bundle"], "vectors": content["vectors"]})
        assert list(map(canonical, found)) == [canonical(each["assessment"]) for each in content["vectors"]], file.name
    page.close()
