"""A tiny taxonomy as a maintainer writes it, to be broken one way at a time."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

ARTICLE = """Learn Python, then SQL.
SQL and Python stand side by side.
Know machine learning and deep learning.
One of Python and SQL will do.
Of 100 postings of January 2026, 60% name Python and 40% machine learning.
They ask questions of tables.
Of 100 engineer postings of January 2026, 50% name deep learning.
Nothing more.
The end.
"""
_FILES = {
    "sources.toml": f"""
[D1]
title = "An invented article"
publisher = "example.com"
kind = "article"
file = "article.txt"
sha256 = "{sha256(ARTICLE.encode()).hexdigest()}"
lines = 9
""",
    "skills/languages.toml": """
label = "Languages"

[python]
prefLabel = "Python"
[python.altLabel]
"Python" = "D1:1"

[sql]
prefLabel = "SQL"
related = { python = "D1:2" }
[sql.altLabel]
"SQL" = ["D1:1", "D1:2"]
[sql.hiddenLabel]
"sequel" = "curated"
[sql.rules.sequel]
needs = ["list"]
examples = ["Skills: Python, sequel"]
counterexamples = ["The film had a sequel."]
""",
    "skills/modeling.toml": """
label = "Modeling"

[machine-learning]
prefLabel = "Machine learning"
[machine-learning.altLabel]
"machine learning" = "D1:3"

[deep-learning]
prefLabel = "Deep learning"
broader = { machine-learning = "curated" }
[deep-learning.altLabel]
"deep learning" = "D1:3"
""",
    "implies.toml": """
[deep-learning.machine-learning]
strength = 0.9
cites = "curated"
""",
    "groups.toml": """
[query-language]
label = "Query language"
skills = ["python", "sql"]
cites = "D1:4"
""",
    "cues.toml": """
[negated]
after = ["no", "without"]
""",
    "roles/ds.toml": """
id = "ds"
label = "Data Scientist"
abbreviation = "DS"
postings = { n = 100, as_of = "2026-01", cites = ["D1:5"] }
[frequencies.python]
share = 0.6
cites = "D1:5"
[frequencies.machine-learning]
share = 0.4
cites = "D1:5"
[[facts]]
id = "ds.one"
kind = "task"
text = "Asks questions of tables."
skills = ["sql"]
cites = ["D1:6"]
words = ["questions of tables"]
""",
    "roles/mle.toml": """
id = "mle"
label = "Machine Learning Engineer"
abbreviation = "MLE"
postings = { n = 100, as_of = "2026-01", cites = ["D1:7"] }
[frequencies.deep-learning]
share = 0.5
cites = "D1:7"
""",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder of TOML without a fault."""
    folder = tmp_path / "taxonomy"
    for name, text in _FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return the folder of the article that the data cite."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def append(data: Path) -> Callable[[str, str], None]:
    """Return a function that adds text to a file of the folder."""

    def add(name: str, text: str) -> None:
        with (data / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return add
