"""Checks of the files themselves, for `./run lint`: the locks name no address, and no file outgrows its reader.

A lock that names a package registry ties every machine to it; the address belongs in the machine's own set-up. A file
above 400 lines is named, one above 600 fails.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROD = Path(__file__).resolve().parent.parent.parent
# npm also writes the addresses of sponsors into its lock; only "resolved" is where a package is fetched.
_PIP_ADRESSE = r"https?://|^\s*(--(index-url|extra-index-url|find-links)|-[if])\b"
LAASE = {
    "requirements.txt": _PIP_ADRESSE,
    "requirements-test.txt": _PIP_ADRESSE,
    "package-lock.json": r'"resolved"\s*:',
}
MAPPER = ("socialaftale", "tilbud", "takster", "udmeldinger", "tests", "static", "templates", ".ci")
ENDELSER = {".py", ".html", ".txt", ".js", ".css", ".sh"}
LANG, FOR_LANG = 400, 600


def adresser_i(tekst: str, moenster: str) -> list[int]:
    """The line numbers of a lock's text that name a registry."""
    return [nummer for nummer, linje in enumerate(tekst.splitlines(), start=1) if re.search(moenster, linje)]


def egne_filer(rod: Path) -> Iterator[Path]:
    """Our own source files: no migrations (Django writes them) and no copies of other people's code."""
    yield rod / "run"
    for mappe in MAPPER:
        for sti in sorted((rod / mappe).rglob("*")):
            if sti.suffix in ENDELSER and not {"migrations", "vendor", "node_modules"} & set(sti.parts):
                yield sti


def laengder(filer: Iterable[Path]) -> list[tuple[int, Path]]:
    """(lines, file) of those above the limit one should know of, longest first."""
    alle = ((sti.read_bytes().count(b"\n"), sti) for sti in filer if sti.is_file())
    return sorted((par for par in alle if par[0] > LANG), reverse=True)


def main() -> int:
    fejl = False
    for navn, moenster in LAASE.items():
        sti = ROD / navn
        if not sti.exists():
            sys.stdout.write(f"{navn}: mangler\n")
            fejl = True
            continue
        for linje in adresser_i(sti.read_text(encoding="utf-8"), moenster):
            sys.stdout.write(f"{navn}:{linje}: nævner et pakkeregister\n")
            fejl = True
    for antal, sti in laengder(egne_filer(ROD)):
        for_lang = antal > FOR_LANG
        sys.stdout.write(f"{sti.relative_to(ROD)}: {antal} linjer{' (for mange)' if for_lang else ''}\n")
        fejl = fejl or for_lang
    return 1 if fejl else 0


if __name__ == "__main__":
    sys.exit(main())
