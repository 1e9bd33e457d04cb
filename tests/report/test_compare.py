"""Two reports side by side: the parts add up to the difference, seen from either side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from math import fsum
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.errors import UsageError
from skillgap.report.compare import Comparison, Standing, Verdict, compare
from skillgap.report.compare_text import comparison_json, comparison_text
from skillgap.report.model import FitReport
from skillgap.score.policy import ScoringPolicy

Analyze = Callable[..., FitReport]
OLD = "Skills\nPython, SQL, pandas, Excel\n"
NEW = "Skills\nPython, SQL, PyTorch, Docker, no Excel\n"


def test_the_points_add_up_to_the_difference(analyze: Analyze) -> None:
    """For each role; and none of them is nothing."""
    old, new = analyze(OLD, "old.txt"), analyze(NEW, "new.txt")

    for fits in compare(old, new).fits:
        expected = new.fit(fits.role).score - old.fit(fits.role).score
        assert fits.difference == fsum(point.difference for point in fits.points)
        assert fits.difference == pytest.approx(expected, abs=1e-9)
        for point in fits.points:
            assert point.difference == point.second.points - point.first.points != 0


def test_from_the_other_side_everything_is_turned_round(analyze: Analyze) -> None:
    """Gains are losses, and the sign changes."""
    old, new = analyze(OLD, "old.txt"), analyze(NEW, "new.txt")

    there, back = compare(old, new), compare(new, old)

    assert [s.skill for s in there.gained] == [s.skill for s in back.lost]
    assert [s.skill for s in there.lost] == [s.skill for s in back.gained]
    assert [f.difference for f in there.fits] == [-f.difference for f in back.fits]
    assert there.only_first == back.only_second


def test_a_report_differs_in_nothing_from_itself(analyze: Analyze) -> None:
    """And it is said that both are of one file."""
    report = analyze(OLD)

    comparison = compare(report, report)

    assert {fits.verdict for fits in comparison.fits} == {Verdict.SAME}
    assert not any(fits.points for fits in comparison.fits)
    assert comparison.gained == comparison.lost == ()
    assert "same file" in comparison_text(comparison)


def test_what_is_gained_is_quoted(analyze: Analyze) -> None:
    """With how it stood before."""
    comparison = compare(analyze(OLD), analyze(NEW))

    gained = {change.skill: change for change in comparison.gained}
    lost = {change.skill: change for change in comparison.lost}

    docker = gained["docker"]
    assert docker.first is Standing.ABSENT
    assert docker.mention is not None
    assert docker.mention.quote == "Python, SQL, PyTorch, Docker, no Excel"
    assert lost["excel"].second is Standing.NOT_COUNTED
    assert "SQL, PyTorch, »Docker«" in comparison_text(comparison)


@pytest.mark.parametrize(
    ("intervals", "verdict"),
    [
        pytest.param(((10, 20), (30, 40)), Verdict.CLEAR, id="apart"),
        pytest.param(((10, 26), (24, 40)), Verdict.LIKELY, id="neither holds the other's score"),
        pytest.param(((10, 30), (24, 40)), Verdict.OPEN, id="one holds the other's score"),
    ],
)
def test_what_the_ranges_say_of_a_difference(
    analyze: Analyze, intervals: tuple[tuple[float, float], ...], verdict: Verdict
) -> None:
    """The scores are 15 and 30, whichever comes first."""
    fit = analyze(OLD).fits[0]
    report = analyze(OLD)
    low, high = (
        report.model_copy(
            update={"fits": (fit.model_copy(update={"score": s, "interval": interval}),)}
        )
        for s, interval in zip((15.0, 30.0), intervals, strict=True)
    )

    assert compare(low, high).fits[0].verdict is verdict
    assert compare(high, low).fits[0].verdict is verdict


def test_another_policy_is_refused_unless_asked_for(analyze: Analyze, as_of: date) -> None:
    """Such scores are not comparable; who compares them all the same is told."""
    policy = ScoringPolicy(implication=0.5)
    other = Analyzer(policy=policy).analyze(OLD.encode(), name="other.txt", as_of=as_of)

    with pytest.raises(UsageError, match=r"policy.*--any-signature"):
        compare(analyze(OLD), other)
    comparison = compare(analyze(OLD), other, any_signature=True)

    assert any("policy" in remark for remark in comparison.remarks)


def test_reports_without_a_common_role_are_refused(analyze: Analyze) -> None:
    """There would be nothing to compare."""
    report = analyze(OLD)
    mle, ds = (report.model_copy(update={"fits": (fit,)}) for fit in report.fits)

    with pytest.raises(UsageError, match="no role in common"):
        compare(mle, ds)


def test_every_pair_of_examples(resumes: Path, analyzer: Analyzer, as_of: date) -> None:
    """Whoever is compared, the parts add up and the text fits 80 columns."""
    files = sorted(path for path in resumes.iterdir() if path.suffix in {".pdf", ".docx"})
    reports = [analyzer.analyze(file, as_of=as_of) for file in files]

    for one, other in pairwise(reports):
        comparison = compare(one, other)
        for fits in comparison.fits:
            assert fits.scores[1] - fits.scores[0] == pytest.approx(fits.difference, abs=1e-9)
        assert max(map(len, comparison_text(comparison).splitlines())) <= 80


def test_the_text_of_two_examples(
    resumes: Path, analyzer: Analyzer, as_of: date, golden: Callable[[str, str], None]
) -> None:
    """Word for word; the JSON is read back as the same."""
    one, other = (
        analyzer.analyze(resumes / file, name=file, as_of=as_of)
        for file in ("mle-senior.pdf", "ds-mid.docx")
    )
    comparison = compare(one, other)

    assert Comparison.model_validate_json(comparison_json(comparison)) == comparison
    golden("compare-mle-senior-ds-mid.txt", comparison_text(comparison))


def test_what_was_being_learned_is_not_called_not_shown(analyze: Analyze) -> None:
    """A step from learning to holding reads as one, and what is denied as denied."""
    old = analyze("Skills\nPython\n\nCurrently learning PyTorch.\nNo experience with Docker.\n")
    new = analyze("Skills\nPython, PyTorch, Docker\n")

    told = comparison_text(compare(old, new))

    assert "Deep learning framework: being learned -> PyTorch" in told
    assert "Docker: said not to have -> " in told
