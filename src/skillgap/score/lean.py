"""Which of two roles a resume looks like: evidence weighed by how differently the roles ask for it.

Fit weighs a skill by how often a role asks for it; the lean weighs it by the log ratio of the two
shares (a weight of evidence, as in naive Bayes with presence only). Python is the heaviest item
of a fit and says almost nothing here. What is absent counts for neither role: resumes leave out
what goes without saying.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import exp, fsum, log, prod
from typing import NamedTuple

from skillgap.score.fit import fit_score
from skillgap.score.model import Evidence, Lean, LeanTerm, LeanWord
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.score.remember import remembered
from skillgap.taxonomy.model import Provenance, Requirement, RoleProfile


def lean(
    evidence: Mapping[str, Evidence],
    first: RoleProfile,
    second: RoleProfile,
    policy: ScoringPolicy = DEFAULT_POLICY,
) -> Lean:
    """Tell which of two roles the evidence speaks for.

    Not monotone in fit: SQL raises both fits and draws the lean towards the role that asks for it
    more often. Swapping the roles swaps every sign. Somebody who shows too little of either role
    (`ScoringPolicy.lean_min_fit`) leans to neither, whatever the numbers.

    Args:
        evidence: As `weigh` gives it.
        first: The role that positive numbers speak for.
        second: The role that negative numbers speak for.
        policy: The `lean_` fields.
    """
    terms = tuple(
        sorted(_terms(evidence, items(first, second, policy), policy), key=_strongest_first)
    )
    towards_first = fsum(term.weight_of_evidence for term in terms)
    net = net_share((term.weight_of_evidence for term in terms), policy)
    shown = max(fit_score(evidence, role) for role in (first, second))
    word = lean_word(net, policy) if terms and shown >= policy.lean_min_fit else LeanWord.NONE
    leans = word not in (LeanWord.NONE, LeanWord.BALANCED)
    return Lean(
        role=(first.id if net > 0 else second.id) if leans else None,
        net_share=net,
        word=word,
        probability=_logistic(towards_first / policy.lean_temperature),
        terms=terms,
    )


def net_share(terms: Iterable[float], policy: ScoringPolicy = DEFAULT_POLICY) -> float:
    """Return which way evidence points on balance, from -1 to 1, given what each part says."""
    said = tuple(terms)
    size = fsum(map(abs, said))
    return fsum(said) / (size + policy.lean_prior) if size else 0.0


def lean_word(net_share: float, policy: ScoringPolicy = DEFAULT_POLICY) -> LeanWord:
    """Say the size of a net share in a word, whichever way it points."""
    slight, clear, strong = policy.lean_bounds
    size = abs(net_share)
    if size >= strong:
        return LeanWord.STRONG
    if size >= clear:
        return LeanWord.CLEAR
    return LeanWord.SLIGHT if size >= slight else LeanWord.BALANCED


def weight_of_evidence(first_share: float, second_share: float, policy: ScoringPolicy) -> float:
    """Return how much a requirement speaks for the first role, in nats."""
    # A difference of logs and not the log of the ratio: it changes sign exactly when swapped.
    return log(first_share + policy.lean_kappa) - log(second_share + policy.lean_kappa)


def shares(
    requirement: str, first: RoleProfile, second: RoleProfile, policy: ScoringPolicy
) -> tuple[float, float]:
    """Estimate in what share of each role's postings a requirement stands.

    A number is taken as it is. A role without one gets what the sources leave open: see
    `listed_share` and `unnamed_share`. Without a number for either, being listed for one role
    alone is a small push towards it, and being listed for both is none.
    """
    one, two = _numbered(requirement, first), _numbered(requirement, second)
    if one and two:
        return one.weight, two.weight
    if one:
        return one.weight, _unnumbered_share(one, second, first, policy)
    if two:
        return _unnumbered_share(two, first, second, policy), two.weight
    bound = min(listed_share(first, policy), listed_share(second, policy))
    unnamed = policy.lean_unnamed * bound
    return (
        bound if requirement in first.requirements_by_id else unnamed,
        bound if requirement in second.requirements_by_id else unnamed,
    )


def listed_share(role: RoleProfile, policy: ScoringPolicy) -> float:
    """Return the share of what is listed for the role without a number.

    It is not among those shown, so it lies under the lowest share shown; the policy says where.
    """
    return policy.lean_censored * _lowest_share(role)


def unnamed_share(
    numbered: Requirement, role: RoleProfile, other: RoleProfile, policy: ScoringPolicy
) -> float:
    """Return the share, for one role, of what only the other role has a number for.

    Under the lowest share shown, as above, and not more than the same part of the other's share:
    a source that names a skill for one role alone does not mean that the other asks for it more.
    Substitutes count each for itself, then together.
    """
    bound = listed_share(role, policy)
    members = [f.share for f in other.frequencies if f.skill in numbered.skills]
    parts = [min(bound, policy.lean_censored * share) for share in members or [numbered.weight]]
    return parts[0] if len(parts) == 1 else 1.0 - prod(1.0 - part for part in parts)


def _unnumbered_share(
    numbered: Requirement, role: RoleProfile, other: RoleProfile, policy: ScoringPolicy
) -> float:
    if numbered.id in role.requirements_by_id:
        return listed_share(role, policy)
    return unnamed_share(numbered, role, other, policy)


def _numbered(requirement: str, role: RoleProfile) -> Requirement | None:
    found = role.requirements_by_id.get(requirement)
    return None if found is None or found.provenance is Provenance.TAIL else found


def _lowest_share(role: RoleProfile) -> float:
    if role.frequencies:
        return role.censoring_bound
    return min(requirement.weight for requirement in role.requirements)


class Item(NamedTuple):
    """A requirement of either role, and how much it speaks for the first when it is held."""

    requirement: str
    skills: tuple[str, ...]
    weight: float


@remembered
def items(first: RoleProfile, second: RoleProfile, policy: ScoringPolicy) -> tuple[Item, ...]:
    """Return what a lean is made of: the requirements of both roles, in the order of their ids."""
    return tuple(
        Item(
            requirement,
            _skills(requirement, first, second),
            weight_of_evidence(*shares(requirement, first, second, policy), policy),
        )
        for requirement in sorted(
            first.requirements_by_id.keys() | second.requirements_by_id.keys()
        )
    )


def _skills(requirement: str, first: RoleProfile, second: RoleProfile) -> tuple[str, ...]:
    found = (role.requirements_by_id.get(requirement) for role in (first, second))
    return tuple(sorted({skill for r in found if r is not None for skill in r.skills}))


def _terms(
    evidence: Mapping[str, Evidence], items: Iterable[Item], policy: ScoringPolicy
) -> Iterator[LeanTerm]:
    for requirement, skills, weight in items:
        strength, skill = presence(evidence, skills, policy)
        if strength > 0.0:
            yield LeanTerm(requirement, strength * weight, skill)


def presence(
    evidence: Mapping[str, Evidence], skills: tuple[str, ...], policy: ScoringPolicy
) -> tuple[float, str]:
    """Return how far any of the skills is there, held or implied in part, and which it is."""
    best = (0.0, "")
    for skill in skills:
        found = evidence.get(skill)
        if found is None:
            continue
        strength = 1.0 if found.held else found.strength * policy.lean_implied
        if strength > best[0]:
            best = (strength, skill)
    return best


def _strongest_first(term: LeanTerm) -> tuple[float, str]:
    return (-abs(term.weight_of_evidence), term.requirement)


def _logistic(x: float) -> float:
    if x >= 0.0:
        return 1.0 / (1.0 + exp(-x))
    return 1.0 - _logistic(-x)
