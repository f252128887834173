"""`assessor export --to web-component`: an npm package that needs no browser until a page shows it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assessor.__main__ import main
from tests.support.commands import run_command
from tests.support.paths import ROOT
from tests.support.plugin.html_pages import dangling_references, ids, read, repeated, text_of
from tests.support.sites import RULES
from tools.node import find_node, find_npm

_TAG = "assessor-guide-commute"
_HOSTILE = "Is `${x}` </script>\\u2028 \\\\ 'a' \\\"b\\\" → 東京?"


def _run(*arguments: str) -> Result:
    return run_command("export", "--to", "web-component", *arguments)


def _export(*arguments: str, rules: str = "rules.py", out: str = "guide") -> Path:
    run = _run("--rules", rules, "--out", out, *arguments)
    assert run.exit_code == 0, run.output
    return Path(out)


def _manifest(package: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((package / "package.json").read_text("utf-8"))
    return manifest


def _node(program: str) -> Any:
    """Return what a module prints as JSON, where there is no window."""
    node = find_node()
    assert node, "Node.js is missing: run 'python tools/node.py --ensure'"
    command = [node, "--input-type=module", "--eval", program]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


_IMPORT = 'import * as guide from "./guide/index.js"; console.log(JSON.stringify(guide));'


def test_is_imported_without_a_window(folder: Path) -> None:
    _export()
    guide = _node(_IMPORT)
    assert list(guide) == ["html", "tag"]
    assert guide["tag"] == _TAG
    page = read(guide["html"])
    assert (repeated(ids(page)), dangling_references(page)) == ([], [])
    assert [text_of(each) for each in page.iter("h2")] == ["How this is decided", "Facts and sources", "Worked cases"]
    assert [each.tag for each in page.iter() if each.tag in ("script", "link") or "src" in each.attrib] == []


def test_texts_survive_the_way_through_javascript(folder: Path) -> None:
    (folder / "rules.py").write_text(RULES.replace("A lock that holds", _HOSTILE), encoding="utf-8")
    _export()
    wording = "Is ${x} </script>\u2028 \\ 'a' \"b\" → 東京?"
    assert " ".join(wording.split()) in text_of(read(_node(_IMPORT)["html"]))
    (folder / "guide/content.js").read_bytes().decode("ascii")


def test_npm_packs_what_the_manifest_lists(folder: Path) -> None:
    package = _export()
    npm = find_npm()
    assert npm
    command = [*npm, "pack", "--dry-run", "--json"]
    run = subprocess.run(command, cwd=package, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    packed = json.loads(run.stdout)
    (packed,) = packed.values() if isinstance(packed, dict) else packed
    assert packed["name"] == _TAG
    assert sorted(each["path"] for each in packed["files"]) == sorted(file.name for file in package.iterdir())
    assert sorted(_manifest(package)["files"]) == sorted(
        file.name for file in package.iterdir() if file.name != "package.json"
    )


def test_types_know_the_element_and_its_event(folder: Path) -> None:
    _export()
    program = """
    import { html, tag } from "./guide/index.js";
    const element: HTMLElement = document.createElement(tag);
    const same: "assessor-guide-commute" = tag;
    document.addEventListener("assessor:change", ({ detail }) => detail.outcome?.toUpperCase());
    // @ts-expect-error -- a text
    const length: string = html.length;
    """
    (folder / "use.ts").write_text(program, encoding="utf-8")
    node = find_node()
    assert node
    options = [
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom",
        "--types",
        "",
    ]
    command = [node, str(ROOT / "node_modules/typescript/bin/tsc"), *options, "use.ts"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert run.returncode == 0, run.stdout


def test_version_follows_the_content(folder: Path) -> None:
    first = _manifest(_export())["version"]
    assert _manifest(_export(out="again"))["version"] == first
    changed = _manifest(_export("--language", "de", out="german"))["version"]
    assert changed != first
    assert first.startswith("0.0.0-")


def test_is_written_again_but_over_nobody_else_s_files(folder: Path) -> None:
    package = _export()
    before = {file.name: file.read_bytes() for file in package.iterdir()}
    _export()
    assert {file.name: file.read_bytes() for file in package.iterdir()} == before
    readme = package / "README.md"
    readme.write_text(f"{readme.read_text('utf-8')}Ours.\n", encoding="utf-8")
    refused = _run("--rules", "rules.py", "--out", str(package))
    assert refused.exit_code == 2
    assert "README.md: has changed since this command wrote it" in refused.stderr
    (folder / "docs").mkdir()
    own = folder / "docs" / "package.json"
    own.write_text('{"name": "docs"}\n', encoding="utf-8")
    run = _run("--rules", "rules.py", "--out", "docs")
    assert run.exit_code == 2
    assert "docs/package.json: is there already, and this command did not write it" in run.stderr
    assert [file.name for file in (folder / "docs").iterdir()] == ["package.json"]
    assert own.read_text("utf-8") == '{"name": "docs"}\n'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "web-component"), "--to web-component needs --out FOLDER"),
        (("--to", "jsonlogic", "--out", "x"), "--out is for --to web-component and --to xlsx only"),
        (("--to", "sql", "--dialect", "duckdb", "--words", "x.yml"), "--words is for --to web-component only"),
        (("--to", "web-component", "--out", "x", "--complete"), "--complete is for --to sql only"),
        (("--to", "web-component", "--out", "x", "--base-url", "x"), "--base-url: 'x' is no address of docs"),
    ],
)
def test_options_that_do_not_fit(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    run = CliRunner().invoke(main, ["export", "--rules", "rules.py", *arguments])
    assert run.exit_code == 2
    assert said in run.stderr
    assert not (folder / "x").exists()


def test_links_may_lead_to_pages_of_the_same_host(folder: Path) -> None:
    _export("--base-url", "/docs/{page}")
    assert '<a href="/docs/#weather">' in _node(_IMPORT)["html"]


def test_the_script_keeps_the_suffix_that_compilers_leave_alone(folder: Path) -> None:
    """Docusaurus compiles `.js` in linked folders, and a spread of anything but an array is wrong afterwards."""
    package = _export()
    assert "customElements" in (package / "script.mjs").read_text("utf-8")
    assert [file.name for file in package.glob("*.js") if "assessor-checklist" in file.read_text("utf-8")] == [
        "content.js"
    ]
