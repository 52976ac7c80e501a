"""Chromium without a window, asked through a pipe: what a page says, what it shows, what its keys do."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any


class Browser:
    """One page of one browser. events: everything it told of, by method."""

    def __init__(self, profile: Path) -> None:
        self.events: list[tuple[str, Any]] = []
        self._numbers = itertools.count(1)
        self._rest = b""
        self._session = ""
        theirs, self._to = os.pipe()
        self._from, back = os.pipe()
        command = (
            'exec 3<&"$1" 4>&"$2"; shift 2; exec chromium --headless --no-sandbox --disable-gpu '
            '--remote-debugging-pipe --window-size=1366,768 --user-data-dir="$1" about:blank'
        )
        self._process = subprocess.Popen(
            ["bash", "-c", command, "bash", str(theirs), str(back), str(profile)],
            pass_fds=(theirs, back),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(back)
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def close(self) -> None:
        """End the browser."""
        with suppress(OSError):
            self.ask("Browser.close")
        self._process.wait(30)
        os.close(self._to)
        os.close(self._from)

    def ask(self, method: str, **params: Any) -> Any:
        """Send one command and wait for its answer."""
        number = next(self._numbers)
        asked: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session and not method.startswith(("Target.", "Browser.")):
            asked["sessionId"] = self._session
        os.write(self._to, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == number:
                assert "error" not in told, told
                return told["result"]

    def open(self, url: str) -> None:
        """Open a page and wait until it is there."""
        self.events.clear()
        self.ask("Page.navigate", url=url)
        while not any(method == "Page.loadEventFired" for method, _ in self.events):
            self._next()

    def value(self, expression: str) -> Any:
        """What an expression comes to in the page."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27}
        text = {"text": "\r"} if key == "Enter" else {}
        known = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **known, **text)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **known)

    def _next(self) -> Any:
        while b"\0" not in self._rest:
            read = os.read(self._from, 1 << 20)
            if not read:
                raise BrokenPipeError("the browser ended")
            self._rest += read
        one, _, self._rest = self._rest.partition(b"\0")
        told = json.loads(one)
        if "method" in told:
            self.events.append((told["method"], told["params"]))
        return told
