"""Fills `corpus/` from the files that the reader's tests use. Then: `scripts/fuzz`."""

import pathlib
import zipfile

HERE = pathlib.Path(__file__).parent
FILES = HERE.parent / "crates/sheets/tests/files"


def parts(path, names):
    """The contents of a workbook's parts, as the fuzz targets split them."""
    with zipfile.ZipFile(path) as archive:
        present = archive.namelist()
        return b"\xff".join(archive.read(name) if name in present else b"" for name in names)


def sheets_of(path, ending):
    names = [f"xl/sharedStrings.{ending}", f"xl/styles.{ending}"]
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    return [parts(path, [sheet, *names]) for sheet in sheets]


def seeds(path):
    yield "open", path.read_bytes()
    match path.suffix:
        case ".csv" | ".txt":
            yield "text", path.read_bytes()
        case ".xls":
            yield "xls", path.read_bytes()
        case ".ods":
            yield "ods", parts(path, ["content.xml"])
        case ".xlsx" | ".xlsb" if zipfile.is_zipfile(path):
            ending = "xml" if path.suffix == ".xlsx" else "bin"
            for content in sheets_of(path, ending):
                yield path.suffix[1:], content


for path in [*FILES.iterdir(), *(FILES / "samples").iterdir()]:
    if path.is_file():
        for at, (target, content) in enumerate(seeds(path)):
            folder = HERE / "corpus" / target
            folder.mkdir(parents=True, exist_ok=True)
            # Long repetition teaches a fuzzer nothing.
            if len(content) <= 100_000:
                (folder / f"{path.name}-{at}").write_bytes(content)
