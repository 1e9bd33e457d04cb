"""What extraction costs, beside other matchers, and how it grows.

    python benchmarks/extraction.py [--rounds N] [--largest N]

Three tables. The cost of a resume-sized text (5 KB, made of the example resumes): the whole
extraction, the bare `PhraseMatcher` over the same tokens and forms, spaCy's English tokenizer with
`PhraseMatcher`, `EntityRuler`, flashtext and SkillNER, those of them that are installed; each round
runs every one once, in turn, and medians are printed. The cost of a text by the number of written
forms, and by its length. The others only find forms; none of them knows rules, sections or stance.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from skillgap.extract.extractor import Extractor
from skillgap.taxonomy.forms import variants
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Skill, Taxonomy

EXAMPLES = Path(__file__).parents[1] / "examples" / "resumes"
CHARACTERS = 5_000
FORMS = (600, 6_000, 60_000)
LENGTHS = (1_000, 10_000, 100_000, 1_000_000)

Find = Callable[[str], object]


def text_of(characters: int) -> str:
    """Return a text of that many characters, the example resumes over and over."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.md"))]
    whole = "\n".join(texts)
    return (whole * (1 + characters // len(whole)))[:characters]


def matchers(taxonomy: Taxonomy) -> Iterator[tuple[str, Find]]:
    """Yield the name of each matcher at hand, and how to run it."""
    extractor = Extractor(taxonomy)
    yield "skillgap, whole extraction", extractor.extract_text
    tokenizer = extractor.tokenizer
    bare = PhraseMatcher(tokenizer.vocab, attr="NORM")
    ways = [
        list(way)
        for skill in taxonomy.skills
        for alias in skill.aliases
        for way in variants(alias.form)
    ]
    bare.add("SKILL", [Doc(tokenizer.vocab, words=way) for way in ways])
    yield "PhraseMatcher, same tokens and forms", lambda text: bare(tokenizer(text))
    forms = sorted({alias.form for skill in taxonomy.skills for alias in skill.aliases})
    yield from _of_spacy(forms)
    if find_spec("flashtext"):
        from flashtext import KeywordProcessor

        keywords = KeywordProcessor()
        keywords.add_keywords_from_list(forms)
        yield "flashtext", lambda text: keywords.extract_keywords(text, span_info=True)
    if find_spec("skillNer") and spacy.util.is_package("en_core_web_lg"):
        yield "SkillNER, own vocabulary", _skill_ner()


def _of_spacy(forms: list[str]) -> Iterator[tuple[str, Find]]:
    english = spacy.blank("en")
    phrases = PhraseMatcher(english.vocab, attr="LOWER")
    phrases.add("SKILL", list(english.tokenizer.pipe(forms)))
    yield "spaCy English tokenizer, PhraseMatcher", lambda text: phrases(english(text))
    ruled = spacy.blank("en")
    ruler = ruled.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "SKILL", "pattern": form} for form in forms])
    yield "spaCy EntityRuler", ruled


def _skill_ner() -> Find:
    from skillNer.general_params import SKILL_DB
    from skillNer.skill_extractor_class import SkillExtractor

    found = SkillExtractor(spacy.load("en_core_web_lg"), SKILL_DB, PhraseMatcher)
    return found.annotate


def timed(find: Find, text: str) -> float:
    """Return how long a run takes, in milliseconds."""
    start = perf_counter()
    find(text)
    return 1000 * (perf_counter() - start)


def compare(taxonomy: Taxonomy, rounds: int) -> None:
    """Print the cost of each matcher on a resume-sized text."""
    text = text_of(CHARACTERS)
    named = list(matchers(taxonomy))
    times: dict[str, list[float]] = {name: [] for name, _ in named}
    gc.collect()
    gc.freeze()  # what five matchers have built is not looked through in the time of one
    for number in range(rounds + 1):
        for name, find in named:
            spent = timed(find, text)
            if number:  # the first round warms up
                times[name].append(spent)
    whole = median(times[named[0][0]])
    print(f"{'5 KB of text':42} {'ms':>7} {'whole extraction / it':>22}")
    for name, spent in times.items():
        print(f"{name:42} {median(spent):7.2f} {whole / median(spent):22.2f}")


def padded(taxonomy: Taxonomy, forms: int) -> Taxonomy:
    """Return a taxonomy with so many written forms: of its own, and beyond them made-up ones."""
    skills: list[Skill] = []
    left = forms
    for skill in taxonomy.skills:
        kept, left = skill.forms[:left], max(0, left - len(skill.forms))
        skills.append(Skill(id=skill.id, label=skill.label, area=skill.area, forms=kept))
    made_up = tuple(_name(number) for number in range(left))
    skills.append(Skill(id="made-up", label="Made up", area=skills[0].area, forms=made_up))
    return taxonomy.model_copy(update={"skills": tuple(skills)})


def _name(number: int) -> str:
    """Return a made-up name of one to three words, each like a word of a real name."""
    syllables = ("ka", "lo", "mi", "ster", "bran", "flu", "dex", "or", "vi", "net")
    word = "".join(syllables[int(digit)] for digit in f"{number:05}")
    return f"{word} data" if number % 3 else word


def growth(taxonomy: Taxonomy, rounds: int, largest: int) -> None:
    """Print the cost by the number of forms, and by the length of the text."""
    text = text_of(CHARACTERS)
    print(f"\n{'written forms':>14} {'build s':>8} {'5 KB ms':>8}")
    for forms in FORMS:
        start = perf_counter()
        extractor = Extractor(padded(taxonomy, forms))
        built = perf_counter() - start
        extractor.extract_text(text)
        spent = median(timed(extractor.extract_text, text) for _ in range(rounds))
        print(f"{forms:14,} {built:8.2f} {spent:8.2f}")
    extractor = Extractor(taxonomy)
    extractor.extract_text(text)
    print(f"\n{'characters':>14} {'ms':>8} {'ms a KB':>8}")
    for length in (each for each in LENGTHS if each <= largest):
        long = text_of(length)
        runs = rounds if length <= 10 * CHARACTERS else 2
        spent = median(timed(extractor.extract_text, long) for _ in range(runs))
        print(f"{length:14,} {spent:8.1f} {1000 * spent / length:8.3f}")


def main() -> None:
    """Run the comparisons and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--largest", type=int, default=LENGTHS[-1], help="characters")
    arguments = parser.parse_args()
    taxonomy = load_taxonomy()
    compare(taxonomy, arguments.rounds)
    growth(taxonomy, arguments.rounds, arguments.largest)


if __name__ == "__main__":
    main()
