"""E-mail files: the newsletter or message that one holds."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from ingest.clean import join_wrapped_lines
from ingest.readers.decode import decode_text
from ingest.readers.describe import build_article
from ingest.readers.html import drop_mail_furniture, html_to_text
from kg.errors import ReadError
from kg.types import Article, Source

__all__ = ["read_mail"]


def read_mail(source: Source) -> Iterator[Article]:
    """The message as one article: its HTML, else its plain text; attachments are left alone.

    The subject is the title, the sender the publisher, `Archived-At` the canonical address.
    """
    message = message_from_bytes(source.data, policy=policy.default)
    text = _body(message, "html", source.address) or _body(message, "plain", source.address)
    if not text:
        raise ReadError("the message has no text: if an article is attached, give that file", article=source.address)
    name, sender = parseaddr(_header(message, "From"))
    yield build_article(
        drop_mail_furniture(text),
        address=source.address,
        title=_header(message, "Subject"),
        url=_header(message, "Archived-At").strip("<> "),
        published=_header(message, "Date"),
        publisher=name or sender.rpartition("@")[2],
        language=_header(message, "Content-Language"),
    )


def _header(message: EmailMessage, name: str) -> str:
    """Empty where the header is missing, or so malformed that the parser fails on it."""
    try:
        return str(message.get(name, ""))
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _body(message: EmailMessage, kind: str, address: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        return ""
    text = decode_text(payload, address=address, declared=part.get_content_charset())
    if kind == "html":
        return html_to_text(text, address=address)
    return join_wrapped_lines(text.replace("\r\n", "\n"))
