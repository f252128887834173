"""The pages with the peers' decision: ours, no JavaScript, Alpine and SurveyJS, with the same 15 questions."""

from __future__ import annotations

import html
import json
from pathlib import Path

from markdown import Markdown

from benchmarks.page.subjects import Subject
from benchmarks.peers.decision import decision, peers_ruleset
from mkdocs_assessor.extension import AssessorExtension
from mkdocs_assessor.page.assets import script
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides

_MODULES = Path(__file__).parents[2] / "node_modules"
_HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
# The first option of each question in turn, then the second of each.
_CONTROLS = """() => {
  const groups = Object.values(Object.groupBy(document.querySelectorAll("input[type=radio]"), (radio) => radio.name));
  return [0, 1].flatMap((option) => groups.map((group) => group[option]));
}"""
_DECIDE = """
  const decide = (given) => (decision.rules.find((rule) => Object.entries(rule.when).every(([name, test]) =>
    "is" in test ? given[name] === test.is : "in" in test ? test.in.includes(given[name]) :
    (test.at_least === undefined || given[name] >= test.at_least) &&
    (test.below === undefined || given[name] < test.below)
  )) ?? { then: decision.default }).then;
"""


def decision_pages(folder: Path) -> list[Subject]:
    """Write each page into a folder, and return them."""
    alpine = (_MODULES / "alpinejs/dist/cdn.min.js").read_text("utf-8")
    survey = "".join(
        (_MODULES / name).read_text("utf-8")
        for name in ("survey-core/survey.core.min.js", "survey-js-ui/survey-js-ui.min.js")
    )
    return [
        _subject(folder, "ours", _ours(), script().content),
        _subject(folder, "no JavaScript", _plain(), ""),
        _subject(folder, "Alpine", _alpine(alpine), alpine),
        _subject(folder, "SurveyJS", _survey(survey), survey),
    ]


def _subject(folder: Path, name: str, text: str, scripts: str) -> Subject:
    file = folder / f"{name.replace(' ', '-')}.html"
    file.write_text(text, encoding="utf-8")
    return Subject(name, file.as_uri(), _CONTROLS, scripts, is_ours=name == "ours")


def _ours() -> str:
    extension = AssessorExtension()
    extension.guides = Guides({"": Guide.of(peers_ruleset())})
    extension.announce(Page())
    body = Markdown(extensions=[extension]).convert("<!-- assessor/checklist -->\n")
    return f"{_HEAD}<title>Ours</title><main>{body}</main></html>"


def _fields(bound: bool) -> str:
    """Return the questions as plain HTML, optionally bound to Alpine's data."""
    fields = []
    for name, entry in decision()["questions"].items():
        options = entry.get("options") or (["true", "false"] if entry["kind"] == "yes-no" else [])
        model = f' x-model="given.{name}"' if bound else ""
        inputs = "".join(
            f'<label><input type="radio" name="{name}" value="{option}"{model}> {option}</label>' for option in options
        )
        number = f'<label><input type="number"{model}> {name}</label>'
        fields.append(f"<fieldset><legend>{name}</legend>{inputs or number}</fieldset>")
    return "".join(fields)


def _plain() -> str:
    return f"{_HEAD}<title>Control</title><main><form>{_fields(bound=False)}</form></main></html>"


def _alpine(library: str) -> str:
    # Written as an author would: radio buttons have text values, so yes and no are texts in the rules, too.
    setup = f"""
      const decision = {json.dumps(decision()).replace("true}", '"true"}').replace("false}", '"false"}')};
      {_DECIDE}
    """
    names = dict.fromkeys(decision()["questions"])
    data = html.escape(f"{{ given: {json.dumps(names)}, get outcome() {{ return decide(this.given); }} }}", quote=True)
    body = f'<form x-data="{data}">{_fields(bound=True)}<p x-text="outcome"></p></form>'
    return f"{_HEAD}<title>Alpine</title><script>{setup}</script><main>{body}</main><script>{library}</script></html>"


def _survey(library: str) -> str:
    kinds = {"yes-no": "boolean", "choice": "radiogroup", "number": "text"}
    elements = [
        {
            "name": name,
            "type": kinds[entry["kind"]],
            **({"renderAs": "radio"} if entry["kind"] == "yes-no" else {}),
            **({"choices": entry["options"]} if "options" in entry else {}),
        }
        for name, entry in decision()["questions"].items()
    ]
    setup = f"""
      const decision = {json.dumps(decision())};
      {_DECIDE}
      const model = new Survey.Model({json.dumps({"elements": elements})});
      model.onValueChanged.add(() => {{ document.getElementById("out").textContent = decide(model.data); }});
      model.render(document.getElementById("survey"));
    """
    safe = library.replace("</script", "<\\/script")
    body = f'<main><div id="survey"></div><p id="out"></p></main><script>{safe}</script><script>{setup}</script>'
    return f"{_HEAD}<title>SurveyJS</title>{body}</html>"
