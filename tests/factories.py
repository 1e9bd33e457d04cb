"""Real values with good defaults, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from skillgap.document.model import Span
from skillgap.extract.model import Mention, Method, Stance
from skillgap.resume.model import SectionKind
from skillgap.taxonomy.model import (
    Area,
    Exclusive,
    Fact,
    Frequency,
    Group,
    Implication,
    LadderStep,
    Link,
    Pay,
    Postings,
    RoleProfile,
    Skill,
    SkillPay,
    Source,
    Taxonomy,
    Tier,
    TierRow,
)
from skillgap.taxonomy.requirements import with_requirements

CITE = "D1:1"


def skill(
    skill_id: str,
    *,
    area: str = "tools",
    broader: Iterable[str] = (),
    related: Iterable[str] = (),
    forms: Iterable[str] | None = None,
    scored: bool = True,
) -> Skill:
    """Return a skill; without `forms` it is written as its id with spaces."""
    label = skill_id.replace("-", " ")
    return Skill(
        id=skill_id,
        label=label,
        area=area,
        forms=tuple(forms if forms is not None else [label]),
        broader=tuple(Link(skill=other) for other in broader),
        related=tuple(Link(skill=other) for other in related),
        scored=scored,
    )


def role(
    role_id: str = "mle",
    *,
    shares: Mapping[str, float] | None = None,
    exclusives: Iterable[str] = (),
    tiers: Iterable[tuple[Tier, Sequence[str]] | tuple[Tier, Sequence[str], str]] = (),
    pay: Mapping[str, tuple[int, int]] | None = None,
    base: tuple[int, int] | None = (150_000, 1_000),
    ladder: Sequence[Sequence[str]] = (),
    listed: Iterable[str] = (),
    facts: Iterable[Fact] = (),
    cites: tuple[str, ...] = (CITE,),
) -> RoleProfile:
    """Return a role without computed requirements.

    Args:
        role_id: Its id.
        shares: Measured shares of postings by skill.
        exclusives: Skills that are its own.
        tiers: Rows of tier, skills and mode ("all" when left out).
        pay: Median pay and sample size by skill.
        base: The same for the whole role; None for none.
        ladder: The skills of each rung.
        listed: Skills that a fact lists without a number.
        facts: Further facts.
        cites: Where all of it stands.
    """
    measure = "posting median base"
    rows = (
        TierRow(tier=row[0], skills=tuple(row[1]), mode=(*row, "all")[2], cites=cites)
        for row in tiers
    )
    listing = Fact(id="listed", kind="task", text="Lists.", skills=tuple(listed), cites=cites)
    return RoleProfile(
        id=role_id,
        label=f"The {role_id}",
        abbreviation=role_id.upper(),
        postings=Postings(n=1_000, as_of="2026-06", cites=cites),
        frequencies=tuple(
            Frequency(skill=s, share=share, cites=cites) for s, share in (shares or {}).items()
        ),
        exclusives=tuple(Exclusive(skill=s, cites=cites) for s in exclusives),
        tiers=tuple(rows),
        skill_pay=tuple(
            SkillPay(skill=s, usd=usd, n=n, cites=cites) for s, (usd, n) in (pay or {}).items()
        ),
        pay=() if base is None else (Pay(measure=measure, usd=base[0], n=base[1], cites=cites),),
        ladder=tuple(
            LadderStep(step=step, title=f"Rung {step}", skills=tuple(skills), cites=cites)
            for step, skills in enumerate(ladder, start=1)
        ),
        facts=(listing, *facts),
    )


def taxonomy(
    skills: Iterable[Skill],
    roles: Sequence[RoleProfile] = (),
    *,
    implies: Iterable[tuple[str, str, float]] = (),
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Taxonomy:
    """Return a taxonomy with the roles' requirements computed."""
    skills = tuple(sorted(skills, key=lambda s: s.id))
    any_of = tuple(
        Group(id=name, label=name.replace("-", " "), skills=tuple(members))
        for name, members in (groups or {}).items()
    )
    return Taxonomy(
        sha256="0" * 64,
        areas=tuple(Area(id=area, label=area) for area in sorted({s.area for s in skills})),
        skills=skills,
        implications=tuple(
            Implication(skill=one, implies=other, strength=strength)
            for one, other, strength in implies
        ),
        groups=any_of,
        roles=with_requirements(tuple(roles), skills, any_of),
        sources=(
            Source(
                id="D1",
                title="An invented article",
                publisher="example.com",
                kind="article",
                file="article.txt",
                sha256="1" * 64,
                lines=1,
            ),
        ),
    )


def mention(
    skill_id: str,
    *,
    at: int = 0,
    stance: Stance = Stance.HELD,
    method: Method = Method.PHRASE,
    section: SectionKind | None = None,
    entry: int | None = None,
) -> Mention:
    """Return a mention of the skill that starts at the offset."""
    return Mention(
        span=Span(at, at + len(skill_id)),
        skill=skill_id,
        text=skill_id,
        alias=skill_id,
        method=method,
        stance=stance,
        section=section,
        entry=entry,
    )


def held(*skill_ids: str) -> tuple[Mention, ...]:
    """Return one held mention of each skill, ten characters apart."""
    return tuple(mention(s, at=40 * place) for place, s in enumerate(skill_ids))


@cache
def small_taxonomy() -> Taxonomy:
    """Return twenty skills and the two roles, with every way to a weight among them."""
    return taxonomy(
        [
            skill("python", area="languages"),
            skill("cpp", area="languages"),
            skill("sql", area="languages"),
            skill("machine-learning", area="modeling"),
            skill("deep-learning", area="modeling", broader=["machine-learning"]),
            skill("pytorch", broader=["deep-learning"]),
            skill("tensorflow", broader=["deep-learning"]),
            skill("docker", broader=["containerization"]),
            skill("kubernetes", broader=["containerization"]),
            skill("containerization", area="operations"),
            skill("mlops", area="operations"),
            skill("mlflow", area="operations", broader=["mlops"]),
            skill("system-design", area="engineering"),
            skill("statistics", area="analysis"),
            skill("hypothesis-testing", area="analysis", broader=["statistics"]),
            skill("tableau", area="charts"),
            skill("power-bi", area="charts"),
            skill("dashboards", area="charts", related=["tableau"]),
            skill("communication", area="people"),
            skill("storytelling", area="people", broader=["communication"]),
            skill("data-science", area="modeling", scored=False),
        ],
        [
            role(
                "mle",
                shares={
                    "python": 0.66,
                    "machine-learning": 0.71,
                    "pytorch": 0.42,
                    "tensorflow": 0.30,
                    "docker": 0.18,
                    "kubernetes": 0.19,
                    "mlops": 0.27,
                    "sql": 0.17,
                    "statistics": 0.14,
                    "data-science": 0.27,
                },
                exclusives=["docker", "kubernetes"],
                tiers=[
                    (Tier.CRITICAL, ["system-design"]),
                    (Tier.CRITICAL, ["pytorch", "tensorflow"], "any"),
                    (Tier.MODERATE, ["communication"]),
                    (Tier.MODERATE, ["statistics"]),
                ],
                pay={"cpp": (204_500, 180), "mlops": (190_000, 40)},
                ladder=[["machine-learning"], ["mlops"], ["system-design"]],
                listed=["containerization", "mlflow", "deep-learning"],
            ),
            role(
                "ds",
                shares={
                    "python": 0.63,
                    "machine-learning": 0.49,
                    "sql": 0.46,
                    "statistics": 0.40,
                    "tableau": 0.14,
                    "power-bi": 0.15,
                    "pytorch": 0.13,
                    "tensorflow": 0.12,
                    "mlops": 0.10,
                },
                exclusives=["tableau", "power-bi"],
                tiers=[(Tier.CRITICAL, ["communication", "storytelling"])],
                ladder=[["dashboards"], ["storytelling"]],
                listed=["hypothesis-testing", "dashboards", "deep-learning"],
            ),
        ],
        implies=[
            ("pytorch", "deep-learning", 0.9),
            ("tensorflow", "deep-learning", 0.9),
            ("deep-learning", "machine-learning", 0.9),
            ("docker", "containerization", 0.9),
            ("kubernetes", "containerization", 0.9),
            ("mlflow", "mlops", 0.8),
            ("hypothesis-testing", "statistics", 0.8),
            ("storytelling", "communication", 0.7),
        ],
        groups={"dl-framework": ["pytorch", "tensorflow"], "bi-tool": ["power-bi", "tableau"]},
    )
