"""The report as a page: whole, harmless whatever a resume holds, each number with its source."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.analyzer import Analyzer
from skillgap.cli import main
from skillgap.cli.options import ExitCode
from skillgap.document.glyphs import Raster
from skillgap.document.model import HiddenText
from skillgap.document.reader import read_document
from skillgap.errors import UsageError
from skillgap.report.choice import BlindOptions, ReportFormat
from skillgap.report.formats import render, render_json
from skillgap.report.html import render_html
from skillgap.report.model import FitReport
from skillgap.report.original import Original, to_png, with_pictures
from tests.report.pages import Page

RESUME = """Experience
Data Scientist, Example Ltd
Jan 2020 - Dec 2021
- Ran A/B tests in Python and SQL
- Built reports with no TensorFlow
- Currently learning Kubernetes

Skills
Python, SQL, pandas, scikit-learn, Tableau
"""
# Everything a page may hold. A style or a script in an attribute, or an address that is neither a
# place on the page nor a picture in it, is refused whatever it says.
_TAGS = """
html head meta title style body a header main footer nav section article div span p b strong
h1 h2 h3 h4 ul ol li dl dt dd table caption thead tbody tfoot tr th td details summary q mark
figure figcaption img code svg rect path circle text
"""
_ATTRIBUTES = """
lang charset http-equiv content name class href id tabindex role scope colspan title alt width
height src focusable viewbox preserveaspectratio x y d cx cy r rx text-anchor
"""
TAGS = frozenset(_TAGS.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
BREAKOUTS = [
    pytest.param("<script>alert(1)</script> Python", id="script"),
    pytest.param("</style><script>alert(1)</script> Python", id="end of the style"),
    pytest.param('Python" onmouseover="alert(1)" x=\'', id="attribute"),
    pytest.param("Python' autofocus onfocus='alert(1)", id="single quotes"),
    pytest.param("<a href='javascript:alert(1)'>Python</a>", id="javascript link"),
    pytest.param("<img src=x onerror=alert(1)> SQL", id="image"),
    pytest.param("<svg/onload=alert(1)> SQL", id="drawing"),
    pytest.param("<style>*{display:none}</style> SQL", id="style"),
    pytest.param("Python { background:url(//example.com/x) } --> <!-- SQL", id="style and comment"),
    pytest.param("{{7*7}} {% include 'report.html' %} {{ report }} Python", id="template"),
    pytest.param("&lt;script&gt; &#60;script&#62; &amp;amp; Python", id="entities"),
    pytest.param("]]><script>alert(1)</script><![CDATA[ SQL", id="cdata"),
    pytest.param("Python\u202e SQL\u2066 \u200f pandas", id="bidi"),
    pytest.param("Python\x1b[31m SQL\x0c\ufeff pandas\x85", id="control"),
    pytest.param("<base href=//example.com><meta http-equiv=refresh content=0> SQL", id="head"),
]


@pytest.fixture(scope="session")
def page_of(analyzer: Analyzer, as_of: date) -> Callable[..., str]:
    """Return a function from a text to its page, with the text on it."""

    def page(text: str, name: str = "resume.txt") -> str:
        return analyzer.analyze_html(text.encode(), name=name, as_of=as_of)

    return page


@pytest.fixture(scope="session")
def pictured(analyzer: Analyzer, resumes: Path, as_of: date) -> str:
    """Return the page of a resume of two pages."""
    file = resumes / "mle-senior.pdf"
    return analyzer.analyze_html(file, name=file.name, as_of=as_of)


def _check(html: str) -> Page:
    """Take a page apart, and refuse what could do anything."""
    page = Page(html)
    assert page.declarations == ["doctype html"]
    assert not page.comments
    for element in page.elements:
        names = {name for name in element.attributes if not name.startswith("aria-")}
        assert element.tag in TAGS
        assert names <= ATTRIBUTES, element
        assert re.match(r"#\S+$", element.attributes.get("href", "#x")), element
        source = element.attributes.get("src", "data:image/png;base64,AA==")
        assert re.fullmatch(r"data:image/png;base64,[A-Za-z0-9+/=]+", source)
        assert element.attributes.get("http-equiv", "").lower() in {"", "content-security-policy"}
    assert len(list(page.all("style"))) == 1
    return page


# --- whole ----------------------------------------------------------------------------------------


def test_the_page_of_an_example(
    resumes: Path, as_of: date, golden: Callable[[str, str], None]
) -> None:
    """Word for word, but for versions and hashes, and the style sheet; one role is enough."""
    document = read_document(resumes / "junior.md", name="junior.md")
    report = Analyzer(roles=["ds"]).analyze_document(document, as_of=as_of)

    html = render_html(report, Original(document))

    for secret in (*report.signature.engines.values(), report.signature.taxonomy):
        html = html.replace(secret, "#")
    html = html.replace(report.signature.policy, "#")
    html = html.replace(f"skillgap {report.signature.skillgap},", "skillgap #,")
    html = re.sub(r"(?s)<style>.*</style>", "<style></style>", html)
    html = re.sub(r"sha256-[^']+'", "sha256-#'", html)
    golden("junior.md.html", html)


@pytest.mark.parametrize("file", ["mle-senior.pdf", "ds-mid.docx", "junior.md", "mle-sidebar.pdf"])
def test_every_link_leads_somewhere(
    file: str, analyzer: Analyzer, resumes: Path, as_of: date
) -> None:
    """Each id is there once, and each link, label and back link has its place."""
    page = _check(analyzer.analyze_html(resumes / file, name=file, as_of=as_of))
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    links = {a.attributes["href"][1:] for a in page.all("a")}
    labels = {
        name for e in page.elements for name in e.attributes.get("aria-labelledby", "").split()
    }

    assert len(ids) == len(set(ids))
    assert links | labels <= set(ids)


def test_headings_are_in_order(pictured: str) -> None:
    """One first, and no level is left out on the way down."""
    levels = [int(e.tag[1]) for e in Page(pictured).elements if re.fullmatch("h[1-6]", e.tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_same_file_gives_the_same_bytes(pictured: str, resumes: Path, as_of: date) -> None:
    """Pictures included, and also from another analyzer."""
    file = resumes / "mle-senior.pdf"

    assert Analyzer().analyze_html(file, name=file.name, as_of=as_of) == pictured


def test_the_policy_allows_the_style_and_nothing_else(pictured: str) -> None:
    """The style sheet is known by its hash: no other style, script or address works."""
    page = _check(pictured)
    style = next(page.all("style")).text
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    policy = next(e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes)

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashed}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style


# --- harmless -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", BREAKOUTS)
def test_nothing_in_a_resume_is_markup(page_of: Callable[..., str], text: str) -> None:
    """Whatever it says stands on the page as text, in quotes, in the text view and in the name."""
    page = _check(page_of(f"Skills\n{text}\nlearning {text}\n", name=f"{text[:40]}.txt"))

    body = page.words
    assert "alert(1)" in body or "alert(1)" not in text
    assert "{{7*7}}" in body or "{{7*7}}" not in text
    assert not re.search("[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", body)


def test_what_the_text_says_is_what_is_shown(page_of: Callable[..., str]) -> None:
    """Escaping neither loses nor doubles anything."""
    shown = "Python & SQL <b>bold</b> \"quoted\" 'single' 1 < 2 &amp; &lt;"

    assert shown in Page(page_of(f"Skills\n{shown}\n")).by_id("resume").words


@pytest.fixture(scope="session")
def report(analyze: Callable[..., FitReport]) -> FitReport:
    """Return a report on a short resume."""
    return analyze(RESUME)


@settings(deadline=None, max_examples=40)
@given(text=st.text(max_size=200))
def test_any_text_makes_a_harmless_page(report: FitReport, text: str) -> None:
    """Any characters, in everything that a report quotes of a resume."""
    mention = report.skills[0].mentions[0]
    quoted = {"text": text, "quote": text, "quote_start": 0, "quote_end": 3, "cue": text}
    skill = report.skills[0].model_copy(
        update={"mentions": (mention.model_copy(update=quoted),), "label": text}
    )
    document = report.document.model_copy(update={"source": text, "engine": text})

    _check(
        render_html(
            report.model_copy(update={"skills": (skill, *report.skills[1:]), "document": document})
        )
    )


def test_a_word_without_end_is_bounded(page_of: Callable[..., str]) -> None:
    """A line of a hundred thousand letters, and a skill named ten thousand times."""
    page = page_of("Skills\n" + "Python" + "x" * 100_000 + "\n" + "Python, " * 10_000)

    assert len(page) < 1_500_000
    assert "more" in _check(page).words


# --- what it says ---------------------------------------------------------------------------------


def test_the_first_screen_is_the_one_of_the_terminal(
    analyze: Callable[..., FitReport],
) -> None:
    """Scores, how sure they are, the lean, and three things to do first with their reason."""
    report = analyze(RESUME)

    told = Page(render_html(report)).by_id("fit").words

    for fit in report.fits:
        assert f"{fit.label} ({fit.role.upper()}) {fit.score:.0f} points" in told
        assert f"90% likely between {fit.interval[0]:.0f} and {fit.interval[1]:.0f}" in told
        assert fit.meaning in told
    for plan in report.plans:
        for step in plan.steps[:3]:
            assert f"+{step.gain:.1f}" in told
            assert step.label in told
            assert f"{step.citations[0].source}:{step.citations[0].line}" in told
    for notice in report.notices:
        assert notice.message in told


def test_contributions_add_up(analyze: Callable[..., FitReport]) -> None:
    """The points on the page add up to the score, up to their rounding; so do the areas."""
    report = analyze(RESUME)
    page = Page(render_html(report))

    for fit in report.fits:
        rows = [
            row.children[1].words
            for row in page.all("tr")
            if row.attributes.get("id", "").startswith(f"sum-{fit.role}--")
        ]
        assert sum(map(float, rows)) == pytest.approx(fit.score, abs=0.005 * len(rows) + 0.001)
        assert sum(area.points for area in fit.areas) == pytest.approx(fit.score)
        assert sum(area.possible for area in fit.areas) == pytest.approx(100)


def test_every_mention_is_quoted_and_marked(page_of: Callable[..., str]) -> None:
    """Each leads to its mark in the text, and the mark back to it."""
    page = Page(page_of(RESUME))
    mention = next(e for e in page.all("li") if "Ran A/B tests in Python" in e.words)

    link = next(e for e in mention.children[-1].children if e.tag == "a")
    mark = page.by_id(link.attributes["href"][1:])

    assert mark.words in mention.words
    assert page.by_id(mark.attributes["href"][1:]).tag == "li"


def test_what_does_not_count_says_why(page_of: Callable[..., str]) -> None:
    """Negated and aspired skills stand apart, with the words that make them so."""
    told = Page(page_of(RESUME)).by_id("skill-tensorflow").words

    assert "not counted: said not to have" in told
    assert "(“with no”)" in told


def test_a_gap_says_what_is_there_and_what_it_would_bring(
    analyze: Callable[..., FitReport],
) -> None:
    """Now, nearest, weight with source, pay as an association, and the rung of the ladder."""
    report = analyze(RESUME)
    page = Page(render_html(report))

    for fit in report.fits:
        for gap in fit.gaps:
            told = page.by_id(f"gap-{fit.role}-{gap.requirement}").words
            assert f"{gap.lift:.2f} points" in told
            assert all(f"{cited.source}:{cited.line}" in told for cited in gap.citations)
            if gap.salary is not None:
                assert "associated with a median of" in told
                assert f"{gap.salary.n} postings" in told
            if gap.ladder_title is not None:
                assert gap.ladder_title in told
            if gap.nearest is not None:
                assert report.labels[gap.nearest] in told


def test_what_the_sources_say_beyond_skills_is_told(analyze: Callable[..., FitReport]) -> None:
    """Ladder, pay, market, education and choice, each figure with the line it stands on."""
    report = analyze(RESUME)
    assert report.beyond is not None

    told = Page(render_html(report)).by_id("beyond").words

    for ladder in report.beyond.ladders:
        assert all(rung.title in told for rung in ladder.rungs)
    for pay in report.beyond.pay:
        assert f"${pay.usd:,}" in told
        assert f"{pay.citations[0].source}:{pay.citations[0].line}" in told
    for said in (*report.beyond.market, *report.beyond.education, *report.beyond.choices):
        assert said.text in told


def test_hidden_text_stands_apart(analyzer: Analyzer, as_of: date) -> None:
    """In a part of its own, with the reason, as text; it is not in the text of the resume."""
    document = read_document(RESUME.encode(), name="resume.txt")
    report = analyzer.analyze_document(document, as_of=as_of)
    hidden = HiddenText("<b>kubernetes expert</b>", "colour", page=1)

    page = _check(render_html(report, Original(replace(document, hidden=(hidden,)))))

    told = page.by_id("hidden").words
    assert "in the colour of what is behind it <b>kubernetes expert</b>" in told
    assert "expert" not in page.by_id("resume").words


def test_what_is_assumed_is_said(analyzer: Analyzer, as_of: date) -> None:
    """Nobody takes a what-if for the resume."""
    page = analyzer.analyze_html(RESUME.encode(), name="r.txt", as_of=as_of, assume=["docker"])

    assert "What if it also showed Docker" in Page(page).words
    assert "without what is assumed" in Page(page).by_id("fit").words


# --- the resume itself ----------------------------------------------------------------------------


def test_a_pdf_is_shown_as_it_looks(pictured: str) -> None:
    """Each page is a picture with its marks on it, and the text is there for who cannot see it."""
    page = _check(pictured)
    pictures = list(page.all("img"))
    marks = [e for e in page.all("a") if e.attributes.get("id", "").startswith("p-")]

    assert [p.attributes["alt"][:6] for p in pictures] == ["Page 1", "Page 2"]
    assert len(marks) > 50
    assert all(any(child.tag == "rect" for child in mark.children) for mark in marks)
    assert "The text as it was read" in page.by_id("resume").words


def test_marks_stand_on_the_page(pictured: str) -> None:
    """No box lies off its page or is without extent."""
    page = Page(pictured)
    for svg in page.all("svg"):
        if svg.attributes.get("role") != "group":
            continue
        width, height = map(float, svg.attributes["viewbox"].split()[2:])
        for mark in svg.children:
            for rect in (child for child in mark.children if child.tag == "rect"):
                x, y, w, h = (float(rect.attributes[n]) for n in ("x", "y", "width", "height"))
                assert -1 <= x < x + w <= width + 1
                assert -1 <= y < y + h <= height + 1


def test_without_the_resume_the_figures_are_all_there(analyze: Callable[..., FitReport]) -> None:
    """A report from a database is told in full; there is no part that shows the resume."""
    report = FitReport.model_validate_json(render_json([analyze(RESUME)]))

    page = _check(render_html(report))

    assert "Ran A/B tests in Python and SQL" in page.by_id("skills").words
    assert not any(e.attributes.get("id") == "resume" for e in page.elements)


def test_an_older_report_can_be_told(analyze: Callable[..., FitReport]) -> None:
    """What was kept before reports had areas and names of all skills."""
    report = analyze(RESUME)
    fits = tuple(fit.model_copy(update={"areas": ()}) for fit in report.fits)

    page = _check(render_html(report.model_copy(update={"fits": fits, "labels": {}})))

    assert "without figures by area" in page.by_id("profile").words


def test_a_blind_page_shows_no_picture_and_no_name(
    analyzer: Analyzer, resumes: Path, as_of: date
) -> None:
    """What is masked is masked in the text view as well."""
    file = resumes / "mle-senior.pdf"

    page = _check(analyzer.analyze_html(file, name=file.name, as_of=as_of, blind=BlindOptions()))

    assert not list(page.all("img"))
    assert "[name]" in page.by_id("resume").words
    assert "Brackenwick" not in page.words
    assert "mle-senior" not in page.words


def test_a_report_is_shown_with_its_own_resume_only(
    analyzer: Analyzer, resumes: Path, as_of: date
) -> None:
    """Not with another, and a blind one not with what it masks."""
    file = resumes / "mle-senior.pdf"
    document = read_document(file, name=file.name)
    other = read_document(resumes / "ds-mid.pdf", name="ds-mid.pdf")
    report = analyzer.analyze_document(document, as_of=as_of)
    blind = analyzer.analyze_document(document, as_of=as_of, blind=BlindOptions())

    with pytest.raises(ValueError, match="another resume"):
        render_html(report, Original(other))
    with pytest.raises(ValueError, match="blind"):
        render_html(blind, Original(document))


def test_pages_that_cannot_be_painted_are_shown_as_text(
    analyzer: Analyzer, resumes: Path, as_of: date
) -> None:
    """A picture is a help and no condition."""
    document = read_document(resumes / "mle-senior.pdf", name="mle-senior.pdf")

    original = with_pictures(document, b"%PDF-1.7 broken")

    assert original.pictures == ()
    report = analyzer.analyze_document(document, as_of=as_of)
    assert "Brackenwick" in _check(render_html(report, original)).by_id("resume").words


def _painted(colours: list[tuple[int, ...]]) -> Raster:
    """Return a page one pixel high, its row padded as the painter pads it."""
    row = b"".join(map(bytes, colours))
    stride = len(row) + 3
    return Raster(len(colours), 1, stride, len(colours[0]), 1.0, row.ljust(stride, b"\0"))


def _read_png(png: bytes) -> tuple[int, int, list[tuple[int, ...]]]:
    """Read back a PNG one pixel high: its kind, depth and colours."""
    chunks, at = {}, 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        chunks[png[at + 4 : at + 8]] = png[at + 8 : at + 8 + size]
        at += size + 12
    head, row = chunks[b"IHDR"], zlib.decompress(chunks[b"IDAT"])[1:]
    width, depth, kind = int.from_bytes(head[:4], "big"), head[8], head[9]
    if kind == 2:
        return kind, depth, [tuple(row[n : n + 3]) for n in range(0, 3 * width, 3)]
    numbers = [n for byte in row for n in (byte >> 4, byte & 15)] if depth == 4 else list(row)
    table = chunks[b"PLTE"]
    return kind, depth, [tuple(table[3 * n : 3 * n + 3]) for n in numbers[:width]]


@pytest.mark.parametrize(
    ("colours", "kind", "depth"),
    [
        pytest.param([(255,), (0,), (136,)], 3, 4, id="grey"),
        pytest.param([(255, 0, 0), (0, 255, 0), (0, 0, 255)], 3, 4, id="a few colours"),
        pytest.param([(17 * n, 17 * m, 0) for n in range(8) for m in range(8)], 3, 8, id="many"),
        pytest.param([(17 * n, 17 * m, 34) for n in range(16) for m in range(16)], 3, 8, id="256"),
        pytest.param([(17 * n, 17 * m, 17 * (n > m)) for n in range(16) for m in range(16)]
                     + [(255, 255, 255)], 2, 8, id="a photo"),
    ],
)  # fmt: skip
def test_pictures_show_what_was_painted(
    colours: list[tuple[int, ...]], kind: int, depth: int
) -> None:
    """In the smallest kind of PNG that tells the colours apart."""
    found = _read_png(to_png(_painted(colours)))

    assert found == (kind, depth, [colour * (3 // len(colour)) for colour in colours])


def test_a_page_too_large_in_colour_is_grey() -> None:
    """A photo must not cost the pages behind it."""
    colours = [(17 * n, 17 * m, 255) for n in range(16) for m in range(16)]

    _, depth, found = _read_png(to_png(_painted(colours), most=20))

    assert depth == 4
    assert all(red == green == blue for red, green, blue in found)


# --- ways to it -----------------------------------------------------------------------------------


def test_the_command_writes_the_page(resumes: Path, tmp_path: Path) -> None:
    """The file's name asks for it."""
    out = tmp_path / "report.html"

    assert main(["analyze", str(resumes / "junior.md"), "-o", str(out)]) == ExitCode.DONE

    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_page_is_on_one_resume(
    analyze: Callable[..., FitReport], resumes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Several are refused, and the message says what to do."""
    files = [str(resumes / name) for name in ("junior.md", "ds-mid.docx")]

    assert main(["analyze", *files, "-f", "html"]) == ExitCode.USAGE

    assert "run it once for each" in capsys.readouterr().err
    with pytest.raises(UsageError):
        render([analyze(RESUME)] * 2, ReportFormat.HTML)


def test_notebooks_show_the_first_screen(analyze: Callable[..., FitReport]) -> None:
    """A piece of HTML, as harmless, without a page around it."""
    report = analyze(RESUME, "<script>x</script>.txt")

    told = report._repr_html_()

    assert told.startswith("<div")
    assert "<script" not in told
    assert "Data Scientist" in told
    assert f"{report.fit('ds').score:.0f}, {report.fit('ds').word}" in told
