"""Records merged into the network of `mangluoi build`, or cut into parts that are merged apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from . import _library
from ._library import Error, Str, WriteOptions, byref, c_void_p, check, collect


class Merger:
    """The network of records, whatever their order; for one thread. Unlike a store it takes all persons of one id for one."""

    def __init__(self, records: Iterable[str | bytes]) -> None:
        self._library, self._network, error = _library.load(), c_void_p(), Error()
        check(self._library.ml_network_new(byref(self._network), byref(error)), error)
        for record in records:
            check(self._library.ml_network_add(self._network, Str.of(record), byref(error)), error)

    def __del__(self) -> None:
        if getattr(self, "_network", None):
            self._library.ml_network_free(self._network)
            self._network = c_void_p()

    def split(self, what: str, parts: int) -> Iterator[tuple[int, bytes]]:
        """Each part of the "vertices" or "edges" that has any, as records, a line each."""
        for part in range(parts):
            lines = collect(lambda sink, error: self._library.ml_network_split(self._network, what.encode(), part, parts, sink, error))
            if lines:
                yield part, lines

    def graph(self) -> dict[str, Any]:
        """Node-link JSON, as EXPORTS.md has it."""
        options = WriteOptions()
        return json.loads(collect(lambda sink, error: self._library.ml_network_write(self._network, b"json", byref(options), sink, error)))
