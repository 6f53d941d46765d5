#!/usr/bin/env python3
"""Make the network files of tests/data; the same input gives the same bytes.

    make_network.py                          every stored file, and the import template
    make_network.py --dealers 1000 FILE.csv  a network of any size, for benches

Everybody and everything is invented: mail addresses end in .example, phone
numbers are reserved for fiction (France, Canada, United Kingdom, Germany) or
begin with a zero that no subscriber's number has (Russia, Belarus,
Switzerland).
"""

import argparse
import csv
import io
import json
import random
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

HERE = Path(__file__).parent
TEMPLATE = HERE.parents[1] / "addons/dealer_import/static/xls/dealer_dealer.xlsx"
SEED = 20260101
STAMP = datetime(2026, 1, 1)

#: key → heading in English, French, Russian
HEADINGS = {
    "code": ("Code", "Code concessionnaire", "Код дилера"),
    "name": ("Name", "Raison sociale", "Наименование"),
    "type": ("Type", "Type de concessionnaire", "Тип дилера"),
    "parent": ("Parent code", "Code du parent", "Код вышестоящего"),
    "mode": ("Mode", "Mode de travail", "Режим работы"),
    "state": ("Status", "Statut", "Статус"),
    "country": ("Country", "Pays", "Страна"),
    "region": ("State or province", "Région", "Регион"),
    "city": ("City", "Ville", "Город"),
    "zip": ("Postal code", "Code postal", "Почтовый индекс"),
    "street": ("Street", "Adresse", "Адрес"),
    "phone": ("Phone", "Téléphone", "Телефон"),
    "email": ("E-mail", "Courriel", "Эл. почта"),
    "website": ("Website", "Site web", "Сайт"),
    "vat": ("VAT", "N° TVA", "ИНН"),
    "lang": ("Language", "Langue", "Язык"),
    "currency": ("Currency", "Devise", "Валюта"),
    "latitude": ("Latitude", "Latitude", "Широта"),
    "longitude": ("Longitude", "Longitude", "Долгота"),
    "brands": ("Brands", "Marques", "Марки"),
    "activities": ("Activities", "Activités", "Виды деятельности"),
    "outlet": ("Outlet name", "Point de vente", "Точка продаж"),
    "principal": ("Principal name", "Nom du dirigeant", "ФИО руководителя"),
    "principal_email": ("Principal e-mail", "Courriel du dirigeant", "Почта руководителя"),
    "principal_phone": ("Principal phone", "Téléphone du dirigeant", "Телефон руководителя"),
}
KEYS = tuple(HEADINGS)
#: words of the cells: key → {code: (English, French, Russian)}
WORDS = {
    "type": {
        "importer": ("Importer", "Importateur", "Импортёр"),
        "dealer": ("Dealer", "Concessionnaire", "Дилер"),
        "subdealer": ("Sub-dealer", "Sous-concessionnaire", "Субдилер"),
        "service_point": ("Service point", "Point de service", "Сервисный пункт"),
    },
    "mode": {
        "full": ("full", "complet", "полный"),
        "light": ("light", "léger", "лёгкий"),
        "connected": ("connected", "connecté", "подключённый"),
    },
    "state": {
        "active": ("active", "actif", "действующий"),
        "candidate": ("candidate", "candidat", "кандидат"),
        "prospect": ("prospect", "prospect", "потенциальный"),
    },
    "country": {
        "FR": ("France", "France", "Франция"),
        "CH": ("Switzerland", "Suisse", "Швейцария"),
        "CA": ("Canada", "Canada", "Канада"),
        "GB": ("United Kingdom", "Royaume-Uni", "Великобритания"),
        "DE": ("Germany", "Allemagne", "Германия"),
        "RU": ("Russia", "Russie", "Россия"),
        "BY": ("Belarus", "Biélorussie", "Беларусь"),
    },
    "lang": {
        "fr": ("French", "français", "французский"),
        "en": ("English", "anglais", "английский"),
        "ru": ("Russian", "russe", "русский"),
    },
    "activities": {
        "sales": ("Sales", "Ventes", "Продажи"),
        "service": ("Service", "SAV", "Сервис"),
        "parts": ("Parts", "Pièces", "Запчасти"),
        "rental": ("Rental", "Location", "Аренда"),
    },
}
CITIES = {
    "FR": [
        ("Nantes", "44000", 47.2184, -1.5536), ("Besançon", "25000", 47.2378, 6.0241),
        ("Saint-Étienne", "42000", 45.4397, 4.3872), ("Nîmes", "30000", 43.8367, 4.3601),
        ("Évreux", "27000", 49.0241, 1.1508), ("Châteauroux", "36000", 46.8106, 1.6910),
        ("Béziers", "34500", 43.3442, 3.2158), ("Angoulême", "16000", 45.6484, 0.1562),
    ],
    "CH": [("Genève", "1204", 46.2044, 6.1432), ("Zürich", "8001", 47.3769, 8.5417)],
    "CA": [
        ("Montréal", "H2Y 1C6", 45.5019, -73.5674), ("Québec", "G1R 4P5", 46.8139, -71.2080),
        ("Trois-Rivières", "G9A 5H7", 46.3432, -72.5430), ("Lévis", "G6V 3P5", 46.8033, -71.1779),
    ],
    "GB": [("Leeds", "LS1 4DY", 53.8008, -1.5491), ("Inverness", "IV1 1PJ", 57.4778, -4.2247)],
    "DE": [("Köln", "50667", 50.9375, 6.9603), ("Lübeck", "23552", 53.8655, 10.6866)],
    "RU": [
        ("Красноярск", "660049", 56.0153, 92.8932), ("Йошкар-Ола", "424000", 56.6344, 47.8999),
        ("Королёв", "141070", 55.9162, 37.8545), ("Тверь", "170100", 56.8587, 35.9176),
        ("Ульяновск", "432063", 54.3142, 48.4031), ("Нижний Тагил", "622001", 57.9101, 59.9813),
    ],
    "BY": [("Гродно", "230023", 53.6694, 23.8131), ("Могилёв", "212030", 53.9007, 30.3314)],
}  # fmt: skip
LANGUAGE = {"FR": "fr", "CH": "fr", "CA": "fr", "GB": "en", "DE": "en", "RU": "ru", "BY": "ru"}
CURRENCY = {
    "FR": "EUR", "CH": "CHF", "CA": "CAD", "GB": "GBP", "DE": "EUR", "RU": "RUB", "BY": "BYN",
}  # fmt: skip
STREETS = {
    "fr": ("rue de l’Écluse", "avenue du Dépôt", "chemin des Forges", "quai aux Blés"),
    "en": ("Mill Lane", "Foundry Road", "Old Wharf", "Station Approach"),
    "ru": ("ул. Заводская", "пр. Мельничный", "ул. Речная", "пер. Кузнечный"),
}
FIRMS = {
    "fr": (("Équipements", "Pompes", "Matériel", "Ateliers", "Société générale des Machines"),
           ("du Héron", "de l’Aulne", "Grand-Cèdre", "des Trois Écluses", "Côte-Brûlée",
            "Saint-Ambroise", "du Vieux Noyer", "Belle-Rivière", "de la Garenne")),
    "en": (("Machinery", "Pumps", "Plant & Tools", "Engineering", "Works"),
           ("Heron Hill", "Alder Bank", "Greycote", "Three Locks", "Northmere", "Stonefold",
            "Ashgrove", "Millrace", "O’Hara’s")),
    "ru": (("Техника", "Насосы", "Машины", "Сервис", "Агрегат"),
           ("Журавль", "Ольховка", "Кедровая падь", "Три шлюза", "Северный берег", "Зелёный мыс",
            "Ясень", "Подъёмник", "Щит")),
}  # fmt: skip
PEOPLE = {
    "fr": (("Zoé", "François", "Maëlle", "Étienne", "Noémie", "Loïc"),
           ("Bélanger", "Lefèvre", "Gagné", "D’Hauteville", "Crépin", "Noël")),
    "en": (("Maud", "Owen", "Ida", "Rhys", "Nell", "Hugh"),
           ("Fairweather", "O’Neill", "Ashdown", "Pryce", "Lockhart", "Thorne")),
    "ru": (("Фёдор", "Юлия", "Игорь", "Семён", "Жанна", "Эльвира"),
           ("Щукин", "Воробей", "Кузьмич", "Гай", "Мороз", "Соловей")),
}  # fmt: skip
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
#: shares of 170 dealers: importers, dealers; the rest stands below the dealers
IMPORTERS, DEALERS = 6, 54


# --- the network ----------------------------------------------------------------


def network(count=170, seed=SEED):
    """Return *count* dealers, parents first, as dicts of codes and plain values."""
    rng = random.Random(seed)
    importers = max(1, IMPORTERS * count // 170)
    dealers = max(1, DEALERS * count // 170)
    home = ["FR", "RU", "CA", "GB", "DE", "BY"]
    rows = [
        _dealer(rng, index, "importer", None, home[index % len(home)]) for index in range(importers)
    ]
    top = list(rows)
    for index in range(dealers):
        parent = top[index % len(top)]
        rows.append(_dealer(rng, index, "dealer", parent, _neighbour(rng, parent["country"])))
    middle = rows[importers:]
    for index in range(count - len(rows)):
        kind = "service_point" if index % 4 == 3 else "subdealer"
        parent = middle[index % len(middle)]
        rows.append(_dealer(rng, index, kind, parent, parent["country"]))
    return rows


def _neighbour(rng, country):
    return rng.choice({"FR": ["FR", "FR", "CH"], "RU": ["RU", "RU", "BY"]}.get(country, [country]))


def _dealer(rng, index, kind, parent, country):
    language = LANGUAGE[country]
    city, zip_code, latitude, longitude = rng.choice(CITIES[country])
    first, second = FIRMS[language]
    letter = {"importer": "I", "dealer": "D", "subdealer": "S", "service_point": "P"}[kind]
    code = f"{country}-{letter}{index + 1:03d}"
    name = f"{rng.choice(first)} {rng.choice(second)}"
    given, family = (rng.choice(names) for names in PEOPLE[language])
    domain = f"{_ascii(code)}.example"
    person = f"{_ascii(given)}.{_ascii(family)}"
    return {
        "code": code,
        "name": f"{name} {index + 1}" if kind != "importer" else f"{name} Import {index + 1}",
        "type": kind,
        "parent": parent["code"] if parent else "",
        "mode": _mode(rng, kind),
        "state": rng.choices(("active", "candidate", "prospect"), (90, 6, 4))[0],
        "country": country,
        "region": "Québec" if country == "CA" else "",
        "city": city,
        "zip": zip_code,
        "street": _street(rng, language),
        "phone": _phone(country, index, ord(letter)),
        "email": f"contact@{domain}",
        "website": f"https://www.{domain}",
        "vat": "",
        "lang": language,
        "currency": CURRENCY[country],
        "latitude": round(latitude + rng.uniform(-0.02, 0.02), 6),
        "longitude": round(longitude + rng.uniform(-0.02, 0.02), 6),
        "brands": ["Aquila", "Boreas"][: rng.choice((1, 2))],
        "activities": _activities(rng, kind),
        "outlet": f"{city} 1",
        "principal": f"{given} {family}",
        "principal_email": f"{person}@{domain}",
        "principal_phone": _phone(country, index + 3000, ord(letter)),
    }


def _mode(rng, kind):
    if kind == "importer":
        return rng.choice(("full", "connected"))
    weights = {"dealer": (70, 15, 15)}.get(kind, (10, 85, 5))
    return rng.choices(("full", "light", "connected"), weights)[0]


def _activities(rng, kind):
    if kind == "service_point":
        return ["service", "parts"]
    return ["sales", *rng.sample(["service", "parts", "rental"], rng.randint(0, 3))]


def _street(rng, language):
    number, street = rng.randint(1, 180), rng.choice(STREETS[language])
    return f"{street}, {number}" if language == "ru" else f"{number} {street}"


def _ascii(text):
    latin = "".join(_LATIN.get(char, char) for char in text.lower())
    plain = unicodedata.normalize("NFKD", latin)
    return "".join(char for char in plain if char.isascii() and (char.isalnum() or char == "-"))


def _phone(country, index, shift):
    """Return (country prefix, national number without trunk prefix, grouped)."""
    number = (index * 7 + shift * 131) % 10000
    if country == "FR":
        area = ("1 99 00", "2 61 91", "3 53 01", "4 65 71", "5 36 49")[index % 5]
        return "33", f"{area} {number // 100:02d} {number % 100:02d}"
    if country == "CA":
        area = ("514", "418", "819", "450", "438")[index % 5]
        return "1", f"{area} 555-01{number % 100:02d}"
    if country == "GB":
        return "44", f"20 7946 0{number % 1000:03d}"
    if country == "DE":
        return "49", f"30 23125 {number % 1000:03d}"
    if country == "CH":
        return "41", f"44 000 {number // 100:02d} {number % 100:02d}"
    area = "17" if country == "BY" else "495"
    return "375" if country == "BY" else "7", f"{area} 000-{number // 100:02d}-{number % 100:02d}"


def write_phone(phone, style):
    """Write a number as people do: 0 international, 1 with 00, 2 national."""
    prefix, number = phone
    if style < 2:
        return f"{'+' if style == 0 else '00'}{prefix} {number}"
    if prefix == "1":
        area, rest = number.split(" ", 1)
        return f"({area}) {rest}"
    if prefix in ("7", "375"):
        area, rest = number.split(" ", 1)
        return f"8 ({area}) {rest}" if prefix == "7" else f"8 0{area} {rest}"
    return f"0{number}"


# --- cells and files ------------------------------------------------------------


def table(rows, language=0):
    """Return the cells of the rows in English (0), French (1) or Russian (2)."""
    cells = [[HEADINGS[key][language] for key in KEYS]]
    for index, row in enumerate(rows):
        cells.append([_cell(key, row[key], index, language) for key in KEYS])
    return cells


def _cell(key, value, index, language):
    if key in ("phone", "principal_phone"):
        return write_phone(value, (index + (key == "phone")) % 3)
    if key == "activities":
        return ", ".join(WORDS[key][item][language] for item in value)
    if key == "brands":
        return ", ".join(value)
    if key == "country" and index % 3 == 1:
        return value  # some give the ISO code
    if key in WORDS and value:
        return WORDS[key][value][language]
    return str(value)


def csv_bytes(cells, encoding="utf-8", delimiter=";"):
    """Return the cells as a CSV file."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(cells)
    return buffer.getvalue().encode(encoding)


def xlsx_bytes(cells, title=None):
    """Return the cells as a workbook; *title* is a line above the headings."""
    book = Workbook()
    book.properties.created = book.properties.modified = STAMP
    sheet = book.active
    sheet.title = "Network"
    if title:
        sheet.append([title])
        sheet.append([])
    for number, row in enumerate(cells):
        sheet.append([_typed(cell) for cell in row])
        if not number:
            for cell in sheet[sheet.max_row]:
                cell.font = Font(bold=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_clock(buffer.getvalue())


def _typed(cell):
    """Coordinates become numbers, as a spreadsheet program would store them."""
    try:
        return float(cell) if "." in cell else cell or None
    except ValueError:
        return cell


def _without_clock(content):
    """Rewrite a zip with fixed dates, so that equal cells give equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "docProps/core.xml":
                start, end = data.index(b"<dcterms:modified"), data.index(b"</dcterms:modified>")
                stamp = data[data.index(b">", start) + 1 : end]
                data = data.replace(stamp, b"2026-01-01T00:00:00Z")
            info = zipfile.ZipInfo(item.filename, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(info, data)
    return target.getvalue()


# --- the dirty file -------------------------------------------------------------


def dirty():
    """Return (cells, expected problems).

    The expected problems are declared with each spoilt cell, not computed, so
    that the test compares the checker with what was done to the file.
    """
    rows = network()
    rows = rows[:6] + rows[6:26] + rows[60:80]
    cells = table(rows)
    cells[0].append("Remarks")
    expected = [(1, "", "unknown_column", "warning")]
    place = {key: column for column, key in enumerate(KEYS)}

    def spoil(row, changes, *problems):
        for key, text in changes.items():
            cells[row - 1][place[key]] = text
        for column, code, *severity in problems:
            expected.append((row, column, code, (severity or ["error"])[0]))

    for number, (changes, problems) in enumerate(_SPOILT, 12):
        spoil(number, changes, *problems)
    expected.append((33, "parent", "unknown_parent", "error"))  # it lost its code in row 13
    cells[43 - 1] = list(cells[42 - 1])  # the same row twice
    cells[43 - 1][place["principal_email"]] = "double@twice.example"
    expected.append((43, "code", "duplicate_code", "error"))
    _add_loops(cells, place, expected)
    cells.append([])
    cells.append(["" for _key in KEYS] + ["", "left over"])
    expected += [
        (len(cells), "code", "missing_value", "error"),
        (len(cells), "name", "missing_value", "error"),
        (len(cells), "type", "missing_value", "error"),
        (len(cells), "country", "missing_value", "error"),
        (len(cells), "", "cell_without_header", "warning"),
    ]
    return cells, expected


_SPOILT = (
    ({"name": ""}, [("name", "missing_value")]),
    ({"code": ""}, [("code", "missing_value")]),
    ({"type": ""}, [("type", "missing_value")]),
    ({"country": ""}, [("country", "missing_value"), ("phone", "bad_phone")]),
    ({"country": "Syldavie"}, [("country", "unknown_country"), ("principal_phone", "bad_phone")]),
    ({"type": "Mega dealer"}, [("type", "unknown_type")]),
    ({"mode": "half"}, [("mode", "unknown_mode")]),
    ({"state": "sleeping"}, [("state", "unknown_state")]),
    ({"parent": "XX-999"}, [("parent", "unknown_parent")]),
    ({"phone": "call me"}, [("phone", "bad_phone")]),
    ({"phone": "12"}, [("phone", "bad_phone")]),
    ({"principal_phone": "+999 1234567"}, [("principal_phone", "bad_phone")]),
    ({"email": "contact at rivage"}, [("email", "bad_email")]),
    ({"principal_email": "zoé@@example"}, [("principal_email", "bad_email")]),
    ({"zip": "4400"}, [("zip", "doubtful_zip", "warning")]),
    ({"latitude": "95.2"}, [("latitude", "bad_coordinate")]),
    ({"longitude": ""}, [("longitude", "half_coordinates")]),
    ({"latitude": "47°13'N"}, [("latitude", "bad_coordinate")]),
    ({"brands": "Aquila, Zephyros"}, [("brands", "unknown_brand")]),
    ({"activities": "Sales, Juggling"}, [("activities", "unknown_activity")]),
    ({"lang": "Klingon"}, [("lang", "unknown_lang")]),
    ({"currency": "Galleon"}, [("currency", "unknown_currency")]),
    ({"website": "no web"}, [("website", "bad_website")]),
    ({"code": "FR D 01"}, [("code", "bad_code")]),
    ({"principal": ""}, [("principal", "missing_principal")]),
    ({"name": "#REF!"}, [("name", "cell_error")]),
    ({"country": "Canada", "zip": "H2Y 1C6", "phone": "+1 514 555-0123",
      "principal_phone": "+1 514 555-0124", "region": "Atlantis"},
     [("region", "unknown_region", "warning")]),
    ({"activities": ""}, [("activities", "half_operations", "warning")]),
)  # fmt: skip


def _add_loops(cells, place, expected):
    """Append a loop of three, a dealer below itself and a type out of place."""

    def add(code, kind, parent, *problems):
        row = list(cells[6])
        changes = {
            "code": code, "type": kind, "parent": parent, "principal": "",
            "principal_email": "", "principal_phone": "",
        }  # fmt: skip
        for key, text in changes.items():
            row[place[key]] = text
        cells.append(row)
        expected.extend((len(cells), column, code, "error") for column, code in problems)

    add("LOOP-1", "Dealer", "LOOP-3", ("parent", "loop"), ("parent", "type_not_allowed"))
    add("LOOP-2", "Sub-dealer", "LOOP-1", ("parent", "loop"))
    add("LOOP-3", "Service point", "LOOP-2", ("parent", "loop"))
    add("SELF-1", "Dealer", "SELF-1", ("parent", "loop"))
    add("TYPE-1", "Importer", "LOOP-1", ("parent", "type_not_allowed"))


# --- command --------------------------------------------------------------------


def stored_files():
    """Return {path: bytes} of everything that is kept in the repository."""
    rows = network()
    cyrillic = [row for row in rows if row["country"] in ("RU", "BY")]
    french = [row for row in rows if row["country"] in ("FR", "CH")]
    cells, expected = dirty()
    problems = [
        {"row": row, "column": column, "code": code, "severity": severity}
        for row, column, code, severity in sorted(expected)
    ]
    sample = table([rows[0], rows[6], rows[60]])
    return {
        HERE / "network_170.csv": csv_bytes(table(rows), "utf-8", ","),
        HERE / "network_170.xlsx": xlsx_bytes(table(rows, 1), "Réseau 2026 (démo)"),
        HERE / "network_170_utf8_bom.csv": csv_bytes(table(rows, 1), "utf-8-sig", ";"),
        HERE / "network_170_utf16.csv": csv_bytes(table(rows, 2), "utf-16", "\t"),
        HERE / "network_cyrillic_cp1251.csv": csv_bytes(table(cyrillic, 2), "cp1251", ";"),
        HERE / "network_french_cp1252.csv": csv_bytes(table(french, 1), "cp1252", ";"),
        HERE / "network_dirty.csv": csv_bytes(cells, "utf-8-sig", ";"),
        HERE / "network_dirty.json": (
            json.dumps(problems, indent=1, ensure_ascii=False) + "\n"
        ).encode(),
        TEMPLATE: xlsx_bytes(_template(sample)),
    }


def _template(cells):
    """Return the cells under the headings of Odoo's own import."""
    labels = {
        "code": "Code", "name": "Name", "type": "Type", "parent": "Belongs to", "mode": "Mode",
        "country": "Country", "city": "City", "zip": "Zip", "street": "Street", "phone": "Phone",
        "email": "Email", "website": "Website", "latitude": "Latitude", "longitude": "Longitude",
    }  # fmt: skip
    keep = [KEYS.index(key) for key in labels]
    return [list(labels.values())] + [[row[at] for at in keep] for row in cells[1:]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dealers", type=int, help="size of a network to write to FILE")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.dealers:
        if not options.file:
            parser.error("name the FILE to write")
        options.file.write_bytes(csv_bytes(table(network(options.dealers)), "utf-8", ","))
        return
    for path, content in stored_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
