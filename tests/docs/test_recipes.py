"""Following the pages of recipes leads to what they promise."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assessor.loading.load import load_ruleset
from assessor.reports.wording import sentence
from mkdocs_assessor.standalone.addresses import Addresses
from tests.support.doc_pages import FENCE, follow, run, source
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

STYLES = "".join(file.read_text("utf-8") for file in (ROOT / "plugin/mkdocs_assessor/assets/styles").glob("*.css"))


def test_the_start_leads_to_a_guide_that_catches_a_change(tmp_path: Path) -> None:
    site, outputs = follow("start.md", tmp_path)
    assert (site / "docs" / "guides" / "choosing.md").is_file()
    folder = tmp_path / "my-guide"
    (failed,) = [output for command, output in outputs.items() if command.endswith("# fails")]
    assert "index.md:7:1: " in failed
    assert "[drifted-fact]" in failed
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "10 seats" in page
    assert (folder / ".github" / "workflows" / "guide.yml").is_file()


def test_two_languages_decide_the_same(tmp_path: Path) -> None:
    folder, _ = follow("two-languages.md", tmp_path)
    pages = {language: (folder / "site" / path).read_text("utf-8") for language, path in _TWO_LANGUAGES.items()}
    bundles = {language: re.findall(r"data-bundle='(.*?)'", page) for language, page in pages.items()}
    assert bundles["en"] == bundles["de"] != []
    assert "If what you keep is less than 20 GB" in _spaced(pages["en"])
    assert "Wenn gilt: Ihr Bestand liegt unter 20 GB" in _spaced(pages["de"])
    assert "Ihr Ergebnis" in pages["de"]
    # The catalogue that the page shows is the one that the command writes, with what it shows at the end.
    catalogue = (folder / "rules.de.yml").read_text("utf-8")
    shown = re.search(r"^```yaml\n(.*?)^```$", source("two-languages.md"), re.M | re.S)
    assert shown is not None
    assert shown[1] in catalogue
    assert "stale-translation" in run("zensical build --clean", folder).stdout
    # The correction that the page describes.
    was = '    was: "A single file is too small for you."\n'
    catalogue = catalogue.replace(was, "").replace("Eine einzelne Datei ist zu klein", "Eine Datei reicht nicht")
    (folder / "rules.de.yml").write_text(catalogue, "utf-8")
    assert (built := run("zensical build --clean", folder)).returncode == 0, built.stdout
    german = (folder / "site/de/index.html").read_text("utf-8")
    assert "Eine Datei reicht nicht für Sie." in german
    assert "Ihr Ergebnis" in german


_TWO_LANGUAGES = {"en": "index.html", "de": "de/index.html"}


def _spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_an_own_estimate_is_a_source(tmp_path: Path) -> None:
    folder, _ = follow("sources.md", tmp_path)
    home = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert home.count('href="our-estimates/#traffic"') == 2  # in the text, and among what the estimates assume
    usual = load_ruleset(str(folder / "rules.py")).facts[1]
    assert str(usual) == "1,000 hits per day"
    assert '"1 hit per day" and "1,000 hits per day"' in " ".join(source("sources.md").split())


def test_dates_are_what_the_page_says(tmp_path: Path) -> None:
    folder, _ = follow("dates.md", tmp_path)
    ruleset = load_ruleset(str(folder / "rules.py"))
    assert "18 months after 31 August 2026 is 29 February 2028" in " ".join(source("dates.md").split())
    assert "Heron 4 gets fixes until 29 February 2028." in [rule.because for rule in ruleset.rules]
    said = "If you go live before 29 February 2028, and its life is at most 6 months, then: Heron 4."
    assert sentence(ruleset.rules[1]) == said


def test_a_guide_without_a_generator_is_as_the_page_says(tmp_path: Path) -> None:
    """The browser tests show what the web component does in the frameworks of the page."""
    folder, _ = follow("without-a-generator.md", tmp_path)
    page = (folder / "guide.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert (folder / "assets/plans.html").read_bytes() == (folder / "fragment.html").read_bytes()
    name = json.loads((folder / "guide/package.json").read_text(encoding="utf-8"))["name"]
    for path in ("docs/choosing.mdx", "choosing.md", "module.html"):
        assert name in (folder / path).read_text(encoding="utf-8")
    addresses = {"index.md": "https://docs.example.org/", "guides/cost.md": "https://docs.example.org/guides/cost/"}
    text = " ".join(source("without-a-generator.md").split())
    for path, address in addresses.items():
        assert f"`{path}` is `{address}`" in text
        assert Addresses("https://docs.example.org/").resolve(path) == address


def test_tailored_text_follows_the_answers(tmp_path: Path) -> None:
    folder, _ = follow("tailor-the-text.md", tmp_path)
    assert (checked := run("assessor check --strict --rules rules.py", folder)).returncode == 0, checked.stdout
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert page.count("data-when=") == 3
    assert "Applies if the result is “Self-host”." in page
    assert "<span>(if the answer to “Where must the data stay?” is “In the EU”)</span>" in page


def test_the_first_example_of_the_overview_is_a_guide(tmp_path: Path) -> None:
    folder, _ = follow("make-your-own.md", tmp_path)
    assert (checked := run("assessor check --strict --rules rules.py", folder)).returncode == 0, checked.stdout
    (folder / "mkdocs.yml").write_text("site_name: A\nplugins: [assessor: {rules: rules.py}]\n", encoding="utf-8")
    assert (built := run("mkdocs build --strict", folder)).returncode == 0, built.stdout


def test_the_commands_for_any_ci_pass_on_a_sound_guide(tmp_path: Path) -> None:
    folder, _ = follow("make-your-own.md", tmp_path)
    (folder / "answers.schema.json").write_text(
        run("assessor schema --rules rules.py", folder).stdout, encoding="utf-8"
    )
    # Zensical is installed here as well, and the doctor looks at the site for each generator.
    extension = "markdown_extensions: [mkdocs_assessor: {rules: rules.py, strict: true}]"
    both = f"plugins: [assessor: {{rules: rules.py}}]\n{extension}\n"
    (folder / "mkdocs.yml").write_text(f"site_name: A\nwatch: [rules.py]\n{both}", encoding="utf-8")
    (folder / "answers.yml").write_text("mandate: true\npager: true\n", encoding="utf-8")
    (script,) = [block["body"] for block in FENCE.finditer(source("ci.md")) if block["language"] == "sh"]
    for command in script.splitlines():
        assert (ran := run(command, folder)).returncode == 0, ran.stdout
    (folder / "answers.yml").write_text("mandate: false\n", encoding="utf-8")
    assert [run(command, folder).returncode for command in script.splitlines() if "--expect" in command] == [1]


def test_every_variable_and_every_stable_class_is_true() -> None:
    page = source("looks.md")
    listed = {f"--assessor-{name}" for name in re.findall(r"`--assessor-([a-z0-9-]+)`", page)}
    used = set(re.findall(r"--assessor-[a-z]+(?=\s*:)", STYLES))
    assert used <= listed
    (width,) = re.findall(r"at least (\d+) px wide", page)
    assert f"@container (min-width: {width}px)" in STYLES
    made = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "plugin" / "mkdocs_assessor").rglob("*")
        if path.suffix in (".py", ".jinja") and "shipped" not in path.parts
    )
    (table,) = re.findall(r"^## Stable classes\n(.*)", page, re.MULTILINE | re.DOTALL)
    names = re.findall(r"`\.?(assessor[a-z-]*)`", table)
    assert len(names) > 10
    assert [name for name in names if name not in made] == []


def test_an_example_of_the_gallery_is_linked_where_it_is() -> None:
    linked = re.findall(r"^\| \[[^]]+\]\(([a-z/-]+\.md)\)", source("gallery.md"), re.MULTILINE)
    assert len(linked) > 5
    for page in linked:
        assert page == "index.md" or FENCE.search(source(page)) or "kite.py" in source(page)
