"""What the check of a PDF finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fund:
    """Something wrong; ``side`` counts from 1 and is None when it concerns the whole document."""

    kode: str
    besked: str
    side: int | None = None

    def __str__(self) -> str:
        return f"{self.kode}{f' (page {self.side})' if self.side else ''}: {self.besked}"
