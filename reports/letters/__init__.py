"""Letters to print and hand out."""

from reports.letters.activation import Letter, Letterhead, qr_matrix, write_letters
from reports.letters.official import Official, write_official

__all__ = ["Letter", "Letterhead", "Official", "qr_matrix", "write_letters", "write_official"]
