"""What a million resumes cost: seconds of a core for a file, measured, times a price, assumed.

    python benchmarks/cost.py [--price 0.05] [--use 0.8]

Counts the processor's time of `analyze` on each file of `examples/resumes`, warm, and what its row
and its report take as Parquet columns do (zlib here, zstd there: about the same). The price of a
core for an hour and the share of it that a cluster puts to use are assumptions: give your own.
"""

from __future__ import annotations

import argparse
import time
import zlib
from datetime import date
from pathlib import Path
from statistics import mean, median

from skillgap.analyzer import Analyzer
from skillgap.batch.store import pack
from skillgap.batch.worker import row_of

EXAMPLES = Path(__file__).parents[1] / "examples" / "resumes"
FORMATS = {".pdf", ".docx", ".txt", ".md"}
DAY = date(2026, 1, 1)
ROUNDS = 7


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--price", type=float, default=0.05, help="of a core for an hour")
    parser.add_argument("--use", type=float, default=0.8, help="share of the cores in use")
    asked = parser.parse_args()
    files = sorted(path for path in EXAMPLES.iterdir() if path.suffix in FORMATS)
    analyzer = Analyzer()
    reports = [analyzer.analyze(path, as_of=DAY) for path in files]
    seconds = mean(median(_seconds(analyzer, path) for _ in range(ROUNDS)) for path in files)
    report_bytes = mean(len(pack(report)) for report in reports)
    row_bytes = mean(len(zlib.compress(repr(row_of(report)).encode())) for report in reports)
    input_bytes = mean(path.stat().st_size for path in files)
    print(f"{1000 * seconds:.0f} ms of a core a file, {1 / seconds:.0f} files a second a core")
    print(f"{input_bytes / 1e3:.0f} KB a file read, {report_bytes / 1e3:.1f} KB a report kept, ")
    print(f"{row_bytes / 1e3:.1f} KB a row kept")
    print(f"at {asked.price:g} a core-hour with {asked.use:.0%} of the cores in use:")
    print("resumes      core-hours  hours on 64 cores       price  rows and reports  rows alone")
    for count in (10**6, 10**7, 10**8):
        hours = count * seconds / 3600 / asked.use
        kept, rows = count * (report_bytes + row_bytes) / 1e9, count * row_bytes / 1e9
        print(
            f"{count:11,}  {hours:10,.0f}  {hours / 64:17,.1f}  {hours * asked.price:10,.2f}  "
            f"{kept:13,.0f} GB  {rows:7,.1f} GB"
        )


def _seconds(analyzer: Analyzer, path: Path) -> float:
    before = time.process_time()
    analyzer.analyze(path, as_of=DAY)
    return time.process_time() - before


if __name__ == "__main__":
    main()
