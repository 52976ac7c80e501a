"""The sentences of an import in both languages. None holds a cell's content: a row, a column and a kind say enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.model import Label

Blank = str | int | Label


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence. code: a name of `SENTENCES`; blanks: what fills it."""

    code: str
    blanks: Mapping[str, Blank] = field(default_factory=dict)

    def plain(self, lang: str) -> str:
        """The sentence for a file: without study codes, and without answers where it names some."""
        if self.code == "row_contradiction":
            return _CONTRADICTS.get(lang)
        return Said(self.code, {**self.blanks, "subject": "…"}).get(lang)

    def get(self, lang: str) -> str:
        """The sentence in a language."""
        filled = {
            name: blank.get(lang) if isinstance(blank, Label) else blank
            for name, blank in self.blanks.items()
        }
        return SENTENCES[self.code].get(lang).format(**filled)


def said(code: str, **blanks: Blank) -> Said:
    """A sentence with its blanks."""
    return Said(code, blanks)


def hint(name: str) -> Label:
    """What was probably meant, as the end of a sentence; a full stop where nothing comes near."""
    text = SENTENCES["meant"]
    return Label(text.it.format(name=name), text.en.format(name=name)) if name else Label(".", ".")


class _ImportRefusal(Refusal):
    """Sentences in both languages, one a line."""

    _LAST: ClassVar[str] = ""

    def __init__(self, faults: Iterable[Said]) -> None:
        self.faults = tuple(faults)
        super().__init__(self._lines("en"))

    def _lines(self, lang: str) -> str:
        last = [SENTENCES[self._LAST].get(lang)] if self._LAST else []
        return "\n".join([*(fault.get(lang) for fault in self.faults), *last])

    def blanks(self, lang: str) -> Mapping[str, str | int]:
        return {"faults": self._lines(lang)}


class FaultyMapping(_ImportRefusal):
    """A mapping file that cannot be used; every fault at once."""

    code: ClassVar[str] = "faulty_mapping"
    _LAST: ClassVar[str] = "mapping_last"


class FaultyTable(_ImportRefusal):
    """A file that is no usable table."""

    code: ClassVar[str] = "faulty_table"


class DraftThere(Refusal):
    """A mapping file stands where its draft would be written."""

    code: ClassVar[str] = "draft_there"

    def __init__(self) -> None:
        super().__init__(
            "No draft was written: a mapping file of the table's name stands beside it already. Go on with that one, "
            "or move it away."
        )


SENTENCES: Mapping[str, Label] = {
    # The file
    "file_empty": Label("Il file è vuoto: controllare quale file è stato scelto.",
                        "The file is empty: check which file was chosen."),
    "file_old_excel": Label(
        "È una cartella di Excel vecchia (.xls) o protetta da password: aprirla in Excel e salvarla come .xlsx senza "
        "password.",
        "This is an old (.xls) or password-protected Excel workbook: open it in Excel and save it as .xlsx without a "
        "password."),
    "file_other_zip": Label(
        "È un file compresso ma non una cartella .xlsx: salvare la tabella come .xlsx o come CSV.",
        "This is a compressed file but no .xlsx workbook: save the table as .xlsx or as CSV."),
    "file_broken_excel": Label(
        "La cartella di Excel è incompleta o danneggiata: aprirla in Excel e salvarla di nuovo come .xlsx.",
        "The Excel workbook is incomplete or damaged: open it in Excel and save it anew as .xlsx."),
    "file_bomb": Label(
        "La cartella di Excel si espanderebbe oltre {size} MiB: copiare la tabella in una cartella nuova.",
        "The Excel workbook would unpack to more than {size} MiB: copy the table into a new workbook."),
    "file_doctype": Label(
        "La cartella di Excel contiene dichiarazioni che Excel non scrive: copiare la tabella in una cartella nuova.",
        "The Excel workbook holds declarations that Excel never writes: copy the table into a new workbook."),
    "file_not_text": Label(
        "Il file non è una tabella di testo: salvarlo come CSV (UTF-8) o come .xlsx.",
        "The file is no table of text: save it as CSV (UTF-8) or as .xlsx."),
    "file_encoding": Label(
        "Il testo del file non è {encoding} (riga {line}): correggere «encoding» nella mappa, o salvare il file come "
        "CSV UTF-8.",
        "The text of the file is not {encoding} (line {line}): correct \"encoding\" in the mapping, or save the file "
        "as CSV UTF-8."),
    "file_delimiter": Label(
        "Non è chiaro quale segno separa le colonne: indicare «delimiter» in [file] nella mappa.",
        "It is not clear which sign separates the columns: say \"delimiter\" under [file] in the mapping."),
    "file_delimiter_declared": Label(
        "Con il separatore indicato nella mappa la riga dei nomi ha una sola colonna: controllare «delimiter».",
        "With the delimiter of the mapping the row of names has one column only: check \"delimiter\"."),
    "file_quotes": Label(
        "Verso la riga {line} le virgolette non si chiudono come dovrebbero: correggere il file lì.",
        "Near line {line} the quotation marks do not close as they should: mend the file there."),
    "file_header": Label(
        "La riga {row}, che dovrebbe dare i nomi delle colonne, manca o è vuota: controllare «header» nella mappa.",
        "Row {row}, which should name the columns, is missing or empty: check \"header\" in the mapping."),
    "file_header_values": Label(
        "La riga {row} dovrebbe dare i nomi delle colonne, ma contiene numeri o date: controllare «header».",
        "Row {row} should name the columns, but holds numbers or dates: check \"header\"."),
    "file_twice": Label(
        "Più colonne hanno lo stesso nome: {columns}. Dare a ciascuna un nome diverso.",
        "Several columns have the same name: {columns}. Give each a name of its own."),
    "file_nameless": Label(
        "La colonna {number} ha valori ma nessun nome: darle un nome.",
        "Column {number} holds values but has no name: give it a name."),
    "file_rows": Label(
        "La tabella ha più di {most} righe: dividerla in più file.",
        "The table has more than {most} rows: split it into several files."),
    "file_columns": Label(
        "La tabella ha più di {most} colonne: togliere quelle che non servono.",
        "The table has more than {most} columns: take out those that are not needed."),
    "file_no_rows": Label("La tabella non ha righe sotto i nomi delle colonne.",
                          "The table has no rows below the names of the columns."),
    "file_merged": Label(
        "Le celle {cells} sono unite, e solo la prima ha il valore: separarle in Excel e riempirle.",
        "The cells {cells} are merged, and only the first holds the value: unmerge them in Excel and fill them in."),
    "file_sheets": Label(
        "La cartella ha più fogli ({sheets}): indicarne uno con «sheet» in [file] nella mappa.",
        "The workbook has several sheets ({sheets}): name one with \"sheet\" under [file] in the mapping."),
    "file_no_sheet": Label(
        "Non c'è un foglio «{sheet}»; ci sono: {sheets}.",
        "There is no sheet \"{sheet}\"; there are: {sheets}."),
    "file_hidden_sheet": Label(
        "Il foglio «{sheet}» è nascosto: mostrarlo in Excel, controllarlo e salvare.",
        "The sheet \"{sheet}\" is hidden: unhide it in Excel, look at it and save."),
    "file_unmapped": Label(
        "Colonne senza posto nella mappa: {columns}. Dire dove vanno, o elencarle in «ignore».",
        "Columns without a place in the mapping: {columns}. Say where they go, or list them under \"ignore\"."),
    "file_no_column": Label(
        "La mappa nomina una colonna che il file non ha: «{column}»{meant}",
        "The mapping names a column that the file does not have: \"{column}\"{meant}"),
    "meant": Label("; forse «{name}»?", "; did you mean \"{name}\"?"),
    "noted_encoding": Label(
        "Il file non è UTF-8: letto come {encoding}. Controllare le lettere accentate.",
        "The file is not UTF-8: read as {encoding}. Check the letters with accents."),
    "noted_hidden": Label("Fogli nascosti non letti: {sheets}.", "Hidden sheets that were not read: {sheets}."),
    # The mapping file
    "mapping_last": Label("Nulla è stato cambiato. Correggere la mappa e riprovare.",
                          "Nothing was changed. Mend the mapping and try again."),
    "map_at": Label("riga {line}, {where}: {what}", "line {line}, {where}: {what}"),
    "map_in": Label("{where}: {what}", "{where}: {what}"),
    "map_utf8": Label("la mappa non è testo UTF-8: salvarla come UTF-8.",
                      "the mapping is not UTF-8 text: save it as UTF-8."),
    "map_deep": Label(
        "la mappa non si legge: ha troppi livelli, o un numero troppo lungo",
        "the mapping cannot be read: it is nested too deep, or a number is too long",
    ),
    "map_toml": Label("la mappa non è TOML valido: {why}", "the mapping is not valid TOML: {why}"),
    "map_format": Label('serve format = "{format}".', 'format = "{format}" is needed.'),
    "map_unknown": Label("chiave sconosciuta{meant}", "unknown key{meant}"),
    "map_kind": Label("serve {kind}.", "{kind} is needed."),
    "map_needed": Label("manca «{key}».", "\"{key}\" is missing."),
    "map_one_of": Label("uno tra {allowed}{meant}", "one of {allowed}{meant}"),
    "map_field": Label("campo sconosciuto in «{form}»{meant}", "unknown field of \"{form}\"{meant}"),
    "map_computed": Label("questo campo lo scrive il programma: toglierlo.",
                          "this field is written by the program: take it out."),
    "map_choice": Label(
        "è una scelta: servono values = {{ \"testo\" = codice }}, oppure codes = \"own\" se la colonna contiene i "
        "codici o le etichette del codebook.",
        "is a choice: values = {{ \"text\" = code }} is needed, or codes = \"own\" if the column holds the codes or "
        "labels of the codebook."),
    "map_code": Label("codici ammessi: {allowed}; oppure un motivo di dato mancante, o \"not_answered\".",
                      "codes allowed: {allowed}; or a missing reason, or \"not_answered\"."),
    "map_reason": Label("motivi ammessi: {allowed}.", "reasons allowed: {allowed}."),
    "map_not_choice": Label("solo per le scelte.", "only for choices."),
    "map_sources": Label("serve una sola tra «column», «boxes» e «always» (con «with»).",
                         "exactly one of \"column\", \"boxes\" and \"always\" (with \"with\") is needed."),
    "map_unit": Label("unità senza conversione in {unit}: possibili {allowed}.",
                      "unit without a conversion to {unit}: possible are {allowed}."),
    "map_no_unit": Label("questo campo non ha una sola unità: togliere «unit».",
                         "this field has no unit of its own: take \"unit\" out."),
    "map_dates": Label("manca l'ordine delle date: dates = \"DMY\", \"YMD\" o \"MDY\".",
                       "the order of dates is missing: dates = \"DMY\", \"YMD\" or \"MDY\"."),
    "map_twice": Label("la colonna «{column}» è anche in «ignore».",
                       "the column \"{column}\" is also under \"ignore\"."),
    "map_place": Label("«{name}» non è una scheda o una sezione di questo record.",
                       "\"{name}\" is no form or section of this record."),
    "map_folded": Label("«{name}» sta due volte, a parte maiuscole e spazi.",
                        "\"{name}\" stands twice, but for capitals and spaces."),
    "kind_text": Label("un testo", "a text"),
    "kind_texts": Label("un testo o un elenco di testi", "a text or a list of texts"),
    "kind_table": Label("una tabella", "a table"),
    "kind_tables": Label("un elenco di tabelle", "a list of tables"),
    "kind_flag": Label("true o false", "true or false"),
    "kind_whole": Label("un numero intero da 1", "a whole number from 1"),
    "kind_column": Label("il nome di una colonna", "the name of a column"),
    "kind_study_code": Label("un codice di studio come P03-7KQF-W", "a study code such as P03-7KQF-W"),
    # A cell
    "cell_formula": Label("la formula non ha un valore salvato: aprire il file in Excel e salvarlo.",
                          "the formula has no saved value: open the file in Excel and save it."),
    "cell_error": Label("la cella contiene un errore di Excel.", "the cell holds an error of Excel."),
    "cell_time": Label("un'ora o una durata, dove non può stare.", "a time or duration, where none can stand."),
    "cell_date_here": Label("una data di Excel dove ci vuole altro: forse Excel ha trasformato un numero in data.",
                            "a date of Excel where something else belongs: it may have turned a number into a date."),
    "cell_date": Label("non è un giorno del calendario scritto come {order} con l'anno di quattro cifre.",
                       "is no day of the calendar written as {order} with a year of four digits."),
    "cell_serial": Label("un numero dove ci vuole una data: formattare la colonna come data, o dire dates = "
                         "\"excel-1900\" nella mappa.",
                         "a number where a date belongs: format the column as date, or say dates = \"excel-1900\" in "
                         "the mapping."),
    "cell_decimal": Label("il segno decimale non è quello della mappa ({sign}).",
                          "the decimal sign is not that of the mapping ({sign})."),
    "cell_value": Label("un testo che la mappa non traduce: aggiungerlo a «values».",
                        "a text that the mapping does not translate: add it to \"values\"."),
    "cell_own": Label("non è un codice né un'etichetta del codebook.",
                      "is neither a code nor a label of the codebook."),
    "cell_reason": Label("questo motivo di dato mancante qui non è ammesso.",
                         "this missing reason is not allowed here."),
    "cell_boxes": Label("più caselle spuntate dove una sola può valere.",
                        "several boxes are ticked where only one can count."),
    "cell_box": Label("una casella vale 0 o 1.", "a box holds 0 or 1."),
    "cell_rounded": Label("convertito e arrotondato ai decimali del campo.",
                          "converted, and rounded to the decimals of the field."),
    # A row
    "row_ragged": Label("La riga ha {cells} celle, i nomi sono {columns}: controllare virgolette e separatori.",
                        "The row has {cells} cells, the names are {columns}: check quotation marks and delimiters."),
    "row_no_rule": Label("Nessun [[record]] vale per questa riga: aggiungerne uno, o escluderla con «skip».",
                         "No [[record]] of the mapping holds for this row: add one, or leave it out with \"skip\"."),
    "row_no_key": Label("Manca il valore che distingue il paziente.", "What tells the patient apart is missing."),
    "row_no_date": Label("manca la data della visita.", "the date of the visit is missing."),
    "row_visit": Label("la mappa non dice quale visita è.", "the mapping does not say which visit this is."),
    "row_code": Label("non è il codice di un paziente di questo centro.",
                      "is not the code of a patient of this site."),
    "row_codes": Label("Le righe di questo paziente hanno codici di studio diversi.",
                       "The rows of this patient have different study codes."),
    "row_nobody": Label("Non si sa chi è: servono un codice di studio, oppure cognome, nome e data di nascita.",
                        "Nobody knows who this is: a study code is needed, or surname, name and birth date."),
    "row_identities": Label("Altre righe dello stesso paziente dicono altro in questa colonna.",
                            "Other rows of the same patient say something else in this column."),
    "row_identity": Label("I dati anagrafici non sono quelli di {subject}, che la riga indica.",
                          "The identity is not that of {subject}, whom the row names."),
    "row_double": Label("Somiglia troppo a {subject}: dare quel codice in «codes», o la chiave in «another_person».",
                        "Too like {subject}: give that code under \"codes\", or the key under \"another_person\"."),
    "row_alike": Label("Nome simile a quello di {subject}: controllare che sia un'altra persona.",
                       "A name similar to that of {subject}: check that this is another person."),
    "row_double_row": Label("Somiglia troppo alla persona della riga {row}: correggere, o usare «another_person».",
                            "Too like the person of row {row}: correct it, or use \"another_person\"."),
    "row_alike_row": Label("Nome simile a quello della riga {row}: controllare che sia un'altra persona.",
                           "A name similar to that of row {row}: check that this is another person."),
    "row_several": Label("Più pazienti di questo centro hanno questi dati anagrafici: indicare il codice in «codes».",
                         "Several patients of this site have this identity: give the code under \"codes\"."),
    "row_same_person": Label("La stessa persona è già nella riga {row} con un'altra chiave.",
                             "The same person is in row {row} already, under another key."),
    "row_not_enrolled": Label("Il paziente non è arruolato: la sua riga di arruolamento manca o è rifiutata.",
                              "The patient is not enrolled: the row of the enrolment is missing or refused."),
    "row_screening": Label("Con queste risposte il paziente non è arruolato: non può avere visite o eventi.",
                           "With these answers the patient is not enrolled: there can be no visits or events."),
    "row_no_enrolment_date": Label("Per arruolare serve enrolment_date.",
                                   "To enrol, enrolment_date is needed."),
    "row_differs": Label("{record}: dice altro, o di più, di ciò che c'è già ({fields}). Nulla viene sovrascritto: "
                         "correggere nella finestra.",
                         "{record}: says something else, or more, than what is there ({fields}). Nothing is "
                         "overwritten: correct it in the window."),
    "row_mistake": Label("{record}: inserito prima e poi indicato come errore; non viene inserito di nuovo.",
                         "{record}: entered before and then marked as a mistake; it is not entered again."),
    "row_problem": Label("{text}", "{text}"),
    "row_contradiction": Label("{text}", "{text}"),
    "row_refusal": Label("{text}", "{text}"),
    "row_identity_refused": Label("{text}", "{text}"),
}  # fmt: skip

_CONTRADICTS = Label("Contraddice ciò che dicono altre risposte.", "Contradicts what other answers say.")

# What kind of thing a cell holds: said instead of the cell.
CLASSES: Mapping[str, Label] = {
    "empty": Label("vuota", "empty"),
    "whole": Label("numero intero", "whole number"),
    "decimal": Label("numero decimale", "decimal number"),
    "date": Label("data", "date"),
    "text": Label("testo", "text"),
    "yes_no": Label("vero o falso", "true or false"),
    "broken": Label("errore o formula", "error or formula"),
}
