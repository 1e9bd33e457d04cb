"""The taxonomy from its data: the bundled one, a compiled file, or a folder of TOML.

The data are TOML files, one an area, that a maintainer reads and edits. Parsing them takes longer
than a command line may wait (tomllib: about 4 MB a second), so a wheel carries the compiled form
beside them: one JSON file with the requirements already computed, stamped with the hash of the
TOML it was made from. A checkout has no compiled form, or an old one, and reads the TOML.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from skillgap.errors import TaxonomyError, TaxonomyFaultsError
from skillgap.taxonomy.model import CURATED, Taxonomy
from skillgap.taxonomy.requirements import with_requirements
from skillgap.taxonomy.wording import NOT_MEANT, VERB_SIGN, verb_forms, ways_of

COMPILED_NAME = "compiled.json"
_CLASS = re.compile(r"\{(\w+)\}")  # in a cue: the words of one of the file's classes
_HERE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """Return the folder of the bundled data: inside the package, or in the checkout around it.

    Raises:
        TaxonomyError: Neither is there; the installation is broken.
    """
    bundled = _HERE / "data"
    checkout = _HERE.parents[2] / "taxonomy"
    for folder in (bundled, checkout):
        if (folder / "sources.toml").is_file():
            return folder
    raise TaxonomyError(
        f"the bundled taxonomy is missing from {bundled}; install the package again"
    )


@cache
def load_taxonomy(path: str | Path | None = None) -> Taxonomy:
    """Load a taxonomy.

    Args:
        path: A compiled file, or a folder of TOML files; the bundled taxonomy when None.

    Raises:
        TaxonomyError: The file is no compiled taxonomy, or cannot be read.
        TaxonomyFaultsError: The TOML data have faults; all of them are listed.
    """
    folder = Path(path) if path is not None else data_folder()
    if not folder.is_dir():
        return _read_compiled(folder)
    compiled = folder / COMPILED_NAME
    if compiled.is_file():
        with suppress(TaxonomyError):  # one left by another version: the data themselves are here
            taxonomy = _read_compiled(compiled)
            if taxonomy.sha256 == data_hash(folder):
                return taxonomy
    return compile_folder(folder)


def compile_folder(folder: Path) -> Taxonomy:
    """Read a folder of TOML files and compute the requirements of its roles.

    Raises:
        TaxonomyFaultsError: The data have faults of shape; all of them are listed.
    """
    taxonomy = read_folder(folder)
    return taxonomy.model_copy(
        update={"roles": with_requirements(taxonomy.roles, taxonomy.skills, taxonomy.groups)}
    )


def read_folder(folder: Path) -> Taxonomy:
    """Read a folder of TOML files as they are, without computed requirements.

    Raises:
        TaxonomyError: There is no taxonomy in the folder.
        TaxonomyFaultsError: Files that are no TOML, or hold what the model does not know.
    """
    faults: list[str] = []
    tables = {name: _parse(folder, name, faults) for name in _file_names(folder)}
    if not any(name.startswith("skills/") for name in tables):
        raise TaxonomyError(f"{folder}: no taxonomy in it; its skills stand in skills/AREA.toml")
    for name, table in tables.items():
        faults += _misshapen(name, table)
    if faults:
        raise TaxonomyFaultsError(faults)
    raw = _assemble(tables)
    raw["sha256"] = data_hash(folder)
    try:
        return Taxonomy.model_validate(raw)
    except ValidationError as error:
        raise TaxonomyFaultsError(_located(error, raw)) from error


def data_hash(folder: Path) -> str:
    """Return the SHA-256 over the names and bytes of the folder's TOML files, in name order."""
    digest = hashlib.sha256()
    for name in _file_names(folder):
        content = (folder / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def dump(taxonomy: Taxonomy) -> str:
    """Return the compiled form: JSON in one line, the same for the same taxonomy."""
    return taxonomy.model_dump_json(exclude_defaults=True) + "\n"


def _read_compiled(path: Path) -> Taxonomy:
    try:
        return Taxonomy.model_validate_json(path.read_bytes())
    except OSError as error:
        raise TaxonomyError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise TaxonomyError(
            f"{path}: not a compiled taxonomy of this version ({where}: {first['msg']}); "
            "make one with `skillgap taxonomy build -o FILE`"
        ) from error


def _file_names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.toml")))


def _parse(folder: Path, name: str, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{name}: not TOML: {error}")
        return {}


_SHAPES: Mapping[str, Mapping[str, type]] = {
    "skills": {
        "label": str,
        "*": dict,
        "*.altLabel": dict,
        "*.hiddenLabel": dict,
        "*.broader": dict,
        "*.related": dict,
        "*.rules": dict,
        "*.shared": list,
    },
    "roles": {
        "frequencies": dict,
        "frequencies.*": dict,
        "skill_pay": dict,
        "skill_pay.*": dict,
        "exclusives": dict,
        "postings": dict,
        "tiers": list,
        "pay": list,
        "ladder": list,
        "facts": list,
    },
    "facts.toml": {"facts": list},
    "implies.toml": {"*": dict, "*.*": dict},
    "groups.toml": {"*": dict},
    "sources.toml": {"*": dict},
    "cues.toml": {"*": dict, "*.*": list},
    "actions.toml": {
        "verbs": dict,
        "verbs.*": str,
        "irregular": dict,
        "irregular.*": str,
        "words": dict,
        "words.*": str,
        "shown": dict,
        "shown.*": dict,
        "shown.*.wordings": list,
    },
}
"""What `_assemble` takes apart, by folder or file; `*` is any key that is not named itself."""

_SHAPE_NAMES: Mapping[type, str] = {dict: "a table", list: "a list", str: "text"}


def _misshapen(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Name each value that is no table or list where the data have one."""
    shapes = _SHAPES.get(name.split("/")[0], {})
    for pattern, shape in shapes.items():
        for key, value in _at(table, pattern.split("."), shapes):
            if not isinstance(value, shape):
                yield f"{name}: {key}: must be {_SHAPE_NAMES[shape]} (found {value!r:.80})"


def _at(
    table: object, parts: Sequence[str], named: Collection[str] = ()
) -> Iterator[tuple[str, object]]:
    if not isinstance(table, Mapping):  # a fault of its own
        return
    first, *rest = parts
    keys = [key for key in table if key not in named] if first == "*" else [first]
    for key in keys:
        if key not in table:
            continue
        if not rest:
            yield key, table[key]
        for below, value in _at(table[key], rest) if rest else ():
            yield f"{key}.{below}", value


# --- from the shape that is good to write to the shape of the model -----------------------------


def _assemble(tables: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    areas, skills = [], []
    for name, table in tables.items():
        if name.startswith("skills/"):
            area = Path(name).stem
            areas.append({"id": area, "label": table.pop("label", area)})
            skills += [_skill(skill_id, area, raw) for skill_id, raw in table.items()]
    roles = [_role(table) for name, table in tables.items() if name.startswith("roles/")]
    return {
        "areas": areas,
        "skills": sorted(skills, key=lambda skill: str(skill["id"])),
        "implications": list(_implications(tables.get("implies.toml", {}))),
        "groups": _named(tables.get("groups.toml", {})),
        "roles": roles,
        "sources": _named(tables.get("sources.toml", {})),
        "cues": list(_cues(tables.get("cues.toml", {}))),
        "facts": _rows(tables.get("facts.toml", {}), "facts"),
        **_actions(tables.get("actions.toml", {})),
    }


def _named(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"id": name, **_with_cites(raw)} for name, raw in table.items()]


def _rows(table: Mapping[str, Any], key: str) -> list[Any]:
    rows = table.get(key, [])
    return [_with_cites(row) if isinstance(row, Mapping) else row for row in rows]


def _with_cites(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {**raw, "cites": _cites(raw["cites"])} if "cites" in raw else dict(raw)


def _cites(value: object) -> object:
    """`"curated"` is no citation; one citation may stand without brackets."""
    if value == CURATED:
        return ()
    return (value,) if isinstance(value, str) else value


def _skill(skill_id: str, area: str, raw: dict[str, Any]) -> dict[str, Any]:
    shared = frozenset(raw.pop("shared", ()))
    rules = raw.pop("rules", {})
    forms: list[str] = []
    special: list[dict[str, Any]] = []
    for form, cites in raw.pop("altLabel", {}).items():
        if cites == CURATED and form not in shared and form not in rules:
            forms.append(form)
        else:
            special.append(_alias(form, cites, shared=form in shared, rule=rules.pop(form, None)))
    for form, cites in raw.pop("hiddenLabel", {}).items():
        alias = _alias(form, cites, shared=form in shared, rule=rules.pop(form, None))
        special.append({**alias, "hidden": True})
    skill = {
        "id": skill_id,
        "label": raw.pop("prefLabel", ""),
        "area": area,
        "forms": forms,
        "special": special,
        "broader": _links(raw.pop("broader", {})),
        "related": _links(raw.pop("related", {})),
        **raw,
    }
    if rules:  # left over: no alias is written so
        skill["rules"] = rules
    return skill


def _alias(form: str, cites: object, *, shared: bool, rule: object) -> dict[str, Any]:
    return {"form": form, "cites": _cites(cites), "shared": shared, "rule": rule}


def _links(table: Mapping[str, object]) -> list[dict[str, object]]:
    return [{"skill": skill, "cites": _cites(cites)} for skill, cites in table.items()]


def _implications(table: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for skill, implied in table.items():
        for target, raw in implied.items():
            yield {"skill": skill, "implies": target, **_with_cites(raw)}


def _cues(table: Mapping[str, Mapping[str, list[str]]]) -> Iterator[dict[str, str]]:
    classes = {name: "|".join(words) for name, words in table.get("classes", {}).items()}
    for stance, sides in table.items():
        if stance == "classes":
            continue
        for side, phrases in sides.items():
            for words in phrases:
                written_out = _CLASS.sub(lambda match: classes.get(match[1], match[0]), words)
                yield {"words": written_out, "stance": stance, "side": side}


def _actions(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the actions, and the words their wordings are made of, verbs in all their forms."""
    shown = table.get("shown", {})
    irregular = {verb: _ways(forms) for verb, forms in table.get("irregular", {}).items()}
    inline = {
        way
        for raw in shown.values()
        for wording in raw.get("wordings", ())
        for way in ways_of(str(wording))
        if VERB_SIGN in way
    }
    verbs = {way: (way.replace(VERB_SIGN, ""),) for way in inline}
    verbs |= {name: _ways(words) for name, words in table.get("verbs", {}).items()}
    forms = {name: _ways(words) for name, words in table.get("words", {}).items()}
    forms |= {
        name: tuple(form for verb in words for form in verb_forms(verb, irregular))
        for name, words in verbs.items()
    }
    return {
        "actions": [{"skill": skill, **raw} for skill, raw in shown.items()],
        "words": [_words(name, ways) for name, ways in sorted(forms.items())],
    }


def _words(name: str, ways: Iterable[str]) -> dict[str, Any]:
    ways = list(ways)
    return {
        "name": name,
        "forms": [way for way in ways if not way.startswith(NOT_MEANT)],
        "not_meant": [way.removeprefix(NOT_MEANT) for way in ways if way.startswith(NOT_MEANT)],
    }


def _ways(text: str) -> tuple[str, ...]:
    return tuple(way.strip() for way in text.split("|"))


def _role(raw: dict[str, Any]) -> dict[str, Any]:
    for key in ("frequencies", "skill_pay"):
        table = raw.get(key, {})
        raw[key] = [{"skill": skill, **_with_cites(row)} for skill, row in table.items()]
    raw["exclusives"] = _links(raw.get("exclusives", {}))
    if "postings" in raw:
        raw["postings"] = _with_cites(raw["postings"])
    return {**raw, **{key: _rows(raw, key) for key in ("tiers", "pay", "ladder", "facts")}}


def _located(error: ValidationError, raw: Mapping[str, Any]) -> Iterator[str]:
    """Say each fault with the key a maintainer can search for."""
    for fault in error.errors():
        place: Any = raw
        names = []
        for part in fault["loc"]:
            place = place[part] if _contains(place, part) else None
            if isinstance(part, int):
                names.append(str(_name(place, part)))
            else:
                names.append(str(part))
        yield f"{'.'.join(names)}: {fault['msg']} (found {fault['input']!r:.80})"


def _contains(place: object, part: int | str) -> bool:
    if isinstance(place, Mapping):
        return part in place
    return isinstance(place, list | tuple) and isinstance(part, int) and part < len(place)


def _name(value: object, index: int) -> object:
    if isinstance(value, Mapping):
        return value.get("id") or value.get("form") or value.get("skill") or index
    return index
