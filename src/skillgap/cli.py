"""The command line: parse arguments, call the library, render, choose an exit code.

Heavy modules are imported inside the commands that need them, so that `--help` is instant.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from skillgap.document.options import Engine
from skillgap.errors import DocumentError, SkillgapError, TaxonomyFaultsError, UsageError
from skillgap.report.choice import Detail, ParseFormat, ReportFormat

if TYPE_CHECKING:
    from skillgap.batch.model import BatchRow
    from skillgap.report.model import FitReport
    from skillgap.taxonomy.model import Taxonomy

STDIN = "-"


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    FAULTS = 1  # a check found faults, or documents failed under --strict
    USAGE = 2
    NOTHING_READ = 3
    INTERRUPTED = 130


class RoleChoice(StrEnum):
    """Which roles to score."""

    MLE = "mle"
    DS = "ds"
    BOTH = "both"

    @property
    def roles(self) -> tuple[str, ...]:
        """The ids of the roles."""
        return ("mle", "ds") if self is RoleChoice.BOTH else (self.value,)


app = typer.Typer(
    name="skillgap",
    help="How well a resume fits Machine Learning Engineer and Data Scientist, what is missing, "
    "and why. Offline; the same input gives the same output.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
taxonomy_app = typer.Typer(
    help="Look at the skills and roles, check the data, build a taxonomy.", no_args_is_help=True
)
app.add_typer(taxonomy_app, name="taxonomy")
roles_app = typer.Typer(
    help="Look at a role, or hold two against each other.", no_args_is_help=True
)
app.add_typer(roles_app, name="roles")

Role = Annotated[RoleChoice, typer.Option("--role", help="The role to score.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file, not to the screen.")
]
TaxonomyFile = Annotated[
    Path | None,
    typer.Option("--taxonomy", help="A taxonomy made by `taxonomy build`, or a folder of TOML."),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day that “present” means; today when not given."),
]
PdfEngine = Annotated[Engine, typer.Option("--engine", help="Which library reads PDFs.")]
Password = Annotated[str | None, typer.Option("--password", help="For encrypted PDFs.")]
Sources = Annotated[Path, typer.Option("--sources", help="The folder of the cited articles.")]


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"skillgap {installed('skillgap')}")
        raise typer.Exit


# --- analyze ------------------------------------------------------------------------------------


@app.command()
def analyze(
    files: Annotated[list[str], typer.Argument(help="Resumes; - reads one from standard input.")],
    role: Role = RoleChoice.BOTH,
    report_format: Annotated[
        ReportFormat | None,
        typer.Option("--format", "-f", help="How to tell the report; by default as -o ends."),
    ] = None,
    output: Output = None,
    as_of: AsOf = None,
    assume: Annotated[
        list[str] | None,
        typer.Option("--with", help="What if it showed these too: skills, with commas between."),
    ] = None,
    target: Annotated[
        float | None, typer.Option(min=0, max=100, help="The fit to plan for, e.g. 60.")
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Also show all steps, and the way to the other role.")
    ] = False,
    gaps: Annotated[int, typer.Option(min=0, help="Also show so many gaps of each role.")] = 0,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Also show where each skill was found.")
    ] = False,
    taxonomy: TaxonomyFile = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when any file cannot be read.")
    ] = False,
) -> None:
    """Say how well resumes fit, what is missing first, and why."""
    from skillgap.analyzer import Analyzer
    from skillgap.document.options import ReadOptions

    analyzer = Analyzer(
        taxonomy, roles=role.roles, options=ReadOptions(engine=engine, password=password)
    )
    _keep_apart(files, output)
    day = as_of.date() if as_of is not None else None
    assumed = [name for names in assume or () for name in names.split(",") if name.strip()]
    reports: list[FitReport] = []
    failed = 0
    for file in files:
        source = sys.stdin.buffer if file == STDIN else file
        try:
            reports.append(
                analyzer.analyze(source, name=file, as_of=day, assume=assumed, target=target)
            )
        except DocumentError as error:
            _complain(error)
            failed += 1
    if not reports:
        raise typer.Exit(ExitCode.NOTHING_READ)
    form = report_format or _format_of(output)
    detail = Detail(evidence=evidence, gaps=gaps, plan=plan)
    _tell(reports, form, output, detail=detail, as_list=len(files) > 1)
    if failed and strict:
        raise typer.Exit(ExitCode.FAULTS)


def _format_of(output: Path | None) -> ReportFormat:
    """Return the format that a file's name asks for; text when it asks for none."""
    suffix = output.suffix.lower() if output is not None else ""
    return ReportFormat.JSON if suffix == ".json" else ReportFormat.TEXT


def _tell(
    reports: Sequence[FitReport],
    report_format: ReportFormat,
    output: Path | None,
    *,
    detail: Detail,
    as_list: bool,
) -> None:
    from skillgap.report.formats import render

    if report_format is ReportFormat.TEXT and output is None and _has_colour():
        from rich.console import Console

        from skillgap.report.text import WIDTH, renderable

        console = Console(width=min(Console().width, max(WIDTH, 100)), highlight=False)
        for report in reports:
            console.print(renderable(report, detail=detail))
        return
    _write(render(reports, report_format, detail=detail, as_list=as_list), output)


def _has_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


# --- parse --------------------------------------------------------------------------------------


@app.command()
def parse(
    file: Annotated[str, typer.Argument(help="A resume; - reads standard input.")],
    parse_format: Annotated[
        ParseFormat, typer.Option("--format", "-f", help="How to tell what was read.")
    ] = ParseFormat.TEXT,
    output: Output = None,
    as_of: AsOf = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
) -> None:
    """Show what is read from a file: sections, entries, dates, hidden text."""
    from skillgap.document.options import ReadOptions
    from skillgap.document.reader import read_document
    from skillgap.report.formats import render_parsed
    from skillgap.resume.segment import segment

    _keep_apart([file], output)
    source = sys.stdin.buffer if file == STDIN else file
    options = ReadOptions(engine=engine, password=password)
    document = read_document(source, name=file, options=options)
    day = as_of.date() if as_of is not None else datetime.now(tz=UTC).date()
    _write(render_parsed(segment(document, as_of=day), parse_format), output)


# --- extract ------------------------------------------------------------------------------------


@app.command()
def extract(
    file: Annotated[str, typer.Argument(help="A resume; - reads standard input.")],
    mention_format: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to tell what was found.")
    ] = ReportFormat.TEXT,
    output: Output = None,
    taxonomy: TaxonomyFile = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
) -> None:
    """List every mention of a skill: where it stands, and how it was read."""
    from skillgap.analyzer import Analyzer
    from skillgap.document.options import ReadOptions
    from skillgap.document.reader import read_document
    from skillgap.report.mentions import mentions_json, mentions_text
    from skillgap.resume.segment import segment

    _keep_apart([file], output)
    options = ReadOptions(engine=engine, password=password)
    source = sys.stdin.buffer if file == STDIN else file
    document = read_document(source, name=file, options=options)
    resume = segment(document, as_of=datetime.now(tz=UTC).date())
    extractor = Analyzer(taxonomy).extractor
    mentions = extractor.extract(resume)
    if mention_format is ReportFormat.JSON:
        _write(mentions_json(resume, mentions, extractor.taxonomy), output)
    else:
        _write(mentions_text(mentions, extractor.taxonomy), output)


# --- batch --------------------------------------------------------------------------------------


@app.command()
def batch(
    paths: Annotated[list[Path], typer.Argument(help="Folders of resumes, or single files.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The table: a .csv or a .jsonl file.")
    ],
    role: Role = RoleChoice.BOTH,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; one for each core when not given.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for one file.")] = 30.0,
    as_of: AsOf = None,
    taxonomy: TaxonomyFile = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when any file cannot be read.")
    ] = False,
) -> None:
    """Score a folder of resumes: one ranked row a file, unreadable ones with their reason."""
    from skillgap.batch.model import BatchOptions
    from skillgap.batch.runner import find_files, score_files
    from skillgap.batch.table import ranked, table_format, write_table

    form = table_format(output)
    _check_folder(output)  # before the work, which may take hours
    own = output.resolve()  # the table of an earlier run is no resume
    files = [file for file in find_files(paths) if file.resolve() != own]
    if not files:
        raise UsageError(f"{', '.join(map(str, paths))}: no file in it; name a folder of resumes")
    options = BatchOptions(
        roles=role.roles,
        workers=workers,
        timeout=timeout,
        as_of=as_of.date() if as_of is not None else None,
        taxonomy=taxonomy,
    )
    rows = ranked(_watched(score_files(files, options), len(files)), role.roles)
    with _opened(output) as out:
        write_table(rows, role.roles, form, out)
    read = sum(row.status == "ok" for row in rows)
    typer.echo(f"{read} of {len(rows)} files scored, written to {output}", err=True)
    if not read:
        raise typer.Exit(ExitCode.NOTHING_READ)
    if strict and read < len(rows):
        raise typer.Exit(ExitCode.FAULTS)


# --- roles --------------------------------------------------------------------------------------


@roles_app.command("show")
def roles_show(
    role: Annotated[str, typer.Argument(help="The id or the name of a role.")],
    report_format: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to tell it.")
    ] = ReportFormat.TEXT,
    taxonomy: TaxonomyFile = None,
) -> None:
    """Show what a role asks for and how much it weighs, pay and ladder, with citations."""
    from skillgap.report.roles import role_json, role_text
    from skillgap.taxonomy.lookup import look_up_role

    found = look_up_role(_load(taxonomy), role)
    tell = role_json if report_format is ReportFormat.JSON else role_text
    typer.echo(tell(found), nl=False)


@roles_app.command("diff")
def roles_diff(
    first: Annotated[str, typer.Argument(help="The id or the name of a role.")],
    second: Annotated[str, typer.Argument(help="Another one.")],
    report_format: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to tell it.")
    ] = ReportFormat.TEXT,
    taxonomy: TaxonomyFile = None,
) -> None:
    """Show what two roles share, what one asks for alone, and where they differ most."""
    from skillgap.report.roles import overlap_json, overlap_text
    from skillgap.score.overlap import overlap
    from skillgap.taxonomy.lookup import look_up_role

    loaded = _load(taxonomy)
    found = overlap(look_up_role(loaded, first), look_up_role(loaded, second))
    tell = overlap_json if report_format is ReportFormat.JSON else overlap_text
    typer.echo(tell(found, loaded), nl=False)


# --- taxonomy -----------------------------------------------------------------------------------


@taxonomy_app.command("list")
def taxonomy_list(
    area: Annotated[str | None, typer.Option(help="Only the skills of this area.")] = None,
    taxonomy: TaxonomyFile = None,
) -> None:
    """List the skills: id, name, area and number of written forms."""
    loaded = _load(taxonomy)
    areas = {known.id for known in loaded.areas}
    if area is not None and area not in areas:
        raise UsageError(f"there is no area {area!r}; the areas are {', '.join(sorted(areas))}")
    for skill in loaded.skills:
        if area in (None, skill.area):
            typer.echo(f"{skill.id}\t{skill.label}\t{skill.area}\t{len(skill.aliases)}")


@taxonomy_app.command("show")
def taxonomy_show(
    name: Annotated[
        str, typer.Argument(metavar="SKILL", help="An id, a name, or any way it is written.")
    ],
    report_format: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to tell it.")
    ] = ReportFormat.TEXT,
    taxonomy: TaxonomyFile = None,
) -> None:
    """Show one skill: forms, links, what it implies, what the roles say, and the citations."""
    from skillgap.taxonomy.lookup import look_up
    from skillgap.taxonomy.show import skill_json, skill_text

    loaded = _load(taxonomy)
    tell = skill_json if report_format is ReportFormat.JSON else skill_text
    typer.echo(tell(loaded, look_up(loaded, name)), nl=False)


@taxonomy_app.command("sources")
def taxonomy_sources(taxonomy: TaxonomyFile = None) -> None:
    """Name the cited articles: D2:50 in a report is line 50 of D2."""
    from skillgap.taxonomy.show import sources_text

    typer.echo(sources_text(_load(taxonomy)), nl=False)


@taxonomy_app.command("check")
def taxonomy_check(taxonomy: TaxonomyFile = None) -> None:
    """Find all faults of the data at once, each with its file and key."""
    from skillgap.taxonomy.check import find_faults

    loaded = _load(taxonomy)
    faults = find_faults(loaded)
    if faults:
        raise TaxonomyFaultsError(faults)
    forms = sum(len(skill.aliases) for skill in loaded.skills)
    typer.echo(f"{len(loaded.skills)} skills with {forms} written forms: no fault")


@taxonomy_app.command("verify")
def taxonomy_verify(sources: Sources, taxonomy: TaxonomyFile = None) -> None:
    """Hold every citation against the cited article."""
    from skillgap.taxonomy.verify import verify

    count = verify(_load(taxonomy), sources)
    typer.echo(f"{count} cited facts checked: each stands on its line")


@taxonomy_app.command("build")
def taxonomy_build(sources: Sources, output: Output = None, taxonomy: TaxonomyFile = None) -> None:
    """Build one file of the data: checked, verified against the articles, weights computed."""
    from skillgap.taxonomy.build import build

    built = build(taxonomy, sources)
    _write(built.text, output)
    typer.echo(built.summary, err=True)


def _load(path: Path | None) -> Taxonomy:
    from skillgap.taxonomy.load import load_taxonomy

    return load_taxonomy(path)


# --- input and output ---------------------------------------------------------------------------


def _check_folder(output: Path) -> None:
    if not output.absolute().parent.is_dir():
        raise UsageError(f"{output}: cannot be written (its folder does not exist); make it first")


@contextlib.contextmanager
def _opened(output: Path) -> Iterator[TextIO]:
    """Open a file to write; a half-written one is removed when writing fails."""
    try:
        # Names of files need not be valid Unicode; such a name must not cost the whole table.
        out = output.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        with out:
            yield out
    except BaseException as error:
        if output.is_file():  # /dev/stdout and pipes stay
            output.unlink()
        if isinstance(error, OSError):
            raise _unwritable(output, error) from error
        raise


def _unwritable(output: Path, error: OSError) -> UsageError:
    return UsageError(f"{output}: cannot be written ({error.strerror}); name another")


def _keep_apart(files: Iterable[str], output: Path | None) -> None:
    """Refuse to write over a file that is to be read."""
    if output is None or not output.is_file():
        return
    if any(Path(file).is_file() and output.samefile(file) for file in files):
        raise UsageError(f"{output}: this is the resume itself; name another file for the report")


def _write(text: str, output: Path | None) -> None:
    if output is None or str(output) == STDIN:
        sys.stdout.write(text)
        return
    with _opened(output) as out:
        out.write(text)


def _watched(rows: Iterable[BatchRow], total: int) -> Iterator[BatchRow]:
    """Pass rows on, with a progress bar on a terminal's standard error."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(
        rows,
        description="Scoring",
        total=total,
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )


def _complain(error: SkillgapError) -> None:
    from skillgap.report.rows import plain

    # Faults have a line each. Other messages are one line, whatever names of files hold.
    lines = str(error).split("\n") if isinstance(error, TaxonomyFaultsError) else [str(error)]
    for number, line in enumerate(lines):
        prefix = "skillgap: " if number == 0 else ""
        typer.echo(f"{prefix}{plain(line)}", err=True)


def _use_utf8(stream: TextIO) -> None:
    """Write to pipes what files get, whatever the locale: the same bytes everywhere."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: The arguments after the program's name; those of the process when None.

    Returns:
        The exit code: see `ExitCode`.
    """
    _use_utf8(sys.stdout)
    try:
        typer.main.get_command(app).main(args=argv, prog_name="skillgap")
    except SystemExit as stop:  # how every command ends, also one with wrong usage
        return stop.code if isinstance(stop.code, int) else ExitCode.USAGE
    except KeyboardInterrupt:
        typer.echo("skillgap: stopped", err=True)
        return ExitCode.INTERRUPTED
    except TaxonomyFaultsError as error:
        _complain(error)
        return ExitCode.FAULTS
    except DocumentError as error:
        _complain(error)
        return ExitCode.NOTHING_READ
    except SkillgapError as error:
        _complain(error)
        return ExitCode.USAGE
    return ExitCode.DONE
