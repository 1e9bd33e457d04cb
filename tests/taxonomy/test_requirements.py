"""Weights of requirements: which rule gives which, and what the bundled roles come to."""

from __future__ import annotations

from collections import defaultdict

import pytest

from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Fact, Provenance, Requirement, RoleProfile, Tier
from skillgap.taxonomy.requirements import (
    WeightRules,
    compute_requirements,
    tier_shares,
    with_requirements,
)
from tests.factories import role, skill, small_taxonomy, taxonomy


def requirements(
    *roles: RoleProfile, skills: str = "a b c d e f", groups: dict[str, list[str]] | None = None
) -> dict[str, Requirement]:
    """Return the first role's requirements by id."""
    compiled = taxonomy([skill(s) for s in skills.split()], roles, groups=groups)
    return dict(compiled.roles[0].requirements_by_id)


def test_a_measured_share_is_the_weight() -> None:
    """What the source measured stands as it is, with its citation."""
    found = requirements(role(shares={"a": 0.6}))

    assert found["a"].weight == 0.6
    assert found["a"].provenance is Provenance.MEASURED
    assert found["a"].cites == ("D1:1",)


def test_the_pay_sample_implies_a_share() -> None:
    """A skill that 200 of 1,000 postings with pay name has the weight .2."""
    found = requirements(role(pay={"a": (200_000, 200)}, base=(150_000, 1_000)))

    assert found["a"].weight == pytest.approx(0.2)
    assert found["a"].provenance is Provenance.IMPLIED


def test_a_measured_share_goes_before_an_implied_one() -> None:
    """Where both are known, the count of all postings is taken."""
    found = requirements(role(shares={"a": 0.13}, pay={"a": (200_000, 184)}))

    assert found["a"].weight == 0.13
    assert found["a"].provenance is Provenance.MEASURED


def test_without_the_size_of_the_pay_sample_nothing_is_implied() -> None:
    """A sample size without the whole to compare it with says nothing."""
    assert not requirements(role(pay={"a": (200_000, 200)}, base=None))


def test_a_tier_counts_half_of_the_median_of_its_measured_rows() -> None:
    """A tier without a number is worth half of what measured skills of that tier are worth."""
    tiers = [(Tier.CRITICAL, ["a", "b", "c"]), (Tier.CRITICAL, ["d"])]

    found = requirements(role(shares={"a": 0.2, "b": 0.4, "c": 0.5}, tiers=tiers))

    assert found["d"].weight == pytest.approx(0.2)
    assert found["d"].provenance is Provenance.TIER
    assert found["d"].tier is Tier.CRITICAL


def test_a_tier_is_valued_over_all_roles() -> None:
    """The scale of a tier is one for all roles, so that they can be compared."""
    other = role("ds", shares={"a": 0.3}, tiers=[(Tier.IMPORTANT, ["a"])])

    found = requirements(role(tiers=[(Tier.IMPORTANT, ["b"])]), other)

    assert found["b"].weight == pytest.approx(0.15)


def test_a_tier_no_row_of_which_is_measured_has_a_fallback() -> None:
    """The bundled sources' value stands in."""
    found = requirements(role(tiers=[(Tier.CRITICAL, ["a"])]))

    assert found["a"].weight == pytest.approx(0.2375)


def test_a_row_of_substitutes_counts_once_in_its_tier() -> None:
    """Of .4 and .5 it is the share that asks for either: .7."""
    tiers = [(Tier.CRITICAL, ["a", "b"], "any")]

    shares = tier_shares([role(shares={"a": 0.4, "b": 0.5}, tiers=tiers)], [skill("a"), skill("b")])

    assert shares[Tier.CRITICAL] == pytest.approx(0.7)


def test_a_row_counts_with_its_broader_skill() -> None:
    """A tier row in other words than the measured skill gets no second weight."""
    skills = [skill("modeling", broader=["learning"]), skill("learning"), skill("x")]
    profile = role(
        shares={"learning": 0.5, "x": 0.2}, tiers=[(Tier.CRITICAL, ["modeling"])], listed=["x"]
    )

    found = {r.id: r for r in compute_requirements(profile, skills, (), [profile])}

    assert found["modeling"].provenance is Provenance.TAIL
    assert tier_shares([profile], skills)[Tier.CRITICAL] == 0.5


def test_only_the_first_skill_of_an_unmeasured_row_carries_the_tier() -> None:
    """The row is one demand, not two; its second skill falls to the tail."""
    found = requirements(role(shares={"f": 0.5}, tiers=[(Tier.CRITICAL, ["a", "b"])]))

    assert found["a"].provenance is Provenance.TIER
    assert found["b"].provenance is Provenance.TAIL


def test_an_unmeasured_row_of_substitutes_is_met_by_any() -> None:
    """A row that any skill satisfies becomes one requirement with all of them."""
    found = requirements(role(tiers=[(Tier.CRITICAL, ["a", "b"], "any")]))

    assert set(found) == {"a"}
    assert found["a"].skills == ("a", "b")
    assert found["a"].label == "a / b"


def test_a_group_is_one_requirement() -> None:
    """Substitutes share a weight: the share of postings that ask for at least one."""
    found = requirements(role(shares={"a": 0.42, "b": 0.30}), groups={"framework": ["a", "b", "c"]})

    assert set(found) == {"framework"}
    assert found["framework"].skills == ("a", "b", "c")
    assert found["framework"].weight == pytest.approx(1 - 0.58 * 0.70)


def test_the_tail_shares_a_tenth_of_the_mass() -> None:
    """What is listed without a number gets equal parts of 10% together."""
    found = requirements(
        role(shares={"a": 0.9}, listed=["b", "c"], ladder=[["d"]], tiers=[(Tier.MODERATE, ["a"])])
    )

    tail = [found[s].weight for s in "bcd"]
    assert tail[0] == tail[1] == tail[2]
    assert sum(tail) / sum(r.weight for r in found.values()) == pytest.approx(0.1)


def test_a_role_that_only_lists_weighs_all_alike() -> None:
    """Without any number there is no mass to take a part of, and yet a role to score."""
    found = requirements(role(listed=["a", "b"]))

    assert found["a"].weight == found["b"].weight > 0


def test_another_roles_own_skill_is_no_requirement() -> None:
    """What a source calls exclusive of one role is not in the tail of the other."""
    other = role("ds", shares={"b": 0.2}, exclusives=["b"])

    found = requirements(role(shares={"a": 0.5}, listed=["b", "c"]), other)

    assert set(found) == {"a", "c"}


def test_a_group_with_another_roles_own_skill_is_no_requirement() -> None:
    """A listed substitute does not bring a foreign group in."""
    other = role("ds", shares={"b": 0.2}, exclusives=["b"])

    found = requirements(
        role(shares={"a": 0.5}, listed=["c"]), other, groups={"charts": ["b", "c"]}
    )

    assert set(found) == {"a"}


def test_exclusives_speak_only_of_roles_counted_in_the_same_source() -> None:
    """A role of the user's own may list what two other roles do not share."""
    other = role("ds", shares={"b": 0.2}, exclusives=["b"])

    found = requirements(role("own", shares={"a": 0.5}, listed=["b"], cites=()), other)

    assert set(found) == {"a", "b"}


def test_a_transition_lists_skills_of_the_role_it_leads_to() -> None:
    """It stands with the role it starts from, and asks for what the other role asks for."""
    move = Fact(id="move", kind="transition", text="Learn d.", skills=("d",), to="mle")

    found = requirements(role(shares={"a": 0.5}), role("ds", shares={"b": 0.5}, facts=[move]))
    back = requirements(role("ds", shares={"b": 0.5}, facts=[move]), role(shares={"a": 0.5}))

    assert "d" in found
    assert "d" not in back


def test_what_is_not_scored_is_no_requirement() -> None:
    """Field names and ambient tools weigh nothing, whatever number they have."""
    profile = role(shares={"a": 0.5, "field": 0.27}, listed=["field"])

    found = compute_requirements(profile, [skill("a"), skill("field", scored=False)], (), [profile])

    assert [r.id for r in found] == ["a"]


def test_an_unknown_skill_is_passed_over() -> None:
    """Naming it is the check's business; computing does not fall over it."""
    found = requirements(role(shares={"a": 0.5, "unheard-of": 0.4}, listed=["unheard-of"]))

    assert set(found) == {"a"}


def test_requirements_come_heaviest_first() -> None:
    """The order is by weight, then by id."""
    found = requirements(role(shares={"a": 0.1, "c": 0.5, "b": 0.5}))

    assert list(found) == ["b", "c", "a"]


def test_the_rules_can_be_changed() -> None:
    """The constants are arguments: without a tail the listed weigh nothing."""
    profile = role(shares={"a": 0.5}, listed=["b"])
    rules = WeightRules(tail_share=0.5)

    found = compute_requirements(profile, [skill("a"), skill("b")], (), [profile], rules)

    assert [r.weight for r in found] == [0.5, 0.5]


def test_requirements_can_be_computed_anew() -> None:
    """What was looked up before does not stay: other rules, other weights everywhere."""
    old = small_taxonomy()
    assert old.role("mle").requirements_by_id["system-design"].weight > 0.1

    new = with_requirements(old.roles, old.skills, old.groups, WeightRules(tier_discount=0.1))

    profile = next(p for p in new if p.id == "mle")
    assert profile.requirements_by_id["system-design"].weight < 0.1


# --- the bundled roles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role_id", "mass", "parts"),
    [
        pytest.param("mle", 7.46, (0.74, 0.07, 0.09, 0.10), id="mle"),
        pytest.param("ds", 5.75, (0.76, 0.07, 0.07, 0.10), id="ds"),
    ],
)
def test_where_the_bundled_weights_come_from(
    role_id: str, mass: float, parts: tuple[float, ...]
) -> None:
    """Three quarters of each role's weight are measured, a tenth is the tail."""
    profile = load_taxonomy().role(role_id)

    by_provenance: dict[Provenance, float] = defaultdict(float)
    for requirement in profile.requirements:
        by_provenance[requirement.provenance] += requirement.weight / profile.mass

    assert profile.mass == pytest.approx(mass, abs=0.1)
    assert [by_provenance[p] for p in Provenance] == pytest.approx(parts, abs=0.015)


def test_the_bundled_tiers_in_their_order() -> None:
    """On the scale of shares the tiers stand about 5 to 2 to 1.5 to 1."""
    bundled = load_taxonomy()

    shares = tier_shares(bundled.roles, bundled.skills)

    assert [shares[tier] for tier in Tier] == pytest.approx([0.475, 0.17, 0.14, 0.10], abs=0.005)
    assert dict(shares) == pytest.approx(dict(WeightRules().tier_shares), abs=0.005)


def test_the_bundled_implied_shares_are_close_to_the_measured_ones() -> None:
    """The skills that have both a pay sample and a measured share bear the rule out."""
    ratios = []
    for profile in load_taxonomy().roles:
        measured = {f.skill: f.share for f in profile.frequencies}
        sample = next(p.n for p in profile.pay if p.measure == WeightRules().pay_measure)
        assert sample is not None
        ratios += [
            measured[pay.skill] / (pay.n / sample)
            for pay in profile.skill_pay
            if pay.skill in measured
        ]

    assert len(ratios) == 3
    assert all(0.85 < ratio < 1.45 for ratio in ratios)


def test_bundled_requirements_all_cite() -> None:
    """Every weight of the bundled roles can be looked up."""
    uncited = [r.id for p in load_taxonomy().roles for r in p.requirements if not r.cites]

    assert uncited == []


def test_no_bundled_requirement_is_the_other_roles_own() -> None:
    """Power BI is never asked of an MLE, nor CI/CD of a data scientist."""
    profiles = load_taxonomy().roles_by_id
    for one, other in (("mle", "ds"), ("ds", "mle")):
        own = {exclusive.skill for exclusive in profiles[other].exclusives}
        asked = {s for r in profiles[one].requirements for s in r.skills}

        assert not own & asked


def test_growth_of_the_tail_leaves_the_mass_alone() -> None:
    """However many skills are listed, the numbered ones keep nine tenths."""
    small = small_taxonomy().role("mle")
    more = [skill(f"extra-{n}") for n in range(100)]
    longer = small.model_copy(
        update={
            "facts": (
                *small.facts,
                Fact(id="x", kind="task", text="More.", skills=tuple(s.id for s in more)),
            )
        }
    )
    vocabulary = small_taxonomy()

    grown = compute_requirements(
        longer, [*vocabulary.skills, *more], vocabulary.groups, [longer, vocabulary.role("ds")]
    )

    assert sum(r.weight for r in grown) == pytest.approx(small.mass)
    assert len(grown) == len(small.requirements) + 100
