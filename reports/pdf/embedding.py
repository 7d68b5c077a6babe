"""A document's own part of a face: a subset with every character it shows, embedded once.

A composite font with two-byte codes, so that a whole Chinese report needs one subset a weight
where one-byte fonts need one for every 256 characters. Codes are given in the order in which
characters are first drawn: the bytes depend on the document alone. A character without a glyph
shows the box and still reads as itself when the text is copied.
"""

from __future__ import annotations

from struct import pack, unpack_from

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontMaker

from reports.lettering.faces import Face, invisible

SPACE = " "
SQUARE = 1000
ARGS_ARE_WORDS, HAS_SCALE, MORE, HAS_TWO_SCALES, HAS_MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80


class Codes(dict[str, str]):
    """The code of each character as four hexadecimal digits, given on first use."""

    def __missing__(self, char: str) -> str:
        code = self[char] = f"{len(self) + 1:04X}"
        return code


class Embedded:
    """One face as one document uses it. `name` is its name in the page resources."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.codes = Codes()

    def encode(self, text: str) -> str:
        """`text` as the hexadecimal operand of a show operator."""
        return "".join(map(self.codes.__getitem__, text))

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802 reportlab calls it so
        """Add the font to the document: reportlab calls this once all pages are drawn."""
        font = self.face.font
        base = f"DIAGNO+{font.name.decode()}"
        system = {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity")}
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": f"/{base}",
                "CIDSystemInfo": pdfdoc.PDFDictionary({**system, "Supplement": 0}),
                "FontDescriptor": doc.Reference(self._descriptor(doc, base), f"desc{self.name}"),
                "DW": SQUARE,
                "W": self._widths(),
                "CIDToGIDMap": "/Identity",
            }
        )
        composite = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{base}",
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"cid{self.name}")]),
                "ToUnicode": doc.Reference(deflated(self._to_unicode()), f"uni{self.name}"),
            }
        )
        fonts = doc.idToObject["BasicFonts"].dict
        fonts[self.name] = doc.Reference(composite, f"font{self.name}")

    def _descriptor(self, doc: pdfdoc.PDFDocument, base: str) -> pdfdoc.PDFDictionary:
        font = self.face.font
        program = self._program()
        stream = deflated(program)
        stream.dictionary["Length1"] = len(program)
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{base}",
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(font.bbox),
                "ItalicAngle": 0,
                "Ascent": font.ascent,
                "Descent": font.descent,
                "CapHeight": font.capHeight,
                "StemV": font.stemV,
                "FontFile2": doc.Reference(stream, f"file{self.name}"),
            }
        )

    def _widths(self) -> str:
        widths = map(self.face.widths.__getitem__, self.codes)
        narrow = (f"{code} [{width}]" for code, width in enumerate(widths, 1) if width != SQUARE)
        return f"[ {' '.join(narrow)} ]"

    def _to_unicode(self) -> bytes:
        pairs = [f"<{code}> <{_utf16(char)}>" for char, code in self.codes.items()]
        blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for block in blocks:
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines += ["endcmap CMapName currentdict /CMap defineresource pop end end"]
        return "\n".join(lines).encode()

    def _program(self) -> bytes:
        glyphs = self.face.glyphs
        chosen = [0, *(glyphs[SPACE if invisible(char) else char] for char in self.codes)]
        return subset(self.face, chosen)


def _utf16(char: str) -> str:
    return char.encode("utf-16-be", "surrogatepass").hex().upper()


def deflated(content: bytes) -> pdfdoc.PDFStream:
    """A compressed stream."""
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])


def subset(face: Face, chosen: list[int]) -> bytes:
    """A font program whose glyph i is glyph `chosen[i]` of the face.

    Parts of composite glyphs follow after the chosen ones.
    """
    font = face.font
    source, places = font.get_table("glyf"), font.glyphPos
    order = list(chosen)
    outlines, offsets, length = [], [0], 0
    for glyph in order:
        outline = source[places[glyph] : places[glyph + 1]]
        if outline[:1] >= b"\x80":
            outline = _relinked(outline, order)
        outlines.append(outline + bytes(-len(outline) % 4))
        length += len(outlines[-1])
        offsets.append(length)
    return _assembled(face, order, b"".join(outlines), offsets)


def _relinked(outline: bytes, order: list[int]) -> bytes:
    """A composite outline with its parts appended to `order` and referred to by new numbers."""
    data = bytearray(outline)
    at, flags = 10, MORE
    while flags & MORE:
        flags, part = unpack_from(">HH", data, at)
        data[at + 2 : at + 4] = pack(">H", len(order))
        order.append(part)
        at += 8 if flags & ARGS_ARE_WORDS else 6
        at += 2 * (flags & HAS_SCALE > 0) + 4 * (flags & HAS_TWO_SCALES > 0)
        at += 8 * (flags & HAS_MATRIX > 0)
    return bytes(data)


def _assembled(face: Face, order: list[int], outlines: bytes, offsets: list[int]) -> bytes:
    font = face.font
    count = len(order)
    maker = TTFontMaker()
    head, hhea, maxp = (font.get_table(tag) for tag in ("head", "hhea", "maxp"))
    maker.add("head", head[:50] + pack(">H", 1) + head[52:])
    maker.add("hhea", hhea[:34] + pack(">H", count))
    maker.add("maxp", maxp[:4] + pack(">H", count) + maxp[6:])
    metrics = [int(value) for glyph in order for value in font.hmetrics[glyph]]
    maker.add("hmtx", pack(f">{2 * count}H", *metrics))
    maker.add("loca", pack(f">{count + 1}L", *offsets))
    maker.add("glyf", outlines)
    maker.add("prep", font.get_table("prep"))
    return bytes(maker.makeStream())
