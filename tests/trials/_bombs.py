"""What is made to cost as much as it can: contents of a bundle, each read in a process of its own, and what a WebDAV
server lists."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from anifro_desktop.sync.outages import NotCarried
from anifro_desktop.sync.webdav import _MAX_LIST, names_in

ROOT = Path(__file__).parents[2]

BOMBS = {
    "zeros": b"bytes(64 * MIB)",
    "newlines": b"b'\\n' * (64 * MIB)",
    "lists": b"raw(b'{\"a\":[' + b','.join([b'[]'] * 100_000) + b']}\\n', 2)",
    "objects": b"raw(b'{\"a\":[' + b','.join([b'{\"a\":\"b\"}'] * 60_000) + b']}\\n', 2)",
    "lines": b"raw(b'{}\\n', 20_000)",
    "texts": b"raw(b'{\"a\":\"' + b'x' * (MIB - 9) + b'\"}\\n', 63)",
    "escapes": b"raw(b'{\"a\":\"' + b'\\\\u00e9' * 170_000 + b'\"}\\n', 63)",
    "wide": b"raw('{\"a\":\"{}\"}\\n'.replace('{}', '\\U0001f600' * 262_000).encode(), 63)",
}

HEAD = b'<multistatus xmlns="DAV:">'
LISTS = {"lines": b"\n", "elements": b"<a/>", "depth": b"<a>", "letters": b"&#65;"}  # what fills one up

BOMB_MAKER = """
import hashlib, sys
from anifro_desktop.record import canonical
from anifro_desktop.sync import frame
MIB = 1024 * 1024
def raw(line, times):
    body = line * times
    return body + b'{"count":%d,"sha256":"%s"}\\n' % (times, hashlib.sha256(body).hexdigest().encode())
sys.stdout.buffer.write(frame.pack(@))
"""

BOMB_READER = """
import resource, sys, time
from anifro_desktop.sync import bundle, frame
plain = sys.stdin.buffer.read()
started = time.process_time()
try:
    frame.read_lines(frame.unpack(plain))
except bundle.BundleRefused:
    pass
seconds = time.process_time() - started
if sys.platform == "linux":  # there, ru_maxrss begins with the memory of the process that started this one
    highest = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    size = int(highest.split()[1]) * 1024
else:
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(seconds, size)
"""


def cost(name: str) -> tuple[float, float]:
    """What reading a bomb takes: seconds of processor, and the most memory (bytes) that its process had."""
    program = BOMB_MAKER.replace("@", BOMBS[name].decode())
    bomb = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True).stdout
    told = subprocess.run(
        [sys.executable, "-c", BOMB_READER], cwd=ROOT, input=bomb, capture_output=True, check=True
    ).stdout
    seconds, size = map(float, told.split())
    return seconds, size


def long_list(name: str) -> bytes:
    """A list as long as one may be, of nothing but one thing."""
    unit = LISTS[name]
    return HEAD + unit * ((_MAX_LIST - 100) // len(unit))


def list_cost(name: str) -> float:
    """What reading such a list takes: seconds of processor."""
    answer = long_list(name)
    started = time.process_time()
    try:
        names_in(answer, "dav.example")
    except NotCarried:
        return time.process_time() - started
    raise AssertionError("taken for a list")
