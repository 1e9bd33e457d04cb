"""Shares of a count, ratios of two shares, and how far chance may move them."""

from __future__ import annotations

from math import exp, log, sqrt

_Z = 1.959963984540054  # 95% of a normal distribution lies within this many deviations


def wilson(count: int, n: int) -> tuple[float, float]:
    """Return the 95% score interval of a share.

    After E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212: unlike
    the textbook interval it stays within 0 and 1 and is usable for the few people that a category
    often holds.

    Args:
        count: How many of them.
        n: How many in all, at least 1.

    >>> [round(bound, 3) for bound in wilson(8, 10)]
    [0.49, 0.943]
    """
    share = count / n
    scale = 1 + _Z**2 / n
    middle = (share + _Z**2 / (2 * n)) / scale
    half = _Z / scale * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    # At the ends the bound is exactly the share; floating point would miss it by a hair.
    return (
        0.0 if count == 0 else max(0.0, middle - half),
        1.0 if count == n else min(1.0, middle + half),
    )


def katz(count: int, n: int, other_count: int, other_n: int) -> tuple[float, float]:
    """Return the 95% interval of a ratio of two shares, `count / n` over `other_count / other_n`.

    The log method of D. Katz, J. Baptista, S. P. Azen and M. C. Pike, Biometrics 34 (1978),
    469-474. It has no answer where nobody of the first group is counted or everybody of both is;
    there a half is added to each of the four numbers (S. D. Walter, Biometrika 62 (1975), 371-374),
    which keeps the interval wide where little is known.

    Args:
        count: Counted in the group.
        n: The whole group, at least 1.
        other_count: Counted in the group of comparison, at least 1.
        other_n: The whole group of comparison.

    >>> [round(bound, 3) for bound in katz(20, 50, 30, 50)]
    [0.443, 1.003]
    """
    a, b, c, d = float(count), float(n), float(other_count), float(other_n)
    if count == 0 or (count == n and other_count == other_n):
        a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    ratio = (a / b) / (c / d)
    half = _Z * sqrt(1 / a - 1 / b + 1 / c - 1 / d)
    low = 0.0 if count == 0 else exp(log(ratio) - half)
    return low, exp(log(ratio) + half)
