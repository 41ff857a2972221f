"""The shared library, as mangluoi.h declares it: structs, prototypes, and the way from its errors to Python's.

ctypes lets go of the interpreter's lock during each call, so threads extract side by side.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from ctypes import POINTER, Structure, byref, c_bool, c_char, c_char_p, c_int, c_size_t, c_uint32, c_uint64, c_void_p
from pathlib import Path

_HERE = Path(__file__).resolve().parent


class MangluoiError(Exception):
    """What the library refuses, with what to do. `status` is its name in mangluoi.h, such as "usage"."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status


class Str(Structure):
    _fields_ = [("ptr", c_char_p), ("len", c_uint32)]

    @classmethod
    def of(cls, text: str | bytes | None) -> Str:
        raw = text if isinstance(text, bytes) else (text or "").encode("utf-8", "surrogatepass")
        return cls(raw, len(raw))


class Error(Structure):
    _fields_ = [("status", c_int), ("line", c_uint32), ("column", c_uint32), ("where", c_char * 256), ("message", c_char * 512)]


_WRITE = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_size_t)


class Sink(Structure):
    _fields_ = [("write", _WRITE), ("payload", c_void_p)]


class Article(Structure):
    _fields_ = [("id", Str), ("text", Str), ("title", Str), ("date", Str), ("source", Str)]


class WriteOptions(Structure):
    _fields_ = [("profile", c_char_p), ("no_isolates", c_bool), ("links", c_bool), ("raw", c_bool)]


class Question(Structure):
    _fields_ = [
        ("since", c_char_p), ("until", c_char_p), ("as_of", c_char_p), ("type", c_char_p), ("by", c_char_p), ("view", c_char_p),
        ("min_weight", c_uint32), ("limit", c_uint32), ("format", c_char_p), ("why", c_bool), ("explain", c_bool),
    ]  # fmt: skip


class Size(Structure):
    _fields_ = [("documents", c_uint64), ("vertices", c_uint64), ("edges", c_uint64)]


class ArrowSchema(Structure):
    """Room for the struct of Arrow's C data interface; pyarrow takes what is in it over."""

    _fields_ = [("words", c_uint64 * 9)]


class ArrowArray(Structure):
    _fields_ = [("words", c_uint64 * 10)]


OK, PARTIAL = 0, 10
_STATUS = ["ok", "memory", "io", "encoding", "syntax", "limit", "data", "usage", "graph", "store", "partial"]

_STORE, _QUESTION, _ERROR, _TEXT = c_void_p, POINTER(Question), POINTER(Error), c_char_p
_PROTOTYPES: dict[str, tuple[object, list[object]]] = {
    "ml_version": (c_char_p, []),
    "ml_context_new": (c_int, [_TEXT, _TEXT, POINTER(c_void_p), _ERROR]),
    "ml_context_free": (None, [c_void_p]),
    "ml_worker_new": (c_int, [c_void_p, POINTER(c_void_p), _ERROR]),
    "ml_worker_free": (None, [c_void_p]),
    "ml_worker_keep_sentences": (None, [c_void_p, c_bool]),
    "ml_extract": (c_int, [c_void_p, POINTER(Article), Sink, _ERROR]),
    "ml_columns_new": (c_int, [c_void_p, POINTER(c_void_p), _ERROR]),
    "ml_columns_free": (None, [c_void_p]),
    "ml_columns_extract": (c_int, [c_void_p, POINTER(Article), c_size_t, _ERROR]),
    "ml_columns_take": (c_int, [c_void_p, _TEXT, c_void_p, c_void_p, _ERROR]),
    "ml_network_new": (c_int, [POINTER(c_void_p), _ERROR]),
    "ml_network_free": (None, [c_void_p]),
    "ml_network_add": (c_int, [c_void_p, Str, _ERROR]),
    "ml_network_split": (c_int, [c_void_p, _TEXT, c_uint32, c_uint32, Sink, _ERROR]),
    "ml_network_write": (c_int, [c_void_p, _TEXT, POINTER(WriteOptions), Sink, _ERROR]),
    "ml_store_open": (c_int, [_TEXT, c_bool, POINTER(_STORE), _ERROR]),
    "ml_store_import": (c_int, [_TEXT, POINTER(_STORE), _ERROR]),
    "ml_store_close": (None, [_STORE]),
    "ml_store_add": (c_int, [_STORE, Str, c_bool, _ERROR]),
    "ml_store_forget": (c_int, [_STORE, _TEXT, POINTER(c_bool), _ERROR]),
    "ml_store_learn": (c_int, [_STORE, c_void_p, _ERROR]),
    "ml_store_commit": (c_int, [_STORE, _ERROR]),
    "ml_store_measure": (c_int, [_STORE, POINTER(Size), _ERROR]),
    "ml_store_query": (c_int, [_STORE, _TEXT, _QUESTION, Sink, _ERROR]),
    "ml_store_ask": (c_int, [_STORE, _TEXT, POINTER(_TEXT), c_size_t, _QUESTION, Sink, _ERROR]),
    "ml_store_word_at": (c_char_p, [c_size_t, POINTER(_TEXT)]),
    "ml_store_show": (c_int, [_STORE, _TEXT, _QUESTION, Sink, _ERROR]),
    "ml_store_neighbors": (c_int, [_STORE, _TEXT, _QUESTION, Sink, _ERROR]),
    "ml_store_timeline": (c_int, [_STORE, _TEXT, _QUESTION, Sink, _ERROR]),
    "ml_store_rank": (c_int, [_STORE, _QUESTION, Sink, _ERROR]),
    "ml_store_communities": (c_int, [_STORE, _QUESTION, Sink, _ERROR]),
    "ml_store_path": (c_int, [_STORE, _TEXT, _TEXT, _QUESTION, Sink, _ERROR]),
    "ml_store_export": (c_int, [_STORE, _TEXT, _QUESTION, POINTER(WriteOptions), Sink, _ERROR]),
}


def load() -> ctypes.CDLL:
    """The library that MANGLUOI_LIBRARY names, else the one of the wheel. Loading it again gives the same one."""
    library = ctypes.CDLL(os.environ.get("MANGLUOI_LIBRARY") or str(_HERE / "libmangluoi.so"))
    for name, (result, arguments) in _PROTOTYPES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def data_folders(gazetteers: str | os.PathLike[str] | None, models: str | os.PathLike[str] | None) -> tuple[bytes, bytes]:
    """The folders given, else those that the environment names, else the wheel's."""
    found = []
    for given, variable, name in ((gazetteers, "MANGLUOI_GAZETTEERS", "gazetteers"), (models, "MANGLUOI_MODELS", "models")):
        found.append(os.fsencode(given or os.environ.get(variable) or _HERE / name))
    return found[0], found[1]


def check(status: int, error: Error, *allowed: int) -> None:
    if status == OK or status in allowed:
        return
    where, message = error.where.decode("utf-8", "replace"), error.message.decode("utf-8", "replace")
    place = f"{where}:{error.line}: " if where and error.line else f"{where}: " if where else ""
    name = _STATUS[status] if 0 <= status < len(_STATUS) else str(status)
    if name == "memory":
        raise MemoryError(message)
    raise MangluoiError(name, place + message)


def collect(call: Callable[[Sink, object], int], *allowed: int) -> bytes:
    """What a function writes to its sink. `call` is given the sink and the place of the error."""
    pieces: list[bytes] = []

    def write(_payload: object, data: int, length: int) -> int:
        pieces.append(ctypes.string_at(data, length))
        return OK

    error = Error()
    sink = Sink(_WRITE(write), None)
    check(call(sink, byref(error)), error, *allowed)
    return b"".join(pieces)


def article(text: str | bytes, id: str, title: str | None, date: str | None, source: str | None) -> Article:
    return Article(Str.of(id), Str.of(text), Str.of(title), Str.of(date), Str.of(source))
