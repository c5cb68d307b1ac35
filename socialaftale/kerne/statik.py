"""Static files: which parts of DKFDS are served, and the check that what is built or installed is there at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.checks import CheckMessage, Error

# DKFDS ships three themes, unminified copies and more font weights than the pages use. What its style sheet
# and script name (also their source maps and Regular's .eot and .ttf) must stay, or collectstatic fails.
UDELADT = (
    "*.otf",
    "license.txt",
    "dkfds-borgerdk*",
    "dkfds-virkdk*",
    "dkfds.css",
    "dkfds.js",
    "*-Thin*",
    "*-ExtraLight*",
    "*-Light*",
    "*-Text*",
    # The editor's sources; its bundle is what is served.
    "editor",
)


class BegraensetFinder(FileSystemFinder):
    """Finds the project's own files and, of DKFDS, what a page can ask for."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Any]]:
        yield from super().list([*(ignore_patterns or []), *UDELADT])

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Django's checks, with our plain words in place of its warning about missing folders."""
        andre = [besked for besked in super().check(**kwargs) if besked.id != "staticfiles.W004"]
        return [*kontroller_dkfds(), *kontroller_editor(), *andre]


def kontroller_dkfds() -> list[CheckMessage]:
    """Fail early and in plain words when DKFDS was never installed, instead of showing naked pages."""
    if (settings.DKFDS / "css" / "dkfds.min.css").is_file():
        return []
    return [Error("node_modules/dkfds mangler; kør ./run demo", id="kerne.E001")]


def kontroller_editor() -> list[CheckMessage]:
    """The same for the editor, which is bundled when the npm packages are installed."""
    if (settings.SKRIV / "skriv.js").is_file():
        return []
    return [Error("build/skriv/skriv.js mangler; kør ./run demo (eller npm run build)", id="kerne.E002")]
