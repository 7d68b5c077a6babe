"""Workbooks for people."""

from reports.workbook.summary import write_summary

__all__ = ["write_summary"]
