"""Render a guide as an npm package with a custom element, for sites that JavaScript frameworks build."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from pathlib import Path

from assessor.language.inline import plain_text
from assessor.language.words import Words
from assessor.model.ruleset import RuleSet
from mkdocs_assessor.page.assets import script, style_sheet
from mkdocs_assessor.standalone.content import MARK, Standalone, standalone
from mkdocs_assessor.standalone.files import signed, write_ours

_HEAD = f"/* {MARK}: assessor export --to web-component */\n"
_FILES = ("index.js", "index.d.ts", "content.js", "script.mjs", "README.md")
_VERSION_DIGITS = 12


def write_component(
    ruleset: RuleSet, folder: Path, words: Words | None, words_file: Path | None, base_url: str
) -> list[Path]:
    """Write the package into a folder; return the paths of its files. The options are those of `standalone`.

    Raises:
        AssessorError: If an option is invalid, the rule set is too large to compile, or writing a file fails.
    """
    files = package(standalone(ruleset, words, words_file, base_url))
    write_ours(folder, files)
    return [folder / path for path in files]


def package(guide: Standalone) -> dict[str, str]:
    """Return the signed files of the package by path.

    Raises:
        RuleSetError: If the rule set is too large to compile.
    """
    tag = f"assessor-guide-{guide.ruleset.id}"
    html = guide.render("component.html.jinja", style=style_sheet().content.strip())
    # The address of a bundled script depends on the page that loaded it first; the answers are to be the same on all.
    html = html.replace("<template data-assessor=", '<template data-site="/" data-assessor=')
    values = {"TAG": tag, "TITLE": plain_text(guide.ruleset.title), "ID": guide.ruleset.id}
    files = {
        "index.js": _template("index.js"),
        "index.d.ts": _filled(_template("index.d.ts.txt"), values),
        "README.md": _filled(_template("README.md.txt"), values),
        "content.js": f"{_HEAD}export const tag = {_js(tag)};\nexport const html = {_js(html)};\n",
        # A function, because importing must not run it where there is no window. The suffix keeps Docusaurus from
        # compiling it: npm links folders, and Babel's loose mode would then break every spread of a NodeList.
        "script.mjs": f"{_HEAD}export function start() {{\n{script().content.strip()}\n}}\n",
    }
    files = {"package.json": _manifest(tag, values["TITLE"], files), **files}
    return {path: signed(text) for path, text in files.items()}


def _manifest(tag: str, title: str, files: dict[str, str]) -> str:
    # Another version whenever anything changes, so that no lock file or cache keeps an old guide.
    content = hashlib.sha256("".join(files[name] for name in _FILES).encode()).hexdigest()
    manifest = {
        "//": f"{MARK}: assessor export --to web-component",
        "name": tag,
        "version": f"0.0.0-sha{content[:_VERSION_DIGITS]}",
        "description": title,
        "type": "module",
        "exports": {".": {"types": "./index.d.ts", "default": "./index.js"}},
        "types": "./index.d.ts",
        "files": [*_FILES],
        "sideEffects": True,
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _js(text: str) -> str:
    # Plain ASCII, whatever encoding a server declares, and no end of a script where a page has the module inline.
    return json.dumps(text, ensure_ascii=True).replace("</", "<\\/")


def _template(name: str) -> str:
    return (resources.files("mkdocs_assessor") / "assets" / "component" / name).read_text(encoding="utf-8")


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text
