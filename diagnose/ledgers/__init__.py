"""Ledgers: what is handed on as Excel files, column by column, in a bureau's own order if it likes.

`reading` the columns of each ledger (columns/*.yaml); `gathering` its rows, told by the ledgers'
own modules; `ordering` a bureau's own columns; `writing` the sheet.
"""
