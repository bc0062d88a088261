import zipfile
from io import BytesIO

from tests.ingest.readers.documents import OTHER, PARAGRAPH, make_docx


def test_paragraphs_and_tables_in_order(read_one) -> None:
    article = read_one(make_docx("Chips for Riyadh", "Jane Doe"), "a.docx")
    assert article.text.split("\n\n") == [PARAGRAPH, "Firm | Share", "TSMC | 60%", OTHER]
    assert (article.title, article.author, article.published) == ("Chips for Riyadh", "Jane Doe", None)


def test_without_a_title_the_first_line_is_it(read_one) -> None:
    assert read_one(make_docx(), "a.docx").title == PARAGRAPH


def test_damaged_package_is_refused(refusal) -> None:
    assert "no DOCX that can be read" in refusal(make_docx()[:5000], "a.docx")
    assert "no DOCX that can be read" in refusal(b"PK\x03\x04 word/ and more", "a.docx")


def test_package_that_unpacks_to_too_much_is_refused(refusal) -> None:
    buffer = BytesIO(make_docx())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/bomb", bytes(210_000_000))
    assert "unpacks to 210 MB" in refusal(buffer.getvalue(), "a.docx")
