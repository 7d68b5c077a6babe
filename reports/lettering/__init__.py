"""Letters: the two faces every report is set in, their widths, and where lines break."""
