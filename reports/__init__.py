"""Tell: one-to-one reports, workbooks and their drawings, from plain values."""
