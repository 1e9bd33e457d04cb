"""The command line: what goes to stdout, what to stderr, and how each command ends."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
import typer

from skillgap.cli import ExitCode, app, main
from skillgap.report.choice import ListingFormat, ParseFormat
from skillgap.score.policy import ScoringPolicy
from skillgap.taxonomy.load import compile_folder, data_folder, dump, load_taxonomy
from tests.files import BROKEN_PDF, PICTURE, encrypted_pdf

DAY = "--as-of=2026-01-01"
RESUME = """Experience
Data Scientist, Example Ltd
Jan 2020 - Present
- Ran A/B tests in Python and SQL

Skills
Python, SQL, pandas, scikit-learn, Tableau
"""

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def resume(tmp_path: Path) -> str:
    """Return the path of a resume."""
    path = tmp_path / "resume.txt"
    path.write_text(RESUME, encoding="utf-8")
    return str(path)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a resume into standard input."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(RESUME.encode())))


def _commands() -> list[list[str]]:
    group = typer.main.get_command(app)
    names = [[]]
    for name, command in group.commands.items():
        names += [[name], *([name, inner] for inner in getattr(command, "commands", ()))]
    return names


# --- help and usage -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", _commands(), ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself(command: list[str], option: str, capsys: Captured) -> None:
    """Help goes to stdout and says how the command is used and what each option does."""
    code = main([*command, option])

    out, err = capsys.readouterr()
    assert code == ExitCode.DONE
    assert f"Usage: {' '.join(['skillgap', *command])}" in out
    assert not err


def test_the_version_is_the_installed_one(capsys: Captured) -> None:
    """What a bug report should name."""
    assert main(["--version"]) == ExitCode.DONE
    assert capsys.readouterr().out == f"skillgap {version('skillgap')}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["analyse"], "analyse", id="unknown command"),
        pytest.param(["analyze"], "Missing argument", id="no file"),
        pytest.param(["analyze", "a.pdf", "--role", "cook"], "mle", id="unknown role"),
        pytest.param(
            ["analyze", "a.pdf", "--as-of", "01/02/2026"],
            "2030-01-31",
            id="odd date",
        ),
        pytest.param(["analyze", "a.pdf", "--as-of", "2026-02-30"], "2026-02-30", id="no such day"),
        pytest.param(["analyze", "a.pdf", "-f", "docx"], "json", id="unknown format"),
        pytest.param(["analyze", "a.pdf", "--engine", "word"], "pdfium", id="unknown engine"),
        pytest.param(["analyze", "a.pdf", "--no-such"], "--no-such", id="unknown option"),
        pytest.param(["batch", "."], "--out run.db", id="batch without output"),
        pytest.param(["batch", ".", "-o", "x.csv", "--workers", "0"], "--workers", id="no workers"),
        pytest.param(["taxonomy", "verify"], "--sources", id="verify without sources"),
    ],
)
def test_wrong_usage_is_told_on_stderr(arguments: list[str], said: str, capsys: Captured) -> None:
    """The message names what is wrong or what would be right; stdout stays empty."""
    code = main(arguments)

    out, err = capsys.readouterr()
    assert code == ExitCode.USAGE
    assert said in " ".join(err.split())
    assert "Traceback" not in err
    assert not out


@pytest.mark.parametrize("command", [[], ["taxonomy"], ["roles"]], ids=" ".join)
def test_no_command_shows_the_commands(command: list[str], capsys: Captured) -> None:
    """There is no default command: whoever types too little is shown what there is."""
    code = main(command)

    assert code == ExitCode.USAGE
    assert "Commands" in "".join(capsys.readouterr())


def _error(capsys: Captured) -> str:
    """Return the one line on stderr."""
    err = capsys.readouterr().err
    assert err.startswith("skillgap: ")
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            ["taxonomy", "show", "pyhton"], "'pyhton'; did you mean python", id="skill id"
        ),
        pytest.param(["taxonomy", "list", "--area", "clod"], "the areas are ", id="area"),
        pytest.param(["taxonomy", "list", "--taxonomy", "no.json"], "cannot be read", id="file"),
        pytest.param(["policy", "show", "--policy", "no.toml"], "no.toml: cannot be", id="policy"),
        pytest.param(["batch", "no-folder", "-o", "x.csv"], "no such file or folder", id="folder"),
        pytest.param(["batch", ".", "--out", "."], "this is a folder", id="folder as run"),
        pytest.param(["log", "verify", "."], "cannot be read", id="folder as log"),
        pytest.param(["analyze", "a.pdf", "--role", ""], "no role to score", id="no role"),
        pytest.param(["batch", ".", "-o", "x.xls"], ".csv, .xlsx, .jsonl", id="table format"),
        pytest.param(["batch", ".", "-o", "no/x.csv"], "its folder does not exist", id="output"),
    ],
)
def test_a_wrong_name_is_told_in_one_line(
    arguments: list[str],
    said: str,
    capsys: Captured,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The line says what would be right."""
    monkeypatch.chdir(tmp_path)

    assert main(arguments) == ExitCode.USAGE
    assert said in _error(capsys)


# --- files that cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize("command", ["analyze", "parse"])
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("missing.pdf", None, "there is no such file", id="missing"),
        pytest.param("", None, "this is a folder", id="folder"),
        pytest.param("empty.pdf", b"", "the file is empty", id="empty"),
        pytest.param("blank.txt", b" \n\t\n", "the file is empty", id="blank"),
        pytest.param("locked.pdf", encrypted_pdf(), "password", id="encrypted"),
        pytest.param("broken.pdf", BROKEN_PDF, "", id="broken"),
        pytest.param("photo.png", PICTURE, "a PNG picture", id="unsupported"),
        pytest.param("two\nlines\x1b[31m.pdf", b"", "two lines [31m.pdf: ", id="odd name"),
    ],
)
def test_an_unreadable_file_is_one_line_and_exit_code_3(
    command: str,
    name: str,
    content: bytes | None,
    said: str,
    tmp_path: Path,
    capsys: Captured,
) -> None:
    """What is wrong, where, and what to do; never a traceback."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    assert main([command, str(path)]) == ExitCode.NOTHING_READ
    assert said in _error(capsys)


# --- analyze --------------------------------------------------------------------------------------


def test_the_report_goes_to_stdout(resume: str, capsys: Captured) -> None:
    """Nothing else does."""
    code = main(["analyze", resume, DAY])

    out, err = capsys.readouterr()
    assert code == ExitCode.DONE
    assert out.startswith(f"{resume}\n"[:70])
    assert "\x1b" not in out
    assert not err


def test_a_policy_file_sets_the_constants(resume: str, tmp_path: Path, capsys: Captured) -> None:
    """The report says which, its signature is another, and `policy show` gives the same file."""
    policy = tmp_path / "own.toml"
    policy.write_text('evidence = "weighted"\n[weighted]\nlisted = 0.5\n', encoding="utf-8")
    main(["policy", "show", "--policy", str(policy)])
    full = tmp_path / "full.toml"
    full.write_text(capsys.readouterr().out, encoding="utf-8")

    reports = []
    for options in ([], ["--policy", str(policy)], ["--policy", str(full)]):
        assert main(["analyze", resume, "-f", "json", DAY, *options]) == ExitCode.DONE
        reports.append(json.loads(capsys.readouterr().out))

    default, own, same = reports
    assert own == same
    assert own["signature"]["policy"] != default["signature"]["policy"]
    assert own["fits"][0]["score"] < default["fits"][0]["score"]
    said = [notice["message"] for notice in own["notices"] if notice["code"] == "policy"]
    assert said == [
        "scored with evidence = weighted, weighted.listed = 0.5: not comparable with other policies"
    ]
    assert ScoringPolicy.load(full) == ScoringPolicy.load(policy)


def test_json_of_one_file_is_a_document(resume: str, capsys: Captured) -> None:
    """The same bytes every time."""
    main(["analyze", resume, "-f", "json", DAY])
    first = capsys.readouterr().out
    main(["analyze", resume, "-f", "json", DAY])

    assert capsys.readouterr().out == first
    assert json.loads(first)["document"]["source"] == resume


def test_json_of_several_files_is_a_list_in_their_order(
    resume: str, tmp_path: Path, capsys: Captured
) -> None:
    """Each report names its file."""
    other = tmp_path / "a.txt"
    other.write_text("Skills: R", encoding="utf-8")

    main(["analyze", resume, str(other), "-f", "json", DAY])

    told = json.loads(capsys.readouterr().out)
    assert [report["document"]["source"] for report in told] == [resume, str(other)]


@pytest.mark.usefixtures("stdin")
@pytest.mark.parametrize("command", ["analyze", "parse"])
def test_a_dash_reads_standard_input(command: str, capsys: Captured) -> None:
    """A resume may come out of a pipe."""
    assert main([command, "-", DAY]) == ExitCode.DONE
    assert capsys.readouterr().out.startswith("-\n")


def test_an_output_file_holds_what_stdout_would(
    resume: str, tmp_path: Path, capsys: Captured
) -> None:
    """And stdout stays empty."""
    main(["analyze", resume, DAY])
    told = capsys.readouterr().out
    path = tmp_path / "report.txt"

    code = main(["analyze", resume, DAY, "-o", str(path)])

    assert code == ExitCode.DONE
    assert path.read_text(encoding="utf-8") == told
    assert capsys.readouterr() == ("", "")


def test_a_dash_as_output_is_stdout(resume: str, capsys: Captured) -> None:
    """A script may always pass -o."""
    main(["analyze", resume, DAY, "-f", "json", "-o", "-"])

    assert json.loads(capsys.readouterr().out)["fits"]


def test_an_output_that_cannot_be_written_is_told(
    resume: str, tmp_path: Path, capsys: Captured
) -> None:
    """Another name helps."""
    code = main(["analyze", resume, "-o", str(tmp_path / "no" / "report.txt")])

    assert code == ExitCode.USAGE
    assert "cannot be written" in _error(capsys)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_and_devices_stay(resume: str, capsys: Captured) -> None:
    """What is no ordinary file is not removed."""
    code = main(["analyze", resume, "-o", "/dev/full"])

    assert code == ExitCode.USAGE
    assert "No space left" in _error(capsys)
    assert Path("/dev/full").exists()


def test_one_bad_file_costs_the_others_nothing(
    resume: str, tmp_path: Path, capsys: Captured
) -> None:
    """It is told on stderr; the rest is reported, as a list because several were asked for."""
    missing = str(tmp_path / "missing.pdf")

    code = main(["analyze", missing, resume, "-f", "json", DAY])

    out, err = capsys.readouterr()
    assert code == ExitCode.DONE
    assert [report["document"]["source"] for report in json.loads(out)] == [resume]
    assert err.startswith(f"skillgap: {missing}: ")


@pytest.mark.parametrize("option", ["--blind", "--blind-employers", "--blind-schools"])
def test_a_blind_report_names_no_file(option: str, resume: str, capsys: Captured) -> None:
    """Each of the options masks; a code stands for the file."""
    assert main(["analyze", resume, option, DAY]) == ExitCode.DONE

    out, _ = capsys.readouterr()
    assert out.startswith("C-")
    assert "resume.txt" not in out
    assert "blind: name, contact block" in out


def test_strict_makes_a_bad_file_count(resume: str, tmp_path: Path, capsys: Captured) -> None:
    """A script that needs all of them can ask."""
    missing = str(tmp_path / "missing.pdf")

    assert main(["analyze", missing, resume, "--strict"]) == ExitCode.FAULTS
    assert capsys.readouterr().out
    assert main(["analyze", resume, "--strict"]) == ExitCode.DONE


@pytest.mark.parametrize(
    ("role", "expected"),
    [("mle", ["mle"]), ("ds", ["ds"]), ("both", ["mle", "ds"])],
)
def test_the_role_asked_for_is_scored(
    role: str, expected: list[str], resume: str, capsys: Captured
) -> None:
    """One or both."""
    main(["analyze", resume, "--role", role, "-f", "json", DAY])

    assert [fit["role"] for fit in json.loads(capsys.readouterr().out)["fits"]] == expected


def test_evidence_is_shown_when_asked_for(resume: str, capsys: Captured) -> None:
    """The first screen stays short without it."""
    main(["analyze", resume, DAY])
    short = capsys.readouterr().out
    main(["analyze", resume, DAY, "--evidence"])
    told = capsys.readouterr().out

    assert told.startswith(short.rstrip("\n"))
    assert "“Tableau” p. 1, skills" in told


def test_what_if_takes_names_with_commas_between(resume: str, capsys: Captured) -> None:
    """Any written form, also given twice."""
    main(["analyze", resume, "-f", "json", DAY, "--with", "k8s, Docker,", "--with", "docker"])

    assert json.loads(capsys.readouterr().out)["what_if"]["skills"] == ["kubernetes", "docker"]


def test_an_unknown_skill_is_told_before_a_file_is_read(capsys: Captured) -> None:
    """The line names what is near."""
    assert main(["analyze", "missing.pdf", "--with", "kuberntes"]) == ExitCode.USAGE
    assert "did you mean kubernetes" in _error(capsys)


def test_the_target_is_planned_for(resume: str, capsys: Captured) -> None:
    """For each role."""
    main(["analyze", resume, "-f", "json", DAY, "--target", "55"])

    plans = json.loads(capsys.readouterr().out)["plans"]
    assert [plan["target"] for plan in plans] == [55, 55]


def test_more_is_shown_when_asked_for(resume: str, capsys: Captured) -> None:
    """The first screen stays as it is; what is asked for follows it."""
    main(["analyze", resume, DAY])
    short = capsys.readouterr().out
    main(["analyze", resume, DAY, "--gaps", "5", "--plan"])
    told = capsys.readouterr().out

    assert told.startswith(short.rstrip("\n"))
    assert "Data Scientist: 5 of " in told
    assert "From DS to MLE" in told


@pytest.mark.parametrize(
    ("name", "options", "start"),
    [
        pytest.param("x.json", [], "{", id="json"),
        pytest.param("X.JSON", [], "{", id="capitals"),
        pytest.param("x.txt", [], "/", id="text"),
        pytest.param("x.out", ["-f", "json"], "{", id="said by -f"),
    ],
)
def test_the_name_of_the_output_decides_the_format(
    name: str, options: list[str], start: str, resume: str, tmp_path: Path
) -> None:
    """An ending that says nothing leaves it to `-f`."""
    path = tmp_path / name

    assert main(["analyze", resume, DAY, "-o", str(path), *options]) == ExitCode.DONE
    assert path.read_text(encoding="utf-8")[0] == start


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["-f", "json", "-o", "r.html"], "says html, -f says json", id="other format"),
        pytest.param(["-f", "text", "-o", "no/r.txt"], "folder does not exist", id="no folder"),
        pytest.param(["-o", "no/r.html"], "folder does not exist", id="no folder for a page"),
    ],
)
def test_a_file_that_would_mislead_or_has_no_place_is_refused(
    arguments: list[str],
    said: str,
    resume: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    """A page that holds JSON is opened by the wrong program; a folder is made by its owner."""
    monkeypatch.chdir(tmp_path)

    assert main(["analyze", resume, *arguments]) == ExitCode.USAGE
    assert said in _error(capsys)


def test_a_name_without_ending_takes_any_format(
    resume: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It promises nothing; JSON Resume goes into .json."""
    monkeypatch.chdir(tmp_path)

    assert main(["analyze", resume, "-f", "json", "-o", "r"]) == ExitCode.DONE
    assert main(["parse", resume, "-f", "jsonresume", "-o", "r.json"]) == ExitCode.DONE
    assert json.loads((tmp_path / "r").read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", ["parse", "extract"])
def test_the_name_decides_the_format_of_all_that_is_told(
    command: str, resume: str, tmp_path: Path, capsys: Captured
) -> None:
    """JSON goes into .json also when it is no report; an ending that says nothing is refused."""
    path = tmp_path / "x.json"

    assert main([command, resume, "-o", str(path)]) == ExitCode.DONE
    json.loads(path.read_text(encoding="utf-8"))
    assert main([command, resume, "-o", str(tmp_path / "x.pdf")]) == ExitCode.USAGE
    assert "end the name in .txt or .json" in capsys.readouterr().err


def test_sources_are_named(capsys: Captured) -> None:
    """What D2 in [D2:50] is."""
    assert main(["taxonomy", "sources"]) == ExitCode.DONE
    assert "D2  Data Scientist vs Machine Learning Engineer 2026" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["kubernetes", "Kubernetes", "k8s"])
def test_a_skill_is_shown_by_any_name(name: str, capsys: Captured) -> None:
    """Nobody has to know ids."""
    assert main(["taxonomy", "show", name]) == ExitCode.DONE
    assert capsys.readouterr().out.startswith("Kubernetes (kubernetes), area ")


@pytest.mark.parametrize(
    ("arguments", "key"),
    [(["show", "mle"], "requirements"), (["diff", "mle", "Data Scientist"], "shared")],
)
def test_roles_are_shown(arguments: list[str], key: str, capsys: Captured) -> None:
    """As text, and as JSON for programs."""
    assert main(["roles", *arguments]) == ExitCode.DONE
    assert capsys.readouterr().out.startswith("Machine Learning Engineer")
    assert main(["roles", *arguments, "-f", "json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)[key]


def test_an_unknown_role_is_told(capsys: Captured) -> None:
    """With those there are."""
    assert main(["roles", "diff", "mle", "cook"]) == ExitCode.USAGE
    assert "there is no role 'cook'; there are " in _error(capsys)


def test_another_taxonomy_is_used(resume: str, tmp_path: Path, capsys: Captured) -> None:
    """A compiled file and a folder of TOML are the same to the command."""
    compiled = tmp_path / "mine.json"
    compiled.write_text(dump(compile_folder(data_folder())), encoding="utf-8")
    told = []

    for path in (compiled, data_folder()):
        assert main(["analyze", resume, DAY, "-f", "json", "--taxonomy", str(path)]) == 0
        told.append(capsys.readouterr().out)

    assert told[0] == told[1]


def test_a_role_of_ones_own_is_scored(resume: str, tmp_path: Path, capsys: Captured) -> None:
    """A file in roles/ is all it takes; the lean stays that between the two known ones."""
    taxonomy = tmp_path / "taxonomy"
    shutil.copytree(data_folder(), taxonomy, ignore=shutil.ignore_patterns("*.json"))
    role = (taxonomy / "roles" / "ds.toml").read_text(encoding="utf-8")
    role = role.replace('id = "ds"', 'id = "analyst"', 1)
    (taxonomy / "roles" / "analyst.toml").write_text(role, encoding="utf-8")
    options = ["--taxonomy", str(taxonomy), "--role", "analyst, mle", "-f", "json"]

    assert main(["analyze", resume, DAY, *options]) == ExitCode.DONE
    report = json.loads(capsys.readouterr().out)

    assert [fit["role"] for fit in report["fits"]] == ["analyst", "mle"]
    assert report["lean"]["towards"] == ["mle", "ds"]


# --- colour and pipes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        pytest.param({}, False, id="a pipe"),
        pytest.param({"FORCE_COLOR": "1"}, True, id="FORCE_COLOR"),
        pytest.param({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="NO_COLOR wins"),
    ],
)
def test_colour(
    environment: dict[str, str],
    coloured: bool,
    resume: str,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Colour is for terminals, unless somebody asks."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    main(["analyze", resume, DAY])

    assert ("\x1b[" in capsys.readouterr().out) == coloured


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "skillgap", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_python_m_skillgap_is_the_command_line(resume: str, capsys: Captured) -> None:
    """The same words, and the same exit code, in a process of its own."""
    main(["analyze", resume, DAY])
    told = capsys.readouterr().out

    done = _run("analyze", resume, DAY)

    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, told, b"")
    assert _run("analyze", "missing.pdf").returncode == ExitCode.NOTHING_READ


def test_pipes_get_utf8_in_every_locale(resume: str) -> None:
    """Bars and names reach the next program whatever the locale can write."""
    done = _run("analyze", resume, DAY, PYTHONIOENCODING="ascii")

    assert done.returncode == ExitCode.DONE
    assert "█" in done.stdout.decode()


def test_a_reader_that_goes_away_is_no_error_message() -> None:
    """`skillgap taxonomy list | head -1` ends quietly."""
    with subprocess.Popen(
        [sys.executable, "-m", "skillgap", "taxonomy", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()

        assert process.stderr.read() == b""


# --- parse ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("parse_format", ParseFormat)
def test_parse_tells_what_was_read(
    parse_format: ParseFormat, resume: str, capsys: Captured
) -> None:
    """In every format the job and its employer are there."""
    code = main(["parse", resume, "-f", parse_format, DAY])

    out, err = capsys.readouterr()
    assert code == ExitCode.DONE
    assert "Example Ltd" in out
    assert not err
    if parse_format is not ParseFormat.TEXT:
        json.loads(out)


# --- extract --------------------------------------------------------------------------------------


def test_extract_lists_every_mention(resume: str, capsys: Captured) -> None:
    """The same mentions as in the report's JSON, in the order of the text."""
    assert main(["extract", resume, "-f", "json"]) == ExitCode.DONE
    listed = json.loads(capsys.readouterr().out)["mentions"]
    main(["analyze", resume, "-f", "json", DAY])
    report = json.loads(capsys.readouterr().out)

    reported = {(m["start"], skill["id"]) for skill in report["skills"] for m in skill["mentions"]}
    assert {(m["start"], m["skill"]) for m in listed} == reported
    assert [m["start"] for m in listed] == sorted(m["start"] for m in listed)


def test_extract_says_how_a_name_was_read(tmp_path: Path, capsys: Captured) -> None:
    """A typo with what it was read as, a wish with the words that say so."""
    path = tmp_path / "resume.txt"
    path.write_text("Used Kuberentes daily.\nCurrently learning Docker.\n", encoding="utf-8")
    assert main(["extract", str(path)]) == ExitCode.DONE
    told = capsys.readouterr().out

    assert "typo of Kubernetes" in told
    assert "being learned: Currently learning" in told


# --- batch ----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, resume: str) -> Path:
    """Return a folder of two resumes and an empty file."""
    folder = tmp_path / "resumes"
    folder.mkdir()
    Path(resume).rename(folder / "good.txt")
    (folder / "less.txt").write_text("Skills: R", encoding="utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    return folder


def test_batch_writes_a_ranked_table(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    """The best resume first, the unreadable file last with its reason."""
    table = tmp_path / "scores.csv"

    code = main(["batch", str(folder), "-o", str(table), "--workers", "1", DAY])

    out, err = capsys.readouterr()
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert code == ExitCode.DONE
    assert [(Path(row["source"]).name, row["status"]) for row in rows] == [
        ("good.txt", "ok"),
        ("less.txt", "ok"),
        ("empty.pdf", "empty"),
    ]
    assert "the file is empty" in rows[-1]["reason"]
    assert err.splitlines()[-1] == f"2 of 3 files scored, written to {table}"
    assert not out


def test_batch_scores_by_the_policy(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    """As analyze does with the same file."""
    policy, table = tmp_path / "own.toml", tmp_path / "scores.jsonl"
    policy.write_text('evidence = "weighted"\n', encoding="utf-8")
    options = ["--policy", str(policy), DAY]

    main(["batch", str(folder), "-o", str(table), "--workers", "1", *options])
    main(["analyze", str(folder / "good.txt"), "-f", "json", *options])

    report = json.loads(capsys.readouterr().out)
    row = json.loads(table.read_text(encoding="utf-8").splitlines()[0])
    assert "policy" in str(row["notices"])
    scores = [row[f"{fit['role']}_score"] for fit in report["fits"]]
    assert scores == [fit["score"] for fit in report["fits"]]


def test_batch_passes_over_its_own_table(folder: Path) -> None:
    """The table of an earlier run in the same folder is no resume."""
    table = folder / "scores.jsonl"
    command = ["batch", str(folder), "-o", str(table), "--workers", "1", DAY]
    main(command)
    first = table.read_bytes()

    main(command)

    assert table.read_bytes() == first


@pytest.mark.parametrize(
    ("names", "options", "expected"),
    [
        pytest.param(["good.txt", "empty.pdf"], [], ExitCode.DONE, id="one bad"),
        pytest.param(
            ["good.txt", "empty.pdf"], ["--strict"], ExitCode.FAULTS, id="one bad, strict"
        ),
        pytest.param(["empty.pdf"], [], ExitCode.NOTHING_READ, id="nothing read"),
    ],
)
def test_batch_exit_codes(
    names: list[str], options: list[str], expected: int, folder: Path, tmp_path: Path
) -> None:
    """The table is written in each case: a reason is a result."""
    table = tmp_path / "scores.csv"
    paths = [str(folder / name) for name in names]

    code = main(["batch", *paths, "-o", str(table), "--workers", "1", *options])

    assert code == expected
    assert len(table.read_text(encoding="utf-8").splitlines()) == 1 + len(names)


def test_batch_of_an_empty_folder_is_wrong_usage(tmp_path: Path, capsys: Captured) -> None:
    """Most likely another folder was meant."""
    (tmp_path / "none").mkdir()

    assert main(["batch", str(tmp_path / "none"), "-o", str(tmp_path / "x.csv")]) == ExitCode.USAGE
    assert "no file in it" in _error(capsys)


# --- taxonomy -------------------------------------------------------------------------------------


def test_list_has_a_line_for_each_skill(capsys: Captured) -> None:
    """Columns are parted by tabs, for `cut` and spreadsheets."""
    assert main(["taxonomy", "list"]) == ExitCode.DONE

    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == [skill.id for skill in load_taxonomy().skills]
    assert {len(line) for line in lines} == {4}


def test_list_can_be_confined_to_an_area(capsys: Captured) -> None:
    """Only the skills of the area."""
    main(["taxonomy", "list", "--area", "languages"])

    lines = capsys.readouterr().out.splitlines()
    assert {line.split("\t")[2] for line in lines} == {"languages"}


@pytest.mark.parametrize("report_format", ListingFormat)
def test_show_tells_one_skill(report_format: ListingFormat, capsys: Captured) -> None:
    """For people and for programs."""
    assert main(["taxonomy", "show", "python", "-f", report_format]) == ExitCode.DONE
    assert "Python" in capsys.readouterr().out


def test_check_counts_what_it_has_checked(capsys: Captured) -> None:
    """Silence could also mean that nothing was looked at."""
    assert main(["taxonomy", "check"]) == ExitCode.DONE
    assert capsys.readouterr().out.startswith(f"{len(load_taxonomy().skills)} skills with ")


def test_faults_are_listed_with_exit_code_1(tmp_path: Path, capsys: Captured) -> None:
    """All of them, a line each."""
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "mine.toml").write_text("[go]\n[rust]\n", encoding="utf-8")

    code = main(["taxonomy", "check", "--taxonomy", str(tmp_path)])

    assert code == ExitCode.FAULTS
    assert capsys.readouterr().err.splitlines() == [
        "skillgap: 2 faults in the taxonomy:",
        "  skills/mine.toml: go: prefLabel is missing",
        "  skills/mine.toml: rust: prefLabel is missing",
    ]


@pytest.mark.parametrize("command", ["analyze", "parse"])
def test_a_resume_is_not_written_over(command, tmp_path, capsys):
    """Naming the resume as the output is wrong usage, and the resume stays as it is."""
    resume = tmp_path / "resume.txt"
    resume.write_text("Skills: Python, SQL")

    assert main([command, str(resume), "-o", str(resume)]) == 2

    assert resume.read_text() == "Skills: Python, SQL"
    assert "resume itself" in capsys.readouterr().err
