"""PDFs: HTML and CSS in, an accessible PDF out. Knows nothing of Django, except ``skabelon``.

``byg_pdf`` makes a PDF in this process, ``byg_pdf_i_barn`` in a child process; ``flet.flet_dele`` joins parts;
``strukturkontrol.kontroller`` finds what is wrong with one before it is issued; ``cachenoegle.noegle`` says whether
one that was made before can be used again.
"""

from socialaftale.kerne.pdf.byg import Resultat, byg_pdf, byg_resultat
from socialaftale.kerne.pdf.fejl import PdfFejl, PdfHukommelse, PdfTidsgraense, UlovligRessource
from socialaftale.kerne.pdf.proces import byg_pdf_i_barn

__all__ = [
    "PdfFejl",
    "PdfHukommelse",
    "PdfTidsgraense",
    "Resultat",
    "UlovligRessource",
    "byg_pdf",
    "byg_pdf_i_barn",
    "byg_resultat",
]
