"""The script and the style sheet, as files and inline."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import markdown
import pytest

import mkdocs_assessor
from assessor import Bundle, compile_ruleset, load_ruleset
from mkdocs_assessor.diagnostics import FindingError
from mkdocs_assessor.page import assets
from tests.support.paths import ROOT
from tests.support.plugin.html_pages import by_class, dangling_references, ids, read, repeated, text_of
from tests.support.sites import RULES, Built
from tools.node import find_node

pytestmark = pytest.mark.slow

_ASSETS = Path(mkdocs_assessor.__file__).parent / "assets"

# A window with as much in it as the script asks for when it is loaded.
_RUN_TWICE = """
const vm = require("node:vm");
const { script, names } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const defined = new Map();
const window = {
  HTMLElement: class {},
  customElements: {
    get: (name) => defined.get(name),
    define(name, element) {
      if (defined.has(name)) throw new Error(`${name} is defined twice`);
      defined.set(name, element);
    },
  },
  document: { currentScript: null },
  location: { href: "file:///" },
  URL,
  addEventListener() {},
  // What is to be done later is done once the script has run.
  setTimeout: (task) => task(),
};
const context = vm.createContext(window);
const before = new Set(vm.runInContext("Reflect.ownKeys(globalThis)", context));
for (const visit of [1, 2]) vm.runInContext(script, context);
const after = vm.runInContext("Reflect.ownKeys(globalThis)", context);
setImmediate(() => console.log(JSON.stringify({
  added: after.filter((name) => !before.has(name)),
  seen: names.filter((name) => vm.runInContext(`typeof ${name}`, context) !== "undefined"),
  elements: [...defined.keys()].sort(),
})));
"""


def _declared(script: str) -> set[str]:
    declaration = r"^\s*(?:export )?(?:const|let|var|class|function\*?|async function) (\w+)"
    return set(re.findall(declaration, script, re.MULTILINE))


class TestScript:
    def test_defines_nothing_but_assessor(self) -> None:
        """Even where it runs twice, as Material's instant navigation makes it."""
        script = assets.script().content
        sources = "".join(
            path.read_text("utf-8") for path in _ASSETS.rglob("*.js") if path.parent != _ASSETS / "shipped"
        )
        names = sorted(_declared(sources) - {"assessor"})
        assert {"View", "AnswerSheet"} <= set(names)
        node = find_node()
        assert node, "Node.js is missing: run 'python tools/node.py --ensure'"
        run = subprocess.run(
            [node, "-e", _RUN_TWICE],
            input=json.dumps({"script": script, "names": names}),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert run.returncode == 0, run.stderr
        assert json.loads(run.stdout) == {
            "added": ["assessor"],
            "seen": [],
            "elements": [f"assessor-{name}" for name in ("checklist", "live", "passages", "plan", "question")],
        }

    def test_is_what_its_sources_give(self) -> None:
        """The minified files are committed, so that no user needs Node.js."""
        node = find_node()
        assert node
        run = subprocess.run(
            [node, "tools/build.js", "--check"],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert run.returncode == 0, run.stderr

    @pytest.mark.parametrize(
        "name", ["core/collections.js", "page/answers/links.js", "page/elements.js", "styles/result.css"]
    )
    def test_a_source_that_changed_since_is_told(self, tmp_path: Path, name: str) -> None:
        for folder in ("tools", "plugin/mkdocs_assessor/assets"):
            shutil.copytree(ROOT / folder, tmp_path / folder)
        shutil.copy(ROOT / "package.json", tmp_path)
        (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
        source = tmp_path / "plugin/mkdocs_assessor/assets" / name
        more = ".more { color: red }" if name.endswith("css") else 'globalThis.more = "more";'
        source.write_text(f"{source.read_text('utf-8')}\n{more}\n", encoding="utf-8")
        node = find_node()
        assert node
        command = [node, "tools/build.js", "--check"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=60)
        assert run.returncode == 1
        assert "run 'npm run build'" in run.stderr

    def test_nothing_is_fetched(self) -> None:
        """No request after load, and no third party: the browser tests watch it, this finds it sooner."""
        texts = assets.script().content + assets.style_sheet().content
        calls = r"\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|import)\s*\(|@import|url\(|document\.cookie"
        assert re.findall(calls, texts) == []


_CORE_BY = {
    "require": 'console.log(Object.keys(require("./core.js")).join())',
    "import": 'import { accepts, assess } from "./core.js"; console.log(Object.keys({ accepts, assess }).join())',
    "import of all": 'import core from "./core.js"; console.log(Object.keys(core).join())',
    "plain script": """
        const [vm, fs] = [require("node:vm"), require("node:fs")];
        const page = vm.createContext({ module: { id: "an element with this id" } });
        vm.runInContext(fs.readFileSync("core.js", "utf8"), page);
        console.log(Object.keys(page.assessor).join());
    """,
}


class TestCore:
    """Others use `core.js` in each of the ways that JavaScript has."""

    @pytest.mark.parametrize("package", ['{"type": "module"}', '{"type": "commonjs"}', "{}"])
    @pytest.mark.parametrize("way", _CORE_BY)
    def test_where_it_is_installed(self, tmp_path: Path, way: str, package: str) -> None:
        """Whatever the project around the installed package says of its own modules."""
        shutil.copytree(_ASSETS / "shipped", tmp_path / "shipped")
        (tmp_path / "package.json").write_text(package, "utf-8")
        assert _run_node(tmp_path / "shipped", _CORE_BY[way]) == "accepts,assess"

    @pytest.mark.parametrize("way", ["require", "import"])
    def test_a_copy_in_a_project_of_modules(self, tmp_path: Path, way: str) -> None:
        """The name `core.cjs` makes it what it is, a CommonJS module."""
        shutil.copy(_ASSETS / "shipped/core.js", tmp_path / "core.cjs")
        (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
        assert _run_node(tmp_path, _CORE_BY[way].replace("core.js", "core.cjs")) == "accepts,assess"


def _run_node(folder: Path, program: str) -> str:
    """Return what a program prints that runs in a folder."""
    node = find_node()
    assert node
    kind = "module" if program.startswith("import") else "commonjs"
    command = [node, f"--input-type={kind}", "--eval", program]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


class TestNames:
    def test_hash_of_the_content(self) -> None:
        for asset in (assets.script(), assets.style_sheet()):
            assert asset.name.split(".")[1] == hashlib.sha256(asset.content.encode()).hexdigest()[:12]

    @pytest.mark.parametrize("name", ["shipped/assessor.js"])
    def test_changes_with_the_script(self, tmp_path: Path, name: str) -> None:
        before, after = _names_of_copy(tmp_path / "before"), _names_of_copy(tmp_path / "after", name)
        assert before == [assets.script().name, assets.style_sheet().name]
        assert after[0] != before[0]
        assert after[1] == before[1]

    def test_changes_with_the_style_sheet(self, tmp_path: Path) -> None:
        before, after = _names_of_copy(tmp_path / "before"), _names_of_copy(tmp_path / "after", "shipped/assessor.css")
        assert after[1] != before[1]
        assert after[0] == before[0]


def _names_of_copy(folder: Path, changed: str = "") -> list[str]:
    """The names of the assets of a copy of the package, one source of which has a line more."""
    code = "from mkdocs_assessor.page.assets import *; print(script().name, style_sheet().name)"
    return _run_copy(folder, code, {changed: "/* more */"} if changed else {}).split()


def _run_copy(folder: Path, code: str, more: Mapping[str, str]) -> str:
    """Run code with a copy of the package, some assets of which have a line more."""
    package = folder / "mkdocs_assessor"
    shutil.copytree(_ASSETS.parent, package)
    for name, line in more.items():
        with (package / "assets" / name).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return run.stdout


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _convert(text: str, **options: object) -> str:
    return markdown.markdown(text, extensions=["mkdocs_assessor"], extension_configs={"mkdocs_assessor": options})


class TestWithoutAGenerator:
    _TEXT = "# Title\n\nUp to [](fact:base-fte).\n\n<!-- assessor/checklist -->\n\n<!-- assessor/question fork -->\n"

    def test_plain_markdown(self) -> None:
        html = markdown.markdown(self._TEXT, extensions=["mkdocs_assessor"])
        page = read(html)
        assert repeated(ids(page)) == []
        assert dangling_references(page) == []
        assert len(list(page.iter("assessor-checklist"))) == len(list(page.iter("assessor-question"))) == 1
        assert [text_of(link) for link in by_class(page, "assessor-fact")] == ["0.5 FTE"]
        assert [link.get("rel") for link in page.iter("link")] == []

    def test_script_and_styles_stand_in_the_page_once_and_whole(self) -> None:
        page = read(_convert(self._TEXT))
        (script,), (styles,) = page.iter("script"), page.iter("style")
        assert script.attrib == styles.attrib == {}
        assert _lines((script.text or "").replace("<\\/", "</")) == _lines(assets.script().content)
        assert _lines(styles.text or "") == _lines(assets.style_sheet().content)

    def test_nothing_in_them_ends_them(self) -> None:
        html = _convert(self._TEXT)
        assert html.count("<script") == html.count("</script") == 1
        assert html.count("<style") == html.count("</style") == 1
        script = html.partition("<script>")[2].partition("</script>")[0]
        # Either of these changes how the rest of a script is read.
        assert "<!--" not in script
        assert "</" not in script
        assert "</" not in html.partition("<style>")[2].partition("</style>")[0]

    def test_a_script_that_names_its_own_end(self, tmp_path: Path) -> None:
        text = "<!-- assessor/question fork -->"
        code = f"import markdown; print(markdown.markdown({text!r}, extensions=['mkdocs_assessor']))"
        page = read(_run_copy(tmp_path, code, {"shipped/assessor.js": 'const end = "</script><b>";'}))
        (script,) = page.iter("script")
        assert 'const end = "<\\/script><b>";' in (script.text or "")
        assert list(page.iter("b")) == []

    def test_script_still_runs(self) -> None:
        script = _convert(self._TEXT).partition("<script>")[2].partition("</script>")[0]
        node = find_node()
        assert node
        command = [node, "--check", "-"]
        run = subprocess.run(command, input=script, capture_output=True, encoding="utf-8", check=False, timeout=60)
        assert run.returncode == 0, run.stderr

    def test_bundle_is_read_back(self) -> None:
        (template,) = read(_convert(self._TEXT)).iter("template")
        bundle: Bundle = json.loads(template.get("data-bundle", ""))
        assert bundle == json.loads(json.dumps(compile_ruleset(load_ruleset("assessor.rulesets.self_hosting"))))

    def test_one_instance_renders_many_pages(self) -> None:
        instance = markdown.Markdown(extensions=["mkdocs_assessor"])
        first, second = (instance.reset().convert(self._TEXT) for _ in range(2))
        assert first == second

    def test_own_rules(self, tmp_path: Path) -> None:
        rules = tmp_path / "rules.py"
        rules.write_text(RULES, encoding="utf-8")
        page = read(_convert("<!-- assessor/question rain -->", rules=str(rules)))
        assert "How often does it rain?" in text_of(page)
        links = [link.get("href") for link in by_class(page, "assessor-why")[0].iter("a")]
        assert links == ["#weather"]

    def test_mistakes_are_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.WARNING, "mkdocs_assessor"):
            html = _convert("# Title\n\n<!-- assessor/cheklist -->\n")
        assert [record.getMessage() for record in caplog.records] == [
            "3:1: there is no slot 'assessor/cheklist'. Did you mean 'checklist'? [unknown-slot]\n"
            "  3 | <!-- assessor/cheklist -->\n    | ^~~~~~~~~~~~~~~~~~~~~~~~~~"
        ]
        assert len(by_class(read(html), "assessor-mistake")) == 1

    @pytest.mark.parametrize("text", ["<!-- assessor/cheklist -->", "[](fact:nothing)", "[9 FTE](fact:base-fte)"])
    def test_mistakes_are_raised_where_asked_for(self, text: str) -> None:
        with pytest.raises(FindingError):
            _convert(text, strict=True)


def test_sizes(guide: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """Printed, and not judged."""
    files = {name: content for name, content in guide.files().items() if "assets/assessor." in name}
    (template,) = read(guide.page()).iter("template")
    files["the bundle"] = template.get("data-bundle", "").encode()
    with capsys.disabled():
        for name, content in files.items():
            print(f"\n{name}: {len(content):,} bytes, {len(gzip.compress(content)):,} gzipped", end="")
    assert len(files) == 3
