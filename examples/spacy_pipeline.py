"""The extractor as a component of a spaCy pipeline, beside whatever else is in it.

    python examples/spacy_pipeline.py

spaCy finds the component by its name: installing skillgap is enough, there is nothing to import.
"""

from __future__ import annotations

import spacy

TEXT = "I served PyTorch models on Kubernetes for three years. Currently learning Rust. No Java."


def main() -> None:
    """Print the held skills as spans, and every mention with what the text says of it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("skillgap")

    doc = nlp(TEXT)

    for span in doc.spans["skillgap"]:
        print(f"{span.id_}: “{span.text}” (tokens {span.start} to {span.end})")
    for mention in doc._.skillgap:
        print(f"{mention.text}: {mention.stance} {mention.cue}".rstrip())


if __name__ == "__main__":
    main()
