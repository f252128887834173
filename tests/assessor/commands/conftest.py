from pathlib import Path

import pytest

from tests.support.scoring import write_inputs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a rule set and answers to score."""
    monkeypatch.chdir(tmp_path)
    write_inputs()
    return tmp_path
