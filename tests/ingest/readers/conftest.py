from collections.abc import Callable

import pytest

from ingest.readers import read
from kg.errors import ReadError
from kg.types import Article, Source

ReadOne = Callable[..., Article]
Refusal = Callable[..., str]


@pytest.fixture
def read_one() -> ReadOne:
    """Reads a source that holds one article."""

    def read_source(data: bytes | str, address: str = "-", media_type: str | None = None) -> Article:
        given = data.encode() if isinstance(data, str) else data
        [article] = read(Source(address, given, media_type), any_language=True)
        assert isinstance(article, Article), article
        return article

    return read_source


@pytest.fixture
def refusal() -> Refusal:
    """Why a source cannot be read: one line, whether raised or given in the place of its only article."""

    def reason_of(data: bytes | str, address: str = "-", media_type: str | None = None) -> str:
        given = data.encode() if isinstance(data, str) else data
        try:
            [error] = read(Source(address, given, media_type))
        except ReadError as raised:
            error = raised
        assert isinstance(error, ReadError), error
        assert error.article == address
        assert "\n" not in str(error)
        assert len(str(error)) < 250
        return error.reason

    return reason_of
