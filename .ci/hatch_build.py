"""Compiles the taxonomy when the wheel is built, so that no start has to parse the TOML."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTaxonomy(BuildHookInterface[Any]):
    """Puts `compiled.json` beside the TOML in the wheel; in the checkout for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the data before the files are gathered."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from skillgap.taxonomy.load import COMPILED_NAME, compile_folder, dump

        text = dump(compile_folder(root / "taxonomy"))
        if version == "editable":
            (root / "taxonomy" / COMPILED_NAME).write_text(text, encoding="utf-8")
            return
        compiled = Path(tempfile.mkdtemp()) / COMPILED_NAME
        compiled.write_text(text, encoding="utf-8")
        build_data["force_include"][str(compiled)] = f"skillgap/taxonomy/data/{COMPILED_NAME}"
