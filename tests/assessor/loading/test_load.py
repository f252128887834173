import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from assessor import LoadingError, RuleSetError, load_ruleset
from assessor.errors import Location
from assessor.loading.failures import explain_error
from assessor.loading.reference import BUNDLED, ruleset_path

SMALL = """\
from assessor import Outcome, RuleSet, Section, YesNo, otherwise

stay = Outcome("stay", "Stay")
sections = [Section("all", "All", [YesNo("a", "A?")])]
ruleset = RuleSet("small", title="{title}", sections=sections, outcomes=[stay], rules=[otherwise(stay, "x")])
"""


def write(path: Path, title: str = "Small", more: str = "") -> Path:
    path.write_text(SMALL.format(title=title) + more, encoding="utf-8")
    return path


def failure(reference: str, base: Path | None = None) -> LoadingError:
    with pytest.raises(LoadingError) as raised:
        load_ruleset(reference, base)
    return raised.value


# What is found


def test_a_file_is_named_by_its_path(tmp_path: Path) -> None:
    file = write(tmp_path / "rules.py")
    assert load_ruleset(str(file)).id == "small"
    assert load_ruleset("rules.py", tmp_path).id == "small"
    assert load_ruleset("rules.py:ruleset", tmp_path).id == "small"
    assert ruleset_path("rules.py:ruleset", tmp_path) == file


def test_a_path_is_relative_to_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "rules.py")
    monkeypatch.chdir(tmp_path)
    assert load_ruleset("rules.py").id == "small"


def test_a_module_is_named_as_it_is_imported() -> None:
    assert load_ruleset(BUNDLED).id == load_ruleset("assessor.rulesets.self_hosting").id == "self-hosting"
    path = ruleset_path(BUNDLED)
    assert (path.parent.name, path.name) == ("self_hosting", "__init__.py")


def test_one_of_several_is_named_after_a_colon(tmp_path: Path) -> None:
    more = 'other = RuleSet("other", title="Other", sections=sections, outcomes=[stay], rules=[otherwise(stay, "x")])\n'
    write(tmp_path / "rules.py", more=more)
    assert load_ruleset("rules.py:other", tmp_path).id == "other"
    assert load_ruleset("rules.py", tmp_path).id == "small"


def test_a_path_may_hold_a_colon_and_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "a: b"
    folder.mkdir()
    write(folder / "my rules.py")
    assert load_ruleset(str(folder / "my rules.py")).id == "small"
    assert load_ruleset(f"{folder / 'my rules.py'}:ruleset").id == "small"


def test_a_single_rule_set_may_have_any_name(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(SMALL.format(title="x").replace("ruleset = ", "hosting = "))
    assert load_ruleset("rules.py", tmp_path).id == "small"


# Changes are seen, and nothing stays behind


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """Also within one second and at the same size, where Python's own import takes its cached bytecode."""
    for title in ("First", "Other", "Third"):
        write(tmp_path / "rules.py", title)
        assert load_ruleset("rules.py", tmp_path).title == title


def test_a_changed_neighbour_is_read_again(tmp_path: Path) -> None:
    write(
        tmp_path / "rules.py",
        more="from words import TITLE\nimport dataclasses\nruleset = dataclasses.replace(ruleset, title=TITLE)\n",
    )
    for title in ("First", "Somewhat longer"):
        (tmp_path / "words.py").write_text(f"TITLE = {title!r}\n")
        assert load_ruleset("rules.py", tmp_path).title == title


def test_two_files_with_one_name_are_two(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "rules.py", name, "from words import TITLE\n")
        (tmp_path / name / "words.py").write_text("TITLE = 'x'\n")
    assert load_ruleset("one/rules.py", tmp_path).title == "one"
    assert load_ruleset("two/rules.py", tmp_path).title == "two"


def test_loading_leaves_no_module_and_no_path_behind(tmp_path: Path) -> None:
    (tmp_path / "words.py").write_text("TITLE = 'x'\n")
    write(tmp_path / "rules.py", more="import words\n")
    write(tmp_path / "broken.py", more="import words\n1 / 0\n")
    load_ruleset(BUNDLED)
    modules, path = set(sys.modules), list(sys.path)
    load_ruleset("rules.py", tmp_path)
    failure("broken.py", tmp_path)
    assert set(sys.modules) == modules
    assert sys.path == path


def test_the_module_that_is_being_loaded_can_be_found_by_dataclasses(tmp_path: Path) -> None:
    more = "from dataclasses import dataclass\n\n@dataclass\nclass Note:\n    text: str\n"
    (tmp_path / "rules.py").write_text("from __future__ import annotations\n" + SMALL.format(title="x") + more)
    assert load_ruleset("rules.py", tmp_path).id == "small"


# Mistakes


def test_a_missing_file_is_named_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path / "rules.py")
    error = failure("rule.py", tmp_path)
    assert error.message == f"there is no rule set file {str(tmp_path / 'rule.py')!r}. Did you mean 'rules.py'?"
    assert error.location is None


@pytest.mark.parametrize(
    "reference", ["lost/rules.py", "", ".", "..", "/", "x" * 300 + ".py", "a/" * 3000 + "b.py", "\0.py", "x:y:z.py"]
)
def test_what_leads_nowhere_says_so(reference: str, tmp_path: Path) -> None:
    write(tmp_path / "rules.py")
    message = failure(reference, tmp_path).message
    assert message.startswith("there is no rule set file") or "cannot read" in message


@pytest.mark.parametrize(
    "reference", ["lost", "assessor.lost", "lost.module:ruleset", "sys", "assessor", "json.decoder"]
)
def test_a_module_that_holds_no_rule_set_says_so(reference: str) -> None:
    message = failure(reference).message
    assert "there is no module" in message or "there is no rule set here" in message


def test_a_missing_module_hints_at_a_path() -> None:
    assert failure("rules").message == (
        "there is no module 'rules', and no file 'rules.py'; write a file as its path, such as 'rules/rules.py'"
    )
    assert failure("rules.ours").message == "there is no module 'rules.ours', and no file 'rules/ours.py'"


def test_a_module_of_the_base_folder_needs_no_installing(tmp_path: Path) -> None:
    """It also imports what lies in that folder, and each call reads it anew."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "ours.py").write_text(
        "from shared_by_guides import TITLE\n" + SMALL.replace('"{title}"', "TITLE")
    )
    for title in ("One", "Other"):
        (tmp_path / "shared_by_guides.py").write_text(f"TITLE = {title!r}\n")
        assert load_ruleset("guides.ours", tmp_path).title == title
        assert "shared_by_guides" not in sys.modules


def test_rules_import_the_questions_and_facts_of_other_rules(tmp_path: Path) -> None:
    """By the name of a module of the base folder, by a file beside them, and by a point, also without `__init__.py`."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "parts.py").write_text(
        "from assessor import Choice, Fact\n"
        "place = Choice('place', 'Where?', {'field': 'In the field', 'city': 'In a city'})\n"
    )
    for name, module in (("first", "guides.parts"), ("second", "parts"), ("third", ".parts")):
        (tmp_path / "guides" / f"{name}.py").write_text(
            f"from assessor import Outcome, Rule, RuleSet, Section, otherwise\nfrom {module} import place\n"
            "stay, go = Outcome('stay', 'Stay'), Outcome('go', 'Go')\n"
            f"{name} = RuleSet('{name}', title='T', sections=[Section('s', 'S', [place])],\n"
            "    rules=[Rule(place.city, go, 'so'), otherwise(stay, 'else')])\n"
        )
        assert load_ruleset(f"guides.{name}", tmp_path).questions[0].id == "place"
    # The questions of a rule set are those of another one, with its sections.
    (tmp_path / "fourth.py").write_text(
        "import dataclasses\nfrom guides.first import first\n"
        "ruleset = dataclasses.replace(first, id='fourth', title='All of the first')\n"
    )
    fourth = load_ruleset("fourth.py:ruleset", tmp_path)
    assert fourth.sections[0].questions[0].location.path.endswith("parts.py")
    assert not [name for name in sys.modules if name.startswith("guides") or name == "parts"]


def test_a_point_without_a_package_is_explained(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text("from .parts import place\n")
    assert "no __init__.py; leave out the point: 'from parts import …'" in failure("rules.py", tmp_path).message


def test_a_package_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "failing_package").mkdir()
    (tmp_path / "failing_package" / "__init__.py").write_text("raise RuntimeError('no licence')\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert failure("failing_package.rules").message == (
        "cannot import 'failing_package.rules': RuntimeError: no licence"
    )


def test_a_name_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    file = write(tmp_path / "rules.py")
    error = failure("rules.py:rulesets", tmp_path)
    assert error.message == "there is no rule set named 'rulesets' here. Did you mean 'ruleset'?"
    assert error.location
    assert error.location.path == str(file)
    assert "no rule set named 'stay' here" in failure("rules.py:stay", tmp_path).message


def test_a_file_without_a_rule_set_says_so(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text("x = 1\n")
    assert failure("rules.py", tmp_path).message == "there is no rule set here: assign one, ruleset = RuleSet(…)"


def test_a_file_with_several_says_how_to_choose(tmp_path: Path) -> None:
    text = SMALL.format(title="x").replace("ruleset = ", "one = two = ")
    (tmp_path / "rules.py").write_text(text)
    assert failure("rules.py", tmp_path).message == "there are several rule sets here: add one of :one, :two"


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("x = 1\nx = = 2\n", 2, "not valid Python"),
        ("x = 1\n  y = 2\n", 2, "not valid Python: unexpected indent"),
        (
            'x = {\n"linux": "Linux",\n\'linux\': "Windows"}\n',
            3,
            "the key 'linux' is in this mapping twice, and only the last counts: take one out",
        ),
        (
            'x = {\n"linux": "Linux"\n"windows": "Windows"}\n',
            3,
            'not valid Python. Is a comma missing before "windows"?',
        ),
        (
            "from assessor import Outcome\nstay = Outcome(\n'stay', 'Stay',\n),\n",
            4,
            "the comma behind Outcome(…) makes 'stay' a list of one: remove it, or write (Outcome(…),) if",
        ),
        (
            "import assessor\nstay: object = assessor.Outcome('stay', 'Stay'),\n",
            2,
            "the comma behind assessor.Outcome(…) makes 'stay' a list of one: remove it",
        ),
        (
            "x = [1, 2],\n",
            1,
            "the comma behind […] makes 'x' a list of one: remove it, or write ([…],) if you mean that",
        ),
        ('x = ["Read the docs." "Ask ops."]\n', 1, 'two texts without a comma are one: put a comma before "Ask ops."'),
        ('x = (1, f"a", r"é" \'x\')\n', 1, "two texts without a comma are one: put a comma before 'x'"),
        ('x = [\n"Read the docs."\n"Ask ops.",\n]\n', 2, "two texts without a comma are one"),
        ("\n\nlost\n", 3, "name 'lost' is not defined"),
        ("def fail():\n    return 1 / 0\n\nfail()\n", 2, "ZeroDivisionError: division by zero"),
        ("import json\njson.loads('{')\n", 2, "JSONDecodeError: "),
        ("import lost_module\n", 1, "No module named 'lost_module'. A rule set can import installed modules, files"),
        ("raise SystemExit(3)\n", 1, "SystemExit: 3"),
        ("def f():\n    f()\nf()\n", 2, "RecursionError: "),
        ("from assessor import lost\n", 1, "cannot import name 'lost'"),
        (
            "from assessor import Fact\nFact('a', 1, review_by='2026-01-01')\n",
            2,
            "Fact(…) takes no 'review_by'. Did you mean 'review_after'?",
        ),
        (
            "from assessor import *\na = Number('a', 'A?', minimum=0, maximum=9)\na <= 3 & a <= 5\n",
            3,
            "unsupported operand type(s) for &: 'int' and 'Number'. Put brackets around each comparison: "
            "(number < 3) & …",
        ),
        ("def f(): pass\nf(a=1)\n", 2, "f() got an unexpected keyword argument 'a'"),
        ("def f(a): pass\nf()\n", 2, "f() missing 1 required positional argument: 'a'"),
        (
            "from assessor import YesNo\nYesNo('a' 'Is it?')\n",
            2,
            "YesNo(…) lacks 'wording'. Is a comma missing? Two texts with none between them are one.",
        ),
        (
            "from assessor import Fact\nFact()\n",
            2,
            "Fact(…) lacks 'id' and 'value'. Write Fact(id, value, unit=…, title=…)",
        ),
        (
            "from assessor import Choice\nChoice('a', 'Which?' ['b', 'c'])\n",
            2,
            # Python 3.10 leaves out what it got.
            "string indices must be integers"
            + (", not 'tuple'" if sys.version_info >= (3, 11) else "")
            + ". Is a comma missing before '['?",
        ),
        ("x = [\n'a'\n('b', 'c')]\n", 2, "'str' object is not callable. Is a comma missing before '('?"),
        (
            "from assessor import Outcome\na = Outcome('a', 'A')\nx = [a\n[a]]\n",
            3,
            "'Outcome' object is not subscriptable. Is a comma missing before '['?",
        ),
        (
            "from assessor import Outcome\na = Outcome('a', 'A')\nx = [a (a)]\n",
            3,
            "'Outcome' object is not callable. Is a comma missing before '('?",
        ),
        (
            "from assessor import YesNo\nYesNo('a', 'Is it?') >= 3\n",
            2,
            "'>=' not supported between instances of 'YesNo' and 'int'. A condition compares a number "
            "question with a number or a fact, such as number >= 3",
        ),
        (
            "from assessor import Outcome, Quantity\n~Quantity(3)\n",
            2,
            "bad operand type for unary ~: 'Quantity'. ~ negates a condition; a condition compares a number question",
        ),
        (
            "from assessor import Quantity\n-Quantity(3)\n",
            2,
            "bad operand type for unary -: 'Quantity'. Write 0 - fact",
        ),
        ("YesNo = 1\nx = {'a': null}\n", 2, "name 'null' is not defined. Write None"),
        ("trust = {'a': true}\n", 1, "name 'true' is not defined. Write True"),
        ("falsey = 1\nx = [false]\n", 2, "name 'false' is not defined. Write False"),
        ("a = b = 1\nx = a & not b\n", 2, "not valid Python: write ~ for 'not', as in a & ~b"),
        ("x = (a |\n  not b)\n", 2, "not valid Python: write ~ for 'not', as in a & ~b"),
        ("x = a && b\n", 1, "not valid Python: write & for '&&', with brackets around each"),
        ("x = a || b\n", 1, "not valid Python: write | for '||', with brackets around each"),
        ("x = !a\n", 1, "not valid Python: write ~ for '!'"),
        ("x = n => 3\n", 1, "not valid Python: write >= for '=>'"),
        ("x = n =< 3\n", 1, "not valid Python: write <= for '=<'"),
        ("x = n \u2264 3\n", 1, "not valid Python: invalid character '\u2264' (U+2264): write <="),
        ("x = n \u2265 3\n", 1, "not valid Python: invalid character '\u2265' (U+2265): write >="),
        ("x = \u201ca\u201d\n", 1, "not valid Python: invalid character '\u201c' (U+201C): write straight quotation"),
        (
            "from assessor import *\na = YesNo('a', 'A?')\nSection('s', 'S', a, a)\n",
            3,
            "Section(…) cannot take 4 values without their names: write Section(id, title, questions=[…])",
        ),
        (
            "from assessor import *\nRuleSet('r', 'R', sections=[])\n",
            2,
            "RuleSet(…) cannot take 2 values without their names: write RuleSet(id, title=…, sections=[…], rules=",
        ),
        (
            "from assessor import *\nChoice('c', 'C?', Option('a', 'A'), Option('b', 'B'))\n",
            2,
            "Choice(…) cannot take 4 values without their names: write Choice(id, wording, options=[…])",
        ),
        (
            "from assessor import *\nRule(1, 2, 3, 4, 5)\n",
            2,
            "Rule(…) cannot take 5 values without their names: write Rule(when, then, because, id=…)",
        ),
        (
            "from assessor import *\notherwise(1, 'x', because='y')\n",
            2,
            "otherwise(…) gets 'because' twice, by its place and by its name: write otherwise(then, because, id=…)",
        ),
        ("windy = 1\nwidny\n", 2, "name 'widny' is not defined. Did you mean 'windy'?"),
        ("calm = windy\nwindy = 1\n", 1, "name 'windy' is not defined yet: line 2 defines it, so put that first"),
        ("calm, windy = (\n    windy,\n    1,\n)\n", 2, "name 'windy' is not defined yet: it cannot be part of what"),
        (
            "from assessor import *\nYesNo('a', 'A?').is_('yes')\n",
            2,
            "'YesNo' object has no attribute 'is_'. It is a condition by itself; ~ before it makes the opposite",
        ),
        (
            "from assessor import *\nNumber('n', 'N?', minimum=0, maximum=9).is_(5)\n",
            2,
            "'Number' object has no attribute 'is_'. A number is asked with number >= 3 or number < 3",
        ),
        (
            "from assessor import *\nc = Choice('c', 'C?', {'a': 'A', 'b': 'B'})\nc.is_('a' or 'b')\n",
            3,
            "'a' or 'b' is only one of them in Python: write is_('a', 'b')",
        ),
        (
            "Outcome('a', 'A')\n",
            1,
            "name 'Outcome' is not defined. Import it: 'from assessor import Outcome'",
        ),
        ("import assessor\nassessor.yesno\n", 2, "module 'assessor' has no attribute 'yesno'. Did"),
        (
            "from assessor import YesNoo\n",
            1,
            "cannot import name 'YesNoo' from 'assessor'. Did you mean 'YesNo'?",
        ),
    ],
)
def test_code_that_fails_is_named_with_the_authors_line(code: str, line: int, message: str, tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(code)
    error = failure("rules.py", tmp_path)
    assert error.message.startswith(message)
    assert error.location
    assert (error.location.path, error.location.line) == (str(tmp_path / "rules.py"), line)


def test_a_list_of_one_is_meant_where_brackets_say_so(tmp_path: Path) -> None:
    meant = "none = ()\none = (stay,)\nall = (\n       Outcome('go', 'Go'),\n)\n(first,) = Outcome('go', 'Go'),\n"
    assert load_ruleset(str(write(tmp_path / "rules.py", more=meant))).id == "small"


def test_a_syntax_error_in_a_neighbour_names_the_neighbour(tmp_path: Path) -> None:
    (tmp_path / "words.py").write_text("x = 1\nx = = 2\n")
    (tmp_path / "rules.py").write_text("import words\n")
    error = failure("rules.py", tmp_path)
    assert error.location
    assert (error.location.path, error.location.line) == (str(tmp_path / "words.py"), 2)


@pytest.mark.parametrize(
    "content", [b"\0", b"x = '\xff'\n", b"\xff\xfe", b"# coding: lost\n", b"x = " + b"-" * 5000 + b"1"]
)
def test_a_file_that_python_cannot_read_says_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_bytes(content)
    error = failure("rules.py", tmp_path)
    assert error.location
    assert error.location.path == str(tmp_path / "rules.py")


def test_a_mistake_in_a_rule_set_keeps_its_own_line(tmp_path: Path) -> None:
    write(tmp_path / "rules.py", more='lost = YesNo("Lost", "Lost?")\n')
    with pytest.raises(RuleSetError) as raised:
        load_ruleset("rules.py", tmp_path)
    assert raised.value.location.path == str(tmp_path / "rules.py")
    assert raised.value.location.line == SMALL.count("\n") + 1


def test_a_mistake_in_a_neighbour_keeps_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "parts.py").write_text('from assessor import YesNo\n\nlost = YesNo("Lost", "Lost?")\n')
    write(tmp_path / "rules.py", more="import parts\n")
    with pytest.raises(RuleSetError) as raised:
        load_ruleset("rules.py", tmp_path)
    assert (raised.value.location.path, raised.value.location.line) == (str(tmp_path / "parts.py"), 3)


def test_a_place_can_be_named_when_the_working_directory_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert str(Location("/rules.py", 3)) == "/rules.py:3"


# Files that meddle


def test_a_file_is_compiled_by_its_own_rules(tmp_path: Path) -> None:
    write(tmp_path / "rules.py", more="def f(x: int): ...\nassert f.__annotations__ == {'x': int}\n")
    load_ruleset("rules.py", tmp_path)


def test_what_a_file_prints_is_not_on_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "rules.py", more="print('loading')\n")
    load_ruleset("rules.py", tmp_path)
    assert capsys.readouterr() == ("", "loading\n")


@pytest.mark.parametrize(
    "meddling",
    [
        "sys.path.clear()",
        "sys.path = []",
        "sys.path.append('/lost')",
        "sys.modules['lost'] = None",
        "__name__ = 'lost'",
    ],
)
def test_a_file_that_meddles_with_imports_leaves_them_as_they_were(meddling: str, tmp_path: Path) -> None:
    path, before = sys.path, list(sys.path)
    write(tmp_path / "rules.py", more=f"import sys\n{meddling}\n")
    try:
        assert load_ruleset("rules.py", tmp_path).id == "small"
        assert sys.path is path
        assert sys.path == before
        assert "ruleset_rules" not in sys.modules
    finally:
        sys.modules.pop("lost", None)


def test_whatever_a_file_raises_is_told_but_an_interrupt_stops(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text("raise BaseException('enough')\n")
    assert failure("rules.py", tmp_path).message == "BaseException: enough"
    (tmp_path / "rules.py").write_text("raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        load_ruleset("rules.py", tmp_path)


def test_a_package_may_import_its_own_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "packaged_rules"
    package.mkdir()
    (package / "words.py").write_text("TITLE = 'Packaged'\n")
    write(
        package / "__init__.py",
        more="from .words import TITLE\nimport dataclasses\nruleset = dataclasses.replace(ruleset, title=TITLE)\n",
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert load_ruleset("packaged_rules").title == "Packaged"
    assert not [name for name in sys.modules if name.startswith("packaged_rules")]


def test_a_file_in_a_package_may_import_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "packaged_rules"
    (package / "below").mkdir(parents=True)
    for folder in (package, package / "below"):
        (folder / "__init__.py").write_text("")
    (package / "below" / "parts.py").write_text("from packaged_rules.words import TITLE\n")
    more = "from ..words import TITLE\nfrom .parts import TITLE\nimport parts, dataclasses\n"
    write(package / "below" / "a.py", more=f"{more}ruleset = dataclasses.replace(ruleset, title=TITLE)\n")
    monkeypatch.chdir(package)
    modules, path = dict(sys.modules), list(sys.path)
    for title in ("First", "Somewhat longer"):
        (package / "words.py").write_text(f"TITLE = {title!r}\n")
        assert load_ruleset("below/a.py").title == title
    assert (sys.modules, sys.path) == (modules, path)
    monkeypatch.syspath_prepend(tmp_path)
    assert load_ruleset("packaged_rules.below.a").title == title
    assert "packaged_rules.words" not in sys.modules


def test_the_package_of_a_file_is_not_another_one_of_that_name(tmp_path: Path) -> None:
    for name in ("one", "two"):
        package = tmp_path / name / "packaged_rules"
        package.mkdir(parents=True)
        # A package can import its rule set, too.
        (package / "__init__.py").write_text("from .a import ruleset\n")
        (package / "words.py").write_text(f"TITLE = {name!r}\n")
        more = "from .words import TITLE\nimport dataclasses\nruleset = dataclasses.replace(ruleset, title=TITLE)\n"
        write(package / "a.py", more=more)
    sys.modules["packaged_rules"] = other = ModuleType("packaged_rules")
    try:
        for name in ("one", "two"):
            assert load_ruleset(f"{name}/packaged_rules/a.py", tmp_path).title == name
            assert load_ruleset(f"{name}/packaged_rules/__init__.py", tmp_path).title == name
        assert sys.modules.get("packaged_rules") is other
    finally:
        sys.modules.pop("packaged_rules", None)


def test_a_fault_in_the_package_of_a_file_is_told_where_it_is(tmp_path: Path) -> None:
    package = tmp_path / "packaged_rules"
    (package / "below").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "below" / "__init__.py").write_text("")
    (package / "words.py").write_text("\n1 / 0\n")
    write(package / "below" / "a.py", more="from ..words import TITLE\n")
    assert failure("a.py", package / "below").location == Location(str(package / "words.py"), 2)


def test_a_rule_set_of_ours_loads_by_its_path() -> None:
    assert load_ruleset(str(ruleset_path("assessor.rulesets.self_hosting.ruleset"))).id == "self-hosting"


def test_a_file_can_look_above_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "title.txt").write_text("From above", encoding="utf-8")
    above = "Path(__file__).parent.parent"
    write(
        tmp_path / "below" / "rules.py",
        more=f"from dataclasses import replace\nfrom pathlib import Path\n"
        f"ruleset = replace(ruleset, title=({above} / 'title.txt').read_text())\n",
    )
    monkeypatch.chdir(tmp_path / "below")
    assert load_ruleset("rules.py").title == "From above"


def test_neighbours_are_named_in_order_and_folders_are_none(tmp_path: Path) -> None:
    for name in ("zoo.py", "yak.py", "xylophone.py"):
        write(tmp_path / name)
    (tmp_path / "folder.py").mkdir()
    assert failure("qqqq.py", tmp_path).message.endswith(" Known: 'xylophone.py', 'yak.py', 'zoo.py'.")
    assert failure("folder.py", tmp_path).message.endswith("folder.py': it is a folder, so name a file in it")


def test_an_error_that_cannot_say_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "odd.py"
    file.write_text("class Odd(Exception):\n    def __str__(self): raise ValueError\nraise Odd\n", encoding="utf-8")
    with pytest.raises(LoadingError, match=r"odd\.py:3: Odd$"):
        load_ruleset(str(file))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("1 / 0\n", "parts_beside.py:1: ZeroDivisionError"),
        (
            "def limit():\n    return stya\n\n\nstay = 1\nlimit()\n",
            "parts_beside.py:2: name 'stya' is not defined. Did you mean 'stay'?",
        ),
        (
            "from assessor import YesNo\n\na = YesNo('a', wrding='A?')\n",
            "parts_beside.py:3: YesNo(…) takes no 'wrding'. Did you mean 'wording'?",
        ),
        ("import json\n\njson.loads('{')\n", "parts_beside.py:3: JSONDecodeError"),
    ],
)
def test_a_fault_in_a_module_beside_is_told_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, told: str
) -> None:
    (tmp_path / "parts_beside.py").write_text(code, encoding="utf-8")
    (tmp_path / "rules.py").write_text("import parts_beside\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LoadingError, match=f"^{re.escape(told)}"):
        load_ruleset("rules.py")


def test_a_suggestion_of_python_itself_does_not_stand_in_for_ours() -> None:
    # As Python 3.13 words it, and 3.10 to 3.12 without the suggestion.
    text = "YesNo.__init__() got an unexpected keyword argument 'wrding'. Did you mean 'wording'?"
    assert explain_error(TypeError(text), {}) == "YesNo(…) takes no 'wrding'. Did you mean 'wording'?"
