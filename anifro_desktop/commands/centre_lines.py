"""The lines that more than one of the centre's verbs says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anifro_desktop.centre.office import Centre


def nobody_lines(centre: Centre, lang: str) -> list[str]:
    """What to do at a centre that no site may send to yet."""
    from anifro_desktop.centre.words import NO_SITES, pick

    return [] if centre.store.writers() else [pick(NO_SITES, lang)]


def unanswered_lines(found: Iterable[tuple[str, str, str]], lang: str) -> Iterator[str]:
    """Computers for which something could not be made."""
    from anifro_desktop.centre.words import NOT_MADE, UNANSWERED, pick

    for site, writer, kind in found:
        yield pick(UNANSWERED, lang).format(site=site, writer=writer[:8], what=pick(NOT_MADE[kind], lang))
