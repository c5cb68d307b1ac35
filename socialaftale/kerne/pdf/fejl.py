"""What can go wrong when a PDF is made; messages are for developers and logs."""


class PdfFejl(Exception):
    """The PDF could not be made."""


class UlovligRessource(PdfFejl):
    """The document asks for a file or address outside the folders it was given."""


class PdfTidsgraense(PdfFejl):
    """The child process was stopped because it ran longer than allowed."""


class PdfHukommelse(PdfFejl):
    """The child process was stopped because it needed more memory than allowed."""
