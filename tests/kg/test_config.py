"""Where the store is."""

from pathlib import Path

import pytest

from kg.config import DEFAULT_STORE, store_path
from kg.errors import QueryError


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)


def test_the_option_goes_before_the_environment_and_that_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert store_path(None) == DEFAULT_STORE
    Path("kg.toml").write_text('store = "from-file"')
    assert store_path(None) == Path("from-file")
    monkeypatch.setenv("KG_STORE", "from-environment")
    assert store_path(None) == Path("from-environment")
    assert store_path("from-option") == Path("from-option")


@pytest.mark.parametrize("text", ["store = ", "store = 3", b"\xff\xfe".decode("latin-1")])
def test_a_faulty_file_is_named(text: str) -> None:
    Path("kg.toml").write_text(text, encoding="latin-1")
    with pytest.raises(QueryError, match=r"kg\.toml"):
        store_path(None)


def test_an_address_is_no_folder() -> None:
    with pytest.raises(QueryError, match="https://example"):
        store_path("https://example.org/sparql")
