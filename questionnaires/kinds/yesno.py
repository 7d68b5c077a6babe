"""Yes or no."""

from __future__ import annotations

import numpy as np

from questionnaires.kinds.base import Encoder, Kind, memo_encoder
from questionnaires.model import Question
from questionnaires.normal import plain
from questionnaires.problems import NOT_YES_OR_NO, Problem

YES, NO = "yes", "no"
_WORDS = {
    **dict.fromkeys((YES, "y", "true", "1", "是", "有"), 1),
    **dict.fromkeys((NO, "n", "false", "0", "否", "无"), 0),
}


class YesNo(Kind):
    """1 for yes, 0 for no (int8), -1 without an answer."""

    name = "yesno"
    dtype = np.dtype(np.int8)
    blank = -1

    def read(self, question: Question, raw: object) -> int | Problem:
        """True or false, 1 or 0, or the words in English or Chinese."""
        if isinstance(raw, bool | int | float) and raw in (0, 1):
            return int(raw)
        if not isinstance(raw, str):
            return NOT_YES_OR_NO.of(value=raw)
        word = plain(raw).lower()
        if not word:
            return self.blank
        return _WORDS.get(word, NOT_YES_OR_NO.of(value=raw))

    def write(self, question: Question, value: int) -> bool:
        """True or false."""
        return bool(value)

    def cell(self, question: Question, value: int) -> str:
        """`yes` or `no`."""
        return YES if value else NO

    def encoder(self, question: Question) -> Encoder:
        """Looks words up; True also finds 1."""
        return memo_encoder(self, question, {YES: 1, NO: 0, True: 1, False: 0})
