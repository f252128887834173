"""Find a Chromium or Chrome for the browser tests, and install one if there is none.

`python tools/browser.py` prints its path; `--ensure` installs one first if needed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

VARIABLE = "ASSESSOR_BROWSER"

_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MACOS_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# For each page, Chromium draws its address bar in two hidden pages, which use as much CPU time as our page.
_ADDRESS_BAR = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# Chromium uses only the last --disable-features, so repeat Playwright's.
_DISABLED_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
# Run it in a subprocess: Playwright's sync API cannot start twice in a process, and the tests have already started it.
_ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
)


class BrowserMissingError(Exception):
    """No browser works; the message says what to install."""


def find_browser() -> str | None:
    """Return the path of a Chromium-based browser that starts.

    Returns:
        The browser in `ASSESSOR_BROWSER` or, if that is not set, the first one found on this machine. `None` if there
        is none, or if `ASSESSOR_BROWSER` is wrong: using another browser would hide the mistake.
    """
    if wanted := os.environ.get(VARIABLE):
        return wanted if _starts(wanted) else None
    return next((path for path in _candidates() if _starts(path)), None)


def ensure_browser() -> str:
    """Return the path of a browser; install one if there is none.

    Raises:
        BrowserMissingError: If there is none and the installation failed.
    """
    if found := find_browser():
        return found
    if wanted := os.environ.get(VARIABLE):
        raise BrowserMissingError(
            f"{VARIABLE} is {wanted!r}, which does not start: give the path of a Chromium or Chrome, or unset it."
        )
    for commands in _ways_to_install():
        if all(_run(command) for command in commands) and (found := find_browser()):
            return found
    raise BrowserMissingError(
        "The browser tests need Chromium or Chrome, and none could be installed. Either install one"
        " (Debian: 'apt-get install chromium'; Fedora: 'dnf install chromium';"
        " macOS: 'brew install --cask chromium'),"
        f" or run '{sys.executable} -m playwright install --with-deps chromium',"
        f" or set {VARIABLE} to the path of one."
    )


def launch_browser(playwright: Playwright) -> Browser:
    """Start the browser that `find_browser` returns, without features for human users.

    Raises:
        BrowserMissingError: If there is none.
    """
    path = find_browser()
    if path is None:
        raise BrowserMissingError(f"there is no Chromium or Chrome: run '{sys.executable} tools/browser.py --ensure'")
    options = [f"--disable-features={','.join([*_DISABLED_BY_PLAYWRIGHT, *_ADDRESS_BAR])}"]
    # Chromium's sandbox doesn't work for root, the usual user in containers.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=path, args=options)


def _candidates() -> Iterator[str]:
    for command in _COMMANDS:
        if path := shutil.which(command):
            yield path
    yield from _MACOS_APPS
    if path := _playwright_browser():
        yield path


def _playwright_browser() -> str | None:
    try:
        answer = subprocess.run(
            [sys.executable, "-c", _ASK_PLAYWRIGHT], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


def _starts(path: str) -> bool:
    """Return whether the file is a working program.

    That the file exists is not enough: Ubuntu's `chromium-browser` is a script that only asks to install a snap.
    """
    if not Path(path).is_file():
        return False
    try:
        subprocess.run([path, "--version"], capture_output=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _ways_to_install() -> Iterator[list[list[str]]]:
    as_root = _root_prefix()
    if as_root is not None and shutil.which("apt-get"):
        apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        yield [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", "chromium"]]
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def _root_prefix() -> list[str] | None:
    """Return the prefix for commands that run as root, or `None` if that needs a password."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    try:
        subprocess.run(["sudo", "-n", "true"], capture_output=True, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return ["sudo", "-n"]


def _run(command: list[str]) -> bool:
    print("+", *command, file=sys.stderr, flush=True)
    try:
        return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0
    except OSError as error:
        print(error, file=sys.stderr)
        return False


def main() -> int:
    """Print the browser's path, and return 2 if there is none."""
    parser = argparse.ArgumentParser(description="Find the browser that the tests use.")
    parser.add_argument("--ensure", action="store_true", help="install one if there is none")
    if parser.parse_args().ensure:
        try:
            print(ensure_browser())
        except BrowserMissingError as error:
            print(error, file=sys.stderr)
            return 2
        return 0
    if found := find_browser():
        print(found)
        return 0
    print("No browser found: run with --ensure to install one.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
