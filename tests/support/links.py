"""Share links as the page writes them."""

from __future__ import annotations


def proven(fragment: str) -> str:
    """Return a fragment with the check sum that proves it whole: FNV-1a of 32 bits, in base 36."""
    total = 0x811C9DC5
    for character in fragment:
        total = (total ^ ord(character)) * 0x01000193 % 2**32
    digits = ""
    while total:
        total, digit = divmod(total, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return f"{fragment}&~={digits or '0'}"
