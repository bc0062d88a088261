"""Where the store is: the option, else KG_STORE, else kg.toml, else kg-store/ in the working folder."""

import os
import tomllib
from pathlib import Path

from kg.errors import QueryError

__all__ = ["DEFAULT_STORE", "store_path"]

DEFAULT_STORE = Path("kg-store")
_FILE = Path("kg.toml")


def store_path(option: str | None) -> Path:
    """The folder of the store. Raises QueryError where kg.toml is malformed or the store is named by URL."""
    named = option or os.environ.get("KG_STORE") or _from_file()
    if named is None:
        return DEFAULT_STORE
    if "://" in named:
        raise QueryError(f"the store is a folder, not an address: {named}")
    return Path(named)


def _from_file() -> str | None:
    if not _FILE.is_file():
        return None
    try:
        settings = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise QueryError(f"{_FILE} cannot be read: {error}") from error
    if unknown := sorted(set(settings) - {"store"}):
        raise QueryError(f"{_FILE} has {unknown[0]!r}, which means nothing here; it may say: store")
    store = settings.get("store")
    if store is not None and not isinstance(store, str):
        raise QueryError(f'{_FILE}: `store` is a path in quotes, e.g. store = "kg-store", not {store!r}')
    return store
