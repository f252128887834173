"""`assessor page`: one file that loads nothing, or a fragment to paste."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor.__main__ import main
from assessor.language.words import languages, load_words
from tests.support.commands import run_command
from tests.support.plugin.html_pages import dangling_references, ids, read, repeated, text_of
from tests.support.sites import RULES

# Links to pages in a text, relative links of other kinds, and a section of whichever page shows the guide.
_LINKED = (
    RULES.replace(
        "Wet clothes spoil a day.",
        "See [rain](guides/rain.md#in-may), [prices](../prices/), [us](/about) and [x](https://x.org).",
    )
    .replace('hint="Not a chain."', 'about="#locks"')
    .replace('name="your way",', 'name="your way", about="files/ways.pdf",')
)
_HOSTILE = 'Is <b>bold</b> "&amp;" & {{ braces }} </script><!-- or *not*?'


def _run(*arguments: str) -> Result:
    return run_command("page", *arguments)


def _page(*arguments: str) -> str:
    run = _run("rules.py", *arguments)
    assert run.exit_code == 0, run.output
    return run.stdout_bytes.decode("utf-8")


def _refused(*arguments: str) -> str:
    run = _run(*arguments)
    assert run.exit_code == 2, run.output
    assert run.stdout == ""
    return run.stderr


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _links(page: str) -> list[str]:
    """The links of a page to anything but its own parts and the sources of facts."""
    links = (each.get("href", "") for each in read(page).iter("a"))
    return sorted({link for link in links if not link.startswith(("#", "https://example.org/"))} - {""})


@pytest.mark.usefixtures("folder")
class TestPage:
    def test_has_every_part_below_its_heading(self) -> None:
        page = read(_page())
        (html,) = page.iter("html")
        assert (html.get("lang"), html.get("dir")) == ("en", "ltr")
        assert [text_of(each) for each in page.iter("h1")] == ["To work"]
        assert [each.text for each in page.iter("title")] == ["To work"]
        headings = ["Questions and result", "How this is decided", "Facts and sources", "Worked cases"]
        assert [text_of(each) for each in page.iter("h2")] == headings
        text = text_of(html)
        for said in (
            "How often does it rain?",
            "A dry seat beats a long way.",
            "A way that most people cycle",
            "A judge far off",
        ):
            assert said in text
        assert (repeated(ids(page)), dangling_references(page)) == ([], [])

    def test_has_no_heading_above_nothing(self, folder: Path) -> None:
        rules = RULES.replace("cases=cases", "cases=[]").replace("actions=actions", "actions=[]")
        (folder / "rules.py").write_text(rules, encoding="utf-8")
        headings = [text_of(each) for each in read(_page()).iter("h2")]
        assert headings == ["Questions and result", "How this is decided", "Facts and sources"]

    def test_its_policy_names_script_and_style_and_allows_nothing_else(self) -> None:
        html = _page()
        (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
        (policy,) = (each.get("content", "") for each in read(html).iter("meta") if each.get("http-equiv"))
        directives = dict(each.split(" ", 1) for each in policy.split("; "))
        assert directives == {
            "default-src": "'none'",
            "script-src": _hash(script),
            "style-src": _hash(style),
            "img-src": "data:",
            "base-uri": "'none'",
            "form-action": "'none'",
            "require-trusted-types-for": "'script'",
        }

    def test_names_nothing_to_load(self) -> None:
        page = read(_page())
        assert [each.attrib for each in page.iter() if "src" in each.attrib or "srcset" in each.attrib] == []
        assert [each.get("href") for each in page.iter("link")] == ["data:,"]
        assert [each.tag for each in page.iter() if "style" in each.attrib] == []

    def test_is_the_same_each_time(self) -> None:
        other = [sys.executable, "-m", "assessor", "page", "rules.py"]
        apart = subprocess.run(other, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, check=True)
        assert _page() == _page() == apart.stdout.decode("utf-8")

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
    def test_is_utf8_whatever_the_terminal_is(self, folder: Path, encoding: str) -> None:
        (folder / "rules.py").write_text(RULES.replace("To work", "Zur Arbeit → 東京"), encoding="utf-8")
        command = [sys.executable, "-m", "assessor", "page", "rules.py"]
        run = subprocess.run(command, env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=True)
        assert "<h1>Zur Arbeit → 東京</h1>" in run.stdout.decode("utf-8")

    def test_shows_texts_as_they_are(self, folder: Path) -> None:
        rules = RULES.replace('title="To work"', f"title={_HOSTILE!r}").replace('"Hardly ever"', repr(_HOSTILE))
        (folder / "rules.py").write_text(rules, encoding="utf-8")
        page = read(_page())
        # Emphasis and character references are inline Markdown.
        shown = _HOSTILE.replace("*", "").replace("&amp;", "&")
        assert text_of(next(page.iter("h1"))) == shown
        assert Counter(each.tag for each in page.iter())["b"] == 0
        assert len(list(page.iter("script"))) == 1

    @pytest.mark.parametrize(
        ("language", "direction"),
        [
            ("de-AT", "ltr"),
            ("ar", "rtl"),
            ("fa-IR", "rtl"),
            ("az-Arab", "rtl"),
            ("ar-Latn", "ltr"),
            ("ur", "rtl"),
            ("ja", "ltr"),
        ],
    )
    def test_has_language_and_direction_of_the_rule_set(self, folder: Path, language: str, direction: str) -> None:
        rules = RULES.replace('title="To work"', f'title="To work", language={language!r}')
        (folder / "rules.py").write_text(rules, encoding="utf-8")
        (html,) = read(_page()).iter("html")
        assert (html.get("lang"), html.get("dir")) == (language, direction)


@pytest.mark.usefixtures("folder")
class TestFragment:
    def test_brings_style_and_script_once_and_no_title(self) -> None:
        html = _page("--fragment")
        page = read(html)
        assert Counter(each.tag for each in page.iter() if each.tag in ("style", "script", "html", "h1")) == {
            "style": 1,
            "script": 1,
        }
        assert [text_of(each) for each in page.iter("h2")] == [
            "How this is decided",
            "Facts and sources",
            "Worked cases",
        ]
        assert "\n\n" not in html

    def test_says_which_hashes_a_policy_needs(self) -> None:
        html = _page("--fragment")
        for name in ("script", "style"):
            (content,) = re.findall(rf"<{name}>(.*?)</{name}>", html, re.DOTALL)
            assert f"{name}-src {_hash(content)}" in html.partition("\n")[0]

    def test_two_can_stand_on_one_page(self, folder: Path) -> None:
        (folder / "other.py").write_text(RULES.replace('"commute"', '"way-home"'), encoding="utf-8")
        other = _run("other.py", "--fragment")
        page = read(_page("--fragment") + other.stdout)
        assert (repeated(ids(page)), dangling_references(page)) == ([], [])


class TestLinks:
    @pytest.fixture(autouse=True)
    def _linked(self, folder: Path) -> None:
        (folder / "rules.py").write_text(_LINKED, encoding="utf-8")

    def test_into_the_docs_are_left_out(self) -> None:
        page = _page()
        assert _links(page) == ["https://x.org"]
        assert "See rain, prices, us and <a" in page
        assert load_words("en")["read_section"] not in page

    @pytest.mark.parametrize(
        ("base", "found"),
        [
            ("https://d.org/", ["files/ways.pdf", "guides/rain/#in-may", "#weather", "/../about", "/../prices/"]),
            ("https://d.org/v1", ["v1/files/ways.pdf", "v1/guides/rain/#in-may", "v1/#weather", "about", "prices/"]),
            (
                "https://d.org/{page}.html",
                ["files/ways.pdf", "guides/rain.html#in-may", "index.html#weather", "about", "prices/"],
            ),
            (
                "https://d.org/docs/{page}",
                ["docs/files/ways.pdf", "docs/guides/rain#in-may", "docs/#weather", "about", "prices/"],
            ),
        ],
    )
    def test_lead_to_where_the_docs_are(self, base: str, found: list[str]) -> None:
        at = [f"https://d.org/{each.removeprefix('/../')}" for each in found]
        assert _links(_page("--base-url", base)) == sorted([*at, "https://x.org"])

    def test_may_stay_on_the_host(self) -> None:
        assert _links(_page("--base-url", "/docs/"))[:2] == ["/about", "/docs/#weather"]

    @pytest.mark.parametrize(
        "base",
        [
            *("docs", "javascript://x", "https://d.org/?a", 'https://d.org/"', "/{page}{page}", "//d.org/", "https://"),
            *(
                "https://d.org/{pge}",
                "https://{page}.org/",
                "https://d.org:99999/",
                "https://[::1/",
                "https://a:b@d.org",
            ),
        ],
    )
    def test_an_address_that_is_none_is_refused(self, base: str) -> None:
        assert _refused("rules.py", "--base-url", base).startswith("error: --base-url: ")


class TestWords:
    def test_replace_ours(self, folder: Path) -> None:
        (folder / "words.yml").write_text('result: "Our advice"\npage_facts: "Where <this> is from"\n', "utf-8")
        page = read(_page("--words", "words.yml"))
        assert "Where <this> is from" in [text_of(each) for each in page.iter("h2")]
        assert "Our advice" in [text_of(each) for each in page.iter("h3")]

    @pytest.mark.parametrize("language", languages())
    def test_speak_the_language_that_is_asked_for(self, language: str, folder: Path) -> None:
        headings = [text_of(each) for each in read(_page("--language", language)).iter("h2")]
        assert headings[1] == load_words(language)["page_rules"]

    @pytest.mark.parametrize(
        ("text", "line", "said"),
        [
            ("a: 1\n", 1, "there is no word 'a'."),
            ('\nresult: "x"\nresutl: "x"\n', 3, "there is no word 'resutl'. Did you mean 'result'?"),
            ("result: 5\n", 1, "the word 'result' is a text in quotation marks, not 5"),
            ("result: [a]\n", 1, "the word 'result' is a text in quotation marks, not a list"),
            ('asked_of: "{whom}"\n', 1, "the word 'asked_of' has {whom}, but it may have only {who}"),
            ("result: a\nresult: b\n", 2, "the file has the word 'result' twice"),
            ("- a\n", 1, "write a mapping of keys to texts, such as 'result: \"Our advice\"'"),
            ("result: 'a\n", 2, "not valid YAML: "),
            ("result: &a [*a]\n", 1, "the word 'result' is a text in quotation marks, not a list"),
            ("[" * 5_000, 0, "cannot read the words: "),
            ("\x00", 0, "cannot read the words: "),
        ],
    )
    def test_mistakes_have_their_line(self, folder: Path, text: str, line: int, said: str) -> None:
        (folder / "words.yml").write_text(text, encoding="utf-8")
        error = _refused("rules.py", "--words", "words.yml")
        assert error.startswith(f"words.yml:{line}: error: {said}" if line else f"error: words.yml: {said}"), error

    def test_every_mistake_is_named(self, folder: Path) -> None:
        (folder / "words.yml").write_text("one: a\ntwo: b\n", encoding="utf-8")
        assert [line[:12] for line in _refused("rules.py", "--words", "words.yml").splitlines()] == [
            "words.yml:1:",
            "words.yml:2:",
        ]

    def test_a_file_that_is_not_there(self, folder: Path) -> None:
        (folder / "words.yml").write_text("{}", encoding="utf-8")
        error = _refused("rules.py", "--words", "word.yml")
        assert "word.yml: cannot read the words: No such file or directory. Did you mean 'words.yml'?" in error

    def test_an_empty_file_changes_nothing(self, folder: Path) -> None:
        (folder / "words.yml").write_text("# nothing yet\n", encoding="utf-8")
        assert _page("--words", "words.yml") == _page()


class TestOut:
    def test_is_written_and_written_again(self, folder: Path) -> None:
        for _ in range(2):
            run = _run("rules.py", "--out", "dist/guide.html")
            assert (run.exit_code, run.stdout) == (0, "dist/guide.html\n")
        assert (folder / "dist/guide.html").read_bytes().decode("utf-8") == _page()

    @pytest.mark.parametrize("option", [(), ("--fragment",)])
    def test_never_replaces_what_somebody_else_wrote(self, folder: Path, option: tuple[str, ...]) -> None:
        before = (folder / "rules.py").read_bytes()
        error = _refused("rules.py", *option, "--out", "rules.py")
        assert "rules.py: is there already, and this command did not write it" in error
        assert (folder / "rules.py").read_bytes() == before

    def test_a_page_that_somebody_has_changed_is_kept(self, folder: Path) -> None:
        assert _run("rules.py", "--fragment", "--out", "a.html").exit_code == 0
        fragment = (folder / "a.html").read_text("utf-8")
        for changed in (f"<h1>Ours</h1>\n{fragment}", f"{fragment}<p>Ours</p>\n", fragment.replace("<h2", "<h3", 1)):
            (folder / "a.html").write_text(changed, encoding="utf-8")
            assert "a.html: has changed since this command wrote it" in _refused("rules.py", "--out", "a.html")
            assert (folder / "a.html").read_text("utf-8") == changed

    def test_a_file_of_another_command_is_kept(self, folder: Path) -> None:
        run = CliRunner().invoke(main, ["export", "--to", "web-component", "--rules", "rules.py", "--out", "."])
        assert run.exit_code == 0, run.stderr
        assert "this command did not write it" in _refused("rules.py", "--out", "README.md")

    def test_a_link_leads_to_the_file_to_write(self, folder: Path) -> None:
        (folder / "link.html").symlink_to("real.html")
        for _ in range(2):
            assert _run("rules.py", "--out", "link.html").exit_code == 0
        assert (folder / "link.html").is_symlink()
        assert (folder / "real.html").read_text("utf-8") == _page()
        (folder / "loop.html").symlink_to("loop.html")
        assert "is a link that leads to itself" in _refused("rules.py", "--out", "loop.html")

    def test_a_fragment_may_become_a_page(self, folder: Path) -> None:
        assert _run("rules.py", "--fragment", "--out", "a.html").exit_code == 0
        assert _run("rules.py", "--out", "a.html").exit_code == 0
        assert (folder / "a.html").read_text("utf-8").startswith("<!DOCTYPE html>")

    def test_a_folder_is_no_file(self, folder: Path) -> None:
        assert "is a folder; name a file" in _refused("rules.py", "--out", ".")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_pipe_is_no_file(self, folder: Path) -> None:
        os.mkfifo(folder / "pipe")
        assert "is no regular file" in _refused("rules.py", "--out", "pipe")

    def test_nothing_is_written_for_rules_that_are_wrong(self, folder: Path) -> None:
        (folder / "rules.py").write_text(RULES.replace('"rain", "How', '"Rain!", "How'), encoding="utf-8")
        assert "cannot be the id of a question" in _refused("rules.py", "--out", "guide.html")
        assert not (folder / "guide.html").exists()


def test_without_rules_it_says_how_to_name_them(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assessor", "page"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "there is no rule set here: name it with REF; for the demo, assessor page" in run.stderr


def test_in_a_site_its_rules_are_the_default(folder: Path) -> None:
    config = "site_name: A\nplugins: [assessor: {rules: rules.py}]\n"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    run = _run()
    assert (run.exit_code, run.stderr) == (0, "rules: rules.py, as mkdocs.yml says\n")
    assert run.stdout_bytes.decode("utf-8") == _page()


def test_options_with_the_names_of_attributes_of_other_questions_are_options(folder: Path) -> None:
    (folder / "rules.py").write_text(
        "from assessor import *\n"
        "names = ['default', 'minimum', 'yes', 'unit', 'range', 'title', 'value']\n"
        "c = Choice('c', 'Which?', {each: f'Take {each}' for each in names})\n"
        "stay = Outcome('stay', 'Stay')\n"
        "RuleSet_ = RuleSet('r', title='R', sections=[Section('s', 'S', [c])], rules=[\n"
        "    Rule(c.default | c.minimum, stay, 'so'), otherwise(stay, 'else')])\n",
        encoding="utf-8",
    )
    shown = text_of(read(_page()))
    assert "Take default" in shown
    assert "Take minimum" in shown


def test_a_section_says_when_it_is_asked(folder: Path) -> None:
    (folder / "rules.py").write_text(
        "from assessor import *\n"
        "city = YesNo('city', 'Do you fly in a city?', yes='you fly in a city')\n"
        "permit = YesNo('permit', 'Have you a permit?')\n"
        "stay, fly = Outcome('stay', 'Stay'), Outcome('fly', 'Fly')\n"
        "ruleset = RuleSet('r', title='R', sections=[Section('s', 'S', [city]),\n"
        "    Section('p', 'Papers', [permit], asked_when=city)],\n"
        "    rules=[Rule(city & ~permit, stay, 'so'), otherwise(fly, 'else')])\n",
        encoding="utf-8",
    )
    assert text_of(read(_page())).count("Asked only if you fly in a city.") == 1
