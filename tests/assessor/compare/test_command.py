"""`assessor compare`, as its user calls it, on revisions of a repository."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

RULES = """\
from assessor import Outcome, Rule, RuleSet, Section, YesNo, otherwise
from {package}common import pager

stay, go = Outcome("stay", "Stay"), Outcome("go", "Go | now")
ruleset = RuleSet(
    "hosting",
    title="Hosting",
    sections=[Section("all", "All", [pager])],
    outcomes=[stay, go],
    rules=[Rule({when}, go, "so it is", "pager"), otherwise(stay, "else")],
)
"""
COMMON = 'from assessor import YesNo\npager = YesNo("pager", "Does someone carry a pager?")\n'


def git(folder: Path, *arguments: str) -> str:
    """Run git as nobody in particular."""
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a rule set that was changed and committed, and changed once more."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    for when in ("pager", "~pager"):
        (folder / "rules.py").write_text(RULES.format(package="", when=when))
        (folder / "common.py").write_text(COMMON)
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "-m", when)
    (folder / "rules.py").write_text("raise SystemExit('the working tree ran')\n")
    return folder


def compare(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    ran = subprocess.run(
        [sys.executable, "-m", "assessor", "compare", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ran.stderr
    return ran


def test_two_revisions_are_compared_and_nothing_is_left(repository: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in sorted(repository.rglob("*"))}
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "assessor", "compare", "git:HEAD~1:rules.py", "git:HEAD:rules.py", "--fail-on-change"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert ran.returncode == 1, ran.stderr
    assert "2 of 2 combinations of answers (100%) get another outcome." in ran.stdout
    assert "From “Go | now” to “Stay”: 1 combination (50.00%)" in ran.stdout
    assert "      pager: true" in ran.stdout
    assert {path: path.stat().st_mtime_ns for path in sorted(repository.rglob("*"))} == before
    assert not list(temporary.iterdir())
    assert git(repository, "status", "--short") == " M rules.py\n"


def test_what_nobody_gets_any_more_is_named_and_each_case_that_breaks(repository: Path) -> None:
    case = '    cases=[Case("one", "One", "", {{"pager": True}}, {outcome})],\n)'
    head = RULES.replace("import Outcome", "import Case, Outcome").format(package="", when="pager").rstrip()[:-1]
    (repository / "old.py").write_text(head + case.format(outcome="go"))
    stays = head.replace("Rule(pager, go,", "Rule(pager, stay,")
    for file, outcome in (("broken.py", "go"), ("mended.py", "stay")):
        (repository / file).write_text(stays + case.format(outcome=outcome))
    broken, mended = (compare(repository, "old.py", each).stdout for each in ("broken.py", "mended.py"))
    for report in (broken, mended):
        assert "No answers lead to “Go | now” any more." in report
        assert "rule 'pager' still decides, but has another outcome now." in report
        assert "one: was “Go | now”, is “Stay”" in report
    assert "; but it still expects “Go | now”, so `assessor check` fails" in " ".join(broken.split())
    assert "expects" not in mended


def test_answers_are_assessed_by_the_rules_of_a_revision(repository: Path) -> None:
    """As a reviewer does with the example of a change."""
    for revision, outcome in (("HEAD~1", "Go | now"), ("HEAD", "Stay")):
        ran = subprocess.run(
            [sys.executable, "-m", "assessor", "assess", "--rules", f"git:{revision}:rules.py"],
            cwd=repository,
            input="pager: true\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert outcome in ran.stdout, ran.stderr


def test_a_new_guide_is_compared_with_its_first_commit(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "assessor", "new", "guide"], cwd=tmp_path, check=True, capture_output=True)
    guide = tmp_path / "guide"
    git(guide, "init", "--quiet", "--initial-branch=main")
    git(guide, "add", ".")
    git(guide, "commit", "--quiet", "-m", "new")
    rules = (guide / "rules.py").read_text()
    (guide / "rules.py").write_text(rules.replace('"Forty people."', '"Four dozen people."'))
    ran = compare(guide, "git:main:rules.py", "rules.py")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Four dozen people." in ran.stdout


def test_modules_that_a_revision_imports_are_of_that_revision(repository: Path) -> None:
    (repository / "common.py").write_text(COMMON.replace("pager?", "telephone?"))
    git(repository, "add", "common.py")
    git(repository, "checkout", "--quiet", "HEAD~1", "--", "rules.py")
    git(repository, "commit", "--quiet", "-m", "another wording")
    (repository / "common.py").write_text(COMMON.replace('"pager"', '"phone"'))
    ran = compare(repository, "git:HEAD~2:rules.py", "rules.py", "--format", "json")
    report = json.loads(ran.stdout)
    assert report["questions"]["renamed"] == {"pager": "phone"}
    assert report["changed"] == "0"


def test_a_package_of_the_repository_is_read_from_the_revision(tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    (folder / "guide").mkdir(parents=True)
    git(folder, "init", "--quiet")
    (folder / "guide" / "__init__.py").write_text("")
    for when in ("pager", "~pager"):
        (folder / "guide" / "rules.py").write_text(RULES.format(package="guide.", when="switch"))
        (folder / "guide" / "common.py").write_text(f"{COMMON}switch = {when}\n")
        text = (folder / "guide" / "rules.py").read_text()
        (folder / "guide" / "rules.py").write_text(text.replace("import pager", "import pager, switch"))
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "-m", when)
    ran = compare(folder, "git:HEAD~1:guide/rules.py", "guide/rules.py", "--format", "json")
    assert json.loads(ran.stdout)["changed"] == "2", ran.stderr


def test_a_path_can_start_from_the_working_directory(repository: Path) -> None:
    below = repository / "below"
    below.mkdir()
    for name in ("rules.py", "common.py"):
        git(repository, "mv", "--force", name, f"below/{name}")
    git(repository, "checkout", "HEAD~1", "--", "rules.py", "common.py")
    git(repository, "mv", "--force", "rules.py", "below/rules.py")
    git(repository, "commit", "--quiet", "--all", "-m", "moved")
    assert compare(below, "git:HEAD:./rules.py", "git:HEAD:below/rules.py", "--fail-on-change").returncode == 0


def test_from_a_folder_the_whole_revision_is_there(repository: Path) -> None:
    below = repository / "below"
    below.mkdir()
    git(repository, "checkout", "HEAD~1", "--", "rules.py")
    git(repository, "mv", "rules.py", "below/rules.py")
    above = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent.parent))\n"
    (below / "rules.py").write_text(above + (below / "rules.py").read_text())
    git(repository, "commit", "--quiet", "--all", "-m", "moved")
    (repository / "common.py").write_text(COMMON.replace('"pager"', '"phone"'))
    ran = compare(below, "git:HEAD:./rules.py", "rules.py", "--format", "json")
    assert json.loads(ran.stdout)["questions"]["renamed"] == {"pager": "phone"}, ran.stderr
    for same in ("git:HEAD:below/rules.py", "git:HEAD:../below/rules.py", f"git:HEAD:{below / 'rules.py'}:ruleset"):
        assert compare(below, "git:HEAD:./rules.py", same, "--fail-on-change").returncode == 0, same


def test_a_revision_never_is_a_file_of_the_author(repository: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.py"
    elsewhere.write_text("raise SystemExit('the file elsewhere ran')")
    (repository / "link.py").symlink_to(elsewhere)
    git(repository, "add", "link.py")
    git(repository, "commit", "--quiet", "-m", "a link that leads out")
    for path in (str(elsewhere), "link.py"):
        ran = compare(repository, f"git:HEAD:{path}", "git:HEAD:rules.py")
        assert (ran.returncode, ran.stdout) == (2, "")
        assert f"error: {path!r} leads outside the repository" in ran.stderr


def test_a_revision_is_run_in_its_own_folder(repository: Path) -> None:
    (repository / "id.txt").write_text("pager")
    read = COMMON.replace('"pager"', "Path('id.txt').read_text()")
    (repository / "common.py").write_text(f"from pathlib import Path\n{read}")
    git(repository, "add", ".")
    git(repository, "checkout", "HEAD", "--", "rules.py")
    git(repository, "commit", "--quiet", "-m", "an id from a file")
    (repository / "id.txt").write_text("phone")
    report = json.loads(compare(repository, "git:HEAD:rules.py", "rules.py", "--format", "json").stdout)
    assert report["questions"]["renamed"] == {"pager": "phone"}


def test_modules_that_the_author_has_loaded_are_there_afterwards(repository: Path) -> None:
    git(repository, "checkout", "HEAD", "--", "rules.py")
    script = (
        "import sys, common\nfrom assessor.loading.revisions import load_revision\n"
        "load_revision('git:HEAD~1:rules.py')\n"
        "assert sys.modules['common'] is common\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=repository, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_comparison_that_is_ended_leaves_nothing(repository: Path, tmp_path: Path) -> None:
    (repository / "rules.py").write_text("import time\nprint('running', flush=True)\ntime.sleep(60)\n")
    git(repository, "commit", "--quiet", "--all", "-m", "slow")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "assessor", "compare", "git:HEAD:rules.py", "git:HEAD:rules.py"],
        cwd=repository,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == b"running\n"
        assert list(temporary.iterdir())
        running.terminate()
        assert running.wait(timeout=60) == -signal.SIGTERM
    assert not list(temporary.iterdir())


def test_markdown_is_fit_for_a_pull_request(repository: Path) -> None:
    report = compare(repository, "git:HEAD~1:rules.py", "git:HEAD:rules.py", "--format", "markdown").stdout
    assert "| Go \\| now | Stay | 1 | 50.00% |" in report
    assert "<details><summary>From “Go | now” to “Stay”</summary>" in report
    assert "```yaml\n  pager: true\n  ```" in report


def test_no_change_is_said_and_exits_with_0(repository: Path) -> None:
    ran = compare(repository, "git:HEAD:rules.py", "git:main:rules.py", "--fail-on-change")
    assert ran.returncode == 0
    assert ran.stdout == "Hosting (hosting)\n\nAll 2 combinations of answers get the same outcome.\n"


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("git:HEAD", "'git:HEAD' names no revision: write git:REV:PATH"),
        ("git:mian:rules.py", "there is no revision 'mian' here. Did you mean 'main'?"),
        ("git:--help:rules.py", "there is no revision '--help' here."),
        ("git:HEAD:rule.py", "there is no file 'rule.py' at HEAD. Did you mean 'rules.py'?"),
        ("git:HEAD:common.py", "HEAD:common.py: error: there is no rule set here"),
        ("git:HEAD:../rules.py", "'../rules.py' leads outside the repository, and so to no file at HEAD"),
        ("git:HEAD:a/../../rules.py", "'a/../../rules.py' leads outside the repository"),
        ("git:HEAD:json.decoder", "the module 'json.decoder' is not one of this repository"),
        ("lost.py", "there is no rule set file 'lost.py'."),
    ],
)
def test_a_wrong_reference_is_told(repository: Path, old: str, message: str) -> None:
    ran = compare(repository, old, "git:HEAD:rules.py")
    assert ran.returncode == 2
    assert message in ran.stderr


def test_an_error_at_a_revision_names_its_line(repository: Path) -> None:
    (repository / "rules.py").write_text("import assessor\n\n1 / 0\n")
    git(repository, "commit", "--quiet", "--all", "-m", "broken")
    ran = compare(repository, "git:HEAD:rules.py", "git:HEAD~1:rules.py")
    assert (ran.returncode, ran.stderr) == (2, "HEAD:rules.py:3: error: ZeroDivisionError: division by zero\n")


def test_outside_a_repository_that_is_said(tmp_path: Path) -> None:
    ran = compare(tmp_path, "git:HEAD:rules.py", "rules.py")
    assert ran.returncode == 2
    assert "not a git repository" in ran.stderr


@pytest.mark.parametrize("rename", ["pager", "=x", "x="])
def test_a_rename_has_two_sides(repository: Path, rename: str) -> None:
    ran = compare(repository, "git:HEAD:rules.py", "git:HEAD:rules.py", "--rename", rename)
    assert ran.returncode == 2
    assert "--rename takes OLD=NEW" in ran.stderr
