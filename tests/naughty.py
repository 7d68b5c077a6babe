"""Texts that break careless programs, and what the service says it keeps of them."""

import re
from pathlib import Path
from unicodedata import category

import yaml

_FILE = Path(__file__).parent / "data" / "naughty_strings.yaml"
_TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNWRITABLE = "\ufeff\ufffe\uffff"


def _strings():
    for group in yaml.safe_load(_FILE.read_text(encoding="utf-8")).values():
        for said in group:
            yield said if isinstance(said, str) else said["repeat"] * said["times"]


NAUGHTY = tuple(dict.fromkeys(_strings()))


def as_sent(text):
    """A text as a browser can send it: half a surrogate pair is no character."""
    return text.encode("utf-8", "replace" if text.isascii() else "surrogatepass").decode(
        "utf-8", "replace"
    )


def as_answer(text):
    """What a file of sheets keeps: no controls, no marks that turn the direction of writing."""
    for end in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    kept = "".join(c for c in text if c in "\n\t" or category(c) not in ("Cc", "Cs"))
    return kept.translate(dict.fromkeys(map(ord, _TURNING + _UNWRITABLE))).strip()


def as_typed(text):
    """What every form keeps: likewise, and nothing where only blanks and unseen signs are left."""
    kept = as_answer(text)
    return kept if any(category(c)[0] not in "CZ" for c in kept) else ""


def as_line(text):
    """A text on one line: breaks and tabs become a blank."""
    return re.sub("[\n\t]+", " ", as_answer(text))


def shared_out(fields, offset=0, texts=NAUGHTY):
    """Rounds of field → text, until every text was in some field; `offset` turns them round."""
    for at in range(0, len(texts), len(fields)):
        yield {field: texts[(at + step + offset) % len(texts)] for step, field in enumerate(fields)}
