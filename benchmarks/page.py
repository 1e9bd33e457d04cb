"""How long the HTML report of a resume takes, and how large it is.

python benchmarks/page.py [--pages N] FOLDER...

All PDFs of N pages or more, each read, scored, painted and told in turn, the best of three runs:
what the machine does beside falls on all four alike.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypeVar

from skillgap.analyzer import Analyzer
from skillgap.document.reader import read_document
from skillgap.errors import DocumentError
from skillgap.report.html import render_html
from skillgap.report.original import with_pictures

AS_OF = date(2026, 1, 1)
RUNS = 3
Made = TypeVar("Made")


def timed(make: Callable[[], Made]) -> tuple[Made, float]:
    """Return what is made, and the seconds it took."""
    start = time.perf_counter()
    return make(), time.perf_counter() - start


def once(data: bytes, name: str, analyzer: Analyzer) -> tuple[float, ...]:
    """Return the seconds of reading, scoring, painting and telling, and the page's bytes."""
    document, reading = timed(lambda: read_document(data, name=name))
    report, scoring = timed(lambda: analyzer.analyze_document(document, as_of=AS_OF))
    original, painting = timed(lambda: with_pictures(document, data))
    page, telling = timed(lambda: render_html(report, original))
    return reading, scoring, painting, telling, len(page.encode())


def measure(file: Path, analyzer: Analyzer) -> list[float]:
    """Return the best of several runs."""
    runs = (once(file.read_bytes(), file.name, analyzer) for _ in range(RUNS))
    return [min(each) for each in zip(*runs, strict=True)]


def pages_of(file: Path) -> int:
    """Return how many pages a file has; none when it cannot be read."""
    try:
        return len(read_document(file).pages)
    except DocumentError:
        return 0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("folders", nargs="+", type=Path)
    asked = parser.parse_args()
    analyzer = Analyzer()
    files = sorted(file for folder in asked.folders for file in folder.rglob("*.pdf"))
    rows = [measure(file, analyzer) for file in files if pages_of(file) >= asked.pages]
    print(f"{len(rows)} PDFs of {asked.pages} pages or more; milliseconds")
    for place, name in enumerate(("reading", "scoring", "painting", "telling")):
        times = [1000 * row[place] for row in rows]
        print(f"{name:10} median {median(times):6.1f}  most {max(times):6.1f}")
    page = [1000 * (row[2] + row[3]) for row in rows]
    print(f"{'page':10} median {median(page):6.1f}  most {max(page):6.1f}  (painting and telling)")
    sizes = [row[4] / 1024 for row in rows]
    print(f"{'KB':10} median {median(sizes):6.0f}  most {max(sizes):6.0f}")


if __name__ == "__main__":
    main()
