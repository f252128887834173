"""`assessor lint` where the site has macros: it leaves alone what they fill in, and says the rest as a build does."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from tests.support.commands import run_command
from tests.support.sites import CONFIG, build, write_site

_EXTRA = "extra: {q: rain, f: cycled, slot: checklist, topic: Weather, way: 5 km}\n"
_MACROS = CONFIG.replace("plugins:\n", "plugins:\n  - macros\n") + _EXTRA
_PAGE = """\
# Links to [](fact:{{ f }})

<!-- assessor/{{ slot }} -->

<!-- assessor/question {{ q }} -->

{{ '<!-- assessor/rules -->' }}

<!-- assessor/outcomes -->

{% for each in ['rain', 'far'] %}
<!-- assessor/question {{ each }} -->
{% endfor %}

It is [](fact:{{f}}), [{{ way }}](fact:cycled), [quite a long way,
which is {{ way }}](fact:cycled), [](fact:{{f}}).

{# <!-- assessor/nothing --> [9 km](fact:cycled) #}

<!-- {{ 'assessor' }}/facts -->

See [](question:lamp).
"""


def _lint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(folder)
    return run_command("lint")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site on whose page macros write slots and links, all of them right."""
    home = "# Home\n\n## {{ topic }}\n\n<!-- assessor/question rain -->\n"
    return write_site(tmp_path, {"mkdocs.yml": _MACROS, "index.md": home, "page.md": _PAGE})


def test_what_macros_fill_in_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (_lint(folder, monkeypatch).stdout, build(folder).warnings) == ("", [])


def test_without_the_plugin_nothing_fills_it_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disabled = _MACROS.replace("- macros", "- macros: {enabled: false}")
    for config in (CONFIG, disabled):
        (folder / "mkdocs.yml").write_text(config, "utf-8")
        said = _lint(folder, monkeypatch).stdout
        assert "there is no question '{{ q }}'" in said
        assert "the text '{{ way }}' lacks the value of fact 'cycled'" in said
        assert "[unknown-anchor]" in said


def test_the_rest_of_the_page_is_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = "{{ way }}, [9 km](fact:cycled), {% raw %}[8 km](fact:cycled){% endraw %}\n\n"
    wrong += "{% raw %}\n<!-- assessor/question {{ q }} -->\n{% endraw %}\n\n<!-- assessor/cases -->\n"
    (folder / "docs" / "wrong.md").write_text(f"---\ntitle: Wrong\n---\n{wrong}", "utf-8")
    said = _lint(folder, monkeypatch).stdout
    found = [line.partition(": warning: ")[0] for line in said.splitlines() if ": warning: " in line]
    assert found == ["docs/wrong.md:4:12", "docs/wrong.md:4:42", "docs/wrong.md:7:1"]
    assert [(each.line, each.code) for each in build(folder).warnings] == [
        (7, "unknown-question"),
        (4, "drifted-fact"),
        (4, "drifted-fact"),
    ]


@pytest.mark.parametrize(
    ("options", "head", "is_rendered"),
    [
        ("{}", "", True),
        ("{}", "render_macros: false", False),
        ("{render_by_default: false}", "", False),
        ("{render_by_default: false}", "render_macros: true", True),
        ("{render_by_default: false, force_render_paths: 'mac*.md'}", "", True),
        ("{render_by_default: false, force_render_paths: 'mac*.md'}", "render_macros: false", False),
        ("{render_by_default: false, force_render_paths: other.md}", "", False),
        ("{j2_variable_start_string: '[[', j2_variable_end_string: ']]'}", "", False),
    ],
)
def test_pages_that_the_plugin_leaves_out(
    options: str, head: str, is_rendered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = _MACROS.replace("- macros", f"- macros: {options}")
    page = f"---\ntitle: A\n{head}\n---\n<!-- assessor/question {{{{ q }}}} -->\n"
    write_site(tmp_path, {"mkdocs.yml": config, "index.md": "# Home\n\n## Weather\n", "macros.md": page})
    assert ("no question '{{ q }}'" in _lint(tmp_path, monkeypatch).stdout) is not is_rendered
    assert ("no question '{{ q }}'" in build(tmp_path).log) is not is_rendered


def test_signs_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = _MACROS.replace("- macros", "- macros: {j2_variable_start_string: '<<', j2_variable_end_string: '>>'}")
    page = "<!-- assessor/question << q >> -->\n\n<!-- assessor/question {{ q }} -->\n"
    write_site(tmp_path, {"mkdocs.yml": config, "index.md": "# Home\n\n## Weather\n", "macros.md": page})
    said = _lint(tmp_path, monkeypatch).stdout
    assert said.count("[unknown-question]") == 1
    assert "docs/macros.md:3:1: warning: there is no question '{{ q }}'" in said
    assert [(each.line, each.code) for each in build(tmp_path).warnings] == [(3, "unknown-question")]
