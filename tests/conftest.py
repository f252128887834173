"""What the tests of the docs door share."""

from __future__ import annotations

import pytest

from tests.support.paths import ROOT
from tests.support.sites import SITE_URL, Built, build


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The published site, built strictly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE_URL)
        return build(ROOT, "--strict", into=str(tmp_path_factory.mktemp("guide") / "site"))
