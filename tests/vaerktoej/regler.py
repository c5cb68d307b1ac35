"""Lists the domain rules with the tests that carry their mark: `./run regler [NUMBER ...]`.

Collects the suite (runs nothing). Fails when a mark names an unknown rule or a named rule does not exist.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROD = Path(__file__).resolve().parent.parent.parent
KATALOG = ROD / "fixtures" / "regler.json"


def saml_tests() -> dict[str, list[str]]:
    """Rule number → test ids, by pytest's own collection. Raises SystemExit with pytest's words when it fails."""
    with tempfile.TemporaryDirectory() as mappe:
        ud = Path(mappe) / "regler.json"
        kommando = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
        resultat = subprocess.run(
            [*kommando, f"--regler-ud={ud}"], cwd=ROD, capture_output=True, text=True, check=False
        )
        if resultat.returncode or not ud.exists():
            sys.stderr.write(resultat.stdout[-4000:] + resultat.stderr[-4000:])
            raise SystemExit(resultat.returncode or 1)
        return json.loads(ud.read_text(encoding="utf-8"))


def rapport(katalog: dict, tests: dict[str, list[str]], kun: Sequence[str] = ()) -> str:
    """The rules by group, each with its tests; the last line is the sum over all rules."""
    linjer: list[str] = []
    gruppe = None
    for regel in katalog["regler"]:
        nummer = regel["nr"]
        if kun and nummer not in kun:
            continue
        if regel["gruppe"] != gruppe:
            gruppe = regel["gruppe"]
            linjer += ["", f"{gruppe}. {katalog['grupper'][gruppe]['navn']}"]
        fundne = tests.get(nummer, [])
        linjer.append(f"{nummer:<6}{regel['titel']}{'' if fundne else '  – ingen test'}")
        linjer += [f"        {test}" for test in fundne]
    daekket = sum(1 for regel in katalog["regler"] if tests.get(regel["nr"]))
    return "\n".join([*linjer, "", f"{daekket} af {len(katalog['regler'])} regler er dækket"]).lstrip("\n") + "\n"


def main(kun: Sequence[str]) -> int:
    katalog = json.loads(KATALOG.read_text(encoding="utf-8"))
    ukendte = set(kun) - {regel["nr"] for regel in katalog["regler"]}
    if ukendte:
        sys.stderr.write(f"Ukendt regel: {', '.join(sorted(ukendte))}\n")
        return 2
    sys.stdout.write(rapport(katalog, saml_tests(), kun))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
