"""The network that articles make: a store on disk or in memory, asked and handed to other libraries."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Union

from . import _library
from ._extract import ArticleLike, Extractor
from ._library import Error, MangluoiError, Question, Size, Str, WriteOptions, byref, c_char_p, c_void_p, check, collect

if TYPE_CHECKING:
    import igraph
    import networkx
    import pandas

#: A record: a dictionary, or its line of JSON.
RecordLike = Union[str, bytes, Mapping[str, Any]]


def _encode(text: Any) -> bytes | None:
    return None if text is None else str(text).encode()


def _question(format: str = "jsonl", **options: Any) -> Question:
    texts = {name: _encode(options.pop(name, None)) for name in ("since", "until", "as_of", "type", "by", "view")}
    return Question(format=format.encode(), **texts, **options)


class Network:
    """Entities and what articles say of them. One thread at a time; close it, or use it in a `with`."""

    def __init__(self, store: c_void_p, library: Any) -> None:
        self._store, self._library = store, library

    # -- where it comes from

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, write: bool = False) -> Network:
        """A store (.db), or a network that was written as .graphml or .json and is read into memory.

        With `write` a store is made where there is none."""
        library, store, error = _library.load(), c_void_p(), Error()
        name = os.fspath(path)
        if name.lower().endswith((".graphml", ".json")):
            check(library.ml_store_import(os.fsencode(name), byref(store), byref(error)), error)
        else:
            check(library.ml_store_open(os.fsencode(name), write, byref(store), byref(error)), error)
        return cls(store, library)

    @classmethod
    def from_records(cls, records: Iterable[RecordLike]) -> Network:
        """The network of records, as `extract` gives them, in memory."""
        network = cls.open(":memory:", write=True)
        network.add(records)
        return network

    @classmethod
    def from_articles(cls, texts: Iterable[ArticleLike], *, extractor: Extractor | None = None, date: str | None = None, threads: int = 1) -> Network:
        """The network of articles, in memory, with the sentences behind it and what the gazetteers know of it."""
        extractor = extractor or Extractor()
        network = cls.open(":memory:", write=True)
        error = Error()
        check(network._library.ml_store_learn(network._store, extractor._context, byref(error)), error)
        network.add(extractor.records(texts, date=date, sentences=True, threads=threads))
        return network

    def add(self, records: Iterable[RecordLike], *, replace: bool = False) -> None:
        """Adds records; the same again changes nothing. With `replace` they take the place of others of their articles."""
        error = Error()
        for record in records:
            line = record if isinstance(record, (str, bytes)) else json.dumps(record, ensure_ascii=False)
            check(self._library.ml_store_add(self._store, Str.of(line), replace, byref(error)), error)
        check(self._library.ml_store_commit(self._store, byref(error)), error)

    def forget(self, article: str) -> bool:
        """Takes back what an article said; whether there was one."""
        error, found = Error(), _library.c_bool()
        check(self._library.ml_store_forget(self._store, article.encode(), byref(found), byref(error)), error)
        check(self._library.ml_store_commit(self._store, byref(error)), error)
        return found.value

    def close(self) -> None:
        if self._store:
            self._library.ml_store_close(self._store)
            self._store = c_void_p()

    def __enter__(self) -> Network:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_store", None):
            self.close()

    # -- how large

    @property
    def size(self) -> dict[str, int]:
        """How many documents, vertices and edges."""
        error, size = Error(), Size()
        check(self._library.ml_store_measure(self._store, byref(size), byref(error)), error)
        return {"documents": size.documents, "vertices": size.vertices, "edges": size.edges}

    def __repr__(self) -> str:
        return "<mangluoi.Network: {documents} documents, {vertices} vertices, {edges} edges>".format(**self.size) if self._store else "<mangluoi.Network: closed>"

    # -- questions; names in any spelling. Options: since, until, as_of, type, view, min_weight, limit, why

    def _rows(self, call: Any) -> list[dict[str, Any]]:
        return [json.loads(line) for line in collect(call).splitlines()]

    def query(self, pattern: str, *names: str, **options: Any) -> list[dict[str, Any]]:
        """Triples such as '?who chaired ?event . ?event held_at "Nam Định"', or a word ("chairs", "attends", "posts", "cooperates",
        "co-attendance") with the names that it is about."""
        question = _question(**options)
        if pattern not in self._words():
            if names:
                raise MangluoiError("usage", f"{pattern!r} takes no names: there are {', '.join(self._words())}")
            return self._rows(lambda sink, error: self._library.ml_store_query(self._store, pattern.encode(), byref(question), sink, error))
        asked = (c_char_p * max(1, len(names)))(*(name.encode() for name in names))
        return self._rows(lambda sink, error: self._library.ml_store_ask(self._store, pattern.encode(), asked, len(names), byref(question), sink, error))

    def _words(self) -> list[str]:
        words = []
        while word := self._library.ml_store_word_at(len(words), None):
            words.append(word.decode())
        return words

    def show(self, name: str, **options: Any) -> list[dict[str, Any]]:
        """All about one entity."""
        question = _question(**options)
        return self._rows(lambda sink, error: self._library.ml_store_show(self._store, name.encode(), byref(question), sink, error))

    def neighbors(self, name: str, **options: Any) -> list[dict[str, Any]]:
        question = _question(**options)
        return self._rows(lambda sink, error: self._library.ml_store_neighbors(self._store, name.encode(), byref(question), sink, error))

    def timeline(self, name: str, **options: Any) -> list[dict[str, Any]]:
        question = _question(**options)
        return self._rows(lambda sink, error: self._library.ml_store_timeline(self._store, name.encode(), byref(question), sink, error))

    def path(self, source: str, target: str, **options: Any) -> list[dict[str, Any]]:
        """The best attested of the shortest paths."""
        question = _question(**options)
        return self._rows(lambda sink, error: self._library.ml_store_path(self._store, source.encode(), target.encode(), byref(question), sink, error))

    def rank(self, by: str = "pagerank", **options: Any) -> list[dict[str, Any]]:
        question = _question(by=by, **options)
        return self._rows(lambda sink, error: self._library.ml_store_rank(self._store, byref(question), sink, error))

    def communities(self, **options: Any) -> list[dict[str, Any]]:
        question = _question(**options)
        return self._rows(lambda sink, error: self._library.ml_store_communities(self._store, byref(question), sink, error))

    # -- as other libraries have it. `view` is "full", "people", "provinces", "posts" or "meetings"

    def export(self, format: str, *, profile: str | None = None, **options: Any) -> bytes:
        """The file that `mangluoi export` writes: "graphml", "gexf", "json", "csv-nodes", "svg", ..."""
        question, writing = _question(**options), WriteOptions(profile=_encode(profile))
        return collect(lambda sink, error: self._library.ml_store_export(self._store, format.encode(), byref(question), byref(writing), sink, error))

    def to_networkx(self, **options: Any) -> networkx.MultiDiGraph:
        import networkx

        return networkx.node_link_graph(json.loads(self.export("json", **options)), edges="edges")

    def to_igraph(self, **options: Any) -> igraph.Graph:
        import igraph

        data = json.loads(self.export("json", **options))
        place = {node["id"]: index for index, node in enumerate(data["nodes"])}
        graph = igraph.Graph(n=len(place), directed=data["directed"])
        for name in sorted({name for node in data["nodes"] for name in node}):
            graph.vs["name" if name == "id" else name] = [node.get(name) for node in data["nodes"]]
        graph.add_edges([(place[edge["source"]], place[edge["target"]]) for edge in data["edges"]])
        for name in sorted({name for edge in data["edges"] for name in edge} - {"source", "target"}):
            graph.es[name] = [edge.get(name) for edge in data["edges"]]
        return graph

    def to_pandas(self, **options: Any) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        """The vertices and the edges."""
        import pandas

        vertices, edges = (pandas.read_csv(io.BytesIO(self.export(format, **options)), keep_default_na=True) for format in ("csv-nodes", "csv-edges"))
        return vertices, edges
