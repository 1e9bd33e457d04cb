"""Makes the fictional resumes in the folder above from their content and their looks.

Needs the packages in `requirements.txt`, LibreOffice (`soffice`) and the fonts Carlito, Caladea,
Lato and Open Sans. Run it as `python examples/sources/build.py`.
"""

from __future__ import annotations

import subprocess
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import pikepdf
import typst
import weasyprint
from word import WordLook, to_docx

_SOURCES = Path(__file__).parent
_LOOKS = _SOURCES / "looks"
_OUTPUT = _SOURCES.parent / "resumes"

_TEMPLATE_BY_FILE = {
    "applied-scientist.pdf": "modern.html",
    "applied-scientist.txt": "plain.txt",
    "junior.md": "plain.md",
    "junior.pdf": "graduate.typ",
    "mle-senior.pdf": "classic.typ",
    "mle-sidebar.pdf": "sidebar.html",
}
_WORD_LOOK_BY_NAME = {
    "ds-mid": WordLook(font="Calibri", accent="1F4E79", skills_in_table=True),
    "mle-senior": WordLook(font="Calibri", accent="222222"),
    "restaurant-manager": WordLook(
        font="Cambria", accent="7A4A1E", body_pt=11, paper_fill="F3EADF", contact_in_box=True
    ),
}
_PRINTED_FROM_WORD = ("ds-mid", "restaurant-manager")


def main() -> None:
    """Write every resume in each of its formats."""
    for name, look in _WORD_LOOK_BY_NAME.items():
        (_OUTPUT / f"{name}.docx").write_bytes(to_docx(_content(name), look))
    for name in _PRINTED_FROM_WORD:
        _print_from_word(_OUTPUT / f"{name}.docx")
    for file_name, template in _TEMPLATE_BY_FILE.items():
        _fill(_OUTPUT / file_name, template)
    for pdf in sorted(_OUTPUT.glob("*.pdf")):
        _remove_traces(pdf)


def _content(name: str) -> dict[str, Any]:
    return tomllib.loads((_SOURCES / f"{name}.toml").read_text(encoding="utf-8"))


def _fill(target: Path, template: str) -> None:
    content = _content(target.stem)
    match Path(template).suffix:
        case ".typ":
            inputs = {"content": f"/{target.stem}.toml"}
            typst.compile(_LOOKS / template, target, root=_SOURCES, sys_inputs=inputs)
        case ".html":
            weasyprint.HTML(string=_filled(template, content)).write_pdf(target)
        case _:
            target.write_text(_filled(template, content), encoding="utf-8", newline="\n")


def _filled(template: str, content: Mapping[str, Any]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_LOOKS),
        autoescape=jinja2.select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(content)


def _print_from_word(document: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(document.parent),
            str(document),
        ]
        subprocess.run(command, check=True, capture_output=True)


def _remove_traces(path: Path) -> None:
    """Drop dates, programs and identifiers, so that two builds give the same bytes."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.docinfo
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        for key in ("/ID", "/DocChecksum"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        pdf.save(
            path,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )


if __name__ == "__main__":
    main()
