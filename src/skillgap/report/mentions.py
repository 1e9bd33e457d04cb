"""What was found in a resume, mention by mention: for those who check or use the extractor."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from skillgap.extract.model import Mention, Method, Stance
from skillgap.report.build import mention_record
from skillgap.report.lines import uncoloured
from skillgap.report.printable import plain
from skillgap.report.telling import stance_words
from skillgap.resume.model import Resume
from skillgap.taxonomy.model import Taxonomy


def mentions_json(resume: Resume, mentions: Sequence[Mention], taxonomy: Taxonomy) -> str:
    """Tell the mentions as JSON: each with its skill, its place and how it was read."""
    content = {
        "source": resume.document.source,
        "sha256": resume.document.sha256,
        "mentions": [
            {
                "skill": mention.skill,
                "label": taxonomy.skill(mention.skill).label,
                **mention_record(mention, resume.document.text).model_dump(mode="json"),
            }
            for mention in mentions
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def mentions_text(mentions: Sequence[Mention], taxonomy: Taxonomy) -> str:
    """Tell the mentions in lines for people, in the order of the text."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    table.add_column("page", justify="right")
    table.add_column("written", overflow="fold", max_width=28)
    table.add_column("skill", overflow="fold", max_width=24)
    table.add_column("read as", overflow="fold")
    for mention in mentions:
        table.add_row(
            str(mention.page),
            Text(plain(mention.text)),
            Text(taxonomy.skill(mention.skill).label),
            Text("; ".join(_remarks(mention))),
        )
    return uncoloured(table if mentions else Text("no skill found"))


def _remarks(mention: Mention) -> Iterator[str]:
    """Say what is not plain: another stance than held, another method than a name."""
    if mention.stance is not Stance.HELD:
        yield f"{stance_words(mention.stance)}: {plain(mention.cue)}"
    elif mention.section is not None:
        yield f"held, {mention.section}"
    else:
        yield "held"
    if mention.method is not Method.PHRASE:
        yield f"{mention.method} of {mention.alias}"
