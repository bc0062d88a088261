"""What several rooms' tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

from ingest.run import Options, ingest
from ingest.sources import expand
from kg.store import Store

# These machines are shared: how long an example takes says nothing.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with the sample articles, as `make demo` leaves it; for reading only."""
    path = tmp_path_factory.mktemp("sample") / "kg-store"
    with Store(path) as store:
        report = ingest(expand([str(ROOT / "corpus" / "articles")]), store, Options(workers=2))
    assert not report.skipped
    return path
