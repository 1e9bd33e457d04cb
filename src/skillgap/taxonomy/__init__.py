"""The vocabulary: skills, roles and the sources that bear them out."""
