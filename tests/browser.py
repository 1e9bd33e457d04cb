"""A real browser for tests: headless Chromium, spoken to through its pipe, without a driver."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)


class Browser:
    """One open page: its address is changed by `open`."""

    def __init__(self, requests: int, answers: int) -> None:
        self._requests = requests
        self._answers = answers
        self._rest = b""
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def open(self, page: Path, *, script: bool = True) -> None:
        """Load a file and wait until it is there; without its scripts when asked."""
        self._call("Emulation.setScriptExecutionDisabled", value=not script)
        self.events.clear()
        self._call("Page.navigate", url=page.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._hear()

    def run(self, expression: str) -> Any:
        """Return the value of an expression in the page, as JSON knows it."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def resize(self, width: int, height: int = 900) -> None:
        """Give the page a window of so many pixels."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def picture(self, path: Path, *, width: int = 1400, height: int = 900) -> None:
        """Save what is seen of the page."""
        self.resize(width, height)
        path.write_bytes(b64decode(self._call("Page.captureScreenshot")["data"]))

    @property
    def complaints(self) -> list[str]:
        """What the browser complained about since the page was opened: errors, refused content."""
        told = [event["params"] for event in self.events if event["method"] == "Log.entryAdded"]
        thrown = [e["params"] for e in self.events if e["method"] == "Runtime.exceptionThrown"]
        return [entry["entry"]["text"] for entry in told] + [str(error) for error in thrown]

    @property
    def requests(self) -> list[str]:
        """The addresses that the page asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def _call(self, method: str, **arguments: object) -> dict[str, Any]:
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": arguments}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._requests, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._hear()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            heard = os.read(self._answers, 1 << 16)
            assert heard, "the browser ended"
            self._rest += heard
        first, self._rest = self._rest.split(b"\0", 1)
        message: dict[str, Any] = json.loads(first)
        if "method" in message:
            self.events.append(message)
        return message


def _pipe() -> tuple[int, int]:
    """Make a pipe whose ends are not among the descriptors that the browser gets them as."""
    import fcntl  # of Unix

    ends = os.pipe()
    moved = fcntl.fcntl(ends[0], fcntl.F_DUPFD, 10), fcntl.fcntl(ends[1], fcntl.F_DUPFD, 10)
    for end in ends:
        os.close(end)
    return moved


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser with a profile of its own; the test is skipped where there is none."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip("no Chromium on this machine: pages are not tried in a browser")
    if os.name != "posix":
        pytest.skip("the browser is spoken to through pipes of Unix")
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        to_read, requests = _pipe()
        answers, to_write = _pipe()
        # The browser reads requests from descriptor 3 and writes answers to 4.
        start = (
            f"import os, sys; os.dup2({to_read}, 3); os.dup2({to_write}, 4);"
            " os.execv(sys.argv[1], sys.argv[1:])"
        )
        command = [sys.executable, "-c", start, program, *_FLAGS, f"--user-data-dir={profile}"]
        process = subprocess.Popen(
            command,
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(to_read)
        os.close(to_write)
        try:
            yield Browser(requests, answers)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            os.close(requests)
            os.close(answers)
