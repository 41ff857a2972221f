"""mangluoi on Apache Spark: articles to records, statements, mentions and the merged network. docs/SCALE.md

    >>> records = mangluoi_spark.extract(articles)                # id, record
    >>> vertices, edges = mangluoi_spark.merge(records)           # GraphFrames' columns: id; src, dst
    >>> mangluoi_spark.store(records, "archive.db")
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pyarrow
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

import mangluoi
from mangluoi._merge import Merger

__all__ = ["extract", "mentions", "merge", "statements", "store"]

_MENTIONS = "array<struct<start:int,end:int,type:string,entity:string,confidence:double,rule:string>>"
_STATEMENTS = (
    "array<struct<type:string,source:string,target:string,title:string,date:string,modality:string,"
    "confidence:double,rule:string,evidence:struct<start:int,end:int>>>"
)


def extract(df: DataFrame, text_column: str = "text", *, date: str | None = None, sentences: bool = False) -> DataFrame:
    """`id` and `record` (a line of JSON, docs/SCHEMA.md) of each article. `df` has `id`, the text and, where known, `title`, `date`
    and `source`; `date` is for articles that have none."""
    handed_on = [name for name in ("id", "title", "date", "source") if name in df.columns]
    if "id" not in handed_on:
        raise ValueError("articles on many machines need a column id: their own, the same in every run")

    def work(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        extractor = mangluoi.Extractor()
        for batch in batches:
            lines = list(extractor.records(batch.to_pylist(), date=date, sentences=sentences))
            yield pyarrow.record_batch({"id": batch.column("id"), "record": pyarrow.array(lines, pyarrow.binary()).cast(pyarrow.string())})

    columns = [F.col(name).cast("string") for name in handed_on]
    return df.select(*columns, F.coalesce(F.col(text_column), F.lit("")).alias("text")).mapInArrow(work, "id string, record string")


def _rows(records: DataFrame, key: str, schema: str) -> DataFrame:
    parsed = F.from_json("record", f"{key} {schema}")[key]
    return records.select(F.col("id").alias("article"), F.explode(parsed).alias("row")).select("article", "row.*")


def mentions(records: DataFrame) -> DataFrame:
    """A row for each mention."""
    return _rows(records, "mentions", _MENTIONS)


def statements(records: DataFrame) -> DataFrame:
    """A row for each relation that an article states, with the place of its sentence."""
    return _rows(records, "relations", _STATEMENTS)


_TABLES = {
    "vertices": "id string, label string, type string, documents int, attributes string",
    "edges": "src string, dst string, type string, title string, weight int, first string, last string, confidence double, attributes string",
}


def _vertex(node: dict[str, Any]) -> dict[str, Any]:
    return {**{name: node.get(name) for name in ("id", "label", "type", "documents")}, "attributes": json.dumps(node, ensure_ascii=False)}


def _edge(edge: dict[str, Any]) -> dict[str, Any]:
    named = {name: edge.get(name) for name in ("type", "title", "weight", "first", "last", "confidence")}
    return {"src": edge["source"], "dst": edge["target"], **named, "attributes": json.dumps(edge, ensure_ascii=False)}


def _lines(batches: Iterator[pyarrow.RecordBatch], column: str) -> Iterator[str]:
    for batch in batches:
        yield from batch.column(column).to_pylist()


def _pairs(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[tuple[int, str]]:
    for batch in batches:
        yield from zip(batch.column("part").to_pylist(), batch.column("lines").to_pylist())


def _merge(records: DataFrame, what: str, parts: int) -> DataFrame:
    def split(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for part, lines in Merger(_lines(batches, "record")).split(what, parts):
            yield pyarrow.record_batch({"part": pyarrow.array([part], pyarrow.int32()), "lines": [lines.decode()]})

    def join(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        # Every part is a network of its own: an article has a record in each, of which one network would keep one.
        for _, group in groupby(_pairs(batches), key=lambda pair: pair[0]):
            graph = Merger(line for _, lines in group for line in lines.split("\n") if line).graph()
            rows = [_vertex(node) for node in graph["nodes"]] if what == "vertices" else [_edge(edge) for edge in graph["edges"]]
            yield from pyarrow.Table.from_pylist(rows, schema).to_batches()

    arrow = {"string": pyarrow.string(), "int": pyarrow.int32(), "double": pyarrow.float64()}
    schema = pyarrow.schema([(name, arrow[kind]) for name, kind in (column.split() for column in _TABLES[what].split(", "))])
    # Records of one article meet before they are cut: which of two stays is for the library to say.
    cut = records.repartition(parts, "id").mapInArrow(split, "part int, lines string")
    return cut.repartition(parts, "part").sortWithinPartitions("part").mapInArrow(join, _TABLES[what])


def merge(records: DataFrame, parts: int | None = None) -> tuple[DataFrame, DataFrame]:
    """The vertices and edges of the network of `mangluoi build`, merged by the library in `parts` parts (by default as many as
    spark.sql.shuffle.partitions says). `attributes` is all that node-link JSON says of one. Write them with `.write.parquet`."""
    parts = parts or int(records.sparkSession.conf.get("spark.sql.shuffle.partitions"))
    return _merge(records, "vertices", parts), _merge(records, "edges", parts)


def store(records: DataFrame, path: str | os.PathLike[str]) -> None:
    """Adds the records to a store on the driver's disk, a partition at a time."""
    with mangluoi.Network.open(path, write=True) as network:
        network.add(row.record for row in records.select("record").toLocalIterator())
