"""Codes that stand for candidates; apart from what masks reports, so that asking is quick."""

from __future__ import annotations

import hashlib
from base64 import b32encode

# Eight signs of 32 are 40 bits: among 10,000 candidates two share a code once in 20,000 runs; with
# six signs, 30 bits, that would be once in 20 runs.
_CODE_BYTES = 5
# Crockford's base 32 leaves out I, L, O and U: codes can be read aloud and spell no words.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _SIGNS)


def candidate_code(sha256: str) -> str:
    """Return the code that stands for a candidate: from the file's bytes, the same in every run.

    >>> candidate_code("00" * 32)
    'C-00000000'
    """
    return f"C-{b32encode(bytes.fromhex(sha256)[:_CODE_BYTES]).decode().translate(_CROCKFORD)}"


def hash_begin(code: str) -> str:
    """Return the first characters of the hash that a code is made from.

    >>> hash_begin(candidate_code("ab" * 32))
    'ababababab'
    """
    number = 0
    for sign in code.removeprefix("C-"):
        number = number * len(_SIGNS) + max(0, _SIGNS.find(sign))
    return f"{number:0{2 * _CODE_BYTES}x}"


def code_of_file(sha256: str, path: str) -> str:
    """Return the code for a file: of its bytes, or of its path when nobody could read them."""
    return candidate_code(sha256 or hashlib.sha256(path.encode(errors="replace")).hexdigest())
