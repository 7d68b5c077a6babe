import re
from io import BytesIO

import pytest

from diagnose.uploads import LARGEST, UploadRefused, inspect, proper_name
from diagnose.uploads.refusals import (
    ACTIVE_PDF,
    BOMB,
    DAMAGED,
    EMPTY,
    MACROS,
    NOT_TAKEN,
    OLD_OFFICE,
    REMOTE,
    TOO_LARGE,
)
from tests.diagnose.uploads import sample_files as files

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FAR = files.REMOTE.format(target="https://evil.example/a.dotm")
NEAR = files.REMOTE.format(target="file:///C:\\Users\\a\\Normal.dotm")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.pdf(), "application/pdf"),
        (files.pdf_saying("/OpenAction [3 0 R /Fit]"), "application/pdf"),
        (files.pdf_saying("/Type /EmbeddedFile"), "application/pdf"),
        (files.pdf_saying("/LaunchPad 1"), "application/pdf"),
        (files.picture("PNG"), "image/png"),
        (files.picture("JPEG"), "image/jpeg"),
        (files.picture("JPEG") + b"a telephone adds a film", "image/jpeg"),
        (files.picture("WEBP"), "image/webp"),
        (files.document(), WORD),
        (files.office(**{"word/_rels/settings.xml.rels": NEAR}), WORD),
        (
            files.office("xl/workbook.xml"),
            WORD.replace("wordprocessingml.document", "spreadsheetml.sheet"),
        ),
        (
            files.office("ppt/presentation.xml"),
            WORD.replace("wordprocessingml.document", "presentationml.presentation"),
        ),
    ],
)
def test_what_is_taken_is_told_by_its_content(content, media_type):
    file = BytesIO(content)
    found = inspect(file, "anything.at.all")
    assert found.media_type == media_type
    assert found.size == len(content)
    assert file.tell() == 0


def swollen(size):
    return files.office(**{"word/media/image1.png": bytes(size)})


def overlapping():
    """Two names for the same bytes, as in a bomb that does not nest."""
    content = bytearray(files.office(**{"word/a.xml": b"a" * 99_000}))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 20 : entry + 24] = (50_000_000).to_bytes(4, "little")
    return bytes(content)


def locked():
    """An archive whose first part says it is encrypted."""
    content = bytearray(files.office())
    entry = content.index(b"PK\x01\x02")
    content[entry + 8] |= 1
    return bytes(content)


HOSTILE = [
    ("报告.pdf", b"#!/bin/sh\nrm -rf /\n", NOT_TAKEN, "是程序或脚本"),
    ("报告.pdf", b"<?php system($_GET[1]); ?>", NOT_TAKEN, ""),
    ("报告.pdf", b"\xef\xbb\xbf <!DOCTYPE html><script>1</script>", NOT_TAKEN, "是网页"),
    ("报告.pdf", b"MZ" + bytes(500), NOT_TAKEN, "是程序或脚本"),
    ("证书.png", SVG, NOT_TAKEN, "是网页或矢量图"),
    ("证书.svg", SVG, NOT_TAKEN, "是网页或矢量图"),
    ("a.docx", b"\x7fELF" + bytes(500), NOT_TAKEN, "是程序或脚本"),
    ("a.bat", b"@echo off\r\ndel *.*", NOT_TAKEN, "是程序或脚本"),
    ("a.js", b"alert(1)", NOT_TAKEN, ""),
    ("a.txt", "只是文字".encode(), NOT_TAKEN, ""),
    ("a.csv", b"a,b\n=1+1,2\n", NOT_TAKEN, ""),
    ("a.gif", b"GIF89a" + bytes(500), NOT_TAKEN, ""),
    ("a.pdf", b"GIF89a;" + files.pdf(), NOT_TAKEN, ""),
    ("a.tif", b"II*\x00" + bytes(500), NOT_TAKEN, ""),
    ("a.rtf", rb"{\rtf1 hello}", NOT_TAKEN, ""),
    ("a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(500), NOT_TAKEN, ""),
    ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(500), NOT_TAKEN, ""),
    ("a.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(500), NOT_TAKEN, ""),
    ("a.zip", files.packed({"a.txt": "hello"}), NOT_TAKEN, ""),
    ("a.docx", files.packed({"a.docx": files.document()}), NOT_TAKEN, ""),
    ("a.jar", files.packed({"META-INF/MANIFEST.MF": "", "A.class": "x"}), NOT_TAKEN, ""),
    ("a.xlsb", files.office("xl/workbook.bin"), NOT_TAKEN, ""),
    ("a.doc", OLE, OLD_OFFICE, ""),
    ("加密.docx", OLE, OLD_OFFICE, ""),
    ("a.docx", files.office(**{"word/vbaProject.bin": b"x"}), MACROS, ""),
    ("a.xlsx", files.office("xl/workbook.xml", **{"xl/VBAPROJECT.BIN": b"x"}), MACROS, ""),
    ("a.xlsx", files.office("xl/workbook.xml", **{"xl/macrosheets/s.xml": b"x"}), MACROS, ""),
    ("a.docx", files.office(**{"word/activeX/activeX1.xml": b"x"}), MACROS, ""),
    (
        "a.docx",
        files.packed(
            {
                "[Content_Types].xml": "vnd.ms-word.document.macroEnabled.main+xml",
                "word/document.xml": "",
            }
        ),
        MACROS,
        "",
    ),
    ("a.docx", files.office(**{"word/_rels/settings.xml.rels": FAR}), REMOTE, ""),
    ("a.docx", swollen(310 << 20), BOMB, ""),
    ("a.docx", swollen(30 << 20), BOMB, ""),
    ("a.docx", overlapping(), BOMB, ""),
    ("a.docx", files.office(**{f"word/{n}.xml": "" for n in range(5001)}), BOMB, ""),
    ("a.docx", files.document()[:3000], DAMAGED, ""),
    ("a.docx", b"PK\x03\x04", DAMAGED, ""),
    ("a.docx", locked(), DAMAGED, ""),
    ("a.pdf", files.pdf()[:700], DAMAGED, ""),
    ("a.pdf", b"%PDF-1.7\nand no more", DAMAGED, ""),
    ("a.pdf", files.pdf_saying("/S /JavaScript /JS (app.alert(1))"), ACTIVE_PDF, ""),
    ("a.pdf", files.pdf_saying("/S /J#61vaScript /JS (app.alert(1))"), ACTIVE_PDF, ""),
    ("a.pdf", files.pdf_saying("/S/JavaScript/JS(1)", "packed"), ACTIVE_PDF, ""),
    ("a.pdf", files.pdf_saying("/S /Launch /F (cmd.exe)"), ACTIVE_PDF, ""),
    ("a.pdf", files.pdf_saying("/Subtype /RichMedia"), ACTIVE_PDF, ""),
    ("a.png", files.picture("PNG")[:40], DAMAGED, ""),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(90), DAMAGED, ""),
    ("a.webp", files.picture("WEBP")[:30], DAMAGED, ""),
    ("a.pdf", b"", EMPTY, ""),
    ("a.pdf", b"%PDF-" + bytes(LARGEST), TOO_LARGE, ""),
]


def _fixed(sentence):
    """A sentence without what is quoted in it."""
    return re.sub("“.*?”", "", sentence, count=1)


@pytest.mark.parametrize(
    ("name", "content", "sentence", "told"),
    HOSTILE,
    ids=[f"{at}-{name}" for at, (name, *_) in enumerate(HOSTILE)],
)
def test_everything_else_is_refused_with_a_sentence(name, content, sentence, told):
    with pytest.raises(UploadRefused) as refused:
        inspect(BytesIO(content), name)
    message = refused.value.message
    assert _fixed(message.zh) == _fixed(sentence.zh) or "按内容看" in message.zh
    assert ("按内容看" in message.zh) == (sentence is NOT_TAKEN)
    assert told in message.zh
    assert name in message.zh or sentence == TOO_LARGE
    assert message.en.endswith(".")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("营业执照.pdf", "营业执照.pdf"),
        ("报告.PDF", "报告.PDF"),
        ("photo.jpg", "photo.jpg.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\a\\证书.pdf", "证书.pdf"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ('con<>:|?*".pdf', "con_.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "文件.pdf"),
        ("", "文件.pdf"),
        ("  a .pdf ", "a.pdf"),
        ("长" * 400 + ".pdf", "长" * 120 + ".pdf"),
        ("=cmd().pdf", "=cmd().pdf"),
        ("𠮷😀.pdf", "𠮷😀.pdf"),
    ],
)
def test_names_are_shown_cleaned_and_never_mislead(given, kept):
    assert proper_name(given, (".pdf",)) == kept


def test_looking_at_the_worst_pdf_comes_to_an_end():
    """A pattern that took more than linear time would keep this test for hours."""
    worst = b"%PDF-" + b"/ObjStm stream\n" * 400_000 + b"#2f#" * 900_000
    with pytest.raises(UploadRefused):
        inspect(BytesIO(worst), "a.pdf")
    assert inspect(BytesIO(worst + b"\nstartxref\n0\n%%EOF"), "a.pdf").size > 9_000_000
