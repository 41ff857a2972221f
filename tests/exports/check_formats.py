"""Reads every format back with the program it is for, or by the rules that program documents, and compares with the node-link
JSON of the same network.

    check_formats.py FOLDER...

Each folder has network.json and the other files as tests/exports/readers.sh writes them. Needs the packages of
tests/requirements.txt. Ends with 1 and a message at the first difference.
"""

import csv
import importlib.metadata
import json
import re
import sys
import warnings

import igraph
import jsonschema
import networkx
import pandas
import pydot
import yaml

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def fail(message):
    sys.exit(f"check_formats.py: {message}")


def same(mine, theirs, what):
    if mine != theirs:
        fail(f"{what}: {mine!r} is not {theirs!r}")


def xml_text(text):
    """The text as XML can hold it."""
    return ILLEGAL.sub("\ufffd", text or "")


def strict_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, parse_constant=lambda name: fail(f"{path}: {name} is no JSON"))


class Network:
    """What the node-link JSON says, to compare the others with."""

    def __init__(self, folder):
        data = strict_json(f"{folder}/network.json")
        self.vertices = {vertex["id"]: vertex for vertex in data["nodes"]}
        self.edges = {edge["key"]: edge for edge in data["edges"]}
        for edge in data["edges"]:
            for end in ("source", "target"):
                if edge[end] not in self.vertices:
                    fail(f"{folder}: an edge to {edge[end]}, which is no vertex")
        if not all(re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", name) for name in self.vertices):
            fail(f"{folder}: an id that other programs may not take")


def check_links(folder, network):
    data = strict_json(f"{folder}/links.json")
    same("edges" in data, False, "links.json has edges")
    graph = networkx.node_link_graph(data, edges="links")
    same((len(graph), graph.number_of_edges()), (len(network.vertices), len(network.edges)), "links.json")


def check_gexf(folder, network):
    path = f"{folder}/network.gexf"
    graph = networkx.read_gexf(path)
    same(sorted(graph.nodes), sorted(network.vertices), f"{path}: vertices")
    same(graph.is_directed(), True, f"{path}: directed")
    for name, vertex in network.vertices.items():
        node = graph.nodes[name]
        same(node["label"], xml_text(vertex["label"]), f"{path}: label of {name}")
        same(node["entity_type"], vertex["type"], f"{path}: type of {name}")
        same(node["documents"], vertex["documents"], f"{path}: documents of {name}")
        colour = node["viz"]["color"]
        if not all(0 <= colour[channel] <= 255 for channel in "rgb") or not 8 <= node["viz"]["size"] <= 40:
            fail(f"{path}: colour or size of {name}: {node['viz']}")
    same(graph.number_of_edges(), len(network.edges), f"{path}: edges")
    seen = {}
    for source, target, edge in graph.edges(data=True):
        seen[edge["id"]] = (source, target, edge)
    for key, wanted in network.edges.items():
        source, target, edge = seen[key]
        same((source, target), (wanted["source"], wanted["target"]), f"{path}: ends of {key}")
        same(edge["relation"], xml_text(wanted["type"]), f"{path}: relation of {key}")
        same(edge["weight"], float(wanted["weight"]), f"{path}: weight of {key}")
        same(edge["symmetric"], wanted["symmetric"], f"{path}: symmetric of {key}")
        check_spell(path, edge.get("spells"), wanted)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    kinds = re.findall(r'<edge id="[^"]*" source="([^"]*)" target="([^"]*)" kind="([^"]*)"', text)
    same(len(set(kinds)), len(network.edges), f"{path}: Gephi merges edges of one kind")
    for rule in ("xmlns=\"http://gexf.net/1.3\"", 'timeformat="date"', 'timerepresentation="interval"'):
        if rule not in text:
            fail(f"{path}: without {rule}")
    if re.search(r'type="(int|undirected)"|startopen|endopen', text):
        fail(f"{path}: a type or attribute that readers refuse")


def check_spell(path, spells, wanted):
    if not wanted.get("first"):
        same(spells, None, f"{path}: spells of an edge without dates")
        return
    (start, end), = spells
    for day in (start, end):
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            fail(f"{path}: {day} is no full date")
    if not (start.startswith(wanted["first"]) and end.startswith(wanted["last"]) and start <= end):
        fail(f"{path}: {start} to {end} for {wanted['first']} to {wanted['last']}")


def check_profiles(folder, network):
    """The dialects of GraphML: the same graph, and what each program wants on top."""
    for profile in ("gephi", "cytoscape", "yed", "igraph"):
        path = f"{folder}/{profile}.graphml"
        graph = networkx.read_graphml(path, force_multigraph=True)
        same(sorted(graph.nodes), sorted(network.vertices), f"{path}: vertices")
        same(graph.number_of_edges(), len(network.edges), f"{path}: edges")
        for name, node in graph.nodes(data=True):
            label = xml_text(network.vertices[name]["label"])
            if profile == "cytoscape":
                same(node["name"], label, f"{path}: name")
            if profile == "gephi":
                same([type(node[key]) for key in ("r", "g", "b", "size")], [int, int, int, float], f"{path}: visuals")
            if profile == "yed":
                same(node["label"].lstrip(" "), label.lstrip(" "), f"{path}: label")
                if node["label"].startswith("<"):
                    fail(f"{path}: yEd takes {node['label']!r} for HTML")
        if profile == "cytoscape":
            kinds = {key: edge["interaction"] for _, _, key, edge in graph.edges(keys=True, data=True)}
            same(kinds, {key: xml_text(edge["type"]) for key, edge in network.edges.items()}, f"{path}: interaction")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = igraph.Graph.Read_GraphML(f"{folder}/igraph.graphml")
    for name in network.vertices:
        same(graph.vs.find(name)["id"], name, "igraph finds vertices by name")


JGF_SCHEMA = {
    "type": "object", "required": ["graph"], "additionalProperties": False,
    "properties": {"graph": {
        "type": "object", "required": ["nodes", "edges"], "additionalProperties": False,
        "properties": {
            "id": {"type": "string"}, "label": {"type": "string"}, "directed": {"type": "boolean"},
            "type": {"type": "string"}, "metadata": {"type": "object"},
            "nodes": {"type": "object", "additionalProperties": {
                "type": "object", "additionalProperties": False,
                "properties": {"label": {"type": "string"}, "metadata": {"type": "object"}}}},
            "edges": {"type": "array", "items": {
                "type": "object", "required": ["source", "target"], "additionalProperties": False,
                "properties": {**{key: {"type": "string"} for key in ("id", "source", "target", "relation", "label")},
                               "directed": {"type": "boolean"}, "metadata": {"type": "object"}}}}}}}}


def check_jgf(folder, network):
    """Version 2 as jsongraphformat.info describes it, written down here as a schema."""
    path = f"{folder}/network.jgf"
    data = strict_json(path)
    jsonschema.validate(data, JGF_SCHEMA)
    graph = data["graph"]
    same({name: node["label"] for name, node in graph["nodes"].items()},
         {name: vertex["label"] for name, vertex in network.vertices.items()}, f"{path}: labels")
    same(len(graph["edges"]), len(network.edges), f"{path}: edges")
    for edge in graph["edges"]:
        wanted = network.edges[edge["id"]]
        same((edge["source"], edge["target"], edge["relation"], edge["directed"]),
             (wanted["source"], wanted["target"], wanted["type"], not wanted["symmetric"]), f"{path}: {edge['id']}")
        same(edge["metadata"]["evidence"], wanted["evidence"], f"{path}: evidence of {edge['id']}")


def read_table(path):
    return pandas.read_csv(path, keep_default_na=False, dtype=str, lineterminator="\n")


def guarded(text):
    return "'" + text if text[:1] and text[0] in "=+-@\t\r" else text


def check_csv(folder, network):
    nodes = read_table(f"{folder}/network.nodes.csv")
    same({row.id: row.label for row in nodes.itertuples()},
         {name: guarded(vertex["label"]) for name, vertex in network.vertices.items()}, "csv: labels")
    edges = read_table(f"{folder}/network.edges.csv")
    same(len(edges), len(network.edges), "csv: edges")
    for row in edges.itertuples():
        wanted = network.edges[row.id]
        same((row.source, row.target, row.type, row.title, float(row.weight)),
             (wanted["source"], wanted["target"], guarded(wanted["type"]), guarded(wanted.get("title", "")),
              float(wanted["weight"])), f"csv: {row.id}")
    raw = read_table(f"{folder}/raw.nodes.csv")
    same({row.id: row.label for row in raw.itertuples()},
         {name: vertex["label"] for name, vertex in network.vertices.items()}, "csv: labels with --csv-raw")
    graph = networkx.from_pandas_edgelist(edges, edge_key="id", create_using=networkx.MultiDiGraph)
    same(graph.number_of_edges(), len(network.edges), "csv: edges as NetworkX takes them from pandas")
    with open(f"{folder}/network.nodes.csv", encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            for field in row:
                if field[:1] in ("=", "+", "-", "@", "\t", "\r") and field:
                    fail(f"csv: a spreadsheet takes {field!r} for a formula")


def check_gephi_csv(folder, network):
    """The columns and values that Gephi's import of spreadsheets documents."""
    nodes = read_table(f"{folder}/gephi.nodes.csv")
    edges = read_table(f"{folder}/gephi.edges.csv")
    same(list(nodes.columns[:2]), ["Id", "Label"], "gephi csv: columns")
    same(list(edges.columns[:8]), ["Source", "Target", "Type", "Kind", "Id", "Label", "Weight", "Timeset"], "gephi csv: columns")
    same(set(edges["Source"]) | set(edges["Target"]) <= set(nodes["Id"]), True, "gephi csv: ends are nodes")
    for row in edges.itertuples():
        wanted = network.edges[row.Id]
        same(row.Type, "Undirected" if wanted["symmetric"] else "Directed", "gephi csv: Type")
        same(float(row.Weight) > 0, True, "gephi csv: Weight")
        same(bool(re.fullmatch(r"<\[\d{4}-\d\d-\d\d, \d{4}-\d\d-\d\d\]>", row.Timeset)), bool(wanted.get("first")),
             f"gephi csv: Timeset {row.Timeset}")
    keys = list(zip(edges["Source"], edges["Target"], edges["Kind"]))
    same(len(set(keys)), len(keys), "gephi csv: Gephi merges edges of one kind")


RELATIONS = ["attended", "chaired", "cooperates_with", "donated_to", "held_at", "holds_position", "met_with", "organized",
             "spoke_at", "visited"]
NEO4J_LABELS = {kind: {"Entity", kind.capitalize()} for kind in ("person", "body", "locality", "event", "site")}


def check_neo4j(folder, network):
    """What neo4j-admin asks of its files: one line a row, ids unique, ends that exist, types that are names."""
    tables = {}
    for part in ("nodes", "edges"):
        path = f"{folder}/network.neo4j-{part}.csv"
        with open(path, encoding="utf-8", newline="") as file:
            lines = file.read().split("\n")
        same(lines.pop(), "", f"{path}: the last line ends")
        rows = list(csv.reader(lines, strict=True))
        same(len(rows), len(lines), f"{path}: a field with a line end")
        same({len(row) for row in rows}, {len(rows[0])}, f"{path}: fields a row")
        tables[part] = [dict(zip(rows[0], row)) for row in rows[1:]]
    ids = [row["id:ID(Entity)"] for row in tables["nodes"]]
    same(sorted(ids), sorted(network.vertices), "neo4j: ids")
    for row in tables["nodes"]:
        vertex = network.vertices[row["id:ID(Entity)"]]
        same(set(row[":LABEL"].split(";")), NEO4J_LABELS[vertex["type"]], "neo4j: labels")
        same(row["label"], re.sub("[\x00-\x1f\x7f]", " ", vertex["label"]), "neo4j: label")
        same(int(row["documents:int"]), vertex["documents"], "neo4j: documents")
    same(len(tables["edges"]), len(network.edges), "neo4j: edges")
    for row in tables["edges"]:
        wanted = network.edges[row["edge_id"]]
        same((row[":START_ID(Entity)"], row[":END_ID(Entity)"]), (wanted["source"], wanted["target"]), "neo4j: ends")
        if not re.fullmatch("[A-Z_]+", row[":TYPE"]):
            fail(f"neo4j: type {row[':TYPE']!r}")
        same(row[":TYPE"], wanted["type"].upper() if wanted["type"] in RELATIONS else "RELATED_TO", "neo4j: type")
        same(row["symmetric:boolean"] in ("true", "false"), True, "neo4j: boolean")
        same(len(row["evidence:string[]"].split(";")), len(wanted["evidence"]), "neo4j: evidence")


def check_dot(folder, network):
    path = f"{folder}/network.dot"
    graph, = pydot.graph_from_dot_file(path, encoding="utf-8")
    nodes = {node.get_name().strip('"') for node in graph.get_nodes()} - {"node", "edge", "graph"}
    same(nodes, set(network.vertices), f"{path}: vertices")
    same(len(graph.get_edges()), len(network.edges), f"{path}: edges")
    for edge in graph.get_edges():
        if not edge.get_attributes()["label"].startswith('"'):
            fail(f"{path}: a label without quotes could be HTML")


def ftm_model():
    """The schemata of the installed followthemoney: its own files, without the many packages that importing it takes."""
    files = [file for file in importlib.metadata.files("followthemoney") if "/schema/" in str(file) and file.suffix == ".yaml"]
    model = {}
    for file in files:
        model.update(yaml.safe_load(file.locate().read_text(encoding="utf-8")))
    return model


def ancestors(model, name):
    yield name
    for parent in model[name].get("extends", []):
        yield from ancestors(model, parent)


def check_ftm(folder, network):
    model = ftm_model()
    entities = {}
    with open(f"{folder}/network.ftm.jsonl", encoding="utf-8") as file:
        for line in file:
            entity = json.loads(line)
            same(entity["id"] in entities, False, f"ftm: {entity['id']} comes twice")
            entities[entity["id"]] = entity
    for entity in entities.values():
        check_ftm_entity(model, entities, entity)
    things = [entity for entity in entities.values() if entity["schema"] not in ("Occupancy", "UnknownLink", "Position")]
    same({entity["id"]: entity["properties"]["name"] for entity in things},
         {f"mangluoi-{name}": [vertex["label"]] for name, vertex in network.vertices.items()}, "ftm: names")
    links = sum(entity["schema"] in ("Occupancy", "UnknownLink") for entity in entities.values())
    same(links, len(network.edges), "ftm: links")


def check_ftm_entity(model, entities, entity):
    schema = entity["schema"]
    same(model[schema].get("abstract", False), False, f"ftm: {schema} is abstract")
    lineage = list(ancestors(model, schema))
    properties, required = {}, set()
    for name in lineage:
        required |= set(model[name].get("required", []))
        for key, form in model[name].get("properties", {}).items():
            properties.setdefault(key, form)
    if not required <= set(entity["properties"]):
        fail(f"ftm: {schema} without {required - set(entity['properties'])}")
    for key, values in entity["properties"].items():
        if key not in properties:
            fail(f"ftm: {schema} has no property {key}")
        if not values or not all(isinstance(value, str) and value for value in values):
            fail(f"ftm: {schema}.{key} is {values!r}")
        form = properties[key]
        for value in values:
            if form.get("type") == "date" and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
                fail(f"ftm: {schema}.{key}: {value!r} is no date")
            if form.get("type") == "entity" and form.get("range") not in ancestors(model, entities[value]["schema"]):
                fail(f"ftm: {schema}.{key}: a {entities[value]['schema']} is no {form.get('range')}")


def check_isolates(folder, network):
    data = strict_json(f"{folder}/connected.json")
    ends = {end for edge in network.edges.values() for end in (edge["source"], edge["target"])}
    same({vertex["id"] for vertex in data["nodes"]}, ends, "--no-isolates")
    same(data["edges"], list(network.edges.values()), "--no-isolates: edges")


def main(folders):
    checks = [check_links, check_gexf, check_profiles, check_jgf, check_csv, check_gephi_csv, check_neo4j, check_dot, check_ftm,
              check_isolates]
    for folder in folders:
        network = Network(folder)
        for check in checks:
            check(folder, network)
        print(f"{folder}: {len(network.vertices)} vertices and {len(network.edges)} edges alike in all formats")


main(sys.argv[1:])
