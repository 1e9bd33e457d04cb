"""`skillgap batch status | rank | export | show`: what they take, refuse and write."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from skillgap.batch.run import Run
from skillgap.batch.store import Store, pack
from skillgap.batch.worker import row_of
from skillgap.cli import ExitCode, main
from skillgap.report.model import FitReport
from tests.batch.rows import unscored

Captured = pytest.CaptureFixture[str]
SKILLS = {
    "in/good.txt": "Python, PyTorch, Docker, SQL, Kubernetes, MLOps, CI/CD, AWS, RAG, fine-tuning",
    "in/fair.txt": "Python, SQL, statistics, A/B testing, data visualization, machine learning",
    "more/fair.txt": "R, Tableau",
}


@pytest.fixture(scope="module")
def reports(analyze: Callable[..., FitReport]) -> list[FitReport]:
    """Return the reports on three small resumes."""
    return [analyze(f"Skills\n{skills}\n", name) for name, skills in SKILLS.items()]


@pytest.fixture
def run_file(tmp_path: Path, reports: list[FitReport]) -> str:
    """Return a run of three resumes and one file that was not scored."""
    path = tmp_path / "run.db"
    made_by = {"skillgap": "1.0", "taxonomy": "t", "policy": "p", "as_of": "2026-01-01"}
    with Store.create(path, {"roles": ["mle", "ds"], "made_by": made_by}, "5" * 16) as store:
        for report in reports:
            store.add(row_of(report), pack(report))
        store.add(unscored("in/locked.pdf"))
    return str(path)


def ranked(run_file: str, *options: str) -> list[str]:
    """Return the files that `rank` tells, in their order."""
    table = Path(run_file).with_name("ranked.csv")
    assert main(["batch", "rank", run_file, "-f", "csv", "-o", str(table), *options]) == 0
    with table.open(encoding="utf-8", newline="") as lines:
        return [row["source"] for row in csv.DictReader(lines)]


# --- status and rank ------------------------------------------------------------------------------


def test_status_says_how_files_ended_and_what_made_the_scores(
    run_file: str, capsys: Captured
) -> None:
    """With the reasons."""
    assert main(["batch", "status", run_file]) == ExitCode.DONE

    out = capsys.readouterr().out
    assert "        3 ok\n        1 encrypted\n" in out
    assert "the file is encrypted. Give --password (locked.pdf)" in out
    assert "made by skillgap 1.0, taxonomy t, policy p, as_of 2026-01-01" in out


def test_rank_tells_a_table(run_file: str, capsys: Captured) -> None:
    """On the screen, best first, within 80 columns."""
    assert main(["batch", "rank", run_file]) == ExitCode.DONE

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{run_file}: 3 of 3 scored files, by the role each fits best"
    assert lines[3].startswith("   1 good.txt")
    assert "not scored: 1 encrypted; `skillgap batch status` says why" in lines


def test_rank_as_json(run_file: str, capsys: Captured) -> None:
    """For programs."""
    assert main(["batch", "rank", run_file, "-f", "json", "--top", "1"]) == ExitCode.DONE

    told = json.loads(capsys.readouterr().out)
    assert [file["source"] for file in told["files"]] == ["in/good.txt"]
    assert told["files"][0]["policy"] == told["made_by"]["policy"] == "p"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param([], ["good", "fair", "more", "locked"], id="all"),
        pytest.param(["--role", "ds", "--top", "1"], ["fair"], id="role and top"),
        pytest.param(["--has", "k8s"], ["good"], id="any written form"),
        pytest.param(["--has", "py torch,SQL"], ["good"], id="several, with a comma"),
        pytest.param(["--has", "python", "--has", "statistics"], ["fair"], id="several options"),
        pytest.param(["--lacks", "Docker,R"], ["fair"], id="lacks"),
        pytest.param(["--must", "r"], ["more", "good", "fair", "locked"], id="must"),
        pytest.param(["--status", "encrypted"], ["locked"], id="status"),
        pytest.param(["--lean", "mle"], ["good"], id="lean"),
        pytest.param(["--min-fit", "100"], [], id="fit"),
    ],
)
def test_rank_filters(options: list[str], expected: list[str], run_file: str) -> None:
    """Skills are named as people write them."""
    names = {
        "good": "in/good.txt",
        "fair": "in/fair.txt",
        "more": "more/fair.txt",
        "locked": "in/locked.pdf",
    }

    assert ranked(run_file, *options) == [names[name] for name in expected]


# --- export ---------------------------------------------------------------------------------------


def test_export_writes_by_the_ending(run_file: str, tmp_path: Path, capsys: Captured) -> None:
    """And leaves a line in the run's log."""
    output = tmp_path / "best.jsonl"

    code = main(["batch", "export", run_file, "-o", str(output), "--status", "ok"])

    assert code == ExitCode.DONE
    lines = output.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["rank"] for line in lines] == [1, 2, 3]
    assert capsys.readouterr().err == f"3 files written to {output}\n"
    log = Path(f"{run_file}.log").read_text(encoding="utf-8")
    assert '"skillgap batch export"' in log


@pytest.mark.parametrize(("option", "begin"), [("--bom", "\ufeffrank,"), ("--no-bom", "rank,")])
def test_csv_begins_as_asked(option: str, begin: str, run_file: str, tmp_path: Path) -> None:
    """With the mark for Excel, or without."""
    output = tmp_path / "x.csv"

    assert main(["batch", "export", run_file, "-o", str(output), option]) == ExitCode.DONE
    assert output.read_text(encoding="utf-8").startswith(begin)


@pytest.mark.parametrize("name", ["pages", "pages.zip"])
def test_export_writes_pages(name: str, run_file: str, tmp_path: Path) -> None:
    """Into a folder, or a zip."""
    output = tmp_path / name

    assert main(["batch", "export", run_file, "-o", str(output)]) == ExitCode.DONE
    assert (output / "index.html").is_file() or output.stat().st_size


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["rank", "{run}", "--has", "kuberntes"], "did you mean kuber", id="skill"),
        pytest.param(["rank", "{run}", "--lean", "left"], "there is no such lean", id="lean"),
        pytest.param(["rank", "{run}", "-o", "{run}"], "name another file", id="over the run"),
        pytest.param(["rank", "none.db"], "there is no such file", id="no run"),
        pytest.param(["export", "{run}", "-o", "x.xls"], "what format?", id="ending"),
        pytest.param(
            ["export", "{run}", "-o", "x.html"], "(pages/) or a .zip", id="pages have no ending"
        ),
        pytest.param(
            ["rank", "{run}", "--status", "lost"],
            "lost: there is no such status; name one of ok, encrypted, empty,",
            id="status",
        ),
        pytest.param(["show", "{run}", "god.txt"], "did you mean in/good.txt?", id="nearly a name"),
        pytest.param(
            ["show", "{run}", "fa"],
            "2 files are called fa: in/fair.txt, more/fair.txt; name one",
            id="begin of two",
        ),
        pytest.param(["export", "{run}", "-o", "no/x.csv"], "does not exist", id="folder"),
        pytest.param(["show", "{run}", "x.pdf"], "no file x.pdf in it", id="no such file"),
        pytest.param(["show", "{run}", "9"], "no file has rank 9", id="no such rank"),
        pytest.param(["show", "{run}", "fair.txt"], "2 files are called fair.txt", id="two"),
        pytest.param(["show", "{run}", "locked.pdf"], "was not scored: encrypted", id="no score"),
    ],
)
def test_what_does_not_fit_is_told_in_one_line(
    arguments: list[str], said: str, run_file: str, capsys: Captured
) -> None:
    """With what to do; the run is left as it is."""
    before = Path(run_file).read_bytes()

    code = main(["batch", *(argument.format(run=run_file) for argument in arguments)])

    out, err = capsys.readouterr()
    assert code == ExitCode.USAGE
    assert said in err
    assert err.count("\n") == 1
    assert not out
    assert Path(run_file).read_bytes() == before


def test_a_run_of_one_role_ranks_by_it(
    tmp_path: Path, reports: list[FitReport], capsys: Captured
) -> None:
    """Another role is refused."""
    path = tmp_path / "mle.db"
    row = row_of(reports[0])
    with Store.create(path, {"roles": ["mle"]}, "5" * 16) as store:
        store.add(replace(row, results={"mle": row.results["mle"]}))

    assert main(["batch", "rank", str(path)]) == ExitCode.DONE
    assert "by fit for MLE" in capsys.readouterr().out
    assert main(["batch", "rank", str(path), "--role", "ds"]) == ExitCode.USAGE
    assert "scores only mle" in capsys.readouterr().err


# --- show -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["in/good.txt", "good.txt", "good", "Go", "in/g", "1"])
def test_show_tells_the_report_of_a_path_a_name_or_a_rank(
    which: str, run_file: str, reports: list[FitReport], capsys: Captured
) -> None:
    """As `analyze` does."""
    assert main(["batch", "show", run_file, which, "-f", "json"]) == ExitCode.DONE

    told = capsys.readouterr().out
    assert FitReport.model_validate_json(told) == reports[0]


def test_show_by_rank_of_a_role(run_file: str, capsys: Captured) -> None:
    """The best for one role is not the best for the other; text has the details asked for."""
    assert main(["batch", "show", run_file, "1", "--role", "ds", "--gaps", "7"]) == ExitCode.DONE

    assert capsys.readouterr().out.startswith("in/fair.txt\n")


def test_equal_fits_share_a_rank_and_none_of_them_is_guessed(
    run_file: str, reports: list[FitReport], capsys: Captured
) -> None:
    """The message names them."""
    with Store.open(Path(run_file), write=True) as store:
        row = replace(row_of(reports[0]), source="in/same.txt", sha256="9" * 64, text_hash="")
        store.add(row, pack(reports[0]))

    with Run(run_file) as run:
        assert [r.rank for r in run.rank(top=1)] == [1, 1]
    assert main(["batch", "show", run_file, "1"]) == ExitCode.USAGE
    assert "2 files share rank 1: in/good.txt, in/same.txt" in capsys.readouterr().err
