"""Passwords: argon2id, and rules that refuse what is guessed first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from zxcvbn import zxcvbn

from questionnaires.text import Text

LEAST, MOST = 10, 128
STRONG = 3  # of zxcvbn's scores 0 to 4: more than 10^8 guesses
LOOKED_AT = 72  # zxcvbn takes no more; what follows only adds

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's parameters for argon2id: many sign-ins at once must not fill the memory."""

TOO_SHORT = Text(
    f"密码至少 {LEAST} 个字符，例如用三四个互不相干的词连起来。",
    f"Use at least {LEAST} characters, say three or four words that have nothing in common.",
)
TOO_LONG = Text(f"密码最多 {MOST} 个字符。", f"Use at most {MOST} characters.")
OWN_NAME = Text(
    "密码不能含有用户名。请换成与单位和本人无关的词。",
    "Leave the username out of the password; take words that have nothing to do with you.",
)
GUESSABLE = Text(
    "这个密码容易被猜到。请再加一两个不相干的词，避开单位名称、日期、手机号和键盘上连着的键。",
    "This password is easily guessed. Add a word or two that have nothing to do with it; avoid "
    "your firm's name, dates, phone numbers and neighbouring keys.",
)


def hash_password(password: str) -> str:
    """The hash that is kept of a password."""
    return HASHER.hash(password)


def verify(kept: str, password: str) -> bool:
    """Whether `password` is the one whose hash is kept.

    Takes as long where there is none, so that nobody learns which names exist.
    """
    try:
        right = HASHER.verify(kept or _nobodys(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return right and bool(kept)


def outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)


def problem(password: str, username: str, words: Iterable[str] = ()) -> Text | None:
    """What is wrong with a new password; `words` are its owner's: names, code, phone."""
    if len(password) < LEAST:
        return TOO_SHORT
    if len(password) > MOST:
        return TOO_LONG
    if username.lower() in password.lower():
        return OWN_NAME
    own = [word.lower() for word in (username, *words, "diagnose", "zhenduan") if word]
    if zxcvbn(password[:LOOKED_AT], user_inputs=own)["score"] < STRONG:
        return GUESSABLE
    return None


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody has this password")
