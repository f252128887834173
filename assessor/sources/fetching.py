"""Fetch public pages: one request at a time, with pauses, limits and respect for robots.txt."""

from __future__ import annotations

import http.client
import socket
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from assessor.findings.codes import DOCS
from assessor.sources.text import visible
from assessor.version import VERSION

AGENT = "mkdocs-assessor"
_HEADERS = {
    "User-Agent": f"{AGENT}/{VERSION} (checks the sources of facts; +{DOCS}sources.html#watch)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}
MOST_BYTES = 5_000_000
_MOST_ROBOTS_BYTES = 500_000
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
# A page that sends a byte now and then must not hold the run up.
_MOST_SECONDS = 60.0
_MOST_DELAY = 30.0
_CHUNK = 65_536

Outcome = Literal["read", "gone", "refused", "unreadable", "failed", "offline"]
"""What became of a page: `refused` by robots.txt or the server; `failed` for now; `offline` if the network has no "
"host."""


@dataclass(frozen=True)
class Fetched:
    """What became of a page.

    Attributes:
        outcome: Whether reading it succeeded.
        message: Why it was not read.
        moved_to: Where a permanent redirect leads, if there is one.
        body: The bytes.
        type: The media type, such as `text/html`.
        charset: The charset that the server declares, or an empty string.
    """

    outcome: Outcome
    message: str = ""
    moved_to: str = ""
    body: bytes = b""
    type: str = ""
    charset: str = ""


class _Stopped(Exception):
    def __init__(self, outcome: Outcome, message: str) -> None:
        self.fetched = Fetched(outcome, message)
        super().__init__(message)


@dataclass(frozen=True)
class _Response:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class _Robots:
    """What a host lets us read.

    Attributes:
        rules: The rules of its robots.txt; `None` if they forbid everything.
        delay: The seconds between two requests.
    """

    rules: RobotFileParser | None
    delay: float = 0.0


@dataclass
class Fetcher:
    """Fetches pages one after the other.

    Attributes:
        pause: The seconds between two requests to the same host, unless its robots.txt asks for more.
        timeout: The seconds to wait for a server.
        tell: Takes each address before the request.
    """

    pause: float = 1.0
    timeout: float = 20.0
    tell: Callable[[str], None] = lambda url: None
    _last: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, _Robots | _Stopped] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open nothing but http and https, and leave redirects to us: they may lead to a host that refuses."""
        self._opener = urllib.request.OpenerDirector()
        for handler in (urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler()):
            self._opener.add_handler(handler)

    def fetch(self, url: str) -> Fetched:
        """Fetch a page, following redirects.

        Args:
            url: An address with http or https. The part after # does not count.
        """
        moved_to = ""
        is_permanent = True
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                url = _requested(url)
                self._check_robots(url)
                response = self._get(url, MOST_BYTES)
                target = response.headers.get("Location", "")
                if response.status not in _REDIRECTS or not target:
                    return _judged(response, moved_to)
                url = _joined(url, target)
                # Behind a temporary redirect, nothing has moved for good.
                is_permanent = is_permanent and response.status in (301, 308)
                moved_to = url if is_permanent else moved_to
        except _Stopped as stopped:
            return stopped.fetched
        return Fetched("failed", f"redirects more than {_MOST_REDIRECTS} times")

    def _check_robots(self, url: str) -> None:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            try:
                self._robots[host] = self._read_robots(f"{host}/robots.txt")
            except _Stopped as stopped:
                # A host that does not answer is not asked again for each of its pages.
                self._robots[host] = stopped
        robots = self._robots[host]
        if isinstance(robots, _Stopped):
            raise robots
        if robots.rules is None or not robots.rules.can_fetch(AGENT, url):
            raise _Stopped("refused", "is not for programs, as its robots.txt says")
        if robots.delay > _MOST_DELAY:
            raise _Stopped("refused", f"is on a host that wants more than {_MOST_DELAY:g} seconds between requests")

    def _read_robots(self, url: str) -> _Robots:
        rules = RobotFileParser(url)
        for _ in range(_MOST_REDIRECTS + 1):
            url = _requested(url)
            response = self._get(url, _MOST_ROBOTS_BYTES)
            target = response.headers.get("Location", "")
            if response.status in _REDIRECTS and target:
                url = _joined(url, target)
                continue
            # RFC 9309: without the file, everything may be read; while the server fails, nothing.
            if response.status >= 500 or response.status in (401, 403, 429):
                return _Robots(None)
            rules.parse(response.body.decode("utf-8", "replace").splitlines() if response.status == 200 else [])
            return _Robots(rules, float(rules.crawl_delay(AGENT) or 0))
        return _Robots(None)

    def _get(self, url: str, most: int) -> _Response:
        host = urlsplit(url).netloc
        robots = self._robots.get(f"{urlsplit(url).scheme}://{host}")
        pause = max(self.pause, robots.delay if isinstance(robots, _Robots) else 0.0)
        wait = self._last.get(host, -pause) + pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self.tell(url)
        try:
            request = urllib.request.Request(url, headers=_HEADERS)
            with self._opener.open(request, timeout=self.timeout) as answer:
                return _Response(answer.status, answer.headers, _body(answer, most, self.timeout))
        except urllib.error.URLError as error:
            raise _failure(error.reason) from None
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise _failure(error) from None
        finally:
            self._last[host] = time.monotonic()


def is_public(url: str) -> bool:
    """Return whether a source is a page on the web, not one of the docs or a mail address."""
    return url.lower().startswith(("http://", "https://"))


def _joined(url: str, target: str) -> str:
    # A header may have characters that steer the terminal which shows the address.
    target = quote(target, safe="%/:=&?~#+!$,;'@()*[]")
    try:
        return urljoin(url, target)
    except ValueError:
        # Such as a bracket without its other.
        return target


def _requested(url: str) -> str:
    """Return an address in the form of a request: in ASCII, without the part after #."""
    try:
        parts = urlsplit(urldefrag(url).url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        host = ""
    if not is_public(url) or not host:
        raise _Stopped("failed", f"leads to {url!r}, which is no page on the web")
    if parts.username is not None or parts.password is not None:
        raise _Stopped("refused", "has a user name in its address, and this command sends no credentials")
    netloc = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    # What is encoded already stays.
    path, query = (quote(part, safe="%/:=&?~+!$,;'@()*[]") for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def _body(answer: http.client.HTTPResponse, most: int, timeout: float) -> bytes:
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip"):
        raise _Stopped("unreadable", f"is compressed by {coding!r}, which this command cannot read")
    # 31: the format of gzip.
    unpack = zlib.decompressobj(31) if "gzip" in coding else None
    end = time.monotonic() + max(_MOST_SECONDS, timeout)
    pieces, size = [], 0
    while piece := answer.read1(_CHUNK):
        if unpack is not None:
            piece = unpack.decompress(piece, most + 1)
        pieces.append(piece)
        size += len(piece)
        if size > most or (unpack is not None and unpack.unconsumed_tail):
            raise _Stopped("unreadable", f"is larger than {most / 1e6:g} MB")
        if time.monotonic() > end:
            raise _Stopped("failed", f"took more than {max(_MOST_SECONDS, timeout):g} seconds to arrive")
    # What is left of the announced length, which http.client only misses where all is read at once.
    if answer.length:
        raise _Stopped("failed", "arrived only in part")
    return b"".join(pieces)


def _judged(response: _Response, moved_to: str) -> Fetched:
    status, headers = response.status, response.headers
    if status in (404, 410):
        return Fetched("gone", f"does not exist any more: the server answers {status}")
    if status == 429:
        return Fetched("failed", "got too many requests: the server answers 429")
    if status in (401, 402, 403, 407, 451):
        return Fetched("refused", f"is not shown to this command: the server answers {status}")
    if status != 200:
        return Fetched("failed", f"is unreadable: the server answers {status}")
    kind, charset = headers.get_content_type(), headers.get_content_charset("")
    return Fetched("read", "", moved_to, response.body, kind, charset)


def _failure(reason: object) -> _Stopped:
    if isinstance(reason, socket.gaierror):
        # Whether the name does not exist or the network is missing, the resolver says alike.
        return _Stopped("offline", "has an unknown host")
    if isinstance(reason, TimeoutError):
        return _Stopped("failed", "did not answer in time")
    if isinstance(reason, OSError) and reason.strerror:
        return _Stopped("failed", f"is unreadable: {reason.strerror}")
    # A server can put into it whatever it likes, such as what steers a terminal.
    said = " ".join(visible(str(reason) or type(reason).__name__).split())
    return _Stopped("failed", f"is unreadable: {said}")
