"""Both languages are complete, compiled, and say the same things; every refusal has its sentence."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QTranslator

import anifro_desktop
from anifro_desktop.errors import Refusal
from anifro_desktop.ui.refusals import SENTENCES
from anifro_desktop.ui.translation import FOLDER

SOURCES = Path(__file__).resolve().parents[2] / "resources" / "i18n"
PACKAGE = Path(anifro_desktop.__file__).parent
LANGUAGES = ("it", "en")
# What only commands, the centre or a programmer can meet: no screen ever shows these.
NOT_ON_SCREEN = re.compile(r"anifro_desktop\.(centre|commands|scores)|faulty_visit_file")


def messages(language: str) -> Iterator[tuple[str, ElementTree.Element]]:
    tree = ElementTree.parse(SOURCES / f"anifro_{language}.ts")
    for context in tree.getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def forms(message: ElementTree.Element) -> list[str]:
    """The translation, or its plural forms."""
    translation = message.find("translation")
    assert translation is not None
    plural = [form.text or "" for form in translation.iter("numerusform")]
    return plural or [translation.text or ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_unfinished(language: str) -> None:
    unfinished = [
        message.findtext("source")
        for _, message in messages(language)
        if message.find("translation").get("type") is not None or not all(forms(message))
    ]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_that_of_its_source(language: str) -> None:
    translator = QTranslator()
    assert translator.load(f"anifro_{language}", str(FOLDER))
    for context, message in messages(language):
        source, comment = message.findtext("source", ""), message.findtext("comment", "")
        plural = message.get("numerus") == "yes"
        for count, expected in enumerate(forms(message), start=1):
            found = translator.translate(context, source, comment, count if plural else -1)
            assert found == expected, f"{context}: {source}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_blanks_are_the_same_in_both_languages(language: str) -> None:
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name} | set(re.findall("%n", text))

    for context, message in messages(language):
        source = message.findtext("source", "")
        for form in forms(message):
            # "e un'altra" says one without a figure: a plural form may leave the count out, never add to it.
            missing = blanks(source) ^ blanks(form)
            assert missing <= {"%n"}, f"{context}: {source}"


def test_italian_speaks_to_nobody_as_tu_and_never_shouts() -> None:
    intimate = re.compile(r"\b(tu|tuo|tua|tuoi|tue|ti|te|puoi|devi|hai|sei)\b", re.IGNORECASE)
    for context, message in messages("it"):
        for form in forms(message):
            assert not intimate.search(form), f"{context}: {form}"
            assert "!" not in form, f"{context}: {form}"


def test_the_source_files_hold_every_text_of_the_code(tmp_path: Path) -> None:
    """A text added to the code without running `resources/i18n/update.py` is found here."""
    fresh = tmp_path / "anifro_it.ts"
    files = sorted(str(path) for path in [PACKAGE / "app.py", *(PACKAGE / "ui").rglob("*.py")])
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run(
        [str(tool), *files, "-ts", str(fresh), "-locations", "none"], check=True, capture_output=True
    )
    tree = ElementTree.parse(fresh)
    wanted = {
        (context.findtext("name"), message.findtext("source"))
        for context in tree.getroot().iter("context")
        for message in context.iter("message")
    }
    held = {(context, message.findtext("source")) for context, message in messages("it")}
    assert wanted - held == set()
    assert held - wanted == set(), "texts that nothing says any more"


def refusals() -> Iterator[type[Refusal]]:
    for module in pkgutil.walk_packages([str(PACKAGE)], "anifro_desktop."):
        if not re.search(r"__main__|anifro_desktop\.(ui|app)", module.name):
            importlib.import_module(module.name)
    waiting = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("anifro_desktop."):
            yield kind


def test_every_refusal_has_its_sentence() -> None:
    from anifro_desktop.sync.errors import BUNDLE_CODES

    codes = {kind.code for kind in refusals() if not NOT_ON_SCREEN.search(f"{kind.__module__} {kind.code}")}
    said = {key.split(".")[0] for key in SENTENCES}
    assert (codes | set(BUNDLE_CODES)) - said == set()
