"""The colours of every report: one deep teal accent, neutrals and one warning tone.

They differ in lightness, and no meaning rests on hue alone, so a grey print reads the same.
"""

INK = "#1c2730"
MUTED = "#5b6975"
RULE = "#c3ccd3"
FAINT = "#f2f5f7"
WHITE = "#ffffff"
ACCENT = "#0b4a5f"
ACCENT_MID = "#3d7c93"
ACCENT_SOFT = "#a8c6d2"
ACCENT_PALE = "#dde9ee"
WARN = "#a8481a"

LEVELS = (WHITE, ACCENT_PALE, ACCENT_SOFT, ACCENT_MID, ACCENT)
"""The ground of a scene at level 0…4."""
ON_LEVELS = (INK, INK, INK, WHITE, WHITE)
"""The lettering on it."""
