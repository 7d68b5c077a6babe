"""Charts as plain shapes: one small file a chart, drawn by the PDF and by SVG alike."""
