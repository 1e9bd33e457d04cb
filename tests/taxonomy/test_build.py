"""From data and articles to one file: only what keeps the rules and stands in print is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from skillgap.cli import ExitCode, main
from skillgap.errors import TaxonomyFaultsError, VerificationError
from skillgap.taxonomy.build import build
from skillgap.taxonomy.load import compile_folder, load_taxonomy

Append = Callable[[str, str], None]
Captured = pytest.CaptureFixture[str]


def test_what_is_built_is_the_taxonomy_of_the_folder(
    data: Path, articles: Path, tmp_path: Path
) -> None:
    """The file holds all of it, weights included, and the summary says how much that is."""
    built = build(data, articles)
    compiled = tmp_path / "mine.json"
    compiled.write_text(built.text, encoding="utf-8")

    taxonomy = load_taxonomy(compiled)

    assert taxonomy == compile_folder(data)
    assert built.summary.startswith("4 skills, 2 requirements of DS, ")
    assert built.summary.endswith(taxonomy.sha256)


def test_faults_of_the_data_are_told_before_any_article_is_read(
    data: Path, tmp_path: Path, append: Append
) -> None:
    """A citation of a fault is not worth looking up."""
    append("skills/languages.toml", "[go]\n")

    with pytest.raises(TaxonomyFaultsError, match="go: prefLabel is missing"):
        build(data, tmp_path / "nothing")


def test_what_no_article_bears_out_is_not_built(data: Path, articles: Path, append: Append) -> None:
    """The line is there, the word is not."""
    append("skills/languages.toml", '[go]\nprefLabel = "Go"\n[go.altLabel]\n"Golang" = "D1:8"\n')

    with pytest.raises(VerificationError, match="Golang"):
        build(data, articles)


# --- on the command line --------------------------------------------------------------------------


def test_build_writes_the_file_and_tells_the_summary(
    data: Path, articles: Path, tmp_path: Path, capsys: Captured
) -> None:
    """Data go to the file, words about them to stderr."""
    output = tmp_path / "mine.json"
    options = ["--sources", str(articles), "--taxonomy", str(data)]

    code = main(["taxonomy", "build", *options, "-o", str(output)])

    out, err = capsys.readouterr()
    assert code == ExitCode.DONE
    assert output.read_text(encoding="utf-8") == build(data, articles).text
    assert err.startswith("4 skills")
    assert not out


def test_build_writes_to_stdout_without_a_file(
    data: Path, articles: Path, capsys: Captured
) -> None:
    """It can be piped."""
    main(["taxonomy", "build", "--sources", str(articles), "--taxonomy", str(data)])

    assert capsys.readouterr().out == build(data, articles).text


def test_verify_counts_what_it_has_looked_up(data: Path, articles: Path, capsys: Captured) -> None:
    """Silence could also mean that nothing was looked at."""
    code = main(["taxonomy", "verify", "--sources", str(articles), "--taxonomy", str(data)])

    assert code == ExitCode.DONE
    assert "cited facts checked" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["verify", "build"])
def test_what_is_not_borne_out_ends_with_exit_code_1(
    command: str, data: Path, tmp_path: Path, capsys: Captured
) -> None:
    """An article that is not there bears nothing out; the message says which."""
    empty = tmp_path / "none"
    empty.mkdir()

    code = main(["taxonomy", command, "--sources", str(empty), "--taxonomy", str(data)])

    out, err = capsys.readouterr()
    assert code == ExitCode.FAULTS
    assert "article.txt" in err
    assert "Traceback" not in err
    assert not out
