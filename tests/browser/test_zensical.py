"""The checklist on the site that Zensical builds, by the same tests as on that of MkDocs.

Not all of them: what the script does by itself is the same there, and is tested once. These are those that meet the
page, its theme, its addresses, paper or storage.
"""

# ruff: noqa: F401 - pytest runs what has the name of a test here, with the fixtures of this file

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.reader import Reader
from tests.browser.sites import Site, guide
from tests.browser.test_accessibility import test_every_group_and_control_has_a_name
from tests.browser.test_cases import test_a_whole_case_by_keyboard_alone
from tests.browser.test_keeping import (
    test_a_reload_keeps_the_answers,
    test_the_rules_hash_is_shown,
    test_two_tabs_are_in_step,
)
from tests.browser.test_page import (
    test_on_paper_everything_can_be_read,
    test_without_script_everything_can_be_read,
    test_without_script_no_result_is_pretended,
)
from tests.browser.test_picture import (
    test_a_screen_reader_gets_a_table_and_no_drawing,
    test_the_bars_follow_the_answers,
)
from tests.browser.test_record import test_a_record_is_saved_as_a_file
from tests.browser.test_sharing import (
    test_a_link_that_arrives_under_instant_navigation,
    test_saved_answers_give_the_same_page_and_verdict,
)
from tests.browser.test_state import (
    test_prose_and_checklist_are_in_step,
    test_reset_asks_and_undo_brings_back,
    test_unticked_is_no_only_once_that_is_all,
)
from tests.browser.test_telling import (
    test_each_change_is_told_to_the_site_owner_once,
    test_focus_stays_on_what_was_ticked,
)

Visit = Callable[..., Reader]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of this repository, built by Zensical, in the place of the one that the tests know."""
    with guide(tmp_path_factory, generator="zensical") as site:
        yield site


@pytest.fixture
def reader(site: Site, visit: Visit) -> Reader:
    """A reader at the guide, with nothing answered."""
    return visit(site.address("http"))
