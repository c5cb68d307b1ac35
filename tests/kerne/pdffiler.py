"""Small PDFs with text, for what is uploaded."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf


def lav_pdf(*sider: str, tilret: Callable[[Pdf], Any] | None = None, **gem: Any) -> bytes:
    """One page for each text, changed by `tilret` and saved with `gem`."""
    with pikepdf.new() as pdf:
        skrift = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )
        for tekst in sider:
            side = pdf.add_blank_page(page_size=(595, 842))
            side.Resources = Dictionary(Font=Dictionary(F1=skrift))
            side.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 720 Td ({tekst}) Tj ET".encode("cp1252"))
        if tilret is not None:
            tilret(pdf)
        ud = io.BytesIO()
        pdf.save(ud, **gem)
        return ud.getvalue()
