"""A folder of resumes: one analyzer for all of them, best first, the unreadable with their reason.

    python examples/many_resumes.py [FOLDER]

For thousands of files use `skillgap batch`: it works in several processes that may fail alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from skillgap import Analyzer, DocumentError, FitReport

EXAMPLES = Path(__file__).parent / "resumes"
RESUMES = {".pdf", ".docx", ".odt", ".rtf", ".html", ".txt", ".md"}


def main() -> None:
    """Score each file of the folder named on the command line, or the examples."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    analyzer = Analyzer()
    reports: list[FitReport] = []
    unread: list[DocumentError] = []
    for file in sorted(path for path in folder.iterdir() if path.suffix in RESUMES):
        try:
            reports.append(analyzer.analyze(file, name=file.name))
        except DocumentError as error:
            unread.append(error)

    print(f"{'file':<26} {'MLE':>5} {'DS':>5}  leans to")
    for report in sorted(reports, key=lambda r: -max(fit.score for fit in r.fits)):
        mle, ds = report.fit("mle").score, report.fit("ds").score
        print(f"{report.document.source:<26} {mle:5.1f} {ds:5.1f}  {report.lean.role or '-'}")
    for error in unread:
        print(f"{error.source:<26} {error.status}: {error.reason}")


if __name__ == "__main__":
    main()
