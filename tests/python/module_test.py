"""The module as it is installed from the wheel, beside the program: module_test.py PROGRAM SOURCES."""

import doctest
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest

import mangluoi

program, sources = sys.argv[1], sys.argv[2]
samples = os.path.join(sources, "docs", "samples")
date = "2019-10-15"


def run(*arguments: str) -> bytes:
    return subprocess.run([program, *arguments], stdout=subprocess.PIPE, check=True).stdout


def articles() -> list[dict]:
    found = []
    for name in sorted(os.listdir(samples)):
        path = os.path.join(samples, name)
        if name.endswith(".txt"):
            with open(path, encoding="utf-8") as file:
                found.append({"id": name[: -len(".txt")], "text": file.read()})
        elif name.endswith(".jsonl"):
            with open(path, encoding="utf-8") as file:
                found += [json.loads(line) for line in file]
    return found


class Module(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.extractor = mangluoi.Extractor()
        cls.lines = {json.loads(line)["id"]: line for line in run("extract", "-q", "--date", date, samples).splitlines(keepends=True)}

    def test_comes_from_the_wheel(self):
        self.assertIn("site-packages", mangluoi.__file__)
        self.assertEqual(run("--version").decode().split()[1], mangluoi.__version__)

    def test_records_are_those_of_the_program(self):
        for threads in (1, 4):
            lines = list(self.extractor.records(articles(), date=date, threads=threads))
            self.assertEqual([self.lines[article["id"]] for article in articles()], lines)
        self.assertEqual([json.loads(line) for line in lines], self.extractor.extract(articles(), date=date))

    def test_many_articles_stay_in_order(self):
        texts = [f"Ông Nguyễn Văn {'An' if i % 3 else 'Bình'} là Chủ tịch UBND tỉnh Nam Định." for i in range(2000)]
        self.assertEqual(self.extractor.extract(texts), self.extractor.extract(texts, threads=3))

    def test_a_bad_article_costs_nothing_else(self):
        good = articles()[0]["text"]
        records = self.extractor.extract([good, b"\xff", good], threads=2)
        self.assertEqual([False, True, False], ["error" in record for record in records])
        self.assertEqual("not_utf8", records[1]["error"]["code"])

    def test_tables_say_what_records_say(self):
        for threads in (1, 3):
            tables = self.extractor.extract_arrow(articles() + [{"id": "bad", "text": b"\xff"}], date=date, threads=threads)
            records = self.extractor.extract(articles(), date=date)
            mentions = [dict(mention, article=record["id"]) for record in records for mention in record["mentions"]]
            self.assertEqual(mentions, [dict(row, confidence=round(row["confidence"], 3)) for row in tables.mentions.to_pylist()])
            names = [(record["id"], entity["id"], entity["type"], entity["name"], entity.get("date"), entity.get("parent")) for record in records for entity in record["entities"]]
            self.assertEqual(names, [tuple(row.values()) for row in tables.entities.to_pylist()])
            said = [
                (record["id"], r["type"], r["source"], r["target"], r.get("title"), r.get("date"), r.get("modality"), r["confidence"], r["rule"], r["evidence"]["start"], r["evidence"]["end"])
                for record in records
                for r in record["relations"]
            ]
            self.assertEqual(said, [tuple(row.values()) for row in tables.relations.to_pylist()])
            self.assertEqual([("bad", "not_utf8")], [(row["article"], row["code"]) for row in tables.errors.to_pylist()])
        for table in tables:
            table.validate(full=True)
        self.assertEqual(0, self.extractor.extract_arrow([]).mentions.num_rows)

    def test_network_is_the_one_of_the_program(self):
        with tempfile.TemporaryDirectory() as folder:
            store, exported = os.path.join(folder, "a.db"), os.path.join(folder, "a.graphml")
            run("build", "-q", "--date", date, samples, "-o", store)
            run("export", "-q", store, "-o", exported)
            with open(exported, "rb") as file:
                expected = file.read()
            ours = mangluoi.Network.from_articles(articles(), date=date)
            self.assertEqual(expected, ours.export("graphml"))
            backwards = mangluoi.Network.from_records(reversed(self.extractor.extract(articles(), date=date, sentences=True)))
            self.assertEqual(ours.size, backwards.size)
            with mangluoi.Network.open(store) as opened, mangluoi.Network.open(exported) as read:
                self.assertEqual(expected, opened.export("graphml"))
                self.assertEqual(ours.size["edges"], read.size["edges"])
                question = json.loads(run("query", store, "chairs", "--format", "jsonl").splitlines()[0])
                self.assertEqual(question, opened.query("chairs")[0])

    def test_names_are_found_in_any_spelling(self):
        network = mangluoi.Network.from_articles(articles(), date=date)
        self.assertEqual(network.show("Vũ Đình Khải"), network.show("vu dinh khai"))
        who = {row["who"]["label"] for row in network.query('?who chaired ?event . ?event held_at "thanh pho hai duong"')}
        self.assertEqual({"Giàng Seo Phìn", "Vũ Đình Khải"}, who)
        self.assertTrue(network.path("vu dinh khai", "Nhật Bản"))
        self.assertTrue(network.neighbors("vu dinh khai", limit=2))
        self.assertTrue(network.timeline("vu dinh khai"))
        self.assertEqual(3, len(network.rank(type="person", limit=3)))
        self.assertTrue(network.communities())

    def test_other_libraries_get_the_same_graph(self):
        network = mangluoi.Network.from_articles(articles(), date=date)
        first, second, (vertices, edges) = network.to_networkx(), network.to_igraph(), network.to_pandas()
        size = network.size
        self.assertEqual([size["vertices"]] * 3, [first.number_of_nodes(), second.vcount(), len(vertices)])
        self.assertEqual([size["edges"]] * 3, [first.number_of_edges(), second.ecount(), len(edges)])
        labels = sorted(label for _, label in first.nodes(data="label"))
        self.assertEqual(labels, sorted(second.vs["label"]))
        self.assertEqual(labels, sorted(vertices["label"]))
        people = network.to_networkx(view="people")
        self.assertTrue(people.number_of_edges() and all(kind == "person" for _, kind in people.nodes(data="type")))

    def test_forgetting_takes_back(self):
        records = self.extractor.extract(articles(), date=date)
        network = mangluoi.Network.from_records(records)
        rest = mangluoi.Network.from_records(records[1:])
        self.assertTrue(network.forget(records[0]["id"]))
        self.assertFalse(network.forget(records[0]["id"]))
        self.assertEqual(rest.export("graphml"), network.export("graphml"))

    def test_errors_say_what_to_do(self):
        network = mangluoi.Network.from_articles(articles(), date=date)
        for wrong in (lambda: network.query("?a nothing ?b"), lambda: network.show("nobody of this name"), lambda: network.export("docx")):
            with self.assertRaises(mangluoi.MangluoiError) as caught:
                wrong()
            self.assertEqual("usage", caught.exception.status)
        with self.assertRaises(mangluoi.MangluoiError):
            mangluoi.Network.open("/no/such/file.db")
        with self.assertRaises(mangluoi.MangluoiError):
            mangluoi.Extractor(gazetteers="/no/such/folder")
        network.close()
        self.assertIn("closed", repr(network))

    def test_other_threads_run_on(self):
        long = {"text": "\n".join(article["text"] for article in articles()) * 100}
        worker = threading.Thread(target=lambda: self.extractor.extract([long]))
        turns = 0
        worker.start()
        while worker.is_alive():
            turns += 1
        self.assertGreater(turns, 1000)

    def test_examples_hold(self):
        self.assertEqual((0, 3), tuple(doctest.testmod(mangluoi)))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
