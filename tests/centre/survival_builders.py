"""Published survival data, and made-up ones with every difficulty, as spells.

`remission` (Freireich EJ et al. Blood 1963;21:699-716; Gehan EA. Biometrika 1965;52:203-23, doi 10.2307/2333825):
weeks of remission in leukaemia under 6-mercaptopurine and under placebo. `lung` (Loprinzi CL et al. J Clin Oncol
1994;12:601-7, doi 10.1200/JCO.1994.12.3.601; in R's `survival`): days of survival, by sex.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from anifro_desktop.centre.analysis.survival import Spell

Groups = dict[str, list[Spell]]


def spells(times: Iterable[float], events: Iterable[bool]) -> list[Spell]:
    """Spells from time 0."""
    return [Spell(0.0, time, event) for time, event in zip(times, events, strict=True)]


def _marked(text: str) -> list[Spell]:
    """Times, those with a plus sign censored."""
    words = text.split()
    return spells([float(word.rstrip("+")) for word in words], [not word.endswith("+") for word in words])


def remission() -> Groups:
    """Weeks of remission."""
    return {
        "placebo": _marked("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"),
        "mercaptopurine": _marked("6 6 6 7 10 13 16 22 23 6+ 9+ 10+ 11+ 17+ 19+ 20+ 25+ 32+ 32+ 34+ 35+"),
    }


def entering(seed: int, names: Sequence[str], tied: bool) -> Groups:
    """Invented groups with delayed entry; tied: whole days, so that entries, events and censorings meet."""
    draw = random.Random(seed)
    made: Groups = {}
    for place, name in enumerate(names):
        made[name] = []
        for _ in range(60):
            entry = max(0.0, draw.uniform(-10, 15))
            length = draw.expovariate(0.03 * (1 + place))
            if tied:
                entry, length = float(round(entry)), float(round(length) + 1)
            made[name].append(Spell(entry, entry + length, draw.random() < 0.6))
    return made


LUNG = {
    "men": (
        "11 11 11 12 13 13 15 26 30 31 53 53 54 59 60 65 65 71 81 88 88 92 93 95 105 107 110 116 118 131 "
        "132 132 135 142 144 147 156 156 163 163 163 166 170 174+ 175 176 177 179 179 180 181 181 183 "
        "185+ 188+ 189 191+ 196+ 197 197+ 202 207 210 212 218 221+ 222 222+ 223 225+ 225+ 229 230 237+ "
        "239 246 259+ 267 269 270 279+ 283 284 284+ 285 286 288 291 292+ 300+ 301 301+ 303 303+ 306 310 "
        "320 329 337 353 353 363 364 371 387 390 394 404+ 413+ 428 429 442 444+ 455 457 458+ 460 477 519 "
        "524 533 558 567 574 583 613 624 643 655 689 707 791 806+ 814 840+ 883 1010+ 1022+ "
    ),
    "women": (
        "5 60 61 62 79 81 92+ 95 105+ 107 122 145 145 153 166 167 173+ 175+ 177+ 182 186 192+ 194 199 "
        "201 201 202+ 203+ 208 211+ 224+ 226 235+ 239 240+ 243+ 245 252+ 266+ 268 269+ 272+ 276+ 285 "
        "292+ 293 296+ 305 310 315+ 332+ 340 345 348 350 351 356+ 361 363 364+ 371 376+ 382+ 384+ 426 "
        "433 444 450 473 511+ 511+ 520 524 529+ 543+ 550 551+ 559+ 588+ 641 654 687 705 728 731 735 740+ "
        "765 821+ 965+ "
    ),
}


def lung() -> Groups:
    """Days of survival, men and women."""
    return {name: _marked(text) for name, text in LUNG.items()}
