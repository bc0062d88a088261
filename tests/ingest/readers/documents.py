"""Small documents for the tests of readers, made on the spot."""

from collections.abc import Sequence
from io import BytesIO

import docx
from pypdf import PdfWriter

PARAGRAPH = "Nvidia will sell 18,000 of its GB300 chips to Humain, the Saudi firm said on Tuesday in Riyadh."
OTHER = "The Dutch government revoked part of a licence for the export of machines that ASML makes for chips."
FRENCH = (
    "Le gouvernement a annoncé que les entreprises de la région vont construire une usine avec des partenaires, "
    "mais le ministre ne dit pas quand elle sera prête ni qui va payer pour le projet dans les années à venir."
)


def make_pdf(pages: Sequence[Sequence[str]], info: str = "") -> bytes:
    """A PDF that shows the given lines on its pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    objects.append(f"<< {info} >>")
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 10 Tf 12 TL 50 780 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        resources = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def protect(pdf: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    return _saved(writer.write)


def make_docx(title: str = "", author: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = ""
    document.core_properties.author = author
    if title:
        document.add_heading(title, 0)
    document.add_paragraph(PARAGRAPH)
    table = document.add_table(2, 2)
    for (row, column), text in {(0, 0): "Firm", (0, 1): "Share", (1, 0): "TSMC", (1, 1): "60%"}.items():
        table.cell(row, column).text = text
    document.add_paragraph(OTHER)
    return _saved(document.save)


def make_page(body: str, head: str = "") -> str:
    return f'<html lang="en"><head><title>Humain buys chips</title>{head}</head><body>{body}</body></html>'


def make_newsletter() -> str:
    """Tables within tables, text straight in the cells, as mail programs need it."""

    def cell(text: str) -> str:
        return f"<table><tr><td><table><tr><td style='padding: 3px'>{text}</td></tr></table></td></tr></table>"

    parts = [
        "<div style='display:none'>What is in this issue</div>",
        cell("<a href='#'>View this email in your browser</a>"),
        cell(f"<h2>The Chip Letter</h2>{PARAGRAPH}<br><br>Tokyo has not followed."),
        cell(OTHER),
        "<table><tr><th>Firm</th><th>Share</th></tr><tr><td>TSMC</td><td>60%</td></tr></table>",
        cell("You are receiving this because you signed up. <a href='#'>Unsubscribe</a>"),
    ]
    return make_page(f"<table><tr><td>{''.join(parts)}</td></tr></table>")


def _saved(save: object) -> bytes:
    buffer = BytesIO()
    assert callable(save)
    save(buffer)
    return buffer.getvalue()
