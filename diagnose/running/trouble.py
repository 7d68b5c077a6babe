"""What the system says is wrong, in both languages."""

from __future__ import annotations

import errno

from questionnaires.text import Text

WORDS = {
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: Text("文件超过了系统允许的大小", "a file is larger than the system allows"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("没有权限", "permission denied"),
    errno.EROFS: Text("磁盘只读", "the disk is read-only"),
    errno.ENOENT: Text("没有这个文件", "there is no such file"),
    errno.EISDIR: Text("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.EEXIST: Text("这是文件，不是文件夹", "it is a file, not a folder"),
    errno.ENOTDIR: Text(
        "路径中有一段是文件，不是文件夹", "part of the path is a file, not a folder"
    ),
    errno.ENAMETOOLONG: Text("名称太长", "the name is too long"),
}


def said(error: OSError) -> Text:
    """The reason for an error of the system, as a clause without a full stop."""
    words = error.strerror or str(error) or type(error).__name__
    return WORDS.get(error.errno or 0, Text(words, words))
