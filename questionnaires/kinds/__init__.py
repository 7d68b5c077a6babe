"""Question kinds: one small file each, one line in `KINDS`."""
