"""A trained model as two ONNX graphs with eight-bit weights: the encoder with the tagger, and the reader of pairs."""

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from ingest.extract.geometry import BETWEEN, DISTANCES, SENTENCES
from ingest.training.model import Model
from ingest.training.torch_network import EncodeGraph, RelateGraph

__all__ = ["export"]

_OPSET = 17


def export(model: Model, task: str, folder: Path) -> None:
    """Write `encode.onnx` and `relate.onnx` into `folder`."""
    model.eval()
    encode, relate = EncodeGraph(model, task).eval(), RelateGraph(model, task).eval()
    ids, cases = torch.arange(100, 112)[None], torch.ones(1, 12, dtype=torch.long)
    hints = torch.zeros(1, 12, dtype=torch.long)
    with torch.no_grad():
        hidden, _ = encode(ids, cases, hints)
    spans = torch.tensor([[1, 2, 0], [4, 4, 0], [7, 9, 0]])
    pairs = torch.tensor(
        [[a, b, DISTANCES - 1, BETWEEN - 1, SENTENCES - 1] for a in range(3) for b in range(3) if a != b]
    )
    patterns = torch.zeros(len(pairs), len(model.labels[task].relations))
    axes: dict[str, dict[int, str]] = {"ids": {1: "l"}, "cases": {1: "l"}, "hints": {1: "l"}}
    _write(encode, (ids, cases, hints), folder / "encode.onnx", axes, ("hidden", "tags"))
    axes = {"hidden": {1: "l"}, "spans": {0: "n"}, "pairs": {0: "p"}, "patterns": {0: "p"}}
    outputs = ("relations", "statuses", "polarities", "pointers")
    _write(relate, (hidden, spans, pairs, patterns), folder / "relate.onnx", axes, outputs)
    for name in ("encode", "relate"):
        onnx.checker.check_model(str(folder / f"{name}.onnx"))


def _write(
    graph: torch.nn.Module,
    example: tuple[torch.Tensor, ...],
    path: Path,
    axes: dict[str, dict[int, str]],
    outputs: tuple[str, ...],
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / path.name
        torch.onnx.export(
            graph,
            example,
            str(plain),
            dynamo=False,
            opset_version=_OPSET,
            input_names=list(axes),
            output_names=list(outputs),
            dynamic_axes=axes,
        )
        quantize_dynamic(
            plain,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )
