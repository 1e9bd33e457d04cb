"""PDFium's C functions as bare pointers, and room for what they write.

Called so, with arguments that are ready for C, a function costs 0.15 microseconds instead of 2-3,
and a page needs ten calls for each character.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pypdfium2.raw as pdfium_c

INT, ADDRESS = ctypes.c_int, ctypes.c_void_p
# Room that is kept for answers: few pages have more letters.
_USUAL_ANSWERS = 2048

pointer: Callable[[int | None], Any] = ctypes.c_void_p.from_param


def bare(name: str, result: Any) -> Callable[..., Any]:
    """The C function as a plain pointer, which neither checks nor converts its arguments.

    Whole numbers are taken as they are; an address must be given as a `pointer`.
    """
    address = ctypes.cast(getattr(pdfium_c, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result)(address)


def ask(question: Callable[..., Any], *arguments: Iterable[Any]) -> None:
    """Call a function that writes its answers into buffers."""
    deque(map(question, *arguments), maxlen=0)


class Answers:
    """Room for answers that lie side by side, so many bytes each, and pointers into it.

    Making the pointers takes as long as asking, so the room is kept from page to page; whoever
    uses it holds the lock.
    """

    def __init__(self, size: int, offsets: Sequence[int] = (0,)) -> None:
        self._size = size
        self._offsets = offsets
        self._make(_USUAL_ANSWERS)

    def _make(self, count: int) -> None:
        self._count = count
        self._buffer = ctypes.create_string_buffer(count * self._size)
        start = ctypes.addressof(self._buffer)
        end = start + count * self._size
        self.pointers = [
            list(map(pointer, range(start + offset, end, self._size))) for offset in self._offsets
        ]

    def clear(self, count: int) -> None:
        """Make room for so many answers, all zero."""
        if count > self._count or self._count > _USUAL_ANSWERS:
            self._make(max(count, _USUAL_ANSWERS))
        else:
            ctypes.memset(self._buffer, 0, count * self._size)

    def read(self, count: int) -> bytes:
        """Return so many answers."""
        return ctypes.string_at(self._buffer, count * self._size)
