"""Commands that are not told which rule set they are for, in the folder of a site."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor.__main__ import main

RULES = """\
from assessor import Outcome, Rule, RuleSet, Section, YesNo, otherwise

wind = YesNo("wind", "Is there wind?")
fly, walk = Outcome("fly", "Fly the kite", "Go out."), Outcome("walk", "Walk", "Go out, too.")
ruleset = RuleSet(
    "kite",
    title="Kite",
    sections=[Section("all", "All", [wind])],
    outcomes=[fly, walk],
    rules=[Rule(wind, fly, "There is wind."), otherwise(walk, "There is none.")],
)
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "kite.py").write_text(RULES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, stdin: str = "") -> Result:
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mkdocs.yml", "plugins:\n  - assessor:\n      rules: kite.py\n  - search: {lang: !ENV LANG}\n"),
        ("properdocs.yml", "plugins:\n  assessor: {rules: kite.py}\n"),
        ("mkdocs.yml", "markdown_extensions:\n  - mkdocs_assessor:\n      rules: {wind: kite.py}\n"),
        ("zensical.toml", '[project.markdown_extensions.mkdocs_assessor]\nrules = "kite.py"\n'),
    ],
)
def test_they_take_the_rule_set_of_the_site(site: Path, name: str, text: str) -> None:
    (site / name).write_text(text, encoding="utf-8")
    result = run("assess", "-", "--expect", "fly", stdin="wind: yes\n")
    assert result.exit_code == 0
    assert "Settled: Fly the kite [fly]" in result.stdout
    assert result.stderr == f"rules: kite.py, as {name} says\n"
    assert run("check").stdout == "No findings in kite.\n"


def test_one_that_is_named_is_taken(site: Path) -> None:
    (site / "mkdocs.yml").write_text("plugins:\n  - assessor:\n      rules: other.py\n", encoding="utf-8")
    result = run("check", "--rules", "kite.py")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_site_that_names_none_has_the_bundled_one_as_its_build_has(site: Path) -> None:
    (site / "mkdocs.yml").write_text("plugins: [assessor]\n", encoding="utf-8")
    result = run("cases")
    assert result.stdout.startswith("self-hosting: ")
    assert (
        result.stderr == "rules: the bundled guide for Medplum, since mkdocs.yml names none; name yours with --rules\n"
    )


@pytest.mark.parametrize("text", ["plugins: [search]\n", ""])
@pytest.mark.parametrize("command", [["check"], ["cases"], ["assess", "-"], ["schema"]])
def test_a_folder_without_rules_is_refused(site: Path, text: str, command: list[str]) -> None:
    if text:
        (site / "mkdocs.yml").write_text(text, encoding="utf-8")
    result = run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    demo = "assessor.rulesets.self_hosting"
    said = f"Error: there is no rule set here: name it with --rules; for the demo, --rules {demo}\n"
    assert result.stderr.endswith(said)
    assert run("bundle", "--schema").exit_code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("plugins:\n  - assessor:\n      rules: {a: kite.py, b: b.py}\n", "write --rules kite.py, or --rules b.py"),
        ("plugins:\n  - assessor:\n      rules: [kite.py]\n", "mkdocs.yml:3: error: rules: write a reference"),
        (
            "plugins:\n  - assessor:\n      rule: kite.py\n",
            "mkdocs.yml:3: error: there is no option 'rule'. Did you mean 'rules'?",
        ),
        ("plugins: [\n", "mkdocs.yml:2: error: not valid YAML"),
        ("plugins:\n  - assessor:\n      rules: kites.py\n", "there is no rule set file 'kites.py'"),
    ],
)
def test_what_does_not_lead_to_one_is_told(site: Path, text: str, message: str) -> None:
    (site / "mkdocs.yml").write_text(text, encoding="utf-8")
    result = run("cases")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    # It needs no rule set.
    assert run("bundle", "--schema").exit_code == 0
