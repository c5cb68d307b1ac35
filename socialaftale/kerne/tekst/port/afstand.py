"""How many letters two words differ by, as far as it is of interest."""

from __future__ import annotations


def afstand(a: str, b: str, hoejst: int) -> int:
    """Letters to add, drop, change or swap to get from one to the other; `hoejst` + 1 when it is more than that."""
    if abs(len(a) - len(b)) > hoejst:
        return hoejst + 1
    forrige2: list[int] = []
    forrige = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        raekke = [i]
        for j, y in enumerate(b, start=1):
            pris = min(forrige[j] + 1, raekke[j - 1] + 1, forrige[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                pris = min(pris, forrige2[j - 2] + 1)
            raekke.append(pris)
        if min(raekke) > hoejst:
            return hoejst + 1
        forrige2, forrige = forrige, raekke
    return min(forrige[-1], hoejst + 1)
