"""Writes the workbooks of this folder with the programs that shops use.

Needs Python with openpyxl, xlwt, pyxlsbwriter and msoffcrypto-tool, and LibreOffice (`soffice`). The results are
committed: run it again only to add a file.
"""

import datetime as dt
import io
import pathlib
import subprocess

import msoffcrypto.format.ooxml
import openpyxl
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pyxlsbwriter import XlsbWriter

HERE = pathlib.Path(__file__).parent
PEOPLE = [
    ["00123", "Zoë", "514-555-0101", dt.date(1980, 2, 29)],
    ["00124", "José 🚗", "514-555-0102", dt.date(1999, 12, 31)],
    ["00125", "Renée", "514-555-0103", dt.date(2001, 1, 1)],
]
TITLES = ["Ref", "Name", "Phone", "Birthday"]


def kinds():
    """One row for each thing a cell can be: the value, and in column B what it must read as."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kinds"
    sheet.append(["Value", "Reads as", "Kind"])

    def row(value, text, kind, number_format=None):
        sheet.append([value, text, kind])
        cell = sheet.cell(sheet.max_row, 1)
        sheet.cell(sheet.max_row, 2).number_format = "@"
        if number_format:
            cell.number_format = number_format

    row("plain", "plain", "Text")
    row("00042", "00042", "Text")
    row("two\nlines", "two\nlines", "Text")
    row("emoji 🚗 & <tag>", "emoji 🚗 & <tag>", "Text")
    row(5145551234, "5145551234", "Number")
    row(0.1 + 0.2, "0.3", "Number")
    row(-12.5, "-12.5", "Number")
    row(0.15, "0.15", "Number", "0%")
    row(1234.5, "1234.5", "Number", '#,##0.00 "days"')
    row(True, "true", "Bool")
    row(False, "false", "Bool")
    row(dt.date(1980, 2, 29), "1980-02-29", "Date")
    row(dt.date(1980, 2, 29), "1980-02-29", "Date", "[$-40C]d mmmm yyyy")
    row(dt.date(1980, 2, 29), "1980-02-29", "Date", 'dd"/"mm"/"yy;@')
    row(dt.datetime(2024, 1, 5, 14, 30), "2024-01-05T14:30:00", "Date", "yyyy-mm-dd hh:mm")
    row(dt.time(14, 30), "14:30:00", "Date", "h:mm AM/PM")
    row(dt.timedelta(hours=30), "30:00:00", "Date", "[h]:mm:ss")
    row("1e5", "1e5", "Text")
    row("#N/A", "#N/A", "Error")
    return book


def save_kinds():
    kinds().save(HERE / "kinds.xlsx")
    for ending, filter_name in [("ods", "calc8"), ("xls", "MS Excel 97"), ("xlsx", "Calc MS Excel 2007 XML")]:
        office(HERE / "kinds.xlsx", ending, filter_name, f"kinds-libre.{ending}")


def office(source, ending, filter_name, name):
    out = HERE / "office"
    subprocess.run(
        ["soffice", "--headless", "--convert-to", f"{ending}:{filter_name}", "--outdir", out, source],
        check=True,
        capture_output=True,
    )
    (out / f"{source.stem}.{ending}").rename(HERE / name)
    out.rmdir()


def dates_1904():
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(TITLES)
    for person in PEOPLE:
        book.active.append(person)
    book.save(HERE / "dates-1904.xlsx")
    office(HERE / "dates-1904.xlsx", "xls", "MS Excel 97", "dates-1904.xls")


def merged():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Customers of the spring campaign"])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(["Ref", "Name", "Home", None, "City"])
    sheet.append([None, None, "Phone", "Street", None])
    for merge in ["A3:A4", "B3:B4", "C3:D3", "E3:E4"]:
        sheet.merge_cells(merge)
    for at, person in enumerate(PEOPLE):
        sheet.append([*person[:3], f"{at + 1} rue Principale", "Lévis"])
    sheet.merge_cells("E5:E6")
    sheet.append(["Total", None, 3, None, None])
    book.save(HERE / "merged.xlsx")
    for ending, filter_name in [("ods", "calc8"), ("xls", "MS Excel 97")]:
        office(HERE / "merged.xlsx", ending, filter_name, f"merged.{ending}")


def hidden_first():
    book = openpyxl.Workbook()
    lists = book.active
    lists.title = "Lists"
    lists.sheet_state = "hidden"
    for at in range(50):
        lists.append([f"choice {at}", at])
    notes = book.create_sheet("Read me")
    notes.append(["Please fill in the next sheet"])
    people = book.create_sheet("Clients & amis")
    people.append(TITLES)
    for person in PEOPLE:
        people.append(person)
    book.save(HERE / "hidden-first.xlsx")
    for ending, filter_name in [("ods", "calc8"), ("xls", "MS Excel 97")]:
        office(HERE / "hidden-first.xlsx", ending, filter_name, f"hidden-first.{ending}")


def rich_text():
    book = openpyxl.Workbook()
    bold = InlineFont(b=True)
    book.active.append(["Name", "Note"])
    book.active.append(["Zoë", CellRichText("likes ", TextBlock(bold, "winter"), " tires")])
    book.save(HERE / "rich-text.xlsx")


def locked():
    book = io.BytesIO()
    kinds().save(book)
    book.seek(0)
    with open(HERE / "locked.xlsx", "wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(book).encrypt("secret", out)


def old_excel():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Clients")
    for column, title in enumerate([*TITLES, "Notes"]):
        sheet.write(0, column, title)
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    # Enough text of both widths that the table of shared texts runs over several records.
    for row in range(1, 121):
        person = PEOPLE[row % 3]
        sheet.write(row, 0, f"X{row:05}")
        sheet.write(row, 1, f"{person[1]} {row}")
        sheet.write(row, 2, 5145550000 + row)
        sheet.write(row, 3, person[3], day)
        sheet.write(row, 4, f"{row} " + ("é" if row % 2 else "→") * (row * 3))
    book.save(HERE / "old-long.xls")


def binary():
    with XlsbWriter(str(HERE / "binary.xlsb"), compressionLevel=6) as book:
        book.add_sheet("Clients")
        rows = [[*TITLES, "Balance", "Member"]]
        for at, person in enumerate(PEOPLE):
            # This writer counts letters where the format counts units of two bytes.
            person = [cell.replace("🚗", "ñ") if isinstance(cell, str) else cell for cell in person]
            moment = dt.datetime(2024, 1, 5, 14, 30)
            rows.append([*person[:3], person[3], 12.25 + at, at % 2 == 0])
            rows.append([f"{person[0]}b", person[1], 5145550000 + at, moment, at, False])
        book.write_sheet(rows)


if __name__ == "__main__":
    save_kinds()
    dates_1904()
    merged()
    hidden_first()
    rich_text()
    locked()
    old_excel()
    binary()
