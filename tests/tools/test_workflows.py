"""What runs at GitHub, and the make targets that it starts."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.paths import ROOT
from tools.releasing.site import main as commit_site

_WORKFLOWS = [
    *sorted((ROOT / ".github" / "workflows").glob("*.yml")),
    ROOT / "action.yml",
    *(ROOT / "plugin" / "mkdocs_assessor" / "starter" / "github" / "workflows").glob("*.yml"),
]


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: str(path.name))
def test_every_action_is_pinned_with_its_version_beside_it(path: Path) -> None:
    used = re.findall(r"^[\s-]*uses: (.*)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert used
    pinned = re.compile(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./\S+ # zizmor: ignore\[self-repository\]")
    assert [each for each in used if not pinned.fullmatch(each)] == []
    own = [each.split()[0] for each in used if each.startswith("./")]
    assert [each for each in own if not (ROOT / each).is_file()] == []


def test_an_action_has_one_pin_everywhere() -> None:
    pages = [ROOT / "docs" / name for name in ("ci.md", "build-your-own.md")]
    pins = {
        pin
        for path in [*_WORKFLOWS, *pages]
        for pin in re.findall(r"uses: (\S+@[0-9a-f]{40})", path.read_text("utf-8"))
    }
    names = [pin.partition("@")[0] for pin in pins]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("path", _WORKFLOWS[:4], ids=lambda path: str(path.name))
def test_every_target_that_a_workflow_makes_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+)(?= [a-z-]+:|:)", makefile, re.MULTILINE)) | {"test-newest"}
    jobs: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    made = {
        name
        for job in jobs.values()
        for step in job.get("steps", [])
        for name in re.findall(r"^\s*make ([a-z-]+)", step.get("run", ""), re.MULTILINE)
    }
    assert made <= targets


@pytest.mark.parametrize("tag", ["v1.0.1;id>&2", "v1.0.1$(shell id>&2)", "v1.0.1$(id>&2)", "v1.0.1`id>&2`", "'\"v1"])
def test_a_tag_runs_nothing(tmp_path: Path, tag: str) -> None:
    # The real targets, with a program that prints what it gets in place of Python.
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    (programs / "python").chmod(0o755)
    (tmp_path / ".venv" / ".installed-dist").touch()
    variables = {"release-check": "TAG", "release": "VERSION", "release-owner": "ACCOUNT", "site-branch": "ALIAS"}
    for target, variable in variables.items():
        for given, environment in (([f"{variable}={tag}"], {}), ([], {variable: tag})):
            made = subprocess.run(
                ["make", "--silent", target, *given],
                cwd=tmp_path,
                env={**os.environ, "MAKEFLAGS": "", **environment},
                capture_output=True,
                encoding="utf-8",
                check=True,
            )
            assert (made.stdout.splitlines()[-1], made.stderr) == (tag, "")


@pytest.mark.parametrize(
    "arguments", [[], ["--push"], [""], ["1.0", "$(id)"], ["1.0", "latest", "more"], ["../up"], ["1.0\n"]]
)
def test_only_a_folder_can_be_a_version_of_the_site(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commit_site(arguments) == 2
    assert "is not a version such as 1.2 or dev, and an alias" in capsys.readouterr().err


@pytest.mark.parametrize("path", _WORKFLOWS[:4], ids=lambda path: str(path.name))
def test_no_job_that_can_write_runs_the_code_of_others(path: Path) -> None:
    jobs: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    for name, job in jobs.items():
        # A job that calls a workflow passes on what that workflow's jobs may have at most.
        if "write" not in job["permissions"].values() or "uses" in job:
            continue
        said = " ".join(step.get("run", "") for step in job["steps"])
        assert set(re.findall(r"\b(make|pip|python|npm|node|mike|mkdocs)\b", said)) == set(), name
        assert "checkout" not in " ".join(step.get("uses", "") for step in job["steps"]), name


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ({"GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "main"}, "https://acme.github.io/guide/ dev none"),
        ({"GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1.20.3"}, "https://acme.github.io/guide/ 1.20 latest"),
        ({"GITHUB_REF_TYPE": "branch", "PAGES_URL": "https://a.example/b"}, "https://a.example/b/ dev none"),
        ({"GITHUB_REF_TYPE": "branch", "PAGES_URL": "https://a.example/b/"}, "https://a.example/b/ dev none"),
        ({"GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1.$(id).0"}, "https://acme.github.io/guide/ 1.$(id) latest"),
    ],
)
def test_the_site_has_the_address_of_its_repository(tmp_path: Path, given: dict[str, str], made: str) -> None:
    jobs: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8"))["jobs"]
    (script,) = (step["run"] for step in jobs["build"]["steps"] if "run" in step)
    programs = {"git": "exit 0", "make": 'printf "%s " "$SITE_URL" "$VERSION" "${ALIAS-none}"'}
    for name, code in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{code}\n")
        (tmp_path / name).chmod(0o755)
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "PAGES_URL": "",
            "GITHUB_REPOSITORY": "acme/guide",
            "GITHUB_REPOSITORY_OWNER": "acme",
            **given,
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.strip() == made
