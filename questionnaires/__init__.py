"""Ask: questionnaires as data, answers and their states, answer sheets in and out of files."""

from questionnaires.loading import library, load, read_questionnaire

__all__ = ["library", "load", "read_questionnaire"]
