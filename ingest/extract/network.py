"""The trained network behind one door: arrays in, arrays out, whichever library runs it."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kg.errors import RunError

__all__ = ["FORMAT", "MODEL_FOLDER", "ModelInfo", "Network", "OnnxNetwork", "PairLogits", "load_info", "load_network"]

FORMAT: Final = 1  # of the model folder; raised when files written before can no longer be read
MODEL_FOLDER: Final = Path(__file__).parent.parent / "model"
_MEND: Final = "train one with `python -m ingest.training`, or install the package anew"

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PairLogits:
    """What the network says of ordered pairs."""

    relations: Floats  # pairs x relations
    statuses: Floats
    polarities: Floats
    pointers: Floats  # pairs x qualifiers x (none, then each mention)


class Network(Protocol):
    """One text at a time, so that what it says of a text never hangs on the texts beside it."""

    def encode(self, ids: Integers, cases: Integers, hints: Integers) -> tuple[Floats, Floats]:
        """Hidden states and tag logits of the pieces of one text."""
        ...

    def relate(self, hidden: Floats, spans: Integers, pairs: Integers, patterns: Floats) -> PairLogits:
        """`spans` [n]: first piece, last piece, class; `pairs` [p]: head, tail, distance, between, sentences."""
        ...


@dataclass(frozen=True)
class ModelInfo:
    """What stands beside the weights in a model folder."""

    name: str
    classes: tuple[str, ...]
    relations: tuple[str, ...]
    statuses: tuple[str, ...]
    polarities: tuple[str, ...]
    pointers: tuple[str, ...]
    admits: NDArray[np.bool_]  # relations x classes x classes
    points_to: NDArray[np.bool_]  # qualifiers x classes
    calibration: Mapping[str, Any]
    threshold: float
    lean: float = 0.0  # how much the tags that word lists propose gain before the best sequence is taken
    ruled: tuple[str, ...] = ()  # classes whose mentions the word lists and rules alone decide

    @cached_property
    def class_numbers(self) -> dict[str, int]:
        """Number of each class."""
        return {label: number for number, label in enumerate(self.classes)}

    @cached_property
    def relation_numbers(self) -> dict[str, int]:
        """Number of each relation."""
        return {relation: number for number, relation in enumerate(self.relations)}

    def to_json(self) -> dict[str, Any]:
        """As plain values; `read_info` undoes it."""
        return {
            "format": FORMAT,
            "name": self.name,
            "classes": self.classes,
            "relations": self.relations,
            "statuses": self.statuses,
            "polarities": self.polarities,
            "pointers": self.pointers,
            "admits": [[r, a, b] for r, a, b in np.argwhere(self.admits).tolist()],
            "points_to": np.argwhere(self.points_to).tolist(),
            "calibration": dict(self.calibration),
            "threshold": self.threshold,
            "lean": self.lean,
            "ruled": self.ruled,
        }


def load_info(folder: Path) -> ModelInfo:
    """Read `model.json`. Raises RunError that names the file and the mend."""
    path = folder / "model.json"
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise RunError(f"{path} is of format {values['format']}, this version reads {FORMAT}; {_MEND}")
        classes, relations, pointers = values["classes"], values["relations"], values["pointers"]
        admits = np.zeros((len(relations), len(classes), len(classes)), bool)
        points = np.zeros((len(pointers), len(classes)), bool)
        for array, places in ((admits, values["admits"]), (points, values["points_to"])):
            for place in places:
                array[tuple(place)] = True
        return ModelInfo(
            name=values["name"],
            classes=tuple(classes),
            relations=tuple(relations),
            statuses=tuple(values["statuses"]),
            polarities=tuple(values["polarities"]),
            pointers=tuple(pointers),
            admits=admits,
            points_to=points,
            calibration=values["calibration"],
            threshold=float(values["threshold"]),
            lean=float(values["lean"]),
            ruled=tuple(values["ruled"]),
        )
    except OSError as error:
        raise RunError(f"no model at {folder}: {path.name} cannot be read; {_MEND}") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise RunError(f"{path} is damaged ({error}); {_MEND}") from error


class OnnxNetwork:
    """Runs the two graphs of a model folder on one thread; sessions are opened at first use, anew in every process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: int | None = None
        self._sessions: dict[str, Any] = {}

    def _session(self, name: str) -> Any:
        if self._process != os.getpid():
            self._sessions, self._process = {}, os.getpid()
        if name not in self._sessions:
            self._sessions[name] = _open(self._folder / f"{name}.onnx")
        return self._sessions[name]

    def encode(self, ids: Integers, cases: Integers, hints: Integers) -> tuple[Floats, Floats]:
        """See Network."""
        feed = {"ids": ids[None], "cases": cases[None], "hints": hints[None]}
        hidden, tags = self._session("encode").run(None, feed)
        return hidden[0], tags[0]

    def relate(self, hidden: Floats, spans: Integers, pairs: Integers, patterns: Floats) -> PairLogits:
        """See Network."""
        feed = {"hidden": hidden[None], "spans": spans, "pairs": pairs, "patterns": patterns}
        return PairLogits(*self._session("relate").run(None, feed))


def load_network(folder: Path) -> OnnxNetwork:
    """The network of a model folder, opened once so that a fault shows now. Raises RunError that names the mend."""
    network = OnnxNetwork(folder)
    for name in ("encode", "relate"):
        network._session(name)
    return network


def _open(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if not path.is_file():
        raise RunError(f"no model at {path.parent}: {path.name} is missing; {_MEND}")
    faults = onnxruntime.capi.onnxruntime_pybind11_state
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (
        faults.Fail,
        faults.InvalidProtobuf,
        faults.InvalidGraph,
        faults.NoSuchFile,
        faults.InvalidArgument,
    ) as error:
        raise RunError(f"{path} is damaged or of another version; {_MEND}") from error
