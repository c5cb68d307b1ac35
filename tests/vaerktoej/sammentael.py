"""Adds up the junit files of several pytest runs and prints the one plain line that CI reads.

    python tests/vaerktoej/sammentael.py --fejlede-trin=N FILE ...

A part whose file is missing or empty counts as one failure, so that a run which died or collected nothing can never
look like a clean one; so does each failed step that is no test (lint).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree


class Optaelling(NamedTuple):
    """Tests of one or more runs; an error in a fixture counts as a failure."""

    bestaaet: int = 0
    fejlet: int = 0
    sprunget_over: int = 0

    def plus(self, anden: "Optaelling") -> "Optaelling":
        return Optaelling(*(a + b for a, b in zip(self, anden, strict=True)))


def tael(sti: Path) -> Optaelling:
    """One junit file's numbers."""
    try:
        rod = ElementTree.parse(sti).getroot()
    except (OSError, ElementTree.ParseError):
        return Optaelling(fejlet=1)
    samlet = Optaelling()
    for sag in rod.iter("testcase"):
        if sag.find("failure") is not None or sag.find("error") is not None:
            samlet = samlet.plus(Optaelling(fejlet=1))
        elif sag.find("skipped") is not None:
            samlet = samlet.plus(Optaelling(sprunget_over=1))
        else:
            samlet = samlet.plus(Optaelling(bestaaet=1))
    return samlet if sum(samlet) else Optaelling(fejlet=1)


def main(argumenter: Sequence[str]) -> int:
    fortolker = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    fortolker.add_argument("--fejlede-trin", type=int, default=0)
    fortolker.add_argument("filer", nargs="*", type=Path)
    valg = fortolker.parse_args(argumenter)
    samlet = Optaelling(fejlet=valg.fejlede_trin)
    for sti in valg.filer:
        samlet = samlet.plus(tael(sti))
    linje = f"{samlet.bestaaet} passed, {samlet.fejlet} failed"
    if samlet.sprunget_over:
        linje += f", {samlet.sprunget_over} skipped"
    sys.stdout.write(f"{linje}\n")
    return 1 if samlet.fejlet else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
