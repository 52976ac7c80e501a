"""New keys of a site, told to the centre by the old ones; and how far the site heard the centre.

The manifest of a data bundle may carry, beside what `records` writes:

    card   the text of the writer's next enrolment card (`keyset.make_card`); then `crit` names "card"
    heard  the number of the newest receipt that was read at the site (none: 0)

Rules kept here:
- A card that is announced is of the bundle's own study, site and writer, signed by its own new key; the signature of
  the bundle is what vouches for it.
- A reader that does not know announcements holds such a bundle, rather than going on without the new key.
- The site signs with the new key only after a receipt says that the announcement was taken; so no order and no loss
  of files brings a bundle whose key the centre cannot know.
"""

from __future__ import annotations

from anifro_desktop.sync.bundle import CARD, Opened
from anifro_desktop.sync.errors import BundleRefused, KeyFileRefused
from anifro_desktop.sync.frame import Line
from anifro_desktop.sync.header import MAX_SEQ, Header
from anifro_desktop.sync.keyset import Card, read_card

# A number above it would leave too few for the centre's receipts.
MAX_HEARD = MAX_SEQ - 1_000_000


def told(card: bytes | None, heard: int) -> Line:
    """What a manifest says of both; `card` is the file of the next card, None for no change."""
    line: Line = {"heard": heard} if heard else {}
    return line if card is None else line | {"card": card.decode("ascii")}


def crit(card: bytes | None) -> tuple[str, ...]:
    """What the header names as critical."""
    return () if card is None else (CARD,)


def announced(opened: Opened) -> tuple[Card, bytes] | None:
    """The next card that a bundle announces, and its file; None if there is none.

    Raises:
        BundleRefused: `manifest_mismatch`: a card that is not whole, or not of the bundle's writer.
    """
    text = opened.manifest.get("card")
    if text is None:
        return None
    try:
        data = str(text).encode("ascii")
        card = read_card(data)
    except (UnicodeEncodeError, KeyFileRefused) as error:
        raise BundleRefused("manifest_mismatch", "card") from error
    if not _of(opened.header, card):
        raise BundleRefused("manifest_mismatch", "card")
    return card, data


def heard(opened: Opened) -> int:
    """The number of the newest receipt that the site has read; 0 where it says nothing.

    Raises:
        BundleRefused: `manifest_mismatch`: not a number that a receipt has.
    """
    value = opened.manifest.get("heard", 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_HEARD:
        raise BundleRefused("manifest_mismatch", "heard")
    return value


def _of(header: Header, card: Card) -> bool:
    return (card.study, card.site, card.writer) == (header.study, header.site, header.writer)
