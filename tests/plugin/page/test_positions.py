"""Where the links, slots and quantities of a long page stand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from assessor.findings.place import Place
from assessor.loading.load import load_ruleset
from mkdocs_assessor.config.docs_folder import DocsFolder
from mkdocs_assessor.config.site import Site
from mkdocs_assessor.lint import Linting
from mkdocs_assessor.page.positions import Positions
from mkdocs_assessor.page.source import SourceMap
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides

_MANY = 3000


def _positions(lines: Sequence[str]) -> Positions:
    return Positions(SourceMap("page.md", lines))


def _said(place: Place) -> str:
    return place.source[place.column - 1 : place.column - 1 + place.width]


class TestManyLinks:
    """With thousands on a page, each has its own place; a look-up that scans the page would not end in an hour."""

    @pytest.mark.parametrize("link", ["[](fact:nope)", "[the same](fact:nope)", "[number {}](fact:nope)"])
    def test_every_row_of_a_table(self, link: str, tmp_path: Path) -> None:
        rows = [f"| {number} | {link.format(number)} |" for number in range(_MANY)]
        (tmp_path / "index.md").write_text("\n".join(["# Title", "", "| a | b |", "| - | - |", *rows, ""]), "utf-8")
        ruleset = load_ruleset("assessor.rulesets.self_hosting:ruleset")
        site = Site(DocsFolder(tmp_path), markdown_extensions={"tables": {}})
        linting = Linting(Guides({"": Guide.of(ruleset)}), site)
        found = [each.place for each in linting.lint() if each.code == "unknown-fact"]
        assert [place.line for place in found] == list(range(5, 5 + _MANY))
        assert [_said(place) for place in found] == [link.format(number) for number in range(_MANY)]

    def test_links_asked_for_out_of_order_are_found_by_their_texts(self) -> None:
        positions = _positions([f"See [part {number}](fact:id)." for number in range(_MANY)])
        order = random.Random(1).sample(range(_MANY), _MANY)
        found = [positions.link("fact:id", f"part {number}")().line for number in order]
        assert found == [number + 1 for number in order]

    def test_texts_that_are_not_found_take_the_links_that_are_left(self) -> None:
        positions = _positions([f"See [part {number}](fact:id)." for number in range(_MANY)])
        taken = [positions.link("fact:id", f"part {number}")().line for number in range(0, _MANY, 2)]
        others = [positions.link("fact:id", "another text")().line for _ in range(0, _MANY, 2)]
        assert taken == list(range(1, _MANY, 2))
        assert others == list(range(2, _MANY + 1, 2))
        assert positions.link("fact:id", "")().line == _MANY

    def test_images_and_links_to_one_target(self) -> None:
        positions = _positions(["[a](fact:id) ![a](fact:id)"] * _MANY)
        for is_image, column in ((False, 1), (True, 14)):
            found = [positions.link("fact:id", "a", is_image=is_image)() for _ in range(_MANY + 1)]
            assert [place.line for place in found] == [*range(1, _MANY + 1), _MANY]
            assert {place.column for place in found} == {column}

    def test_comments(self) -> None:
        positions = _positions(["<!-- assessor/question rain -->", ""] * _MANY)
        found = [positions.comment("<!-- assessor/question  rain -->")().line for _ in range(_MANY)]
        assert found == list(range(1, 2 * _MANY, 2))


class TestManyQuantities:
    def test_the_words_beside_them_tell_which_is_meant(self) -> None:
        lines = [f"Row row{number} **1,200 h** part{number}." for number in range(_MANY)]
        positions = _positions(lines)
        order = random.Random(2).sample(range(_MANY), _MANY)
        for number in order:
            sentence = f"Row row{number} 1,200 h part{number}."
            place = positions.quantity("1,200 h", sentence, sentence.index("1,200"))()
            assert (place.line, _said(place)) == (number + 1, "**1,200 h")

    def test_each_is_handed_out_once_in_the_order_of_the_page(self) -> None:
        positions = _positions(["It takes 5 h."] * _MANY)
        found = [positions.quantity("5 h", "It takes 5 h.", 9)() for _ in range(_MANY)]
        assert [place.line for place in found] == list(range(1, _MANY + 1))
        # The place of one more than there are is the line that is most like its sentence.
        assert positions.quantity("5 h", "It takes 5 h.", 9)() == Place("page.md", 1, 0)

    def test_a_number_of_a_list_without_spaces(self) -> None:
        place = _positions(["Ports", "1,22,80 are open."]).quantity("22", "Ports 1,22,80 are open.", 8)()
        assert (place.line, place.column, place.width) == (2, 0, 17)

    def test_a_number_with_signs_around_it(self) -> None:
        positions = _positions(["It is $500, _½ h_ or ~3 h", "a day."])
        sentence = "It is $500, ½ h or ~3 h a day."
        found = [positions.quantity(text, sentence, sentence.index(text))() for text in ("$500", "½ h", "3 h a day")]
        assert [(place.line, _said(place)) for place in found] == [(1, "$500"), (1, "_½ h"), (1, "3 h")]
