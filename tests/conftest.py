"""Fixtures that tests of several folders share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import old_click
from tests.support.paths import ROOT
from tests.support.shared_builds import build_once
from tests.support.sites import SITE_URL, Built, build

# Before the test files import it.
old_click.install()


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The published site, built strictly."""

    def publish(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SITE_URL", SITE_URL)
            built = build(ROOT, "--strict", into=str(folder / "site"))
        (folder / "exit_code").write_text(str(built.exit_code))
        (folder / "log").write_text(built.log, encoding="utf-8")

    shared = build_once(tmp_path_factory, "guide", publish)
    return Built(int((shared / "exit_code").read_text()), (shared / "log").read_text("utf-8"), shared / "site")
