"""What a reader does on a page, and sees there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, WebError

from assessor import Answer, Assessment, Choice, Number, Question, assess
from assessor.assessment.estimates import AssessedEstimate
from assessor.assessment.results import DecisionAssessment
from assessor.language.quantities import format_likely, format_span, is_range
from assessor.reports.wording import change_label
from assessor.rulesets.self_hosting.ruleset import ruleset

HERE = Path(__file__).parent
SHOWN = (HERE / "shown.js").read_text(encoding="utf-8")

# Settled once the page shows all that follows from what was done.
REST = """async () => {
  const element = document.querySelector("assessor-checklist, assessor-question");
  if (!element || matchMedia("(scripting: none)").matches) return;
  await customElements.whenDefined(element.localName);
  await element.updateComplete;
}"""

TICKS = [question.id for section in ruleset.sections if section.ticks for question in section.questions]

# What a theme asks for by itself, and may ask for late: neither depends on what the reader does.
_THEME = re.compile(
    r"/(sitemap\.xml|search/\w+\.js(on)?|search\.json|assets/javascripts/workers/search\.\w+\.min\.js"
    r"|assets/javascripts/lunr/min/lunr\.[\w.]+\.js|assets/images/favicon\.png|img/(favicon\.ico|grid\.png)|(css/|web)fonts/[\w-]+\.woff2)$"
)
# From disk, no browser allows the worker that MkDocs's own theme searches in, and Zensical looks for a file not there.
_THEME_ERROR = re.compile(
    r"Failed to construct 'Worker': Script at 'file:.*/search/worker\.js'|ERR_FILE_NOT_FOUND \(file:.*/search\.js\)"
)


class Shown(TypedDict):
    """What the result says, by id or as it is written; hidden parts count as absent."""

    outcome: list[str]
    possible: list[str]
    gap: bool
    rules: list[str]
    apply: list[str]
    open_actions: list[str]
    open: list[str]
    unasked: list[str]
    deciding: list[str]
    changes: list[str]
    answered: str
    estimates: dict[str, list[str]]


class Watch:
    """Notes whatever no page of ours may do: errors, and requests that are not needed to load it."""

    def __init__(self, context: BrowserContext) -> None:
        self.mistakes: list[str] = []
        self.requested: list[str] = []
        self._origins: set[str] = set()
        self._loaded: set[Page] = set()
        self._is_navigating = False
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("page", self._page)

    def allow(self, url: str) -> None:
        """Let pages be loaded from where this URL is."""
        self._origins.add(_origin(url))

    def check(self) -> None:
        """Check that nothing went wrong until now."""
        assert not self.mistakes, "\n".join(self.mistakes)

    @contextmanager
    def navigating(self) -> Iterator[None]:
        """Let Material fetch the next page, which it does by script."""
        self._is_navigating = True
        try:
            yield
        finally:
            self._is_navigating = False

    def _page(self, page: Page) -> None:
        page.on("load", self._load)

    def _load(self, page: Page) -> None:
        self._loaded.add(page)

    def _console(self, message: ConsoleMessage) -> None:
        url = str(message.location.get("url"))
        said = f"{message.text} ({url})"
        # A busy machine may leave the theme without its icon.
        is_themes = _THEME_ERROR.search(said) or _THEME.search(urlsplit(url).path)
        if message.type in ("error", "warning") and not is_themes:
            self.mistakes.append(f"console {message.type}: {said}")

    def _error(self, error: WebError) -> None:
        if not _THEME_ERROR.search(str(error.error)):
            self.mistakes.append(f"page error: {error.error}")

    def _request(self, request: Request) -> None:
        self.requested.append(request.url)
        if request.url.startswith(("data:", "blob:")):
            return
        if _origin(request.url) not in self._origins:
            self.mistakes.append(f"a request to another host: {request.url}")
        if request.is_navigation_request():
            self._loaded.discard(request.frame.page)
        elif (
            request.frame.page in self._loaded
            and not self._is_navigating
            and not _THEME.search(urlsplit(request.url).path)
        ):
            self.mistakes.append(f"a request after load: {request.method} {request.url}")


class Reader:
    """A person with the guide open in one tab."""

    def __init__(self, page: Page, watch: Watch, *, is_guided: bool = False) -> None:
        self.page = page
        self.is_guided = is_guided
        self.watch = watch
        self.is_stopped = False
        self.checklist = page.locator("assessor-checklist")
        self.result = self.checklist.locator(".assessor-result")
        # Beside the questions or, where that is hidden, in the result.
        self.verdict = self.checklist.locator(".assessor-verdict:visible").first
        self.hero = self.result.locator(".assessor-hero:visible").first
        self.status = self.checklist.get_by_role("status")

    def open(self, url: str) -> Reader:
        """Open a page, and wait until it is alive."""
        self.watch.allow(url)
        self.page.goto(url)
        return self.rest().see()

    def reload(self) -> Reader:
        """Load the page anew."""
        self.page.reload()
        return self.rest().see()

    def see(self) -> Reader:
        """Open all questions and charts, unless the page is to guide this reader."""
        if not self.is_guided:
            self.page.evaluate(
                "() => {"
                " document.querySelector('[data-do=all][aria-pressed=false]')?.click();"
                " for (const fold of document.querySelectorAll('.assessor-charted details')) fold.open = true;"
                " }"
            )
        return self

    def rest(self) -> Reader:
        """Wait until all is shown that follows from what was done."""
        if self.is_stopped:
            self.page.clock.run_for(50)
        else:
            self.page.evaluate(REST)
        return self

    def stop(self, milliseconds: int) -> Reader:
        """Let time pass from then on only when the test says so, or when something follows from what is done."""
        self.page.clock.pause_at(milliseconds)
        self.is_stopped = True
        return self

    def another_tab(self) -> Reader:
        """Open the same page in another tab."""
        return Reader(self.page.context.new_page(), self.watch, is_guided=self.is_guided).open(self.page.url)

    def question(self, name: str) -> Locator:
        """A question in the checklist."""
        return self.checklist.locator(f'[data-question="{name}"]')

    def in_prose(self, name: str) -> Locator:
        """A question where the text discusses it."""
        return self.page.locator(f'assessor-question [data-question="{name}"]')

    def answer(self, answers: Mapping[str, Answer]) -> Reader:
        """Answer in the checklist, with mouse and keys; that some ticks are "no" is said with "Done"."""
        for name, answer in answers.items():
            if name not in TICKS:
                self.answer_in(self.question(name), answer)
            elif answer is not False:
                self.click(self.question(name).locator("[data-tick]" if answer else "[data-unknown]"))
            # What follows may move the next question from under the mouse.
            self.rest()
        if any(answers.get(name) is False for name in TICKS):
            self.click(self.that_is_all)
        return self.rest()

    def load(self, answers: Mapping[str, Answer]) -> Reader:
        """Bring answers from a file, to the questions of any rule set."""
        self.page.evaluate(
            """async (answers) => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([JSON.stringify(answers)], "answers.json"));
              const file = document.querySelector("[data-load]");
              file.files = transfer.files;
              file.dispatchEvent(new Event("change", { bubbles: true }));
              await new Promise((resolve) => setTimeout(resolve, 50));
            }""",
            answers,
        )
        self.page.evaluate(REST)
        return self

    def answer_in(self, question: Locator, answer: Answer) -> None:
        """Answer in one question, wherever it stands."""
        if answer is None:
            self.click(question.locator("[data-unknown]"))
        elif isinstance(answer, (bool, str)):
            value = str(answer).lower() if isinstance(answer, bool) else answer
            self.click(question.locator(f'input[value="{value}"]'))
        else:
            self.type_in(question, f"{answer:.15g}")

    def type_in(self, question: Locator, text: str) -> None:
        """Type into the field of a question, and leave it."""
        self.click(question.locator(".assessor-number"), times=3)
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def click(self, control: Locator, times: int = 1) -> None:
        """Open what hides a control, and click where it is with the mouse; faster than Playwright, which waits."""
        x, y = control.evaluate(
            """control => {
              const closed = "details:not([open])";
              for (let each = control.closest(closed); each; each = each.closest(closed)) {
                if (control.matches("summary") && control.parentElement === each) break;
                each.open = true;
              }
              control.scrollIntoView({ block: "center", behavior: "instant" });
              const { x, y, width, height } = control.getBoundingClientRect();
              return [x + width / 2, y + height / 2];
            }"""
        )
        self.page.mouse.click(x, y, click_count=times)

    @property
    def that_is_all(self) -> Locator:
        """The tick that turns the others into "no"."""
        return self.checklist.get_by_label("Done: count")

    def button(self, name: str) -> Locator:
        """A button of the checklist; those of the result are behind "More", but for one."""
        self.checklist.locator(".assessor-more").evaluate("more => { more.open = true; }")
        return self.checklist.get_by_role("button", name=name)

    def shown(self) -> Shown:
        """Read the result."""
        self.rest()
        shown: Shown = self.page.evaluate(SHOWN)
        return shown

    def focused(self) -> Any:
        """Say which control has the focus: the id of its question, and its value or its text."""
        return self.page.evaluate(
            """() => {
              const focused = document.activeElement;
              const question = focused.closest("[data-question]");
              return [question ? question.dataset.question : "", focused.value || focused.textContent.trim()];
            }"""
        )

    def stored(self) -> dict[str, Any]:
        """What the browser keeps of ours when the page is left now, by key."""
        items = self.page.evaluate(
            """() => {
              dispatchEvent(new Event("pagehide"));
              return Object.entries(localStorage).filter(([key]) => key.startsWith("assessor:"));
            }"""
        )
        return {key: json.loads(value) for key, value in items}


@contextmanager
def visiting(
    browser: Browser, url: str, script: str = "", has_clock: bool = False, is_guided: bool = False, **options: Any
) -> Iterator[Reader]:
    """Open a page for a new reader.

    Args:
        browser: The browser.
        url: The page.
        script: What runs on each page before its own scripts.
        has_clock: Whether the test can stop the clock.
        is_guided: Whether the page guides the reader from question to question, or shows all at once.
        **options: Options of Playwright's `new_context`.
    """
    context = browser.new_context(**options)
    context.set_default_timeout(10_000)
    if script:
        context.add_init_script(script)
    if has_clock:
        # Before any script runs: timers of two clocks do not mix.
        context.clock.install(time=0)
    watch = Watch(context)
    yield Reader(context.new_page(), watch, is_guided=is_guided).open(url)
    context.close()
    watch.check()


def entered(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """What the page knows once a reader has entered these answers: "Done" means every other tick, too."""
    is_all = any(answers.get(name) is False for name in TICKS)
    return {**(dict.fromkeys(TICKS, False) if is_all else {}), **answers}


def expected(answers: Mapping[str, Answer]) -> Shown:
    """What the page must show for these answers, by Python."""
    assessment = assess(ruleset, answers)
    settled = assessment["settled"]
    answered = len(ruleset.questions) - len(assessment["open"])
    useful = {
        *assessment["matters"],
        *(
            name
            for kind in ("actions", "estimates")
            for each in assessment["matters_to"][kind].values()
            for name in each
        ),
        *assessment["unknown"],
    }
    later = assessment.get("decisions", {}).values()
    decided = [each for each in (assessment, *later) if each["settled"]]
    return {
        "outcome": [title for each in decided for title in _titles(each)],
        "possible": [] if settled else _titles(assessment),
        "gap": assessment["gap"],
        "rules": [rule for each in decided for rule in each["rules"]],
        "apply": sorted(assessment["actions"]["apply"]),
        "open_actions": sorted(assessment["actions"]["open"]),
        "open": [name for name in assessment["open"] if name in useful and name not in assessment["unasked"]],
        "unasked": assessment["unasked"],
        "deciding": [name for each in decided for name in each["reasons"]],
        "changes": _changes(assessment),
        "answered": f"{answered} of {answered + sum(name not in assessment['unasked'] for name in assessment['open'])}",
        "estimates": {
            name: _estimate_texts(each, is_amount=name in ruleset.break_evens)
            for name, each in assessment["estimates"].items()
            if each is not None
        },
    }


def _estimate_texts(estimate: AssessedEstimate, *, is_amount: bool) -> list[str]:
    """What the table shows: the likely value, and the range if there is one."""
    low, likely, high = estimate["low"], estimate["likely"], estimate["high"]
    span = [format_span(low, high, is_amount=is_amount)] if is_range(low, high) else []
    return [format_likely(low, likely, high, is_amount=is_amount), *span]


def possible_answers(question: Question) -> list[Answer]:
    """Some answers to a question, among them every cell and "I don't know"; a tick has no "no" of its own."""
    if question.id in TICKS:
        return [True, None]
    if isinstance(question, Choice):
        return [*question.option_ids, None]
    if isinstance(question, Number):
        return (
            [question.minimum, 0.5, 3, question.maximum, None] if question.maximum == 50 else [question.maximum, None]
        )
    return [True, False, None]


def _titles(assessment: DecisionAssessment) -> list[str]:
    titles = {outcome.id: outcome.title for outcome in ruleset.outcomes}
    return [titles[each] for each in assessment["possible"]]


def _changes(assessment: Assessment) -> list[str]:
    """The smallest changes, of these one for each outcome first, at most five, with the outcomes that each leads to.

    Those of the decisions take turns.
    """
    questions = ruleset.questions_by_id
    found = [assessment["changes"], *(later["changes"] for later in assessment.get("decisions", {}).values())]
    sets = [
        (len(each), rank, place, outcome.title, each)
        for decision, changes in zip(ruleset.decisions, found, strict=True)
        for place, outcome in enumerate(decision.outcomes)
        if (change := changes.get(outcome.id)) is not None
        for rank, each in enumerate(change["sets"])
    ]
    decision_of = {outcome.title: decision for decision in ruleset.decisions for outcome in decision.outcomes}
    titles: dict[str, list[str]] = {}
    for *_, title, changed in sorted(sets, key=lambda each: each[:3]):
        parts = [
            f"{_name(questions[each['question']])} → {change_label(questions[each['question']], each)}"
            for each in changed
        ]
        titles.setdefault(", and ".join(parts), []).append(title)

    def said(outcomes: list[str]) -> str:
        """Outcomes of a decision after the first stand after its title."""
        parts: list[str] = []
        for place, decision in enumerate(ruleset.decisions):
            own = [each for each in outcomes if decision_of[each] is decision]
            parts += [(f"{decision.title}: " if place else "") + "; ".join(own)] if own else []
        return " · ".join(parts)

    return [f"{said(each)}: {change}" for change, each in titles.items()][:5]


def _name(question: Question) -> str:
    name = question.name or question.wording
    return name[0].upper() + name[1:]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def expect_shown(reader: Reader, answers: Mapping[str, Answer]) -> None:
    """Check everything that the result says."""
    shown, right = dict(reader.shown()), dict(expected(answers))
    differing = {part: (shown[part], right[part]) for part in right if shown[part] != right[part]}
    assert not differing, f"the page shows the first, Python says the second: {differing}"
