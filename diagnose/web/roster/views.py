"""The bureau's roster: firms, codes to hand out."""
