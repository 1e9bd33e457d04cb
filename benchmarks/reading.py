"""How well and how fast PDFs are read, on a corpus whose texts are known.

    python benchmarks/reading.py CORPUS [--engine pdfium] [--by template] [--faults]
        [--time 5 [--segment] [--no-look]]

CORPUS holds `manifest.json` (a list of files with `resume`, `template`, `layout`, `format`,
`scanned`) and one folder for each resume with `resume.json` (JSON Resume) and `gold.json`
(`sections`, `skills`). An item counts only where the file shows it at all: templates drop things.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import re
import statistics
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from skillgap.document.model import Document
from skillgap.document.options import Engine, ReadOptions
from skillgap.document.pdf import PdfReader
from skillgap.errors import DocumentError
from skillgap.resume.segment import segment

MEASURES = ("skills", "bullets", "next", "headings", "entries")
HEADINGS = {
    "summary": ("about", "summary", "profile", "about me", "objective", "professional summary"),
    "work": (
        "work experience",
        "experience",
        "professional experience",
        "work",
        "employment",
        "employment history",
        "work history",
    ),
    "education": ("education",),
    "skills": ("skills", "technical skills", "technologies", "skills & tools", "core skills"),
    "projects": ("projects", "personal projects", "projects experience", "selected projects"),
    "languages": ("languages",),
    "certificates": ("certificates", "certifications", "licenses & certifications"),
    "awards": ("awards", "honors", "awards & honors", "honors & awards"),
    "publications": ("publications",),
    "volunteer": ("volunteer", "volunteering", "volunteer work", "volunteer experience"),
    "interests": ("interests",),
    "references": ("references",),
}
_AS_OF = date(2026, 11, 1)
_FOLDS = str.maketrans({**dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("‘’`´", "'")})
_FOLDS.update(str.maketrans({**dict.fromkeys("“”", '"'), "\xad": ""}))
# Marks between two items that are no text of either.
_BETWEEN_ITEMS = re.compile(r"[•◦▪*·\-–—o∗]{0,2}")


@dataclass
class Score:
    """Counts of one class of files."""

    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    words: int = 0
    glued: int = 0
    split: int = 0
    files: int = 0

    def note(self, measure: str, *, good: bool) -> None:
        """Count one item."""
        self.asked[measure] += 1
        self.found[measure] += good


@dataclass
class Reading:
    """One file as read, beside what it should say."""

    name: str
    row: dict[str, Any]
    truth: dict[str, Any]
    gold: dict[str, Any]
    lines: list[str]
    text: str
    shown: str


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_FOLDS)


def packed(text: str) -> str:
    """The text without white space and hyphens: what is left when lines are broken anywhere."""
    return re.sub(r"[\s-]+", "", fold(text)).casefold()


def plain_text(data: bytes) -> str:
    """PDFium's own text: evidence that a file shows an item, whoever else fails to find it."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return text.replace("\x02", "-").replace("\ufffe", "-")


def readings(corpus: Path, engine: Engine) -> Iterator[Reading]:
    for row in json.loads((corpus / "manifest.json").read_text()):
        if row["format"] != "pdf" or row["scanned"]:
            continue
        folder = corpus / row["resume"]
        data = (corpus / row["file"]).read_bytes()
        try:
            document = PdfReader().read(data, row["file"], ReadOptions(engine=engine))
        except DocumentError as error:
            print(f"not read: {error}")
            continue
        shown = packed(plain_text(data)) + "\n" + packed(document.text)
        lines = [fold(_text_of(document, line.span)) for line in document.lines]
        yield Reading(
            row["file"],
            row,
            json.loads((folder / "resume.json").read_text()),
            json.loads((folder / "gold.json").read_text()),
            lines,
            fold(document.text),
            shown,
        )


def _text_of(document: Document, span: tuple[int, int]) -> str:
    return document.text[slice(*span)]


def bullets(truth: dict[str, Any]) -> Iterator[list[str]]:
    for part in ("work", "projects", "volunteer"):
        for entry in truth.get(part, []):
            yield [text for text in entry.get("highlights", []) if text]


def score_bullets(reading: Reading, score: Score, faults: list[str]) -> None:
    squeezed, places = squeeze(reading.text)
    for items in bullets(reading.truth):
        last_end = None
        for item in items:
            wanted = packed(item)
            if wanted not in reading.shown and not _mostly_shown(item, reading.shown):
                last_end = None
                continue
            at = squeezed.find(wanted)
            score.note("bullets", good=at >= 0)
            if at < 0:
                faults.append(f"{reading.name}: bullet broken: {item[:60]}")
                last_end = None
                continue
            if last_end is not None:
                good = bool(_BETWEEN_ITEMS.fullmatch(squeezed[last_end:at]))
                score.note("next", good=good)
                if not good:
                    faults.append(f"{reading.name}: not next: {item[:60]}")
            last_end = at + len(wanted)
            count_boundaries(reading, item, places[at : at + len(wanted)], score, faults)


def _mostly_shown(item: str, shown: str) -> bool:
    words = [packed(word) for word in item.split()]
    return sum(word in shown for word in words) >= 0.9 * len(words) and words[0] in shown


def squeeze(text: str) -> tuple[str, list[int]]:
    """The text without white space and hyphens, and where each of its characters was."""
    kept = [(char, at) for at, char in enumerate(text) if not char.isspace() and char != "-"]
    return "".join(char.lower() for char, _ in kept), [at for _, at in kept]


def count_boundaries(
    reading: Reading, item: str, places: list[int], score: Score, faults: list[str]
) -> None:
    wanted = squeeze(fold(item))[1]
    for index in range(1, len(places)):
        truth = fold(item)[wanted[index - 1] + 1 : wanted[index]]
        read = reading.text[places[index - 1] + 1 : places[index]]
        if truth.isspace():
            score.words += 1
            if not read:
                score.glued += 1
                faults.append(f"{reading.name}: glued: {item[max(0, wanted[index] - 9) :][:20]}")
        elif read.isspace() and not ("\n" in read and "/" in item):
            score.split += 1
            faults.append(f"{reading.name}: split: {item[max(0, wanted[index] - 9) :][:20]}")


def score_entries(reading: Reading, score: Score, faults: list[str]) -> None:
    windows = [packed("".join(reading.lines[i : i + 3])) for i in range(len(reading.lines))]
    for job in reading.truth.get("work", []):
        wanted = [packed(job["position"]), packed(job["name"]), job["startDate"][:4]]
        if not all(item in reading.shown for item in wanted):
            continue
        good = any(all(item in window for item in wanted) for window in windows)
        score.note("entries", good=good)
        if not good:
            faults.append(f"{reading.name}: entry apart: {job['position']}, {job['name']}")


def score_skills(reading: Reading, score: Score, faults: list[str]) -> None:
    text = re.sub(r"\s+", " ", reading.text)
    joined = re.sub(r"-\s", "-", text)
    dropped = set(reading.row.get("dropped_skills", ()))
    for skill in reading.gold["skills"]:
        shown = any(packed(surface) in reading.shown for surface in skill["surfaces"])
        if skill["skill"] in dropped or not shown:
            continue
        good = any(
            re.search(rf"(?<!\w){re.escape(fold(surface))}(?!\w)", each, re.IGNORECASE)
            for surface in skill["surfaces"]
            for each in (text, joined)
        )
        score.note("skills", good=good)
        if not good:
            faults.append(f"{reading.name}: skill missing: {skill['skill']}")


def heading_forms(reading: Reading) -> Iterator[tuple[str, str]]:
    """The headings that stand alone on a line: (section, heading as written)."""
    for line in reading.lines:
        bare = line.strip(" :").casefold()
        for section in reading.gold["sections"]:
            if bare in HEADINGS.get(section, ()):
                yield section, bare


def score_headings(
    reading: Reading, known: set[tuple[str, str]], score: Score, faults: list[str]
) -> None:
    alone = set(heading_forms(reading))
    for section in reading.gold["sections"]:
        forms = [form for of, form in known if of == section]
        if not any(packed(form) in reading.shown for form in forms):
            continue
        good = any((section, form) in alone for form in forms)
        score.note("headings", good=good)
        if not good:
            faults.append(f"{reading.name}: heading not alone: {section}")


def score_all(corpus: Path, engine: Engine, by: str) -> tuple[dict[str, Score], list[str]]:
    found = list(readings(corpus, engine))
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for reading in found:
        known[reading.row["template"]].update(heading_forms(reading))
        known["*"].update(heading_forms(reading))
    scores: dict[str, Score] = defaultdict(Score)
    faults: list[str] = []
    for reading in found:
        heading_known = known[reading.row["template"]] or known["*"]
        for key in (reading.row[by], "all"):
            score, notes = scores[key], faults if key == "all" else []
            score.files += 1
            score_skills(reading, score, notes)
            score_bullets(reading, score, notes)
            score_headings(reading, heading_known, score, notes)
            score_entries(reading, score, notes)
    return scores, faults


def print_scores(scores: dict[str, Score]) -> None:
    print(
        f"{'':22}{'files':>6}", *(f"{name:>9}" for name in MEASURES), "  glued  split (per 1,000)"
    )
    for name, score in sorted(scores.items(), key=lambda item: (item[0] == "all", item[0])):
        shares = (
            f"{100 * score.found[m] / score.asked[m]:9.1f}" if score.asked[m] else f"{'-':>9}"
            for m in MEASURES
        )
        per_thousand = 1000 / max(score.words, 1)
        glued, split = score.glued * per_thousand, score.split * per_thousand
        print(f"{name:22}{score.files:6}", *shares, f"{glued:7.1f}{split:7.1f}")


def time_against_pdfminer(
    corpus: Path, options: ReadOptions, rounds: int, *, segmented: bool
) -> None:
    """Time reader and pdfminer.six's extract_text turn by turn on the same files.

    Args:
        corpus: The folder with the files.
        options: How they are read for us.
        rounds: How often each is read; the median counts.
        segmented: Whether to make a `Resume` of each document, which pdfminer.six does not.
    """
    from pdfminer.high_level import extract_text

    reader = PdfReader()
    rows = [
        row
        for row in json.loads((corpus / "manifest.json").read_text())
        if row["format"] == "pdf" and not row["scanned"]
    ][::3]
    ratios, ours, theirs = [], [], []
    for row in rows:
        data = (corpus / row["file"]).read_bytes()
        own, other = [], []
        for _ in range(rounds):
            # Processor time, for other programs may run; and each pays for its own waste only.
            gc.collect()
            start = time.process_time()
            document = reader.read(data, row["file"], options)
            if segmented:
                segment(document, as_of=_AS_OF)
            own.append(time.process_time() - start)
            gc.collect()
            start = time.process_time()
            extract_text(io.BytesIO(data))
            other.append(time.process_time() - start)
        ours.append(statistics.median(own))
        theirs.append(statistics.median(other))
        ratios.append(theirs[-1] / ours[-1])
    print(
        f"{len(rows)} files: {1000 * statistics.median(ours):.1f} ms a file, pdfminer.six "
        f"{1000 * statistics.median(theirs):.1f}: {statistics.median(ratios):.1f} times as fast "
        f"(median of the files), {sum(theirs) / sum(ours):.1f} times in all"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--engine", type=Engine, choices=list(Engine), default=Engine.AUTO)
    parser.add_argument("--by", choices=("layout", "template", "resume"), default="layout")
    parser.add_argument("--faults", action="store_true", help="name each fault")
    parser.add_argument("--time", type=int, metavar="ROUNDS", default=0)
    parser.add_argument("--segment", action="store_true", help="time up to the Resume")
    parser.add_argument("--no-look", action="store_true", help="time without painting pages")
    arguments = parser.parse_args()
    scores, faults = score_all(arguments.corpus, arguments.engine, arguments.by)
    if arguments.faults:
        print(*faults, sep="\n")
    print_scores(scores)
    if arguments.time:
        time_against_pdfminer(
            arguments.corpus,
            ReadOptions(engine=arguments.engine, look_at_page=not arguments.no_look),
            arguments.time,
            segmented=arguments.segment,
        )


if __name__ == "__main__":
    main()
