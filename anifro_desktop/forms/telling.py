"""Shapes of text that say who somebody is, or when something happened, whoever it is: numbers, addresses, dates.

Rules kept here:
- A shape is narrow enough that ordinary clinical sentences are let through: doses, results, routes ("via orale"),
  durations. What it costs is measured by `tests/forms/test_screening.py`, on sentences of both kinds.
- A tax code counts with replaced digits (omocodia) and with a wrong check letter too: the shape alone tells enough.
- Every calendar date counts, also in words and without its year; a year alone does where a word says that it is one.

Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTHS = (
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|"
    "january|february|march|april|june|july|august|september|october|november|december|"
    "gen|genn|feb|febb|apr|mag|giu|lug|ago|set|ott|nov|dic|jan|jun|jul|aug|sept|sep|oct|dec|mar|may"
)
_WITH_YEAR = f"{_MONTHS}|sett"  # which after a number means weeks
_DAY_WORDS = (
    "primo|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|"
    "diciassette|diciotto|diciannove|vent\\w{0,9}|trent(?:a|uno)|"
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\\w{3,7}teenth|eleventh|twelfth|"
    "twentieth|twenty[- ]\\w{3,7}|thirtieth|thirty[- ]first"
)
_YEAR_WORDS = r"mille ?nove ?cento ?\w+|due ?mila ?\w*|nineteen[- ]\w+|two thousand\w*|twenty[- ]\w+teen"
_YEAR = r"(?:19|20)\d\d"
_SIGN = r"\s?[-/._]\s?"
_LOOSE = r"\s?[-/.,_]\s?|\s"  # where all four figures of the year stand: lists of numbers look so, too
_DD, _MM = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_N = "[0-9lmnpqrstuv]"
_GAP = r"[\s.\-]?"
_ROADS = (
    r"via|viale|v\.le|vle|piazza|p\.?zza|piazzale|p\.?le|corso|c\.so|largo|vicolo|strada|contrada|borgo|"
    r"lungarno|lungotevere|lungomare|localit[aà]|frazione|salita|calle|rione"
)
_ROUTES = (
    r"oral\w*|os|endovenos\w*|venos\w*|sottocut\w*|intramusc\w*|inalat\w*|topic\w*|parenteral\w*|rettal\w*|"
    r"intravenous\w*|subcut\w*|ev|e\.v\.|sc|s\.c\.|im|i\.m\.|iv|i\.v\.|aere\w*|biliar\w*|urinari\w*|di|del\w*|"
    r"internet|mail|e-?mail|fax|preferenzial\w*|generale|maestra"
)
_TITLES = (
    r"sig|sigra|sig\.ra|sig\.na|signora|signor|signorina|dott|dott\.ssa|dottoressa|dottor|dr|dr\.ssa|drssa|prof|"
    r"prof\.ssa|professor|professoressa|mr|mrs|ms|miss|nurse|suor|don"
)
_NUMBERED = (
    r"cartella(?:\s+clinica)?|nosologic\w+|nosografic\w+|ricovero|accettazione|mrn|upi|hospital\s+(?:no|number)|"
    r"medical\s+record|chart|codice\s+paziente|id\s+paziente|patient\s+id|tessera(?:\s+sanitaria)?"
)

_I = re.IGNORECASE
# Each shape and why it tells; the first that matches a place names it.
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(shape, flags))
    for why, shape, flags in (
        (
            "tax_code",
            rf"(?<!\w)(?:[a-z]{_GAP}){{6}}(?:{_N}{_GAP}){{2}}[abcdehlmprst]{_GAP}(?:{_N}{_GAP}){{2}}[a-z]{_GAP}"
            rf"(?:{_N}{_GAP}){{3}}[a-z](?!\w)",
            re.IGNORECASE,
        ),
        ("email", r"[\w.+\-]+\s?(?:@|\(at\)|\[at\]|\bchiocciola\b)\s?[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE),
        ("iban", r"(?<!\w)IT\s?\d{2}\s?[A-Z](?:\s?[0-9A-Z]){22}(?!\w)", re.IGNORECASE),
        ("health_card", r"(?<!\d)80380(?:[\s\-]?\d){15}(?!\d)", 0),
        ("phone", r"(?<![\w.,])(?:\+|00)\s?\d{2,3}(?:[\s./\-]?\d){7,11}(?!\d)", 0),
        ("phone", r"(?<![\w.,/+\-])3\d{2}[\s./\-]?\d{3}[\s./\-]?\d{3,4}(?![\d.,])", 0),
        ("phone", r"(?<![\w.,/+\-])0\d{1,3}[\s./\-]?\d(?:[\s./\-]?\d){4,7}(?!\d)", 0),
        ("phone", r"\b(?:tel|cell|telefono|cellulare|phone|mobile)\b[\s.:]*(?:n\.?\s*)?\+?\d(?:[\s./\-]?\d){4,14}", _I),
        (
            "date",
            rf"(?<![\d.,/\-]){_DD}(?:(?:{_SIGN}){_MM}(?:{_SIGN})\d\d|(?:{_LOOSE}){_MM}(?:{_LOOSE}){_YEAR})"
            rf"(?![\d/\-]|[.,]\d)",
            0,
        ),
        ("date", rf"(?<![\d.,/\-]){_MM}[/\-]{_DD}[/\-](?:{_YEAR}|\d\d)(?!\d)", 0),
        ("date", rf"(?<![\d.,/\-]){_YEAR}(?:{_LOOSE}){_MM}(?:{_LOOSE}){_DD}(?!\d)", 0),
        ("date", rf"(?<!\d){_YEAR}-\d\d-\d\d(?!\d)", 0),
        ("date", rf"(?<!\d){_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", 0),
        ("date", rf"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){_YEAR}(?!\d)", 0),
        ("date", rf"(?<!\w)\d{{1,2}}(?:°|º|st|nd|rd|th)?\s?(?:of\s)?[-/.]?\s?(?:{_MONTHS})\b\.?(?!\s?/)", re.I),
        ("date", rf"\b(?:{_DAY_WORDS})\s(?:of\s)?(?:{_MONTHS})\b", re.IGNORECASE),
        ("date", rf"\b(?:{_WITH_YEAR})\b\.?\s?,?(?:del\s|of\s)?['’]?(?:{_YEAR}|\d\d(?!\d|\s?(?:mg|ml|%|g\b)))\b", re.I),
        ("date", rf"\b(?:{_MONTHS})\b\.?\s(?:del\s|of\s)?(?:{_YEAR_WORDS})", re.IGNORECASE),
        ("date", rf"\b(?:{_MONTHS})\b\.?\s{_DD}(?:st|nd|rd|th)?\b,?\s{_YEAR}(?!\d)", re.IGNORECASE),
        (
            "date",
            rf"\b(?:nel|dal|del|anno|since|in|from|until|fino\sal|year|classe|nat[oa]\snel|born\sin)\s"
            rf"(?:['’]\d\d\b|{_YEAR}(?!\d|[.,]\d|\s?(?:mg|ml|ui|iu|kcal|cc)\b))",
            re.IGNORECASE,
        ),
        (
            "date",
            r"(?:\bil|\bdel|\bal|\bdal|\bon|\bgiorno)\s(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|1[0-2])(?![\d/]|\s?(?:mg|ml|%))",
            re.IGNORECASE,
        ),
        (
            "address",
            rf"\b(?:{_ROADS})\s+(?!(?:{_ROUTES})\b)(?:[^\W\d]+['’.]?\s*){{1,4}}[,\s]*(?:n\.?\s?)?\d{{1,4}}\b",
            re.I,
        ),
        (
            "address",
            rf"\b(?:(?i:via|viale|v\.le|piazza|p\.?zza|piazzale|vicolo|contrada|lungarno|largo|borgo)|Corso|Strada)\s+"
            rf"(?!(?i:{_ROUTES})\b)(?:[A-ZÀ-Ý]['’]?[^\W\d_]+|d(?:i|el|ella|ei|egli|a)\s[A-ZÀ-Ý]\w+)",
            0,
        ),
        ("title", rf"(?<!\w)(?i:{_TITLES})\.?\s+(?:[A-ZÀ-Ý]['’.]\s?)?[A-ZÀ-ÝŁŽ][^\W\d_]+", 0),
        (
            "hospital_number",
            rf"\b(?:{_NUMBERED})\b\s*(?:n(?:[.°º]|um\w*|r)?\.?|no\.?|number|#)?\s*[:=]?\s*(?=[\w/\-]*\d{{3}})[\w/\-]+",
            re.IGNORECASE,
        ),
    )
)  # fmt: skip


def shapes(text: str) -> Iterator[tuple[int, int, str]]:
    """Every place of a text where such a shape stands: from, to, why (`tax_code`, `email`, `iban`, `health_card`,
    `phone`, `date`, `address`, `title`, `hospital_number`)."""
    for why, shape in _SHAPES:
        for match in shape.finditer(text):
            yield match.start(), match.end(), why
