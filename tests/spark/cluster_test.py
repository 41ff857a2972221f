"""A standalone cluster of two workers makes the network of `mangluoi build`, also when a worker is killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

import mangluoi
import mangluoi_spark

PROGRAM, INPUT = sys.argv[1:]
PORT = 17077
WORK = Path(tempfile.mkdtemp(prefix="mangluoi-spark-"))
HOME = Path(pyspark.__file__).parent
ENVIRONMENT = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(HOME), "PYSPARK_PYTHON": sys.executable}
os.environ.update(ENVIRONMENT)


def start(kind, *arguments):
    log = open(WORK / f"{kind}-{time.monotonic_ns()}.log", "w")
    command = [str(HOME / "bin/spark-class"), f"org.apache.spark.deploy.{kind.lower()}.{kind}", "--host", "127.0.0.1", *arguments]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=log, stderr=log, start_new_session=True)


def worker(name):
    return start("Worker", "--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(WORK / name), f"spark://127.0.0.1:{PORT}")


def kill_processes(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def built(inputs):
    target = WORK / "built.json"
    subprocess.run([PROGRAM, "build", "-q", inputs, "-o", str(target)], check=True)
    graph = json.loads(target.read_text())
    return sorted(json.dumps(node, sort_keys=True) for node in graph["nodes"]), edges_of(graph["edges"])


def edges_of(edges):
    # Edges are numbered within a file.
    return sorted(json.dumps({k: v for k, v in edge.items() if k not in ("id", "key")}, sort_keys=True) for edge in edges)


def attributes(path, spark):
    return [json.loads(row.attributes) for row in spark.read.parquet(str(path)).collect()]


def compare(spark, articles, expected, name):
    records = mangluoi_spark.extract(articles).cache()
    vertices, edges = mangluoi_spark.merge(records, 4)
    vertices.write.parquet(str(WORK / name / "vertices"))
    edges.write.parquet(str(WORK / name / "edges"))
    found = attributes(WORK / name / "vertices", spark), attributes(WORK / name / "edges", spark)
    assert sorted(json.dumps(node, sort_keys=True) for node in found[0]) == expected[0], f"{name}: vertices differ"
    assert edges_of(found[1]) == expected[1], f"{name}: edges differ"
    assert len(expected[0]) > 10 and len(expected[1]) > 10
    print(f"{name}: {len(found[0])} vertices, {len(found[1])} edges, the same as those of mangluoi build", flush=True)
    return records


def main():
    processes = [start("Master", "--port", str(PORT), "--webui-port", "0")]
    time.sleep(4)
    workers = [worker("one"), worker("two")]
    processes += workers
    try:
        builder = SparkSession.builder.master(f"spark://127.0.0.1:{PORT}").config("spark.driver.host", "127.0.0.1")
        spark = builder.config("spark.executor.memory", "600m").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").config("spark.sql.shuffle.partitions", "4").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        articles = spark.read.schema("id string, text string, title string, date string, source string").json(INPUT).repartition(4)
        expected = built(INPUT)
        records = compare(spark, articles, expected, "whole")
        mangluoi_spark.store(records, WORK / "archive.db")
        with mangluoi.Network.open(WORK / "archive.db") as network:
            assert network.size["documents"] == articles.select("id").distinct().count()
            assert network.query("?who chaired ?event", limit=3)
        assert mangluoi_spark.mentions(records).count() > mangluoi_spark.statements(records).count() > 0

        victim = workers[0]
        flag = WORK / "began"

        def slow(batches):
            flag.touch()
            time.sleep(2)
            yield from batches

        def kill():
            while not flag.exists():
                time.sleep(0.1)
            kill_processes(victim)  # and its executors, which are of its session

        killer = threading.Thread(target=kill)
        killer.start()
        compare(spark, articles.mapInArrow(slow, articles.schema), expected, "killed")
        killer.join()
        assert victim.poll() is not None
        # What any other engine does: the program as a filter.
        lines = spark.read.text(INPUT).rdd.map(lambda row: row.value).pipe(f"{PROGRAM} extract -q --input jsonl -").collect()
        assert sorted(lines) == sorted(row.record.rstrip("\n") for row in records.collect()), "pipe() differs"
        spark.stop()
    finally:
        for process in processes:
            if process.poll() is None:
                kill_processes(process)


main()
