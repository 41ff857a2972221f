"""Articles in, what they say out: as dictionaries, or as Arrow tables."""

from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from . import _library
from ._library import Article, Error, byref, c_void_p, check, collect

if TYPE_CHECKING:
    import pyarrow

#: An article: its text, or a mapping with "text" and, where known, "id", "title", "date" (YYYY-MM-DD) and "source".
ArticleLike = Union[str, bytes, Mapping[str, Any]]

_BATCH = 256  # articles that a thread takes at a time


class Tables(NamedTuple):
    """What articles say, as Arrow tables; docs/PYTHON.md lists their columns."""

    mentions: pyarrow.Table
    entities: pyarrow.Table
    relations: pyarrow.Table
    errors: pyarrow.Table


def _articles(texts: Iterable[ArticleLike], date: str | None) -> Iterator[tuple[str | bytes, str, Any, Any, Any]]:
    for index, given in enumerate(texts):
        if isinstance(given, (str, bytes)):
            yield given, str(index), None, date, None
            continue
        id = given.get("id")
        yield (given["text"], str(index) if id in (None, "") else str(id), given.get("title"), given.get("date") or date, given.get("source"))


def _batches(texts: Iterable[ArticleLike], date: str | None) -> Iterator[list[tuple[str | bytes, str, Any, Any, Any]]]:
    articles = _articles(texts, date)
    while batch := list(islice(articles, _BATCH)):
        yield batch


class Extractor:
    """The gazetteers and models, loaded once (about 50 ms). It never changes, and any number of threads may use it.

    `gazetteers` and `models` are folders; by default those that MANGLUOI_GAZETTEERS and MANGLUOI_MODELS name, else the wheel's.
    """

    def __init__(self, gazetteers: str | os.PathLike[str] | None = None, models: str | os.PathLike[str] | None = None) -> None:
        self._library = _library.load()
        self._context = c_void_p()
        error = Error()
        folders = _library.data_folders(gazetteers, models)
        check(self._library.ml_context_new(*folders, byref(self._context), byref(error)), error)

    def __del__(self) -> None:
        if getattr(self, "_context", None):
            self._library.ml_context_free(self._context)
            self._context = c_void_p()

    def records(self, texts: Iterable[ArticleLike], *, date: str | None = None, sentences: bool = False, threads: int = 1) -> Iterator[bytes]:
        """A line of JSON for each article, in order, as `mangluoi extract` writes it. `date` is for articles that have none."""
        with ThreadPoolExecutor(max(1, threads)) as pool:
            for lines in _ordered(pool, lambda batch: self._lines(batch, sentences), _batches(texts, date), threads):
                yield from lines

    def _lines(self, batch: list[tuple[Any, ...]], sentences: bool) -> list[bytes]:
        worker, error = c_void_p(), Error()
        check(self._library.ml_worker_new(self._context, byref(worker), byref(error)), error)
        try:
            self._library.ml_worker_keep_sentences(worker, sentences)
            lines = []
            for fields in batch:
                article = _library.article(*fields)
                lines.append(collect(lambda sink, at: self._library.ml_extract(worker, byref(article), sink, at), _library.PARTIAL))
            return lines
        finally:
            self._library.ml_worker_free(worker)

    def extract(self, texts: Iterable[ArticleLike], *, date: str | None = None, sentences: bool = False, threads: int = 1) -> list[dict[str, Any]]:
        """The record of each article as a dictionary (docs/SCHEMA.md). One that cannot be read has the key "error"."""
        return [json.loads(line) for line in self.records(texts, date=date, sentences=sentences, threads=threads)]

    def extract_arrow(self, texts: Iterable[ArticleLike], *, date: str | None = None, threads: int = 1) -> Tables:
        """What the articles say as Arrow tables, handed over without a copy; wants pyarrow."""
        import pyarrow

        pieces: list[list[Any]] = [[], [], [], []]
        with ThreadPoolExecutor(max(1, threads)) as pool:
            for batches in _ordered(pool, self._columns, _batches(texts, date), threads):
                for piece, batch in zip(pieces, batches):
                    piece.append(batch)
        if not pieces[0]:
            for piece, batch in zip(pieces, self._columns([])):
                piece.append(batch)
        return Tables(*(pyarrow.Table.from_batches(piece) for piece in pieces))

    def _columns(self, batch: list[tuple[Any, ...]]) -> list[Any]:
        from pyarrow import RecordBatch

        columns, error = c_void_p(), Error()
        check(self._library.ml_columns_new(self._context, byref(columns), byref(error)), error)
        try:
            articles = (Article * len(batch))(*(_library.article(*fields) for fields in batch))
            check(self._library.ml_columns_extract(columns, articles, len(batch), byref(error)), error)
            taken = []
            for name in Tables._fields:
                schema, array = _library.ArrowSchema(), _library.ArrowArray()
                check(self._library.ml_columns_take(columns, name.encode(), byref(schema), byref(array), byref(error)), error)
                taken.append(RecordBatch._import_from_c(ctypes.addressof(array), ctypes.addressof(schema)))
            return taken
        finally:
            self._library.ml_columns_free(columns)


def _ordered(pool: ThreadPoolExecutor, work: Any, batches: Iterator[Any], threads: int) -> Iterator[Any]:
    """What `work` makes of each batch, in order; as many are under way as there are threads, and one more."""
    under_way = [pool.submit(work, batch) for batch in islice(batches, max(1, threads) + 1)]
    while under_way:
        result = under_way.pop(0).result()
        for batch in islice(batches, 1):
            under_way.append(pool.submit(work, batch))
        yield result


def extract(texts: Iterable[ArticleLike], *, date: str | None = None, sentences: bool = False, threads: int = 1) -> list[dict[str, Any]]:
    """`Extractor().extract(...)`: for one call. Who calls often keeps an Extractor."""
    return Extractor().extract(texts, date=date, sentences=sentences, threads=threads)


def extract_arrow(texts: Iterable[ArticleLike], *, date: str | None = None, threads: int = 1) -> Tables:
    """`Extractor().extract_arrow(...)`: for one call."""
    return Extractor().extract_arrow(texts, date=date, threads=threads)
