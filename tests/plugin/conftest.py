"""What the tests of the docs door share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import SITE_URL, Built, build

_REPOSITORY = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The published site, built strictly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE_URL)
        return build(_REPOSITORY, "--strict", into=str(tmp_path_factory.mktemp("guide") / "site"))
