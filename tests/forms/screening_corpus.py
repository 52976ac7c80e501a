"""What the screening of free texts is measured with: people in disguises, and sentences that nobody is in.

The people are synthetic; the sentences are of the kind that are typed beside a visit, in both languages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from anifro_desktop.identity import Identity, check_letter

KEY = bytes(range(32))


def _tax(first_15: str) -> str:
    return first_15 + check_letter(first_15)


PEOPLE = (
    Identity("Zampognàro", "Clotìlde", date(1987, 9, 23), _tax("ZMPCTL87P63G702"), "MRN-7719034", "050 7719034"),
    Identity("D’Àlbora", "Nicolò Mèlchiade", date(1956, 12, 31), "", "CART/88210", "", "melchiade@prova.example"),
    Identity("Quattrìni-Vespèrtilli", "Ünsal", date(1999, 2, 28), _tax("QTTNSL99B68H501"), "00991827364"),
    Identity("De’ Sanctìssimis", "Õrsola", date(1931, 1, 19), "", "h-5550199"),
    Identity("ŽIVKOVIĆ", "Ðurđica", date(1974, 11, 30), "", "ŽV-40417"),
    Identity("Abbondànzieri", "Pierfrancèsco", date(2004, 2, 29), _tax("BBNPFR04B29F205"), "AOUP77120953"),
    Identity("Sottocornòla", "Èmeraude", date(1962, 7, 14), "", "SC62-0714-X"),
    Identity("Wieczórkowska", "Łucja", date(1945, 10, 22), "", "WK-1945-77", "0039-587-331902"),
    Identity("Rossi", "Bianca", date(1970, 5, 3), _tax("RSSBNC70E43G702"), "118834", "347 5550134"),
    Identity("Li", "Mei", date(1990, 4, 2), "", "667201"),
)  # fmt: skip
_MONTHS = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)
_SENTENCES = ("ha telefonato {} ieri, sta meglio", "Rash al volto, come per {}; C3 basso", "visita con {}")


def bare(text: str) -> str:
    """Without accents."""
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def disguises(name: str) -> Iterator[str]:
    """The ways in which people write one name."""
    yield from (
        name,
        name.upper(),
        name.lower(),
        name.title(),
        bare(name),
        bare(name).upper(),
        bare(name).lower(),
    )
    yield unicodedata.normalize("NFD", name)
    yield from (
        f"dell’{name}",
        f"l'{bare(name)}",
        f"{name}'s",
        f"({name})",
        f"{name},",
        f"_{name}_",
        f"«{name}»",
    )
    middle = len(name) // 2
    if len(name) > 5:
        yield f"{name[:middle]} {name[middle:]}"
        yield f"{name[:middle]}-{name[middle:]}"
        yield f"{name[:middle]}\u00ad{name[middle:]}"  # a hyphen that is not seen
        yield name[:middle] + name[middle] + name[middle:]  # a letter twice
        yield " ".join(bare(name).replace(" ", "").replace("’", "").replace("-", ""))
        yield ".".join(bare(name).replace(" ", "").replace("’", "").replace("-", ""))
        yield name.replace("’", "").replace(" ", "").replace("-", "")


def numbers(person: Identity) -> Iterator[str]:
    """The ways in which people write the numbers of a person."""
    for number in (person.tax_code, person.hospital_number, person.phone, person.email):
        if number:
            yield from (number, number.lower(), number.replace("-", " "), number.replace("-", ""))
    if person.phone:
        digits = "".join(one for one in person.phone if one.isdigit()).removeprefix("0039")
        yield from (digits, f"+39 {digits}", f"+39{digits}", f"tel. {digits[:3]}.{digits[3:]}")
    if person.tax_code:
        code = person.tax_code
        yield f"{code[:3]} {code[3:6]} {code[6:11]} {code[11:]}"
        swapped = code[:6] + code[6:8].translate(str.maketrans("0123456789", "LMNPQRSTUV")) + code[8:15]
        yield swapped + check_letter(swapped)  # omocodia


def dates(on: date) -> Iterator[str]:
    """The ways in which people write a date."""
    month = _MONTHS[on.month - 1]
    yield from (f"{on:%d/%m/%Y}", f"{on:%d.%m.%Y}", f"{on:%d-%m-%y}", f"{on.day}/{on.month}/{on.year}")
    yield from (f"{on:%Y-%m-%d}", f"{on:%Y%m%d}", f"{on:%d%m%Y}", f"{on.day} {month} {on.year}")
    yield from (f"{on.day} {month}", f"{month} {on.year}")
    yield from (
        f"{on.day} {month[:3]} {on:%y}",
        f"{month[:3]}. {on.year}",
        f"{on:%d/%m/%y}",
        f"nel {on.year}",
    )
    yield from (
        f"{on.day}. {on.month}. {on.year}",
        f"on {on.day}/{on.month}",
        f"{on.day} {on.month} {on.year}",
    )
    yield from (f"{on.day}th of {on:%B} {on.year}", f"{on:%B} {on.day}, {on.year}")


IN_WORDS = (
    *(
        "ventitré settembre",
        "il due aprile scorso",
        "primo gennaio",
        "twenty-third September",
        "trentuno dicembre",
    ),
    *("settembre millenovecentottantasette", "maggio duemilaventi", "the fifth of March", "nineteenth July"),
)
PLACES = (
    *(
        "abita in via Garibaldi 12",
        "Piazza dei Miracoli, 3",
        "residente in viale Italia 4",
        "in v.le Mazzini 8",
    ),
    *("via de' Tornabuoni 1, Firenze", "Corso Vittorio Emanuele", "in largo Ducci", "lungarno Pacinotti 43"),
)
OTHERS = (
    *("IT60 X054 2811 1010 0000 0123 456", "IT60X0542811101000000123456", "8038 0001 2345 6789 0123"),
    *("80380000123456789012", "cartella clinica n. 2023/1187", "nosologico 20231187", "MRN 12345"),
    *("mario.verdi@posta.example", "mario.verdi (at) posta.example", "+39 347 1234567", "3471234567"),
    *("050 992111", "tel 992111", "cell. 347/1234567", "RSSMRA80A01H501U", "rssmra80a01h501u"),
    *("RSS MRA 80A01 H501U", "RSSMRALMALMHRLMU", "hospital number 88213", "ID paziente: A-4471"),
    *("la Sig.ra Verdi riferisce", "seen by Dr Surname", "dott. Bianchini concorda", "prof. D’Amico"),
    *("Mrs Green called", "signora Neri", "Dr. Rossi", "Miss O'Hara came"),
)  # fmt: skip


def planted() -> Iterator[tuple[str, str]]:
    """A kind of disguise and a text with somebody in it."""
    for person in PEOPLE:
        for part in (person.surname, person.name, *person.surname.split("-"), *person.name.split()):
            for number, written in enumerate(disguises(part)):
                yield "name", _SENTENCES[number % 3].format(written)
        for written in numbers(person):
            yield "number", _SENTENCES[1].format(written)
        assert person.birth_date is not None
        for written in dates(person.birth_date):
            yield "date", _SENTENCES[0].format(written)
    yield from (("date in words", _SENTENCES[2].format(text)) for text in IN_WORDS)
    yield from (("address", text) for text in PLACES)
    yield from (("other", _SENTENCES[2].format(text)) for text in OTHERS)


CLINICAL = tuple(
    line.strip()
    for line in """
    Rash malare in miglioramento, ulcere orali assenti
    Prednisone ridotto da 10 a 7,5 mg/die dopo la visita
    Macchia rosa al volto, lesioni rosse alle mani
    Anifrolumab 300 mg via endovenosa ogni 4 settimane
    Terapia per via orale, ben tollerata
    Somministrata per via sottocutanea al domicilio
    In corso di idrossiclorochina 200 mg 2 volte al giorno
    Nel corso della visita riferisce artralgie alle mani, 3 ore di rigidità
    PA 120/80, FC 72, SpO2 98%, temperatura 36,5
    Proteinuria 0,35 g/24h; creatinina 0,8 mg/dl; C3 82, C4 11
    VAS dolore 3/10, VAS fatica 6/10
    ANA 1:640, anti-dsDNA 120 UI/ml, anti-Sm negativo
    Vitamina D 1000 UI al giorno, calcio 500 mg
    Herpes zoster T5-T6 trattato con valaciclovir 1000 mg x3 per 7 gg
    Terza dose dopo 10 sett, nessuna reazione
    Controllo fra 3 mesi; ECG nei limiti
    Artrite delle MCF 2, 3 e 4 a destra; ginocchio sinistro tumefatto
    Dita 2, 3, 10 dolenti
    Leucopenia stabile (2.800/mmc), piastrine 145.000
    Paziente in forma, riferisce umore sereno e buona energia
    Bianca la lesione, margini chiari, dolente alla pressione
    Visita fatta da altro medico; il valore è quello del referto
    Il valore era stato trascritto male dal referto
    Errore di battitura: 12 e non 120
    Peso 62,5 kg, altezza 168 cm, BMI 22.1
    Eseguita RX torace: negativa. TC encefalo senza lesioni
    eGFR 95 ml/min/1,73 m2 calcolato con CKD-EPI 2009
    Classificazione EULAR/ACR 2019: 14 punti
    SLEDAI-2K 8 alla visita basale, 4 a 6 mesi
    Secondo ciclo di steroide endovena, 3 boli da 500 mg
    Ciclofosfamide 500 mg ogni 2 settimane per 6 dosi
    Ha sospeso il MMF per 10 giorni per gastroenterite
    Nefrite di classe IV alla biopsia, indice di attività 9/24
    Tosse secca da 5 giorni, tampone negativo
    Vaccino antinfluenzale fatto; nessuna febbre
    Ulcera del naso guarita; alopecia lieve
    Mano destra: 4 articolazioni dolenti, 2 tumefatte
    Dose ridotta per ipertensione, 150/95 in due controlli
    Lesioni alle labbra e al palato, non dolenti
    Il questionario è stato compilato a casa
    Laboratorio esterno: unità diverse, convertite (mg/l)
    Dimenticate 2 compresse nella settimana; aderenza > 90%
    Cefalea la sera, riferita a tensione; nessun segno focale
    Fumatrice, 5 sigarette al giorno da 10 anni
    Neutropenia da 0.9 x10^9/l, rientrata dopo 14 giorni
    D-dimero 350, aPTT 32.1, INR 1.0
    Rash improving, no mouth ulcers, arms and chest clear
    Prednisone tapered from 10 mg to 5 mg over 4 weeks
    Given intravenously over 30 minutes, no reaction
    BP 135/85, heart rate 80, weight 70.2 kg
    Protein/creatinine ratio 0.4, sediment inactive
    Shingles on the left side, treated for 7 days, resolved
    Joint pain in both hands, morning stiffness 45 minutes
    The value was copied wrongly from the report
    Blood taken at another laboratory; units differ
    Patient may be pregnant; test negative
    She will come back in 4 weeks, no new drugs
    Hydroxychloroquine 400 mg daily, eye check up to date
    Pain score 3/10, fatigue 5/10, mood stable
    Seen by the dermatologist, biopsy planned
    White cell count 2.9, lymphocytes 0.7, platelets 180
    Grade 2 event, not related, no action taken
    Long standing Raynaud, digital ulcers healed
    Rose coloured rash over cheeks; brown spots on the legs
    Ran out of tablets for 5 days in a row
    12 weeks post partum, breast feeding
    Dose 1 of 3 given; 2 and 3 to follow at 1 and 6 months
    Clobetasol 0.05% twice a day on the hands
    Episodio di 3 settimane fa, ora risolto del tutto
    Anticorpi antifosfolipidi positivi due volte a 12 settimane
    Trattenuta in osservazione 24 ore, dimessa in buone condizioni
    Sospetta reazione alla dose 2: orticaria lieve, antistaminico per os
    Il giorno dopo la dose: febbricola 37,4 per 2 giorni
    Anemia emolitica, Hb 9.8, aptoglobina ridotta, Coombs +
    Fotosensibilità marcata; crema 50+ consigliata
    Valori della MOC: T-score -2,1 colonna, -1,8 femore
    Ecocardiogramma: FE 60%, PAPs 28 mmHg
    Numero di articolazioni corretto da 5 a 3 dopo rilettura
    Infezione urinaria trattata con fosfomicina 3 g x 2
    Frequenza cardiaca 100, ritmo regolare; nel complesso bene
    """.strip().splitlines()
)
