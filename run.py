#!/usr/bin/env python3
"""Set up the program and run it. Needs nothing but Python 3.11 to 3.14, and is the same on every system.

    python3 run.py            the program on a synthetic practice study (without a screen: as text)
    python3 run.py test       every check and test (what follows is handed to pytest: `-k lldas`)
    python3 run.py bench      timings against their limits
    python3 run.py screens    pictures of the screens, into docs/screens
    python3 run.py trials     long randomised trials

Set-up happens once, in `.venv` beside this file, from the pinned and hashed `requirements.lock`. Nothing else
on the computer is changed, except that on Debian or Ubuntu, and only as root, missing system packages are
installed. Addresses of package registries are never printed, as they may name a private network.
"""

from __future__ import annotations

import compileall
import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "set-up-from"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
SUPPORTED = ((3, 11), (3, 14))
USAGE, ENVIRONMENT, INTERRUPTED = 2, 3, 130  # exit codes

# What Qt loads from a Linux system: shared library and the Debian package that brings it.
QT_ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
}
QT_ON_SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}

# What tests start: program and the Debian packages that bring it.
TESTED_WITH = {
    "strace": ["strace"],  # kills a process at a chosen write
    "apache2": ["apache2-bin", "apache2-utils"],
    "nginx": ["nginx", "libnginx-mod-http-dav-ext"],
    "sshd": ["openssh-server"],
    "pg_ctlcluster": ["postgresql"],
    "Rscript": [
        "r-base-core",
        "r-cran-survival",
        "r-cran-haven",
        "r-cran-readstata13",
    ],  # reads what Stata would
    "gretlcli": ["gretl"],
    "chromium": ["chromium"],  # opens the report
    "pdftotext": ["poppler-utils"],
}
SERVERS = ("apache2", "nginx", "sshd", "pg_ctlcluster")

PROGRAM = [str(PYTHON), "-m", "anifro_desktop"]
COMMANDS = {
    "bench": [str(PYTHON), "-m", "benchmarks"],
    "screens": [str(PYTHON), "-m", "anifro_desktop.ui.screens", "docs/screens"],
    "trials": [str(PYTHON), "tests/trials"],
}
ROOM_IN_MEMORY = 6 * 2**30  # what tests write at once is below 2
# One more than there are processors: many tests wait for a disk, a server or another program.
WORKERS = str((os.cpu_count() or 1) + 1)
CHECKS = {
    "style": [str(PYTHON), "-m", "ruff", "check"],
    "format": [str(PYTHON), "-m", "ruff", "format", "--check"],
    "types": [str(PYTHON), "-m", "mypy"],
    "direction of imports": [str(SCRIPTS / "lint-imports")],
    # In the order of tests/conftest.py, which begins with the files that take longest.
    "tests": [str(PYTHON), "-m", "pytest", "-n", WORKERS, "--dist", "loadfile", "--no-loadscope-reorder"],
}
COLLECT = [str(PYTHON), "-m", "pytest", "-qq", "--collect-only"]
BESIDE = "types"  # takes half a minute of one processor: run beside the others


class CannotSetUp(Exception):
    """This computer lacks something; the sentence says what, and what to do next."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def quietly(command: list[str]) -> str | None:
    """Run a command. None when it worked, else the end of what it said, without addresses of registries."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode == 0:
        return None
    said = done.stdout.decode(errors="replace").strip() or f"{Path(command[0]).name} gave {done.returncode}"
    said = re.sub(r"\b\w+://\S+", "<address>", said)
    said = re.sub(r"host='[^']*'|'[\w.-]+\.\w+'(?= and port)|Looking in .*", "<host>", said)
    return "\n".join(said.splitlines()[-12:])


# The computer


def has_screen() -> bool:
    return not sys.platform.startswith("linux") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def check_python() -> None:
    if SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        return
    names = [f"python3.{minor}" for minor in range(SUPPORTED[1][1], SUPPORTED[0][1] - 1, -1)]
    found = next(filter(shutil.which, names), None)
    advice = f"Run: {found} run.py" if found else "Install one of them, and run it with that one."
    raise CannotSetUp(f"Python 3.11 to 3.14 is needed; this is {sys.version.split()[0]}. {advice}")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    home = os.environ.get("HOME", "/")
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", f"{home}/.local/share/fonts", f"{home}/.fonts")
    return any(next(Path(folder).rglob("*.[ot]tf"), None) for folder in folders)


def missing_packages() -> list[str]:
    """Debian's names of the packages that Qt, its text and the set-up need and that are not here."""
    wanted = {**QT_ALWAYS, **(QT_ON_SCREEN if has_screen() else {})}
    missing = [package for library, package in wanted.items() if not loads(library)]
    if shutil.which("apt-get") and not has_font():
        missing.append("fonts-inter")
    if not (PYTHON.exists() or shutil.which("uv") or importlib.util.find_spec("ensurepip")):
        missing.append(f"python3.{sys.version_info[1]}-venv")
    return missing


def check_system() -> None:
    missing = missing_packages() if sys.platform.startswith("linux") else []
    if not missing:
        return
    names = " ".join(missing)
    if not shutil.which("apt-get"):
        raise CannotSetUp(f"System libraries are missing; these are Debian's names for them: {names}")
    if os.geteuid() != 0:
        raise CannotSetUp(f"System packages are missing. First run:\n  sudo apt-get install {names}")
    if fault := install_packages(missing):
        raise CannotSetUp(f"They could not be installed:\n{fault}")


def install_packages(names: list[str]) -> str | None:
    """Install Debian packages, as root. None when it worked, else the end of what was said."""
    say(f"Installing missing system packages: {' '.join(names)}")
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    has_lists = any(Path("/var/lib/apt/lists").glob("*Release"))
    fault = quietly(install) if has_lists else "no package lists"
    if fault:  # also when the lists are old and name packages that are no longer there
        fault = quietly(["apt-get", "update", "-qq"]) or quietly(install)
    return fault


def bring_for_tests() -> None:
    """What tests start beside Python, where it can be installed; without it those tests say that they were not run."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    # A package of a server also starts it, where services are managed: a test command must not do that.
    left_out = SERVERS if Path("/run/systemd/system").exists() else ()
    wanted = [program for program in TESTED_WITH if program not in left_out and not shutil.which(program)]
    missing = [name for program in wanted for name in TESTED_WITH[program]]
    if missing:
        install_packages(missing)


# The libraries


def stamp() -> str:
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), f"{sys.version} {VENV}".encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def install_with_uv() -> str | None:
    uv = shutil.which("uv")
    if not uv:
        return "uv is not here"
    install = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "--no-build"]
    make = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
    return quietly(make) or quietly([*install, "-r", str(LOCK)])


def install_with_pip() -> str | None:
    install = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-compile"]
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    return quietly(make) or quietly([*install, "--require-hashes", "--only-binary=:all:", "-r", str(LOCK)])


def set_up() -> None:
    """Bring `.venv` to what the lock says, unless its stamp says that it is there already."""
    wanted = stamp()
    if not (STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted):
        if (
            VENV.is_symlink()
        ):  # what it points at belongs to something else, and making it anew would empty that
            raise CannotSetUp(f"{VENV} is a link to another folder. Remove the link, then start again.")
        started = time.monotonic()
        say("Setting up, once: fetching the libraries and checking their hashes (1 GB, a minute or two) ...")
        # uv reads no pip.conf, so where the registry is a private one only pip may reach it.
        if install_with_uv() is not None and (fault := install_with_pip()):
            raise CannotSetUp(f"The libraries could not be installed:\n{fault}")
        site_packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))
        (site_packages / "anifro_desktop.pth").write_text(f"{ROOT}\n", encoding="utf-8")
        say("Compiling them ...")
        # Some libraries carry files for other Pythons, which do not compile: the exit code says nothing.
        quietly([str(PYTHON), "-m", "compileall", "-qq", "-j0", str(site_packages)])
        STAMP.write_text(wanted, encoding="ascii")
        say(f"Set up in {time.monotonic() - started:.0f} s.")
    # Here, as an environment may forbid it at import (PYTHONDONTWRITEBYTECODE): starts get 3× slower.
    compileall.compile_dir(ROOT / "anifro_desktop", quiet=2)


# The commands


def environment(on_screen: bool = False) -> dict[str, str]:
    """What commands run in: the project's libraries only; checks, timings and pictures without a window system."""
    foreign = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    if sys.platform.startswith("linux") and not (on_screen and has_screen()):
        kept["QT_QPA_PLATFORM"] = "offscreen"
    return kept | {"PYTHONNOUSERSITE": "1"}


def run(command: list[str], kept: dict[str, str]) -> int:
    return subprocess.run(command, cwd=ROOT, env=kept, check=False).returncode


def in_memory() -> str | None:
    """A folder in memory with room for what tests write, if there is one: a disk is waited for thousands of times."""
    folder = Path("/dev/shm")  # noqa: S108 - only the name of the place; files there are made by tempfile
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        return None
    told = re.search(r"^MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text("ascii"), re.MULTILINE)
    free = min(shutil.disk_usage(folder).free, 1024 * int(told[1]) if told else 0)
    return str(folder) if free >= ROOM_IN_MEMORY else None


def run_checks(pytest_arguments: list[str]) -> int:
    """Every check, also after one has failed, in a home folder of their own that is removed afterwards."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="anifro-tests-", dir=in_memory()) as home:
        homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR"), home)
        temps = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(Path(home).parent))
        kept = {n: v for n, v in environment().items() if not n.startswith("XDG_")} | homes | temps
        slow = subprocess.Popen(
            CHECKS[BESIDE], cwd=ROOT, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        # The tests' files are compiled here once, and not by each of the processes that share the tests.
        subprocess.run(COLLECT, cwd=ROOT, env=kept, check=False, stdout=subprocess.DEVNULL)
        for name, command in CHECKS.items():
            say(f"\n== {name}: {' '.join([Path(command[0]).name, *command[1:]])}")
            if name == BESIDE:
                say("(beside what follows; what it finds is told at the end)")
            elif run(command + (pytest_arguments if name == "tests" else []), kept) != 0:
                failed.append(name)
        said = slow.communicate()[0].decode(errors="replace")
        say(f"\n== {BESIDE}:\n{said}")
        failed += [BESIDE] if slow.returncode != 0 else []
    say(f"\nNot passed: {', '.join(failed)}." if failed else f"\nAll {len(CHECKS)} checks passed.")
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    word, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if word not in {"", "test", *COMMANDS}:
        print(__doc__.strip())
        return 0 if word in {"-h", "--help", "help"} else USAGE
    try:
        check_python()
        check_system()
        # Beside the libraries: both mostly wait for a network.
        bringing = threading.Thread(target=bring_for_tests)
        if word == "test":
            bringing.start()
        set_up()
    except CannotSetUp as fault:
        print(fault, file=sys.stderr)
        return ENVIRONMENT
    if word == "test":
        bringing.join()
        return run_checks(rest)
    if word:
        return run(COMMANDS[word] + rest, environment())
    return run([*PROGRAM, "demo", "--window"] if has_screen() else [*PROGRAM, "demo"], environment(True))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
