import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

from assessor import (
    Assessment,
    RuleSet,
    bundle_json,
    bundle_schema,
    compile_ruleset,
    load_ruleset,
    to_javascript,
    to_jsonlogic,
    to_python,
)
from assessor.__main__ import main
from assessor.commands.command import SECTIONS
from assessor.loading.reference import BUNDLED

RULES = """\
from assessor import (
    Action, Choice, Criterion, Estimate, Fact, Number, Outcome, Rule, RuleSet, Section, YesNo, otherwise
)

usual = Fact("usual", 2, "FTE", source="https://example.org/", checked="2026-01-31", low=1, high=3)
pager = YesNo("pager", "Does someone carry a pager?", asked_of="your operations lead")
fte = Number("fte", "How many people?", unit="FTE", minimum=0, maximum=50, default=usual)
ready = Criterion("ready", "your team is ready", pager & (fte >= 2))
stay = Outcome("stay", "Use the cloud", "Let **others** run it.")
host = Outcome("host", "Self-host", "Run it yourself.")
ruleset = RuleSet(
    "hosting",
    title="Self-hosting or not",
    sections=[Section("team", "Your team", [pager, fte])],
    outcomes=[stay, host],
    facts=[usual],
    criteria=[ready],
    rules=[
        Rule(ready, host, "Your team can [run it](https://example.org/run)."),
        otherwise(stay, "You are not ready."),
    ],
    actions=[
        Action("drill", "Practise a restore", [host]),
        Action("hire", "Hire", [stay], fte < 2, "So few.", gap=True),
    ],
    estimates=[Estimate("pay", "What people cost", fte * 100)],
)
"""


@pytest.fixture
def rules(tmp_path: Path) -> str:
    file = tmp_path / "rules.py"
    file.write_text(RULES, encoding="utf-8")
    return str(file)


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    """Run the command; whatever it does, it must not raise."""
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def assess(rules: str, answers: str | bytes, *arguments: str) -> Result:
    return run("assess", "-", "--rules", rules, *arguments, stdin=answers)


def refused(result: Result) -> str:
    """Return the message of a command that was refused: exit 2, and nothing on standard output."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


# What it says


def test_a_settled_outcome_as_text(rules: str) -> None:
    result = assess(rules, "pager: yes\nfte: 3\n")
    assert result.exit_code == 0
    assert result.stderr == ""
    head, *lines = result.stdout.splitlines()
    assert head == f"Self-hosting or not (hosting, rules {compile_ruleset(load_ruleset(rules))['hash'][:8]})"
    assert lines == [
        "",
        "Settled: Self-host [host]",
        "  Run it yourself.",
        "",
        "Because:",
        "  Your team can run it (https://example.org/run).",
        "  If your team is ready, then: Self-host. [rule rule-1]",
        "",
        "What to do:",
        "  - Practise a restore.",
        "",
        "Estimates:",
        "  - What people cost: 300 FTE",
    ]


def test_what_is_still_possible_as_text(rules: str) -> None:
    assert assess(rules, "").stdout.splitlines()[1:] == [
        "",
        "Still possible:",
        "  - Self-host [host]",
        "  - Use the cloud [stay]",
        "",
        "What may follow, by what is still open:",
        "  - Gap: Hire. So few.",
        "  - Practise a restore.",
        "",
        "Estimates:",
        "  - What people cost: 200 FTE (range 100–300), assuming the default for fte",
        "",
        "Ask next (1 to 2 more answers, asking only what still matters):",
        "  - pager: Does someone carry a pager? (ask your operations lead)",
        "",
        "Also open, and able to change the outcome:",
        "  - fte: How many people?",
    ]


def test_a_report_is_in_the_language_that_was_asked_for(rules: str) -> None:
    said = assess(rules, "pager: yes\nfte: 3\n", "--explain", "--language", "de").stdout
    for line in (
        "Entschieden: Self-host [host]",
        "Warum:",
        "  Wenn gilt: your team is ready, dann: Self-host. [Regel rule-1]",
    ):
        assert line in said.splitlines()
    message = refused(assess(rules, "", "--language", "dee"))
    assert "there are no words in the language 'dee'. Did you mean 'de'?" in message
    message = refused(assess(rules, "", "--language", "german"))
    assert "there are no words in the language 'german'. Known: 'de', 'en', 'es', 'fr', 'ja'." in message


def test_a_report_and_a_record_are_in_the_language_of_the_rules_unless_another_is_asked_for(rules: str) -> None:
    path = Path(rules.partition(":")[0])
    path.write_text(path.read_text("utf-8").replace('"hosting",', '"hosting",\n    language="de",'), encoding="utf-8")
    answers = "pager: yes\nfte: 3\n"
    assert "Entschieden: Self-host [host]" in assess(rules, answers).stdout
    assert "Settled: Self-host [host]" in assess(rules, answers, "--language", "en").stdout
    record = CliRunner().invoke(main, ["record", "--rules", rules], input=answers).stdout
    assert "- Status: vorgeschlagen" in record


def test_an_outcome_that_is_settled_early_says_so(rules: str) -> None:
    shown = assess(rules, "pager: no").stdout
    assert (
        "Settled: Use the cloud [stay]\n  Let others run it.\n  It stays, however the one open question is answered.\n"
        in shown
    )


def test_a_gap_in_the_rules_is_told(tmp_path: Path) -> None:
    file = tmp_path / "rules.py"
    file.write_text(RULES.replace('        otherwise(stay, "You are not ready."),\n', ""))
    shown = assess(str(file), "").stdout
    assert (
        "  - Self-host [host]\n  - no advice: some of the answers that are left open are decided by no rule\n" in shown
    )


def test_an_assessment_as_json(rules: str) -> None:
    result = assess(rules, '{"pager": true, "fte": null}', "--format", "json")
    assert result.exit_code == 0
    assessment: Assessment = json.loads(result.stdout)
    expected: dict[str, Any] = {
        "ruleset": "hosting",
        "hash": compile_ruleset(load_ruleset(rules))["hash"],
        "outcome": None,
        "settled": False,
        "possible": ["host", "stay"],
        "rule": None,
        "actions": {"apply": [], "open": ["drill", "hire"]},
        "criteria": {"ready": None},
        "estimates": {"pay": {"low": 100, "likely": 200, "high": 300, "unit": "FTE", "assumed": ["fte"]}},
        "open": ["fte"],
    }
    assert {key: value for key, value in assessment.items() if key in expected} == expected


def test_answers_come_from_a_file_or_from_standard_input(rules: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.yml"
    file.write_text("pager: true\nfte: 3\n")
    from_file = run("assess", str(file), "--rules", rules)
    assert from_file.exit_code == 0
    assert "Settled: Self-host" in from_file.stdout
    assert run("assess", "--rules", rules, stdin="pager: true\nfte: 3\n").stdout == from_file.stdout
    assert assess(rules, "pager: true\nfte: 3\n").stdout == from_file.stdout


def test_the_bundled_rule_set_is_the_default() -> None:
    assert json.loads(run("assess", "--format", "json", stdin="").stdout)["ruleset"] == "self-hosting"
    assert run("bundle").stdout.strip() == bundle_json(compile_ruleset(load_ruleset(BUNDLED)))


def test_the_bundle_is_valid_under_the_schema_that_is_printed(rules: str) -> None:
    schema = json.loads(run("bundle", "--schema").stdout)
    assert schema == bundle_schema()
    jsonschema.Draft202012Validator(schema).validate(json.loads(run("bundle", "--rules", rules).stdout))


@pytest.mark.parametrize(
    ("target", "export"),
    [
        ("jsonlogic", lambda ruleset: json.dumps(to_jsonlogic(ruleset), indent=2) + "\n"),
        ("javascript", to_javascript),
        ("python", to_python),
    ],
)
def test_the_rules_are_exported(rules: str, target: str, export: Callable[[RuleSet], str]) -> None:
    assert run("export", "--to", target, "--rules", rules).stdout == export(load_ruleset(rules))
    assert run("export", "--to", target).stdout == export(load_ruleset(BUNDLED))


def test_exported_python_decides(rules: str, tmp_path: Path) -> None:
    (tmp_path / "rules_of_hosting.py").write_text(run("export", "--to", "python", "--rules", rules).stdout)
    program = "from rules_of_hosting import decide; print(decide({'pager': True, 'fte': 2}))"
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout == "rule-1\n"


_COMMANDS = main.list_commands(click.Context(main))


def test_help_and_version_are_there() -> None:
    for arguments in (["--help"], ["-h"], ["assess", "-h"], ["bundle", "--help"], ["export", "--help"]):
        assert run(*arguments).exit_code == 0
    assert run("--version").stdout.endswith(f", version {version('mkdocs-assessor')}\n")


def test_the_list_of_commands_says_of_each_what_it_does_in_its_section() -> None:
    for shown in (run("--help").stdout, run().output):
        assert [line for line in shown.splitlines() if re.fullmatch(r"\S.*:", line)] == [
            "Options:",
            *(f"{section}:" for section in SECTIONS),
        ]
        assert re.findall(r"^  ([a-z]+)  +[A-Z].*\.$", shown, re.MULTILINE) == sorted(
            _COMMANDS, key=lambda name: shown.index(f"\n  {name} ")
        )


@pytest.mark.parametrize("name", _COMMANDS)
def test_the_help_of_a_command_has_an_example_that_it_understands(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command
    shown = run(name, "--help").stdout
    examples = re.findall(
        r"^  (.*\| )?assessor (\S+)(.*?)(?: > .*)?$", shown.partition("\nExample:\n")[2], re.MULTILINE
    )
    assert examples
    for _, called, arguments in examples:
        assert called == name
        context = command.context_class(command, ignore_unknown_options=False)
        command.make_parser(context).parse_args(shlex.split(arguments))
    assert re.fullmatch("  -h, --help +Show this message and exit.", shown.splitlines()[-1])
    assert ("--rules" in shown) == ("\nRules:\n" in shown)


# --expect


@pytest.mark.parametrize(
    ("answers", "outcome", "code", "message"),
    [
        ("pager: yes\nfte: 3", "host", 0, ""),
        ("pager: no", "stay", 0, ""),
        ("pager: no", "host", 1, "expected 'host' to be settled, but got 'stay'\n"),
        ("pager: yes", "host", 1, "expected 'host' to be settled, but got nothing yet\n"),
    ],
)
def test_expect_is_for_ci(rules: str, answers: str, outcome: str, code: int, message: str) -> None:
    for output in ("text", "json"):
        result = assess(rules, answers, "--expect", outcome, "--format", output)
        assert (result.exit_code, result.stderr) == (code, message)
        assert result.stdout


def test_an_outcome_that_does_not_exist_is_no_expectation(rules: str) -> None:
    assert "--expect: there is no outcome 'hots'. Did you mean 'host'?" in refused(
        assess(rules, "", "--expect", "hots")
    )


# Mistakes


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("pagre: yes", "1: there is no question 'pagre'. Did you mean 'pager'?"),
        ("pager: 'yes'", "1: question 'pager' is answered with true, false or null (don't know), not 'yes'"),
        ("pager: yes\nfte: 51", "2: question 'fte' takes a number from 0 to 50 FTE, not 51"),
        ("- pager", "1: answers are a mapping: write one 'question: answer' a line"),
        ("pager: yes: no", "1: this is not YAML or JSON: "),
        ("pager: yes\npager: no", "2: question 'pager' is answered twice, first on line 1"),
        ("pager: &x yes", "1: answers cannot use YAML anchors and aliases (& and *)"),
        (b"pager: \xff", "1: the file is not UTF-8 text; save it as UTF-8"),
        ("pager: \0", "1: this is not YAML or JSON: unacceptable character #x0000"),
        ("[" * 10_000, "1: answers are a mapping: write one 'question: answer' a line"),
    ],
)
def test_a_bad_answer_is_one_message_with_its_line(
    rules: str, tmp_path: Path, answers: str | bytes, message: str
) -> None:
    line, message = message.split(": ", 1)
    assert refused(assess(rules, answers)).startswith(f"<stdin>:{line}: error: {message}")
    file = tmp_path / "answers.yml"
    file.write_bytes(answers if isinstance(answers, bytes) else answers.encode())
    from_file = refused(run("assess", str(file), "--rules", rules))
    assert from_file.startswith(f"{file}:{line}: error: {message}")
    assert from_file.count("\n") == 1


def test_each_bad_answer_is_one_line(rules: str) -> None:
    lines = refused(assess(rules, "fte: 99\nlost: 1\npager: 3")).splitlines()
    assert [line.split(":")[:3] for line in lines] == [["<stdin>", str(n), " error"] for n in (1, 2, 3)]


def test_nothing_on_the_terminal_can_be_moved_by_an_answer(rules: str) -> None:
    assert "\x1b" not in refused(assess(rules, '"\\e[2J": "\\e[2J"'))
    assert "\x1b" not in refused(assess(rules, 'pager: "\\e[2J\\u202e"'))


def test_a_missing_file_is_named_with_the_nearest(rules: str, tmp_path: Path) -> None:
    (tmp_path / "answers.yml").write_text("pager: yes")
    message = refused(run("assess", str(tmp_path / "answer.yml"), "--rules", rules))
    assert message == (
        f"error: {tmp_path / 'answer.yml'}: cannot read the answers: No such file or directory. "
        f"Did you mean 'answers.yml'?\n"
    )


@pytest.mark.parametrize("name", ["", ".", "lost/answers.yml", "x" * 300, "a/" * 3000 + "b", "rules.py/answers.yml"])
def test_what_is_no_file_says_so(rules: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert "cannot read the answers: " in refused(run("assess", name, "--rules", rules))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["assess", "--format", "xml"], "Invalid value for '--format'"),
        (["assess", "--lost"], "No such option"),
        (["assess", "one", "two"], "unexpected extra argument"),
        (["assess", "--rules"], "Option '--rules' requires an argument"),
        (["lost"], "No such command 'lost'"),
        (["bundle", "one"], "unexpected extra argument"),
        (["export"], "Missing option '--to'"),
        (["export", "--to", "xml"], "Invalid value for '--to'"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], message: str) -> None:
    assert message in refused(run(*arguments))


@pytest.mark.parametrize("command", [["assess"], ["bundle"], ["export", "--to", "python"]])
def test_a_rule_set_that_cannot_be_had_exits_with_2(command: list[str], tmp_path: Path) -> None:
    assert "there is no rule set file 'lost.py'" in refused(run(*command, "--rules", "lost.py"))
    file = tmp_path / "rules.py"
    file.write_text("x = 1 / 0\n")
    assert refused(run(*command, "--rules", str(file))) == (
        f"{file}:1: error: ZeroDivisionError: division by zero\n  1 | x = 1 / 0\n    | ^~~~~~~~~\n"
    )
    file.write_text("from assessor import YesNo\nYesNo('A', 'A?')\n")
    assert refused(run(*command, "--rules", str(file))).startswith(
        f"{file}:2: error: 'A' cannot be the id of a question"
    )


@pytest.mark.slow
def test_a_rule_set_that_is_too_large_exits_with_2(tmp_path: Path) -> None:
    file = tmp_path / "rules.py"
    file.write_text(
        "from assessor import *\n"
        "things = [YesNo(f'thing-{n}', 'A?') for n in range(32)]\n"
        "stay = Outcome('stay', 'Stay')\n"
        # The thing whose number is how many of them there are: in no order is this small.
        "counted = [at_least(n, *things) & ~at_least(n + 1, *things) & things[n] for n in range(1, 31)]\n"
        "ruleset = RuleSet('r', title='R', sections=[Section('s', 'S', things)], outcomes=[stay],\n"
        "    rules=[Rule(any_of(*counted), stay, 'x')])\n"
    )
    assert "the rules of 'r' are too entangled" in refused(run("assess", "--rules", str(file)))
    assert "the rules of 'r' are too entangled" in refused(run("export", "--to", "python", "--rules", str(file)))


# As a program


def assessor(*arguments: str, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-c", "from assessor.__main__ import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=60, **options)


def test_the_installed_command_runs() -> None:
    command = Path(sys.executable).parent / "assessor"
    ran = subprocess.run([command, "assess", "-"], input=b"", capture_output=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(b"Self-hosting")


def test_a_50_mb_stream_is_refused_after_its_first_bytes(rules: str) -> None:
    command = [sys.executable, "-c", "from assessor.__main__ import main; main()", "assess", "-", "--rules", rules]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stderr
        written = 0
        try:
            while written < 50 * 1024 * 1024:
                written += process.stdin.write(b"pager: yes # and so on\n" * 10_000)
        except BrokenPipeError:
            pass
        message = process.stderr.read()
        process.stdin.close()
    assert process.returncode == 2
    assert message == b"<stdin>: error: answers may be at most 64 KiB; this file is larger\n"
    assert written < 5 * 1024 * 1024


def test_a_closed_standard_input_is_wrong_usage(rules: str) -> None:
    command = f'exec "{sys.executable}" -c "from assessor.__main__ import main; main()" assess --rules "{rules}" <&-'
    ran = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=60)
    assert ran.returncode == 2
    assert b"there is no standard input: give a file of answers" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_words_come_out_on_a_terminal_without_utf_8(rules: str) -> None:
    ran = assessor("assess", "-", "--rules", rules, input=b"pager: 'x\xe2\x80\x9d'", env={"PYTHONIOENCODING": "ascii"})
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file whose reading fails")
def test_standard_input_that_cannot_be_read_is_one_message(rules: str) -> None:
    with Path("/proc/self/mem").open("rb") as stream:
        done = assessor("assess", "--rules", rules, stdin=stream)
    assert done.returncode == 2
    assert done.stderr == b"error: <stdin>: cannot read the answers: Input/output error.\n"


def test_a_full_stop_is_added_where_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / "rules.py"
    file.write_text(
        "from assessor import Action, Outcome, RuleSet, Section, YesNo, otherwise\n"
        'go = Outcome("go", "Go")\n'
        'titles = ["Compare a..b", "Wait.", "Why?"]\n'
        'actions = [Action(f"do-{n}", title, [go]) for n, title in enumerate(titles)]\n'
        'sections = [Section("all", "All", [YesNo("a", "A?")])]\n'
        'rules = [otherwise(go, "x")]\n'
        'ruleset = RuleSet("r", title="R", sections=sections, outcomes=[go], rules=rules, actions=actions)\n'
    )
    lines = assess(str(file), "").stdout.splitlines()
    assert [line for line in lines if line.startswith("  - ")][:3] == ["  - Compare a..b.", "  - Wait.", "  - Why?"]


_COMMAND = f'"{sys.executable}" -m assessor'


class TestOutput:
    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
    @pytest.mark.parametrize("command", [["schema", "--rules", BUNDLED], ["bundle", "--rules", BUNDLED], ["--help"]])
    def test_a_full_device(self, command: list[str]) -> None:
        with Path("/dev/full").open("w") as full:
            ran = subprocess.run(
                [sys.executable, "-c", "from assessor.__main__ import main; main()", *command],
                stdout=full,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                check=False,
            )
        assert ran.returncode == 2
        assert ran.stderr == "error: cannot write the output: No space left on device\n"

    @pytest.mark.parametrize("arguments", ["bundle --rules {rules}", "check --help", "--help", "--version"])
    def test_a_pipe_that_nobody_reads_is_no_finding(self, arguments: str, rules: str) -> None:
        command = f"{_COMMAND} {arguments.format(rules=rules)}"
        assert self._ended(f"{{ {{ {command}; echo $? >&3; }} | true; }} 3>&1") == ("141", "")

    def test_a_pipe_that_nobody_reads_for_errors(self) -> None:
        assert self._ended(f"{{ {{ {_COMMAND} nonsense 2>&1 >/dev/null; echo $? >&3; }} | true; }} 3>&1") == ("141", "")

    @pytest.mark.parametrize("arguments", ["assess - --rules {rules} </dev/null", "--help", "--version"])
    def test_a_closed_standard_output_is_an_error(self, arguments: str, rules: str) -> None:
        code, said = self._ended(f"({_COMMAND} {arguments.format(rules=rules)} >&-); echo $?")
        assert (code, said) == ("2", "error: cannot write the output: Bad file descriptor\n")

    def test_a_closed_standard_output_that_is_not_needed(self, rules: str, tmp_path: Path) -> None:
        file = tmp_path / "schema.json"
        file.write_text(run("schema", "--rules", rules).stdout, "utf-8")
        assert self._ended(f'({_COMMAND} schema --rules {rules} --check "{file}" >&-); echo $?') == ("0", "")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
    def test_errors_to_a_full_device(self) -> None:
        assert self._ended(f"{_COMMAND} nonsense 2>/dev/full; echo $?") == ("2", "")

    def test_an_interrupt_is_no_finding(self, tmp_path: Path) -> None:
        file = tmp_path / "rules.py"
        file.write_text("import time\nprint('running', flush=True)\ntime.sleep(60)\n", "utf-8")
        command = [sys.executable, "-m", "assessor", "check", "--rules", str(file)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as running:
            assert running.stderr is not None
            assert running.stderr.readline() == "running\n"
            running.send_signal(signal.SIGINT)
            assert "Traceback" not in running.stderr.read()
        assert running.returncode == 130

    def _ended(self, script: str) -> tuple[str, str]:
        """Run a shell script; return the exit code that it prints, and what is said on standard error."""
        ran = subprocess.run(["sh", "-c", script], capture_output=True, encoding="utf-8", check=False, timeout=60)
        return ran.stdout.strip(), ran.stderr

    def test_a_terminal_that_lacks_letters(self) -> None:
        ran = subprocess.run(
            [sys.executable, "-c", "from assessor.__main__ import main; main()", "assess", "--explain"],
            input=b"current: struggling",
            env={**os.environ, "PYTHONIOENCODING": "cp437"},
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert "?We do not self-host Medplum?" in ran.stdout.decode("cp437")


def test_a_schema_that_is_out_of_date(rules: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.schema.json"
    file.write_text(run("schema", "--rules", rules).stdout, encoding="utf-8")
    assert run("schema", "--rules", rules, "--check", str(file)).exit_code == 0
    for other in ("{}", "{", "[" * 100_000):
        file.write_text(other, encoding="utf-8")
        result = run("schema", "--rules", rules, "--check", str(file))
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"{file}: this is not the schema of the rule set.")
    assert "No such file" in refused(run("schema", "--rules", rules, "--check", str(tmp_path / "lost.json")))


def test_schema(rules: str) -> None:
    schema = json.loads(run("schema", "--rules", rules).stdout)
    jsonschema.validate({"pager": True, "fte": 2.5}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"pagr": True}, schema)
    assert run("schema", "--rules", "nowhere.py").exit_code == 2
