"""Writing files: all or none, on full disks, through kills and links, and beside another run."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkdocs_assessor.writing import WritingError, write_files

# A process that waits with its files half written, once it says so.
_STALLED = """\
import os, signal, sys, time
# A shell that starts the tests in the background lets its children ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
def stall(file):
    print("writing", flush=True)
    time.sleep(60)
os.fsync = stall
from assessor.__main__ import main
main()
"""
_LIMITED = """\
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
from assessor.__main__ import main
main()
"""
_PLAIN = "from assessor.__main__ import main; main()"

_RULES = """\
from assessor import Outcome, RuleSet, Section, YesNo, otherwise
stay = Outcome("stay", "Stay")
rules = [otherwise(stay, "x")]
ruleset = RuleSet("{id}", title="A", sections=[Section("s", "S", [YesNo("a", "A?")])], outcomes=[stay], rules=rules)
"""


def _run(script: str, *arguments: str, folder: Path) -> tuple[int, str]:
    """Run a command in a folder; return its exit code and what it says on standard error."""
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stderr


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    try:
        is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        is_mounted = False
    if not is_mounted:
        pytest.skip("nothing may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A project whose two rule sets were published once, and are others now."""
    folder = tmp_path / "project"
    (folder / "site" / "assessor").mkdir(parents=True)
    (folder / "docs").mkdir()
    config = "site_name: A\nplugins:\n  - assessor:\n      rules: {one: one.py, two: two.py}\n"
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    for name in ("one", "two"):
        (folder / f"{name}.py").write_text(_RULES.format(id=name), "utf-8")
        (folder / "site" / "assessor" / f"{name}.json").write_text('{"good": true}', "utf-8")
    return folder


class TestNew:
    def test_a_full_disk_gets_nothing(self, small_disk: Path) -> None:
        (small_disk / "LICENSE").write_text("mine\n", "utf-8")
        for name in ("guide", "."):
            code, said = _run(_PLAIN, "new", name, folder=small_disk)
            assert code == 2
            assert said.startswith("error: ")
            assert said.endswith(": cannot write the file: No space left on device.\n")
            assert [path.name for path in small_disk.iterdir()] == ["LICENSE"]

    def test_a_file_that_is_too_large_undoes_the_rest(self, tmp_path: Path) -> None:
        code, said = _run(_LIMITED, "new", "a/guide", folder=tmp_path)
        assert (code, said.startswith("error: a/guide/")) == (2, True)
        assert said.endswith(": cannot write the file: File too large.\n")
        assert list(tmp_path.iterdir()) == []
        assert _run(_PLAIN, "new", "a/guide", folder=tmp_path)[0] == 0

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_run_that_is_ended_leaves_nothing(self, number: signal.Signals, tmp_path: Path) -> None:
        _end(number, "new", "guide", folder=tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_after_a_kill_it_can_be_run_again(self, tmp_path: Path) -> None:
        _end(signal.SIGKILL, "new", "guide", folder=tmp_path)
        assert not (tmp_path / "guide" / "rules.py").exists()
        assert _run(_PLAIN, "new", "guide", folder=tmp_path) == (0, "")

    def test_of_two_runs_at_once_one_wins_or_finds_a_complete_site(self, tmp_path: Path) -> None:
        runs = {
            title: subprocess.Popen(
                [sys.executable, "-c", _PLAIN, "new", "guide", "--title", title],
                cwd=tmp_path,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
            for title in ("One", "Two")
        }
        said = {title: run.communicate() for title, run in runs.items()}
        (first,) = (title for title in runs if "guide/mkdocs.yml\n" in said[title][0])
        (second,) = runs.keys() - {first}
        assert runs[first].returncode == 0
        if runs[second].returncode == 0:
            # It started when the first had ended, and added its page to that site.
            assert said[second][0].startswith(f"guide/docs/{second.lower()}.md\n")
        else:
            lost = said[second][1]
            assert runs[second].returncode == 2
            assert lost.startswith("error: guide already has ")
            assert lost.endswith(", and this command replaces nothing: name another folder.\n")
        assert f'"{first}"' in (tmp_path / "guide" / "rules.py").read_text("utf-8")
        assert list(tmp_path.rglob("*.tmp")) == []

    def test_no_link_leads_out_of_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "guide").mkdir()
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "guide" / "docs").symlink_to(tmp_path / "elsewhere")
        code, said = _run(_PLAIN, "new", "guide", folder=tmp_path)
        assert code == 2
        assert said == f"error: {Path('guide', 'docs')}: a link that leads out of guide; remove it first.\n"
        assert _files(tmp_path) == {}

    def test_a_folder_without_a_name(self, tmp_path: Path) -> None:
        code, said = _run(_PLAIN, "new", "", folder=tmp_path)
        assert code == 2
        assert said.endswith("Error: DIR: name a folder; the working directory is .\n")
        assert list(tmp_path.iterdir()) == []


class TestPublish:
    def test_it_replaces_what_was_there(self, site: Path) -> None:
        assert _run(_PLAIN, "publish", folder=site) == (0, "")
        published = _files(site / "site")
        assert list(published) == ["assessor/one.json", "assessor/two.json"]
        assert [json.loads(text)["ruleset"] for text in published.values()] == ["one", "two"]

    def test_a_full_disk_keeps_what_was_there(self, site: Path, small_disk: Path) -> None:
        (site / "site").rename(site / "before")
        (small_disk / "assessor").mkdir()
        for name, text in _files(site / "before").items():
            (small_disk / name).write_text(text, "utf-8")
        before = _files(small_disk)
        with (site / "mkdocs.yml").open("a", encoding="utf-8") as config:
            config.write(f"site_dir: {small_disk}\n")
        code, said = _run(_PLAIN, "publish", folder=site)
        assert (code, said.endswith("one.json: cannot write the file: No space left on device.\n")) == (2, True)
        assert _files(small_disk) == before

    def test_a_file_that_is_too_large_keeps_what_was_there(self, site: Path) -> None:
        before = _files(site / "site")
        code, said = _run(_LIMITED, "publish", folder=site)
        path = Path("site", "assessor", "one.json")
        assert (code, said) == (2, f"error: {path}: cannot write the file: File too large.\n")
        assert _files(site / "site") == before

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
    def test_a_run_that_is_ended_keeps_what_was_there(self, number: signal.Signals, site: Path) -> None:
        before = _files(site / "site")
        _end(number, "publish", folder=site)
        after = {name: text for name, text in _files(site / "site").items() if name in before}
        assert after == before

    def test_a_folder_that_leads_out_of_the_site(self, site: Path) -> None:
        elsewhere = site / "elsewhere"
        (site / "site" / "assessor").rename(elsewhere)
        (site / "site" / "assessor").symlink_to(elsewhere)
        before = _files(elsewhere)
        code, said = _run(_PLAIN, "publish", folder=site)
        assert code == 2
        assert said == f"error: {Path('site', 'assessor')}: a link that leads out of site; remove it first.\n"
        assert _files(elsewhere) == before

    def test_a_file_that_leads_out_of_the_site(self, site: Path) -> None:
        one = site / "site" / "assessor" / "one.json"
        one.unlink()
        (site / "mine.json").write_text("mine\n", "utf-8")
        one.symlink_to(site / "mine.json")
        assert _run(_PLAIN, "publish", folder=site)[0] == 0
        assert (site / "mine.json").read_text("utf-8") == "mine\n"
        assert json.loads(one.read_text("utf-8"))["ruleset"] == "one"
        assert not one.is_symlink()


class TestWriteFiles:
    def test_the_mode_stays_and_a_new_one_is_as_usual(self, tmp_path: Path) -> None:
        old, new, usual = (tmp_path / name for name in ("old", "new", "usual"))
        old.write_text("", "utf-8")
        old.chmod(0o640)
        usual.write_text("", "utf-8")
        write_files(tmp_path, {"old": "x", "new": "é\n"}, replace=True)
        assert (old.stat().st_mode & 0o777, new.stat().st_mode) == (0o640, usual.stat().st_mode)
        assert new.read_bytes() == "é\n".encode()

    def test_a_link_within_the_folder_is_followed(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to("real")
        write_files(tmp_path, {"link/a": "x"})
        assert (tmp_path / "real" / "a").read_text("utf-8") == "x"

    def test_the_folder_itself_may_be_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to("real")
        write_files(tmp_path / "link", {"a/b": "x"})
        assert _files(tmp_path / "real") == {"a/b": "x"}

    @pytest.mark.parametrize("target", ["loop", "nowhere"])
    def test_a_link_that_leads_nowhere(self, target: str, tmp_path: Path) -> None:
        (tmp_path / "loop").symlink_to(target)
        with pytest.raises(WritingError, match="loop: is there already, and not a folder"):
            write_files(tmp_path, {"loop/a": "x"})
        assert [path.name for path in tmp_path.iterdir()] == ["loop"]

    def test_a_folder_where_a_file_is_to_be(self, tmp_path: Path) -> None:
        (tmp_path / "b").mkdir()
        with pytest.raises(WritingError, match=r"b: cannot write the file: Is a directory"):
            write_files(tmp_path, {"a": "x", "b": "x"}, replace=True)
        assert [path.name for path in tmp_path.iterdir()] == ["b"]

    def test_outside_the_main_thread(self, tmp_path: Path) -> None:
        thread = threading.Thread(target=write_files, args=(tmp_path, {"a": "x"}))
        thread.start()
        thread.join()
        assert _files(tmp_path) == {"a": "x"}


def _end(number: signal.Signals, *arguments: str, folder: Path) -> None:
    """Run a command, and end it by a signal while it writes its first file."""
    command = [sys.executable, "-c", _STALLED, *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"writing\n"
        running.send_signal(number)
        running.wait(timeout=60)
