"""Reading the table of categories, and finding each line's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillgap.batch.groups import Groups, parse_groups, read_groups
from skillgap.batch.model import BatchRow
from skillgap.errors import UsageError
from tests.batch.rows import scored, unscored

ANN, BEN = scored("in/a/ann.pdf", 40), scored("in/b/ben.pdf", 30)


def groups(*lines: str, head: str = "file,sex") -> Groups:
    """Read a table from its lines."""
    return parse_groups("\n".join([head, *lines, ""]), "groups.csv")


def place(table: Groups, *rows: BatchRow) -> dict[str, tuple[str, ...]]:
    """Return the categories by the file's source."""
    placed = table.place(rows).categories
    return {row.source: placed[row.sha256] for row in rows if row.sha256 in placed}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("in/a/ann.pdf", id="path"),
        pytest.param("./in/a/ann.pdf", id="path from here"),
        pytest.param("a/ann.pdf", id="end of a path"),
        pytest.param(r"a\ann.pdf", id="Windows"),
        pytest.param("ann.pdf", id="name"),
        pytest.param(ANN.sha256, id="sha256"),
        pytest.param(ANN.sha256.upper(), id="SHA256"),
    ],
)
def test_a_line_finds_its_file(name: str) -> None:
    """By content, by path, or by as much of the path as tells files apart."""
    assert place(groups(f"{name},female"), ANN, BEN) == {ANN.source: ("female",)}


def test_a_name_that_fits_several_files_is_refused() -> None:
    """Which of them is meant is not for a program to guess."""
    other = scored("in/b/ann.pdf", 10)

    with pytest.raises(UsageError, match=r"line 2: ann\.pdf fits 2 files; give paths"):
        groups("ann.pdf,female").place([ANN, other])


def test_a_whole_path_wins_over_the_end_of_another() -> None:
    """`ann.pdf` is the file of that path, though another folder has one of that name."""
    top = scored("ann.pdf", 10)

    assert place(groups("ann.pdf,female"), ANN, top) == {"ann.pdf": ("female",)}


def test_copies_are_one_applicant() -> None:
    """A name that fits two files of the same content names one."""
    copy = scored("in/b/ann.pdf", 40, content="in/a/ann.pdf")

    placed = groups("ann.pdf,female").place([ANN, copy])

    assert placed.categories == {ANN.sha256: ("female",)}


def test_lines_that_contradict_each_other_are_refused() -> None:
    """Both numbers are named; saying the same twice is no fault."""
    assert place(groups("ann.pdf,female", "a/ann.pdf,Female"), ANN) == {ANN.source: ("female",)}
    with pytest.raises(UsageError, match="line 3: other categories than line 2"):
        groups("ann.pdf,female", "a/ann.pdf,male").place([ANN])


def test_names_that_the_run_does_not_have_are_told() -> None:
    """They may be a misspelling, or a file that came later."""
    placed = groups("ann.pdf,female", "zoe.pdf,female").place([ANN, BEN])

    assert placed.not_in_run == ("zoe.pdf",)


def test_a_file_without_a_hash_is_found_by_its_path() -> None:
    """A file that could not even be opened still belongs to somebody."""
    lost = BatchRow(source="in/lost.pdf", status="error")

    assert groups("lost.pdf,male").place([lost, ANN]).categories == {"in/lost.pdf": ("male",)}


def test_values_that_say_nothing_are_unknown() -> None:
    """Empty cells and the usual words for them are one thing."""
    table = groups("a.pdf,", "b.pdf,Unknown", "c.pdf,n/a", "d.pdf,Prefer not to say")

    assert {line.categories for line in table.lines} == {("",)}


def test_spelling_by_case_and_spaces_is_one_category() -> None:
    """The first spelling is kept."""
    table = groups("a.pdf,Non  binary", "b.pdf,non binary", "c.pdf, NON BINARY ")

    assert {line.categories for line in table.lines} == {("Non binary",)}


def test_columns_come_in_any_order_and_with_semicolons() -> None:
    """What spreadsheets write is read."""
    table = groups("female;ann.pdf;40-49", head="\ufeffSex;File;Age".removeprefix("\ufeff"))

    assert table.columns == ("Sex", "Age")
    assert place(table, ANN) == {ANN.source: ("female", "40-49")}


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    """Excel writes one before the first column."""
    path = tmp_path / "groups.csv"
    path.write_text("\ufefffile,sex\nann.pdf,female\n", encoding="utf-8")

    assert read_groups(path).columns == ("sex",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "must name the columns", id="empty"),
        pytest.param("name,sex\na,b\n", "must name the columns", id="no file"),
        pytest.param("file,sex,Sex\na,b,c\n", "each once", id="twice"),
        pytest.param("file\na.pdf\n", "no column of categories", id="no category"),
        pytest.param("file,sex\na.pdf\n", "line 2: 1 cells where the first line has 2", id="short"),
        pytest.param("file,sex\n,male\n", "line 2: no file", id="no name"),
        pytest.param('file,sex\n"a.pdf,male\n', "is no CSV", id="open quote"),
        pytest.param(
            "file,name\n" + "".join(f"{n}.pdf,Person {n}\n" for n in range(51)),
            "column name has 51 different values",
            id="names",
        ),
    ],
)
def test_what_is_no_table_of_groups_is_refused(text: str, said: str) -> None:
    """In one line: which file, where, what."""
    with pytest.raises(UsageError, match=said) as raised:
        parse_groups(text, "groups.csv")

    assert str(raised.value).startswith("groups.csv")
    assert "\n" not in str(raised.value)


def test_many_faults_are_counted() -> None:
    """Three in words, the rest as a number."""
    with pytest.raises(UsageError, match=r"line 2.*line 3.*line 4.*and 6 more"):
        groups(*["a.pdf"] * 9)


@pytest.mark.parametrize(
    ("content", "said"),
    [pytest.param(b"file,sex\n\xff\xfe", "UTF-8", id="bytes"), (None, "cannot be read")],
)
def test_a_file_that_cannot_be_read_is_refused(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    """With what to do."""
    path = tmp_path / "groups.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UsageError, match=said):
        read_groups(path)


def test_unscored_files_have_categories_too() -> None:
    """They are reported apart, by category."""
    locked = unscored("in/locked.pdf")

    assert place(groups("locked.pdf,male"), locked) == {"in/locked.pdf": ("male",)}
