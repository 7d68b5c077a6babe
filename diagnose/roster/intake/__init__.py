"""Roster files taken in: read, matched by their headings, checked, compared, written, undone.

`fields` what a file may hold; `reading` its rows; `checking` columns of them; `comparing` with the
roster as it stands; `writing` everything in one transaction; `undoing` that; `mending` the rows
that were wrong as an Excel file.
"""
