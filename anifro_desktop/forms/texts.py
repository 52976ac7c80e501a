"""The sentences this package says beside those of the definitions: what is wrong, with an example of right."""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.forms.model import Label
from anifro_desktop.record import Missing

MISSING: Mapping[Missing, Label] = {
    Missing.NOT_DONE: Label("Non eseguito", "Not done"),
    Missing.NOT_KNOWN: Label("Non noto", "Not known"),
    Missing.NOT_APPLICABLE: Label("Non applicabile", "Not applicable"),
    Missing.REFUSED: Label("Rifiutato", "Refused"),
}

PROBLEMS: Mapping[str, Label] = {
    "number_unfinished": Label(
        "Il numero non è completo: scriverlo per intero, per esempio {example}.",
        "The number is not complete: write all of it, for example {example}.",
    ),
    "number_leading": Label(
        "Manca la cifra prima del separatore: scrivere per esempio {example}.",
        "The digit before the separator is missing: write for example {example}.",
    ),
    "number_exponent": Label(
        "Gli esponenti non sono ammessi: scrivere il numero per intero, per esempio {example}.",
        "Exponents are not accepted: write the number in full, for example {example}.",
    ),
    "number_grouped": Label(
        "I separatori delle migliaia non sono ammessi: un solo separatore, per i decimali; per esempio {example}.",
        "Thousands separators are not accepted: one separator only, for decimals; for example {example}.",
    ),
    "number_trailing": Label(
        "Scrivere solo il numero, senza unità di misura o altro testo; per esempio {example}.",
        "Write the number only, without unit or other text; for example {example}.",
    ),
    "number_none": Label(
        "Questo non è un numero: scrivere per esempio {example}.",
        "This is not a number: write for example {example}.",
    ),
    "number_too_long": Label(
        "Il numero ha troppe cifre: scrivere per esempio {example}.",
        "The number has too many digits: write for example {example}.",
    ),
    "number_decimals": Label(
        "Al massimo {decimals} decimali: scrivere per esempio {example}.",
        "At most {decimals} decimal places: write for example {example}.",
    ),
    "number_not_whole": Label(
        "Serve un numero intero: scrivere per esempio {example}.",
        "A whole number is needed: write for example {example}.",
    ),
    "out_of_range": Label(
        "Valore fuori dai limiti: sono ammessi valori da {low} a {high}{unit}. Correggere il valore.",
        "Value outside the limits: values from {low} to {high}{unit} are accepted. Correct the value.",
    ),
    "unusual_value": Label(
        "Valore insolito (di solito da {low} a {high}{unit}): correggere, oppure confermare con un motivo.",
        "Unusual value (usually from {low} to {high}{unit}): correct it, or confirm with a reason.",
    ),
    "choice_unknown": Label(
        "Questa risposta non è fra quelle previste: usare uno dei codici {codes}.",
        "This answer is not one of those offered: use one of the codes {codes}.",
    ),
    "date_unfinished": Label(
        "La data non è completa: scrivere giorno, mese e anno, per esempio 14/03/2026 o 140326.",
        "The date is not complete: write day, month and year, for example 14/03/2026 or 140326.",
    ),
    "date_none": Label(
        "Questa non è una data: scrivere giorno, mese e anno, per esempio 14/03/2026 o 140326.",
        "This is not a date: write day, month and year, for example 14/03/2026 or 140326.",
    ),
    "partial_none": Label(
        "Non è una data: scrivere giorno, mese e anno, oppure ciò che si sa: 14/03/2026, 03/2026 o 2026.",
        "This is not a date: write day, month and year, or what is known: 14/03/2026, 03/2026 or 2026.",
    ),
    "moment_unfinished": Label(
        "Manca la data o l'ora: scrivere per esempio 14/03/2026 9:30.",
        "The date or the time is missing: write for example 14/03/2026 9:30.",
    ),
    "moment_impossible": Label(
        "L'ora non esiste: scrivere da 0:00 a 23:59, per esempio 14/03/2026 9:30.",
        "There is no such time: write from 0:00 to 23:59, for example 14/03/2026 9:30.",
    ),
    "date_impossible": Label(
        "Questo giorno non esiste nel calendario: controllare giorno, mese e anno; per esempio 14/03/2026.",
        "This day does not exist: check day, month and year; for example 14/03/2026.",
    ),
    "date_future": Label(
        "La data è nel futuro: indicare una data fino a oggi.",
        "The date is in the future: enter a date up to today.",
    ),
    "date_before_birth": Label(
        "La data precede la nascita del paziente: controllare l'anno.",
        "The date is before the patient's birth: check the year.",
    ),
    "text_too_long": Label(
        "Il testo è troppo lungo: al massimo {most} caratteri.",
        "The text is too long: at most {most} characters.",
    ),
    "text_control": Label(
        "Il testo contiene caratteri non stampabili: cancellarli e riscriverli.",
        "The text contains characters that cannot be printed: delete them and write again.",
    ),
    "retype": Label(
        "Il valore non era ammesso quando è stato scritto e ora lo è: riscriverlo per confermarlo.",
        "The value was not accepted when it was typed and now is: type it again to confirm it.",
    ),
    "contradiction": Label(
        "«{label}» è «{answer}», ma {basis}. Accettare «{suggested}», oppure mantenere la risposta con un motivo.",
        '"{label}" is "{answer}", but {basis}. Accept "{suggested}", or keep the answer with a reason.',
    ),
}
