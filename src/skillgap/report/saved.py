"""Reports that were kept as JSON, read again."""

from __future__ import annotations

import json

from pydantic import ValidationError

from skillgap.errors import UnreadableDocumentError
from skillgap.report.model import FORMAT_VERSION, FitReport

_AGAIN = "Analyze the resume again with this version of skillgap, and compare that"


def saved_report(data: bytes, name: str) -> FitReport | None:
    """Return the report that a file holds; None when it holds something else, such as a resume.

    Args:
        data: The bytes of the file.
        name: What to call it in errors.

    Raises:
        UnreadableDocumentError: It holds several reports, or one of another format, or one that
            was changed by hand so that it is none any more.
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if isinstance(content, list):
        if not content or not all(map(_is_report, content)):
            return None
        if len(content) > 1:
            raise UnreadableDocumentError(
                name, f"it holds {len(content)} reports", "Keep each report in a file of its own"
            )
        content = content[0]
    if not _is_report(content):
        return None
    version = content["format_version"]
    if version != FORMAT_VERSION:
        raise UnreadableDocumentError(
            name, f"a report of format {version!s:.20}, not {FORMAT_VERSION}", _AGAIN
        )
    try:
        return FitReport.model_validate_json(json.dumps(content))
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise UnreadableDocumentError(
            name, f"no whole report ({where}: {fault['msg']})", _AGAIN
        ) from error


def _is_report(content: object) -> bool:
    return isinstance(content, dict) and {"format_version", "signature", "fits"} <= content.keys()
