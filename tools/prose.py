"""Lint what people read: Harper on all prose, and textlint on messages, docstrings and the English catalogue.

`npm run lint` runs textlint on the Markdown files. Texts in Python and YAML go through the same rules here, except that
a few passives are allowed: a message often cannot name who acts.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "prose"
DICTIONARY = ROOT / "tools" / "dictionary.txt"
MARKDOWN = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/**/*.md")
PYTHON = ("assessor/**/*.py", "plugin/mkdocs_assessor/**/*.py")
WORD_LISTS = {"assessor/prose/guessing.py", "assessor/prose/unlinked.py"}
"""Modules whose strings are lists of words, some of them in other languages."""
CATALOGUE = "assessor/language/words/en.yml"

PASSIVES = 0.08
"""The share of sentences that may have a passive, of those outside Markdown files."""

CODE = re.compile("[a-z][A-Z]|Error$|[0-9]|^[A-Za-z]\\.?$")
"""A word that is a name in code or an initial."""

IGNORED_RULES = {
    "UseTitleCase": "our headings are in sentence case",
    "SentenceCapitalization": "list items, table cells and parts of messages are not sentences",
    "OxfordComma": "we write none",
    "ExpandMemoryShorthands": "kB and MB are units",
    "ExpandTimeShorthands": "ms is a unit",
    "ExpandControl": "Ctrl is the name of a key",
    "ExpandArgument": "Args is a heading of docstrings",
    "ExpandDirectory": "dir is a name in commands",
    "ExpandConfiguration": "config is a name in commands",
    "OrthographicConsistency": "ids, html and json are names in code",
    "MassNouns": "a finding is one thing",
    "SplitWords": "it splits names of packages",
    "Dashes": "two hyphens begin an option",
    "UnclosedQuotes": "a message's parts may share their quotes",
    "MissingPreposition": "it takes names for verbs",
    "MissingTo": "it takes nouns for verbs",
    "PhrasalVerbAsCompoundNoun": "it takes nouns for verbs",
    "DiscourseMarkers": "otherwise is the name of a function",
    "CondenseAllThe": "all_of is the name of a function",
    "SingleBe": "a placeholder or a quoted name stands between the two",
    "NoFrenchSpaces": "examples in help are indented",
    "Spaces": "a placeholder or a link stands at the end",
    "CommaFixes": "a placeholder or a link stands before the comma",
    "MergeWords": "a placeholder stands between the two",
    "AnA": "FHIR sounds like fire",
    "DayOneNames": "day one is the first day",
    "DisjointPrefixes": "British spelling keeps the hyphen of non-negotiable",
    "CompoundNouns": "style sheet, check list and look alike are also two words",
}


class Text(NamedTuple):
    """One text, as Markdown in one line, and where it is from."""

    file: str
    line: int
    text: str


class Alert(NamedTuple):
    """What a linter says of a text."""

    file: str
    line: int
    message: str


def python_texts(file: Path) -> Iterator[Text]:
    """Yield the docstrings and the strings of four words or more."""
    name = file.relative_to(ROOT).as_posix()
    tree = ast.parse(file.read_text("utf-8"))
    if name in WORD_LISTS:
        return
    # An example of a command is no sentence.
    examples = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "example"}
    inside = examples | {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = _with_placeholders(node)
        else:
            continue
        if len(text.split()) > 3 and re.search("[a-z] [a-z]", text):
            yield from (Text(name, node.lineno, paragraph) for paragraph in paragraphs(text))


def _with_placeholders(string: ast.JoinedStr) -> str:
    parts = (
        part.value if isinstance(part, ast.Constant) else f"`x{number}`" for number, part in enumerate(string.values)
    )
    return "".join(str(part) for part in parts)


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text in one line each; each entry of a docstring's `Args:` is one."""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        starts = not line.strip() or re.match(r"\s*[\w*, ]+(\(.*\))?:( |$)", line)
        if starts and lines:
            yield " ".join(lines)
            lines = []
        if line.strip():
            lines.append(line.strip())


def catalogue_texts() -> Iterator[Text]:
    """Yield the words of the English catalogue."""
    root = yaml.compose((ROOT / CATALOGUE).read_text("utf-8"))
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            nodes.extend(value for _, value in node.value)
        elif isinstance(node, yaml.ScalarNode):
            yield Text(CATALOGUE, node.start_mark.line + 1, re.sub(r"\{\w*\}", "`x`", " ".join(node.value.split())))


def markdown_texts() -> Iterator[Text]:
    """Yield the lines of the Markdown files; links whose text the build writes become code, which linters skip."""
    for pattern in MARKDOWN:
        for file in sorted(ROOT.glob(pattern)):
            name = file.relative_to(ROOT).as_posix()
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                yield Text(name, number, re.sub(r"\[\]\([^)]*\)", "`x`", line))


def written(texts: list[Text], name: str, separator: str) -> Path:
    """Write texts to a file for the linters."""
    CACHE.mkdir(parents=True, exist_ok=True)
    file = CACHE / f"{name}.md"
    file.write_text(separator.join(text.text for text in texts) + "\n", "utf-8")
    return file


def harper(texts: list[Text], name: str, separator: str) -> Iterator[Alert]:
    """Yield what Harper says of texts."""
    file = written(texts, name, separator)
    command = ["lint", "--dialect", "gb", "--format", "json", "--user-dict-path", str(DICTIONARY)]
    command += ["--ignore", ",".join(IGNORED_RULES), str(file)]
    run = subprocess.run(
        [str(Path(sys.executable).with_name("harper")), *command], check=False, capture_output=True, text=True
    )
    if not run.stdout.startswith("["):
        raise SystemExit(f"Harper failed: {run.stderr}")
    # Harper asks for British spelling even of names that its dictionary has, such as Labor.
    names = set(DICTIONARY.read_text("utf-8").split())
    for alert in json.loads(run.stdout)[0]["lints"]:
        word = alert["matched_text"].removesuffix("'s")
        if alert["rule"] == "SpellCheck" and (CODE.search(word) or word in names):
            continue
        text = texts[(alert["line"] - 1) // len(separator)]
        yield Alert(text.file, text.line, f"{alert['message']} ({alert['matched_text']!r}, {alert['rule']})")


def textlint(texts: list[Text], name: str) -> Iterator[Alert]:
    """Yield what textlint says of texts, by the rules of the Markdown files."""
    file = written(texts, name, "\n\n")
    command = [sys.executable, "tools/node.py", "npm", "exec", "--", "textlint", "--format", "json", str(file)]
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if not run.stdout.startswith("["):
        raise SystemExit(f"textlint failed: {run.stderr}")
    for alert in json.loads(run.stdout)[0]["messages"]:
        text = texts[(alert["line"] - 1) // 2]
        yield Alert(text.file, text.line, f"{alert['message']} ({text.text[:80]!r})")


def main() -> None:
    """Print the alerts, and exit with 1 if there are any."""
    markdown = list(markdown_texts())
    elsewhere = [*catalogue_texts()]
    for pattern in PYTHON:
        elsewhere += (text for file in sorted(ROOT.glob(pattern)) for text in python_texts(file))
    alerts = [*harper(markdown, "markdown", "\n"), *harper(elsewhere, "elsewhere", "\n\n")]
    found = list(textlint(elsewhere, "elsewhere"))
    passives = [alert for alert in found if "passive voice" in alert.message]
    alerts += [alert for alert in found if alert not in passives]
    sentences = sum(max(1, len(re.findall(r"[.?!](?=\s|$)", text.text))) for text in elsewhere)
    share = len(passives) / sentences
    alerts += passives if share > PASSIVES else ()
    for alert in sorted(alerts):
        print(f"{alert.file}:{alert.line}: {alert.message}")
    print(f"{len(alerts)} alerts; {len(passives)} passives in {sentences:,} sentences outside Markdown ({share:.1%})")
    sys.exit(bool(alerts))


if __name__ == "__main__":
    main()
