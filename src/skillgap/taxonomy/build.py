"""From the data and the cited articles to one verified file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from skillgap.errors import TaxonomyFaultsError
from skillgap.taxonomy.check import find_faults
from skillgap.taxonomy.load import compile_folder, data_folder, dump
from skillgap.taxonomy.verify import verify


@dataclass(frozen=True, slots=True)
class Built:
    """A compiled taxonomy: the text of the file, and a line that says what is in it."""

    text: str
    summary: str


def build(folder: Path | None, sources: Path) -> Built:
    """Compile the data, with every rule checked and every citation held against its article.

    Args:
        folder: A folder of TOML; the bundled data when None.
        sources: The folder of the cited articles.

    Raises:
        TaxonomyFaultsError: The data have faults; all are listed.
        VerificationError: Citations that the articles do not bear out; all are listed.
    """
    taxonomy = compile_folder(folder if folder is not None else data_folder())
    faults = find_faults(taxonomy)
    if faults:
        raise TaxonomyFaultsError(faults)
    claims = verify(taxonomy, sources)
    requirements = ", ".join(
        f"{len(role.requirements)} requirements of {role.abbreviation}" for role in taxonomy.roles
    )
    summary = (
        f"{len(taxonomy.skills)} skills, {requirements}, {claims} cited facts verified; "
        f"data {taxonomy.sha256}"
    )
    return Built(text=dump(taxonomy), summary=summary)
