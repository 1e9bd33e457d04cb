"""How well sections, entries and years are found, on files whose content is known.

Usage: python benchmarks/structure.py CORPUS [--faults]

CORPUS holds `manifest.json` (one row a file: resume, template, format, layout, scanned) and, for
each resume, its files, `resume.json` (JSON Resume) and `gold.json` (jobs and months). A section
counts when its content is in the file at all. An entry is complete when title, organisation and
both dates are those of the resume, letter for letter apart from case and white space;
what a template leaves out is not asked for.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from skillgap.document.model import Document, Span
from skillgap.document.reader import read_document
from skillgap.errors import DocumentError
from skillgap.resume.model import Entry, EntryKind, MonthRange, Resume, SectionKind
from skillgap.resume.segment import experience_months, segment

_KINDS = {
    "summary": SectionKind.SUMMARY,
    "work": SectionKind.EXPERIENCE,
    "education": SectionKind.EDUCATION,
    "skills": SectionKind.SKILLS,
    "projects": SectionKind.PROJECTS,
    "certificates": SectionKind.CERTIFICATES,
    "languages": SectionKind.LANGUAGES,
}


MEASURES = ("title", "employer", "dates")


@dataclass
class Tally:
    """Counts of one layout class: what was right of what there was."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    total: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, measure: str, *, right: bool) -> None:
        """Count one thing that is right or wrong."""
        self.total[measure] += 1
        self.right[measure] += right

    def share(self, measure: str) -> str:
        """Return the share that is right, for a table."""
        total = self.total[measure]
        return f"{self.right[measure] / total:7.1%}" if total else "      -"


def plain(text: str) -> str:
    """Return a text without case and with single blanks."""
    return " ".join(text.casefold().split())


def months_of_job(job: dict[str, str], as_of: date) -> MonthRange:
    """Return the months of a job of the gold standard."""

    def month(day: str) -> int:
        if day == "present":
            return as_of.year * 12 + as_of.month - 1
        return int(day[:4]) * 12 + int(day[5:7]) - 1

    return MonthRange(month(job["start"]), month(job["end"]))


def expected_sections(gold: dict[str, Any], source: dict[str, Any], text: str) -> Iterator[str]:
    """Yield the sections of the resume whose content the file holds."""
    probes = {
        "summary": " ".join(source["basics"].get("summary", "").split()[:6]),
        "work": source["work"][0]["name"],
        "education": source["education"][0]["institution"],
        "skills": source["skills"][0]["keywords"][0],
        "projects": (source.get("projects") or [{"name": "\0"}])[0]["name"],
        "certificates": (source.get("certificates") or [{"name": "\0"}])[0]["name"],
        "languages": (source.get("languages") or [{"language": "\0"}])[0]["language"],
    }
    for name in gold["sections"]:
        if name in probes and plain(probes[name]) in text:
            yield name


def says(text: str, head: str, name: str) -> bool:
    """Tell whether a file names a job's title or employer, besides the words at its head."""
    return text.count(plain(name)) > head.count(plain(name))


def said(document: Document, span: Span | None) -> str:
    """Return the words of a span."""
    return plain(document.text[span.start : span.end]) if span else ""


def score_file(
    tally: Tally, resume: Resume, gold: dict[str, Any], source: dict[str, Any]
) -> list[str]:
    """Count what is right in one file and tell what is not."""
    document, faults = resume.document, []
    as_of = date(int(gold["as_of"][:4]), int(gold["as_of"][5:7]), 1)
    kinds = {section.kind for section in resume.sections}
    text = plain(document.text)
    head = plain(f"{source['basics'].get('label', '')} {source['basics'].get('summary', '')}")
    for name in expected_sections(gold, source, text):
        tally.add("sections", right=_KINDS[name] in kinds)
        if _KINDS[name] not in kinds:
            faults.append(f"no section {name}")
    jobs = [entry for entry in resume.entries if entry.kind == EntryKind.JOB]
    for job in gold["jobs"]:
        checks = max(
            (check(document, entry, job, as_of) for entry in jobs), key=sum, default=(False,) * 3
        )
        asked = (says(text, head, job["title"]), says(text, head, job["employer"]), True)
        for measure, right, wanted in zip(MEASURES, checks, asked, strict=True):
            if wanted:
                tally.add(measure, right=right)
        checks = tuple(right or not wanted for right, wanted in zip(checks, asked, strict=True))
        tally.add("complete", right=all(checks))
        if not all(checks):
            faults.append(f"job {job} {checks}")
    tally.add("no extra job", right=len(jobs) == len(gold["jobs"]))
    if len(jobs) != len(gold["jobs"]):
        faults.append(f"{len(jobs)} jobs")
    years = experience_months(resume) / 12
    right = abs(years - gold["experience_months_union"] / 12) <= 0.1
    tally.add("years", right=right)
    if not right:
        faults.append(f"{years:.2f} years, not {gold['experience_months_union'] / 12:.2f}")
    return faults


def check(document: Document, entry: Entry, job: dict[str, str], as_of: date) -> tuple[bool, ...]:
    """Compare an entry with a job: title, employer, both dates."""
    return (
        said(document, entry.title) == plain(job["title"]),
        said(document, entry.organisation) == plain(job["employer"]),
        entry.months == months_of_job(job, as_of),
    )


def main(folder: Path, *, tell_faults: bool) -> None:
    """Score every file of the corpus that is no scan and print a table by layout class."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    rows = [row for row in json.loads((folder / "manifest.json").read_text()) if not row["scanned"]]
    texts = [
        {
            "file": str(p.relative_to(folder)),
            "resume": p.parent.name,
            "layout": "text",
            "format": "txt",
        }
        for p in sorted(folder.glob("*/pandoc-txt.txt"))
    ]
    known = {row["file"] for row in rows}
    for row in rows + [row for row in texts if row["file"] not in known]:
        home = folder / row["resume"]
        gold = json.loads((home / "gold.json").read_text())
        source = json.loads((home / "resume.json").read_text())
        try:
            document = read_document(folder / row["file"])
        except DocumentError as error:
            print(error, file=sys.stderr)
            continue
        as_of = date(int(gold["as_of"][:4]), int(gold["as_of"][5:7]), 1)
        classes = (f"{row['format']} {row['layout']}", f"all {row['format']}", "all")
        faults: list[str] = []
        for name in classes:
            faults = score_file(tallies[name], segment(document, as_of=as_of), gold, source)
        if tell_faults and faults:
            print(row["file"], *faults, sep="\n    ")
    measures = ("sections", "title", "employer", "dates", "complete", "no extra job", "years")
    print(f"{'':24}{'files':>6}", *(f"{m:>13}" for m in measures))
    for name in sorted(tallies):
        tally = tallies[name]
        print(f"{name:24}{tally.total['years']:6}", *(f"{tally.share(m):>13}" for m in measures))


if __name__ == "__main__":
    main(Path(sys.argv[1]), tell_faults="--faults" in sys.argv)
