"""Reads a network's exports back with the programs they are for and compares what these see.

    check_exports.py NETWORK.graphml NETWORK.json [MORE.graphml MORE.json]...

Needs networkx (3.4 or later) and igraph from PyPI. Ends with 1 and a message at the first difference.
"""

import json
import math
import sys
import warnings

import igraph
import networkx

VERTEX_TEXTS = ["label", "type", "first", "last", "date", "parent"]
EDGE_TEXTS = ["type", "title", "label", "first", "last"]


def fail(message):
    sys.exit(f"check_exports.py: {message}")


def split_list(text):
    """The items of a list as GraphML has it: separated by `|`, with `|` and `\\` inside an item behind a `\\`."""
    items, item, escaped = [], "", False
    for character in text:
        if escaped or character not in "\\|":
            item, escaped = item + character, False
        elif character == "\\":
            escaped = True
        else:
            items.append(item)
            item = ""
    return items + [item] if text else []


def xml_text(text):
    """The text as XML can hold it."""
    def allowed(character):
        return character in "\t\n\r" or (character >= " " and character not in "\ufffe\uffff")
    return "".join(c if allowed(c) else "\ufffd" for c in text)


def vertex_row(attributes):
    row = {name: xml_text(attributes.get(name) or "") for name in VERTEX_TEXTS}
    row["documents"] = int(attributes["documents"])
    return row


def edge_row(source, target, attributes):
    row = {name: xml_text(attributes.get(name) or "") for name in EDGE_TEXTS}
    row.update(source=source, target=target, symmetric=bool(attributes["symmetric"]))
    for name in ("weight", "confidence"):
        row[name] = float(attributes[name])
        if not math.isfinite(row[name]):
            fail(f"an edge's {name} is {row[name]}")
    for name in ("evidence", "sentences"):
        value = attributes.get(name) or ""
        row[name] = [xml_text(item) for item in (split_list(value) if isinstance(value, str) else value)]
    return row


def from_networkx(graph, what):
    if not isinstance(graph, networkx.MultiDiGraph):
        fail(f"{what}: read as {type(graph).__name__}, not as MultiDiGraph")
    vertices = {name: vertex_row(attributes) for name, attributes in graph.nodes(data=True)}
    edges = {key: edge_row(source, target, attributes) for source, target, key, attributes in graph.edges(keys=True, data=True)}
    if len(edges) != graph.number_of_edges():
        fail(f"{what}: two edges have one key")
    return vertices, edges


def from_igraph(path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = igraph.Graph.Read_GraphML(path)
    if not graph.is_directed():
        fail(f"{path}: igraph reads it as undirected")
    names = graph.vs["id"] if graph.vcount() else []
    vertices = {vertex["id"]: vertex_row(vertex.attributes()) for vertex in graph.vs}
    if len(vertices) != graph.vcount():
        fail(f"{path}: two vertices have one id")
    # igraph 1.0 mixes up the ids of edges, but keeps their order.
    edges = {f"e.{edge.index + 1}": edge_row(names[edge.source], names[edge.target], edge.attributes()) for edge in graph.es}
    return vertices, edges


def compare(left, right, what):
    for kind, mine, theirs in (("vertices", left[0], right[0]), ("edges", left[1], right[1])):
        if mine.keys() != theirs.keys():
            fail(f"{what}: {len(mine)} and {len(theirs)} {kind}, such as {sorted(mine.keys() ^ theirs.keys())[:3]}")
        for name, row in mine.items():
            for attribute, value in row.items():
                if theirs[name][attribute] != value:
                    fail(f"{what}: {attribute} of {name}: {value!r} is not {theirs[name][attribute]!r}")


def check(graphml, node_link):
    with open(node_link, encoding="utf-8") as file:
        data = json.load(file, parse_constant=lambda name: fail(f"{node_link}: {name} is no JSON"))
    expected = from_networkx(networkx.node_link_graph(data, edges="edges"), node_link)
    if len(data["nodes"]) != len(expected[0]) or len(data["edges"]) != len(expected[1]):
        fail(f"{node_link}: {len(data['nodes'])} nodes and {len(data['edges'])} edges, read as "
             f"{len(expected[0])} and {len(expected[1])}: does an edge name a vertex that is missing?")
    if any(row["label"] == "" or row["documents"] < 1 for row in expected[0].values()):
        fail(f"{node_link}: a vertex without label or documents")
    if any(row["weight"] != len(row["evidence"]) for row in expected[1].values()):
        fail(f"{node_link}: an edge's weight is not the number of articles in its evidence")
    graph = networkx.read_graphml(graphml, force_multigraph=True)
    compare(expected, from_networkx(graph, graphml), f"{node_link} and {graphml} by NetworkX")
    if not networkx.is_directed(networkx.read_graphml(graphml)):
        fail(f"{graphml}: NetworkX reads it as undirected")
    compare(expected, from_igraph(graphml), f"{node_link} and {graphml} by igraph")
    print(f"{graphml}: {len(expected[0])} vertices and {len(expected[1])} edges alike in NetworkX and igraph")


def main(paths):
    if not paths or len(paths) % 2:
        fail("give pairs of files: NETWORK.graphml NETWORK.json")
    for graphml, node_link in zip(paths[::2], paths[1::2]):
        check(graphml, node_link)


main(sys.argv[1:])
