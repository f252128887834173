"""`assessor facts`: ages, and what became of the sources, against pages that a server on this machine has."""

from __future__ import annotations

import gzip
import http.server
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assessor.__main__ import main

_HTML = "text/html; charset=utf-8"
_LONG = "<p>" + "Nothing of interest is said here. " * 10 + "</p>"


class Site:
    """Pages on this machine: by path, a status, headers and a body."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.release = threading.Event()
        self.slow: set[str] = set()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                if self.path in site.slow:
                    site.release.wait(30)
                status, headers, body = site.pages.get(self.path, (404, {}, b"no"))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def html(self, path: str, body: str, language: str = "en") -> None:
        html = f'<!doctype html><html lang="{language}"><head><title>T</title></head><body>{body}{_LONG}</body></html>'
        self.pages[path] = 200, {"Content-Type": _HTML}, html.encode()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.release.set()
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def check(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Check one fact, or what `facts` says; return its part of the JSON."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)

    def run(fact: str = "5, 'km', 'A way that people cycle'", path: str = "/a", **more: Any) -> Any:
        source = more.get("source", site.url + path)
        facts = f"[Fact('f', {fact}, source={source!r}, checked='2026-11-01')]"
        ran = run_facts(tmp_path, facts, "--check", "--format", "json", *more.get("options", ()))
        assert ran.exit_code in (0, 1), ran.output
        (found,) = json.loads(ran.stdout)["facts"]
        assert found["check"]["is_finding"] == bool(ran.exit_code)
        return found["check"]

    return run


def run_facts(folder: Path, facts: str, *options: str) -> Result:
    rules = folder / "rules.py"
    rules.write_text(
        "from assessor import *\n"
        "stay = Outcome('stay', 'Stay')\n"
        f"ruleset = RuleSet('r', title='R', facts={facts},\n"
        "    sections=[Section('s', 'S', [YesNo('rain', 'Does it rain?')])], outcomes=[stay],\n"
        "    rules=[otherwise(then=stay, because='x')])\n",
        "utf-8",
    )
    pause = ["--pause", "0"] if "--check" in options else []
    run = CliRunner().invoke(main, ["facts", "--rules", str(rules), "--today", "2026-11-30", *pause, *options])
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exc_info
    return run


class TestAges:
    _FACTS = (
        "[Fact('new', 5, 'km', source='https://example.org/a', checked='2026-11-29'),"
        "Fact('old', 'yes', source='docs.md#x', checked='2024-11-30'),"
        "Fact('due', 5, 'km', source='https://example.org/a', checked='2026-11-01', review_after='2026-11-29')]"
    )

    def test_what_is_due_comes_first_then_the_oldest(self, tmp_path: Path) -> None:
        run = run_facts(tmp_path, self._FACTS)
        assert run.exit_code == 0
        assert run.stdout.splitlines() == [
            " 29 d  2026-11-01  due  5 km  https://example.org/a  review was due on 2026-11-29",
            "730 d  2024-11-30  old  yes  docs.md#x",
            "  1 d  2026-11-29  new  5 km  https://example.org/a",
        ]

    def test_json(self, tmp_path: Path) -> None:
        report = json.loads(run_facts(tmp_path, self._FACTS, "--format", "json").stdout)
        assert (report["ruleset"], report["today"]) == ("r", "2026-11-30")
        assert [(each["id"], each["age"], each["is_due"]) for each in report["facts"]] == [
            ("due", 29, True),
            ("old", 730, False),
            ("new", 1, False),
        ]
        assert "check" not in report["facts"][0]

    def test_no_facts(self, tmp_path: Path) -> None:
        assert run_facts(tmp_path, "[]").stdout == "The rule set 'r' has no facts.\n"

    def test_a_quote_has_to_be_a_text(self, tmp_path: Path) -> None:
        for quote, said in (("3", "quote must be text, not 3"), ("' '", "quote= is blank")):
            fact = f"[Fact('f', 5, source='https://example.org/a', checked='2026-11-01', quote={quote})]"
            run = run_facts(tmp_path, fact)
            assert run.exit_code == 2
            assert f"fact 'f': {said}" in run.stderr


_HOLDS = {
    "a sentence": ("5, 'km', 'A way that people cycle'", "<p>Most people cycle a way of 5 km.</p>", "en"),
    "in words": ("5, 'km', 'A way that people cycle'", "<p>Most people cycle five <b>kilo</b>metres.</p>", "en"),
    "an entity": ("5, 'km', 'A way that people cycle'", "<p>People cycle this way: 5&nbsp;km</p>", "en"),
    "a comma": ("1000, 'hit|hits/day', 'Traffic of customers'", "<p>Traffic: 1,000 hits a day</p>", "en"),
    "a point": ("1000, 'EUR/year', 'A year on the bus'", "<p>Der Bus kostet 1.000 € im Jahr.</p>", "de"),
    "a space": ("27084, 'EUR/year', 'A year'", "<p>Un bus coûte 27 084 € par an.</p>", "fr"),
    "a wrong language": ("27084, 'EUR/year', 'A year'", "<p>Ein Bus kostet 27.084 € im Jahr.</p>", "en"),
    "a currency before": ("0.1, 'USD/GB', 'Price of traffic'", "<p>Traffic: US$0.10 / GB</p>", "en"),
    "a row": (
        "0.1, 'USD', 'Price of monthly traffic'",
        "<table><tr><th>Monthly traffic<td>price<td>$0.10</tr></table>",
        "en",
    ),
    "a heading above": ("12, 'USD', 'Price of the monthly plan'", "<h2>Price of the monthly plan</h2><p>$12</p>", "en"),
    "a range": ("5, 'km', 'A way that people cycle', low=3, high=8", "<p>People cycle a way of 3–8 km.</p>", "en"),
    "a statement": ("'no helmet is required'", "<p>In law, no <i>helmet</i> is\nrequired.</p>", "en"),
    "a quote": ("0.5, 'FTE', quote='at least 0.5 FTE'", "<p>Plan At&nbsp;least <b>0.5</b> FTE.</p>", "en"),
    "a quote with quotation marks": ('5, quote="it\'s “5”"', "<p>It’s &quot;5&quot;.</p>", "en"),
}


@pytest.mark.parametrize(("fact", "body", "language"), _HOLDS.values(), ids=_HOLDS)
def test_what_still_holds(site: Site, check: Callable[..., Any], fact: str, body: str, language: str) -> None:
    site.html("/a", body, language)
    assert check(fact)["status"] == "holds"


_CHANGED = {
    "another number": ("5, 'km', 'A way that people cycle'", "<p>Most people cycle a way of 6 km.</p>", "way of 6 km"),
    "no number": ("5, 'km', 'A way that people cycle'", "<p>People cycle.</p>", "does not have '5 km' any more"),
    "in a script": ("5, 'km', 'A way that people cycle'", "<script>people cycle this way 5 km</script>", "any more"),
    "in an attribute": ("5, 'km', 'People'", "<p title='people cycle this way 5 km'>Gone</p>", "any more"),
    "another quote": ("0.5, 'FTE', quote='at least 0.5 FTE'", "<p>Plan 0.5 FTE.</p>", "'at least 0.5 FTE' any more"),
}


@pytest.mark.parametrize(("fact", "body", "said"), _CHANGED.values(), ids=_CHANGED)
def test_what_has_changed(site: Site, check: Callable[..., Any], fact: str, body: str, said: str) -> None:
    site.html("/a", body)
    found = check(fact)
    assert (found["status"], said in found["message"]) == ("changed", True), found


@pytest.mark.parametrize(
    ("fact", "body"),
    [("5, 'day', 'Time for an upgrade'", "<p>In 5 days, we meet.</p>"), ("'it is legal'", "<p>No law forbids it.</p>")],
)
def test_what_a_reader_has_to_judge_is_no_finding(site: Site, check: Callable[..., Any], fact: str, body: str) -> None:
    site.html("/a", body)
    found = check(fact)
    assert (found["status"], "quote=" in found["message"]) == ("unclear", True)


class TestServer:
    @pytest.mark.parametrize("status", [404, 410])
    def test_gone(self, site: Site, check: Callable[..., Any], status: int) -> None:
        site.pages["/a"] = status, {}, b""
        assert check()["status"] == "gone"

    @pytest.mark.parametrize(("code", "moves"), [(301, True), (308, True), (302, False), (307, False)])
    def test_a_redirect(self, site: Site, check: Callable[..., Any], code: int, *, moves: bool) -> None:
        site.pages["/a"] = code, {"Location": "/b#there"}, b""
        site.html("/b", "<p>People cycle this way: 5 km</p>")
        found = check()
        assert (found["status"], found["moved_to"]) == ("holds", f"{site.url}/b#there" if moves else None)

    @pytest.mark.parametrize(
        "target",
        ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://user:word@127.0.0.1/", "http://[/", "javascript:1"],
    )
    def test_a_redirect_that_leads_off_the_web(self, site: Site, check: Callable[..., Any], target: str) -> None:
        site.pages["/a"] = 301, {"Location": target}, b""
        assert check()["status"] in ("failed", "refused")
        assert site.paths() == ["/a"]

    def test_redirects_without_an_end(self, site: Site, check: Callable[..., Any]) -> None:
        site.pages["/a"] = 302, {"Location": "/a"}, b""
        assert check()["message"] == "redirects more than 5 times"
        assert len(site.paths()) == 6

    def test_robots_that_refuse(self, site: Site, check: Callable[..., Any]) -> None:
        site.html("/a", "<p>People cycle this way: 5 km</p>")
        site.pages["/robots.txt"] = 200, {}, b"User-agent: mkdocs-assessor\nDisallow: /\n"
        assert check()["status"] == "refused"
        assert site.paths() == []

    @pytest.mark.parametrize(("status", "outcome"), [(404, "holds"), (503, "refused"), (403, "refused")])
    def test_robots_that_are_not_there(self, site: Site, check: Callable[..., Any], status: int, outcome: str) -> None:
        site.html("/a", "<p>People cycle this way: 5 km</p>")
        site.pages["/robots.txt"] = status, {}, b""
        assert check()["status"] == outcome

    def test_the_target_of_a_redirect_has_robots_too(self, site: Site, check: Callable[..., Any]) -> None:
        site.pages["/a"] = 302, {"Location": "/secret"}, b""
        site.pages["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /secret\n"
        assert check()["status"] == "refused"
        assert site.paths() == ["/a"]

    def test_a_slow_server(self, site: Site, check: Callable[..., Any]) -> None:
        site.slow.add("/a")
        found = check(options=["--timeout", "0.2"])
        assert (found["status"], found["message"]) == ("failed", "did not answer in time")

    def test_a_server_that_refuses_connections(self, site: Site, check: Callable[..., Any]) -> None:
        site.server.shutdown()
        site.server.server_close()
        found = check()
        assert found["status"] == "failed"
        assert "Connection refused" in found["message"]

    def test_a_huge_page(self, site: Site, check: Callable[..., Any]) -> None:
        site.pages["/a"] = 200, {"Content-Type": _HTML}, b"5 km " * 1_100_000
        assert check()["message"] == "is larger than 5 MB"
        bomb = gzip.compress(b" " * 50_000_000)
        site.pages["/a"] = 200, {"Content-Type": _HTML, "Content-Encoding": "gzip"}, bomb
        assert check()["message"] == "is larger than 5 MB"

    def test_a_compressed_page(self, site: Site, check: Callable[..., Any]) -> None:
        body = gzip.compress(f"<p>People cycle this way: 5 km</p>{_LONG}".encode())
        site.pages["/a"] = 200, {"Content-Type": _HTML, "Content-Encoding": "gzip"}, body
        assert check()["status"] == "holds"

    def test_what_is_no_text(self, site: Site, check: Callable[..., Any]) -> None:
        site.pages["/a"] = 200, {"Content-Type": "application/pdf"}, b"%PDF"
        found = check()
        assert (found["status"], found["message"]) == ("unreadable", "is a PDF, which this command cannot read")

    def test_a_page_that_its_scripts_write(self, site: Site, check: Callable[..., Any]) -> None:
        site.pages["/a"] = 200, {"Content-Type": _HTML}, b"<div id=root></div><script src=a.js></script>"
        assert check()["status"] == "unreadable"

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("text/html; charset=iso-8859-1", "<p>Le prix du café : 5 €</p>".replace("€", "EUR").encode("latin-1")),
            ("text/html", '<meta charset="windows-1252"><p>Le prix du café : 5 €</p>'.encode("cp1252")),
            ("text/html; charset=no-such", "<p>Le prix du café : 5 €</p>".encode()),
            ("text/html", "<p>Le prix du café : 5 €</p>".encode("utf-16")),
            ("text/plain", "Le prix du café : 5 €".encode()),
        ],
    )
    def test_charsets(self, site: Site, check: Callable[..., Any], kind: str, body: bytes) -> None:
        site.pages["/a"] = 200, {"Content-Type": kind}, body
        assert check("5, 'EUR', 'Prix', quote='prix du café'")["status"] == "holds"

    def test_a_server_that_breaks_off(self, site: Site, check: Callable[..., Any]) -> None:
        site.pages["/a"] = 200, {"Content-Type": _HTML, "Content-Encoding": "gzip"}, b"no gzip"
        assert check()["status"] == "failed"

    def test_a_page_that_arrives_in_part(self, site: Site, check: Callable[..., Any]) -> None:
        # The first length counts.
        site.pages["/a"] = 200, {"Content-Type": _HTML, "Content-Length": "9999", "Connection": "close"}, b"<p>Some"
        assert check()["message"] == "arrived only in part"

    def test_a_page_without_text(self, site: Site, check: Callable[..., Any]) -> None:
        site.pages["/a"] = 200, {"Content-Type": _HTML}, b""
        assert (check()["status"], check()["message"]) == ("unreadable", "has no text")

    def test_a_server_that_is_asked_too_often(self, site: Site, check: Callable[..., Any]) -> None:
        site.pages["/a"] = 429, {}, b""
        assert check()["status"] == "failed"

    def test_it_says_who_asks_and_sends_no_cookie(self, site: Site, check: Callable[..., Any]) -> None:
        site.pages["/a"] = 302, {"Location": "/b", "Set-Cookie": "a=b"}, b""
        site.html("/b", "<p>People cycle this way: 5 km</p>")
        check()
        for _, headers in site.asked:
            assert headers["User-Agent"].startswith("mkdocs-assessor/")
            assert not {"Cookie", "Authorization", "Referer"} & headers.keys()


def test_no_seconds_are_refused(tmp_path: Path) -> None:
    run = run_facts(tmp_path, "[]", "--check", "--pause", "nan")
    assert run.exit_code == 2
    assert "'nan' is not a number of seconds" in run.stderr


def test_a_server_that_speaks_no_http_cannot_steer_a_terminal(check: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(9_999)
                connection.sendall(b"\x1b]0;pwn\x07\0no HTTP\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        found = check(source=f"http://127.0.0.1:{server.getsockname()[1]}/")
    assert found["status"] == "failed"
    assert found["message"].isprintable()


def test_what_would_steer_a_terminal_is_not_shown(site: Site, check: Callable[..., Any]) -> None:
    site.pages["/a"] = 301, {"Location": "/b\x1bc"}, b""
    site.html("/b%1Bc", "<p>People cy\u00adcle this \x1b[31m\u202eway: 5 km&#27;</p>")
    found = check()
    assert (found["status"], found["moved_to"]) == ("holds", f"{site.url}/b%1Bc")
    assert found["message"] == "has 'People cycle this [31mway: 5 km'"


class TestCache:
    def test_a_page_is_read_once_a_week_and_once_a_run(self, site: Site, check: Callable[..., Any]) -> None:
        site.html("/a", "<p>People cycle this way: 5 km</p>")
        assert check()["read"] == check()["read"] == "2026-11-30"
        assert site.paths() == ["/a"]
        check(options=["--max-age", "0"])
        check(options=["--today", "2026-12-07"])
        assert site.paths() == ["/a"] * 3

    def test_another_value_needs_no_other_request(self, site: Site, check: Callable[..., Any]) -> None:
        site.html("/a", "<p>People cycle this way: 5 km</p>")
        check()
        assert check("6, 'km', 'A way that people cycle'")["status"] == "changed"
        assert site.paths() == ["/a"]

    def test_what_failed_is_asked_again(self, site: Site, check: Callable[..., Any]) -> None:
        check()
        site.html("/a", "<p>People cycle this way: 5 km</p>")
        assert check()["status"] == "holds"

    @pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b'{"version": 1, "url": 3}', b"\xff", b"[" * 100_000])
    def test_damage(self, site: Site, check: Callable[..., Any], tmp_path: Path, damage: bytes) -> None:
        site.html("/a", "<p>People cycle this way: 5 km</p>")
        check()
        (file,) = (tmp_path / "cache").rglob("*.json")
        file.write_bytes(damage)
        assert check()["status"] == "holds"
        assert [each.name for each in file.parent.iterdir()] == [file.name]

    def test_a_folder_that_cannot_be_written(self, site: Site, check: Callable[..., Any], tmp_path: Path) -> None:
        site.html("/a", "<p>People cycle this way: 5 km</p>")
        (tmp_path / "cache").write_text("a file", "utf-8")
        assert check()["status"] == "holds"


class TestReport:
    def test_text(self, site: Site, check: Callable[..., Any], tmp_path: Path) -> None:
        site.html("/a", "<p>People cycle this way: 5 km</p>")
        site.pages["/old"] = 301, {"Location": "/a"}, b""
        fact = "5, 'km', 'A way that people cycle', checked='2026-11-01'"
        facts = ", ".join(
            [
                f"Fact('one', {fact}, source='{site.url}/a#part')",
                f"Fact('two', {fact}, source='{site.url}/old')",
                f"Fact('three', {fact}, source='{site.url}/none', review_after='2026-11-02')",
                f"Fact('four', {fact}, source='estimates.md')",
            ]
        )
        run = run_facts(tmp_path, f"[{facts}]", "--check")
        assert run.exit_code == 1
        rules = tmp_path / "rules.py"
        assert run.stdout.splitlines() == [
            "Gone (1)",
            f"  {rules}:3: fact 'three', 5 km, review was due on 2026-11-02",
            f"    {site.url}/none does not exist any more: the server answers 404",
            "",
            "Not on the web (1)",
            f"  {rules}:3: fact 'four', 5 km",
            "    estimates.md is no page on the web",
            "",
            "Still supported (2)",
            f"  {rules}:3: fact 'one', 5 km",
            f"    {site.url}/a#part has 'People cycle this way: 5 km'",
            f"  {rules}:3: fact 'two', 5 km",
            f"    {site.url}/old has 'People cycle this way: 5 km'",
            f"    has moved to {site.url}/a",
            "",
            "2 of 4 facts still have their source; 2 to correct; 1 past their review date.",
        ]
        assert run.stderr.count("reading ") == 5

    def test_offline(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        fact = "[Fact('f', 5, 'km', source='http://no-such-host.invalid/', checked='2026-11-01')]"
        run = run_facts(tmp_path, fact, "--check")
        assert run.exit_code == 2
        assert run.stdout == ""
        assert "error: found no host of any source: there is no network here" in run.stderr

    def test_a_host_that_is_gone_while_others_answer(
        self, site: Site, check: Callable[..., Any], tmp_path: Path
    ) -> None:
        site.html("/a", "<p>People cycle this way: 5 km</p>")
        fact = "5, 'km', 'A way that people cycle', checked='2026-11-01'"
        facts = f"[Fact('a', {fact}, source='{site.url}/a'), Fact('b', {fact}, source='http://no-such.invalid/')]"
        run = run_facts(tmp_path, facts, "--check", "--format", "json")
        assert run.exit_code == 1
        assert [each["check"]["status"] for each in json.loads(run.stdout)["facts"]] == ["holds", "gone"]

    def test_no_source_on_the_web(self, tmp_path: Path) -> None:
        fact = "[Fact('f', 5, 'km', source='estimates.md', checked='2026-11-01')]"
        assert run_facts(tmp_path, fact, "--check").exit_code == 0


def test_the_rate(site: Site, check: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from assessor.sources.fetching import Fetcher  # noqa: PLC0415

    waited: list[float] = []
    monkeypatch.setattr("assessor.sources.fetching.time.sleep", waited.append)
    site.html("/a", "x")
    site.pages["/robots.txt"] = 200, {}, b"User-agent: *\nCrawl-delay: 7\n"
    fetcher = Fetcher(pause=2)
    fetcher.fetch(f"{site.url}/a")
    fetcher.fetch(f"{site.url}/b")
    assert [round(each) for each in waited] == [7, 7]
    site.pages["/robots.txt"] = 200, {}, b"User-agent: *\nCrawl-delay: 700\n"
    assert Fetcher(pause=0).fetch(f"{site.url}/a").outcome == "refused"


def test_a_long_page_is_read_in_seconds(site: Site, check: Callable[..., Any]) -> None:
    """Five languages and two passes over each number of a page took minutes; most numbers cannot be the fact's."""
    body = "<p>In 2024 we had 12,000 users and 3.5 GB of data a day; people pay $12 a month.</p>" * 3000
    site.html("/a", f"{body}<p>People cycle this way: 5 km</p>")
    assert check()["status"] == "holds"
    assert check("7, 'km', 'A way that people cycle'")["status"] == "changed"


def test_a_page_of_numbers_is_for_a_reader(site: Site, check: Callable[..., Any]) -> None:
    site.html("/a", "<p>Row 5 of many</p>" * 500)
    found = check()
    assert (found["status"], "too many numbers" in found["message"]) == ("unclear", True)
