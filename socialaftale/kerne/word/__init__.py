"""Documents for Word (.docx), made by pandoc in a child process from the same clean HTML as the other media."""

from socialaftale.kerne.word.byg import Worddokument, WordFejl, byg_docx, har_pandoc

__all__ = ["WordFejl", "Worddokument", "byg_docx", "har_pandoc"]
