"""Letters to print and hand out."""

from reports.letters.activation import Letter, Letterhead, qr_matrix, write_letters

__all__ = ["Letter", "Letterhead", "qr_matrix", "write_letters"]
