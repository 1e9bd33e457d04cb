"""What a resume costs: warm in the process, cold from the shell.

    python benchmarks/speed.py [RESUME ...] [--rounds N]

Each round runs every measure once, in turn, so that a machine that slows down slows all of them;
medians are printed. The bare `PhraseMatcher` runs over the same tokens and the same written forms
as the extractor: the ratio says what rules, sections and stance cost.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from skillgap import Analyzer
from skillgap.document.reader import read_document
from skillgap.resume.segment import segment
from skillgap.score.evidence import weigh
from skillgap.score.fit import assess
from skillgap.score.lean import lean
from skillgap.taxonomy.forms import variants
from skillgap.taxonomy.load import load_taxonomy

EXAMPLES = Path(__file__).parents[1] / "examples" / "resumes"
AS_OF = date(2026, 11, 1)


def bare_matcher(analyzer: Analyzer) -> Callable[[str], object]:
    """Return a function that tokenizes a text and matches every written form, no more."""
    tokenizer = analyzer.extractor.tokenizer
    matcher = PhraseMatcher(tokenizer.vocab, attr="NORM")
    forms = (variants(alias.form) for skill in analyzer.taxonomy.skills for alias in skill.aliases)
    matcher.add("SKILL", [Doc(tokenizer.vocab, words=list(v)) for many in forms for v in many])
    return lambda text: matcher(tokenizer(text))


def timed(call: Callable[[], object]) -> float:
    """Return how long a call takes, in milliseconds."""
    start = perf_counter()
    call()
    return 1000 * (perf_counter() - start)


def measure_warm(paths: list[Path], rounds: int) -> None:
    """Print the cost of each step for each resume, in a process that has read one before."""
    analyzer = Analyzer()
    bare = bare_matcher(analyzer)
    taxonomy, extractor = analyzer.taxonomy, analyzer.extractor
    roles = [taxonomy.role(role) for role in analyzer.roles]

    def score(mentions: object) -> None:
        evidence = weigh(mentions, taxonomy)  # type: ignore[arg-type]
        for role in roles:
            assess(evidence, role, taxonomy)
        lean(evidence, *roles)

    print(
        f"{'resume':28} {'KB':>5} {'extract':>8} {'score':>7} {'both':>7} {'bare':>7} {'ratio':>6}"
    )
    for path in paths:
        resume = segment(read_document(path), as_of=AS_OF)
        mentions = extractor.extract(resume)
        costs = [
            (
                timed(lambda: extractor.extract(resume)),  # noqa: B023
                timed(lambda: score(mentions)),  # noqa: B023
                timed(lambda: bare(resume.document.text)),  # noqa: B023
            )
            for _ in range(rounds)
        ]
        extract, scoring, matcher = (median(column) for column in zip(*costs, strict=True))
        size = len(resume.document.text.encode()) / 1000
        print(
            f"{path.name:28} {size:5.1f} {extract:8.2f} {scoring:7.2f} {extract + scoring:7.2f} "
            f"{matcher:7.2f} {extract / matcher:6.2f}"
        )


def measure_load(rounds: int) -> None:
    """Print what loading the bundled taxonomy takes, in milliseconds."""
    load_taxonomy.cache_clear()
    costs = []
    for _ in range(rounds):
        costs.append(timed(load_taxonomy))
        load_taxonomy.cache_clear()
    print(f"load the bundled taxonomy: {median(costs):.1f} ms")


def measure_cold(path: Path, rounds: int) -> None:
    """Print what whole commands take, in seconds."""
    skillgap = str(Path(sysconfig.get_path("scripts")) / "skillgap")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import spacy'": [sys.executable, "-c", "import spacy"],
        "skillgap --help": [skillgap, "--help"],
        f"skillgap analyze {path.name}": [skillgap, "analyze", str(path)],
    }
    costs: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(
                timed(lambda: subprocess.run(command, check=True, capture_output=True))  # noqa: B023
            )
    for name, measured in costs.items():
        print(f"{name:40} {median(measured) / 1000:6.2f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("resumes", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    resumes = arguments.resumes or sorted(EXAMPLES.glob("*.pdf"))
    measure_warm(resumes, arguments.rounds)
    measure_load(arguments.rounds)
    measure_cold(resumes[0], max(3, arguments.rounds // 3))
