"""Files to hand in: sound ones of every kind that is taken, and parts to make bad ones of."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
REMOTE = (
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/attachedTemplate" Target="{target}" '
    'TargetMode="External"/></Relationships>'
)


def pdf(text="evidence"):
    file = BytesIO()
    page = Canvas(file, pageCompression=1, invariant=1)
    page.drawString(72, 720, text)
    page.save()
    return file.getvalue()


def picture(kind, colour="navy"):
    file = BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, kind)
    return file.getvalue()


def document(text="evidence"):
    file = BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def packed(parts, compression=ZIP_DEFLATED):
    file = BytesIO()
    with ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def office(main="word/document.xml", **more):
    """The least an Office file holds; `more` parts by name, underscores for slashes."""
    return packed({"[Content_Types].xml": TYPES, main: "<a/>", **more})


def pdf_saying(said, where="plain"):
    """A PDF with something in its objects: plain, or in a packed object stream."""
    body = said.encode()
    if where == "packed":
        stream = zlib.compress(b"1 0 << " + body + b" >>")
        body = b"/Type /ObjStm /Length %d >>\nstream\r\n%s\nendstream" % (len(stream), stream)
    return pdf().replace(b"trailer", b"9 0 obj << " + body + b" >> endobj\ntrailer", 1)


def multipart(fields, name, content):
    """A form with a file as a browser sends it: the body and its type, all in memory."""
    edge = "edge-of-a-part"
    said = 'Content-Disposition: form-data; name="{}"'
    parts = [f"{said.format(key)}\r\n\r\n{value}".encode() for key, value in fields.items()]
    spelt = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'{said.format("file")}; filename="{spelt}"\r\nContent-Type: application/x\r\n\r\n'
    parts.append(head.encode() + content)
    body = b"".join(b"--" + edge.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
