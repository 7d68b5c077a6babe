"""Why a file is not taken: a sentence that says what to do instead."""

from __future__ import annotations

from diagnose.refusing import Refused
from questionnaires.text import Text

LARGEST = 20 << 20  # bytes of one file


class UploadRefused(Refused):
    """A file is not taken; `message` says why and what to do."""


TAKEN = Text(
    "可以上传 PDF、图片（PNG、JPEG、WebP）和 Office 文档（docx、xlsx、pptx）。",
    "PDF, pictures (PNG, JPEG, WebP) and Office files (docx, xlsx, pptx) are taken.",
)
NONE = Text("没有选择文件，请先选择一个。", "No file was chosen; choose one first.")
EMPTY = Text(
    "文件“{name}”是空的，请检查后重新选择。",
    'The file "{name}" is empty; check it and choose again.',
)
TOO_LARGE = Text(
    "文件超过 20 MB。请压缩图片、分成几份，或只交相关的几页。",
    "The file is larger than 20 MB. Shrink its pictures, split it, or hand in the pages that "
    "matter only.",
)
NOT_TAKEN = Text(
    "“{name}”不能接收：按内容看，它{found}。{taken}",
    '"{name}" cannot be taken: going by its content, it is {found}. {taken}',
)
DAMAGED = Text(
    "“{name}”不完整或已损坏，打不开。请重新导出或扫描后再上传。",
    '"{name}" is incomplete or damaged and would not open. Export or scan it anew.',
)
MACROS = Text(
    "“{name}”带有宏或控件。请另存为不带宏的 docx、xlsx、pptx，或导出为 PDF 再上传。",
    '"{name}" holds macros or controls. Save it as docx, xlsx or pptx without them, or as PDF.',
)
REMOTE = Text(
    "“{name}”打开时会从别处载入模板或对象。请导出为 PDF 再上传。",
    '"{name}" would load a template or object from elsewhere when opened. Export it as PDF.',
)
BOMB = Text(
    "“{name}”解压后大得不合常理，不能接收。请用 Office 或 WPS 打开后另存一份，或导出为 PDF。",
    '"{name}" unpacks to a size no document has. Open it in Office or WPS and save it anew, or '
    "export it as PDF.",
)
OLD_OFFICE = Text(
    "“{name}”是旧版 Office 文档（doc、xls、ppt）或设有密码。"
    "请去掉密码，另存为 docx、xlsx、pptx，或导出为 PDF。",
    '"{name}" is an Office file of the old kind (doc, xls, ppt) or has a password. Take the '
    "password off and save it as docx, xlsx or pptx, or export it as PDF.",
)
ACTIVE_PDF = Text(
    "“{name}”带有脚本、程序或播放器。请用“打印为 PDF”重新生成，或上传扫描件。",
    '"{name}" holds scripts, programs or players. Print it to a new PDF, or hand in a scan.',
)
ALREADY = Text(
    "这份文件已经在这里了（“{name}”），没有重复保存。",
    'This file is here already ("{name}"); it was not stored twice.',
)
TOO_MANY = Text(
    "一道题最多 {most} 份文件。请删去不需要的，或把几份合成一份 PDF。",
    "A question takes at most {most} files. Remove what is not needed, or join several in one PDF.",
)
NO_ROOM = Text(
    "本企业的文件合计已近 {most} MB 的上限，放不下这一份。请删去不需要的，或缩小后再上传。",
    "The files of this firm come near their limit of {most} MB in all; this one does not fit. "
    "Remove what is not needed, or shrink it.",
)
