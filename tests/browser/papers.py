"""A signed paper to upload: a real PDF of one page."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas


def paper(name):
    kept = BytesIO()
    canvas = Canvas(kept)
    canvas.drawString(72, 720, "signed and sealed")
    canvas.save()
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": kept.getvalue()}
