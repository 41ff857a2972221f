#include "store/sql.h"

const char *const ml_store__sql_texts[ML_SQLS] = {
    [ML_SQL_TOTAL_CHANGE] = "UPDATE total SET documents = documents + ?, vertices = vertices + ?, edges = edges + ?",
    [ML_SQL_TERM_FIND] = "SELECT id FROM term WHERE text = ?",
    [ML_SQL_TERM_ADD] = "INSERT INTO term(text) VALUES(?)",
    [ML_SQL_VERTEX_FIND] = "SELECT id FROM vertex WHERE hash = ? AND name = ?",
    [ML_SQL_VERTEX_ADD] = "INSERT INTO vertex(hash, name, entity, part_of, leader) VALUES(?1, ?2, ?3, 0, 0)",
    [ML_SQL_VERTEX_LEADER] = "SELECT leader, part_of, name, entity FROM vertex WHERE id = ?",
    [ML_SQL_FORM_FIND] = "SELECT id FROM form WHERE entity = ? AND type = ? AND name = ? AND date = ? AND parent = ?",
    [ML_SQL_FORM_ADD] = "INSERT INTO form(entity, type, name, date, parent) VALUES(?, ?, ?, ?, ?)",
    [ML_SQL_DOCUMENT_FIND] = "SELECT id, digest FROM document WHERE hash = ? AND name = ?",
    [ML_SQL_DOCUMENT_ADD] = "INSERT INTO document(hash, name, title, date, source, digest) VALUES(?, ?, ?, ?, ?, ?)",
    [ML_SQL_DOCUMENT_DROP] = "DELETE FROM document WHERE id = ?",
    [ML_SQL_DOCUMENT_GET] = "SELECT date, name, title, source FROM document WHERE id = ?",
    [ML_SQL_APPEARANCE_ADD] = "INSERT INTO appearance(document, number, form, vertex) VALUES(?, ?, ?, ?)",
    [ML_SQL_APPEARANCE_ADD_8] = "INSERT INTO appearance(document, number, form, vertex) VALUES"
                                "(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), "
                                "(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)",
    [ML_SQL_APPEARANCE_MOVE] = "UPDATE appearance SET vertex = ? WHERE document = ? AND number = ?",
    [ML_SQL_APPEARANCE_DROP] = "DELETE FROM appearance WHERE document = ?",
    [ML_SQL_APPEARANCE_LIST] = "SELECT f.entity, a.form, a.vertex, f.parent, f.type, f.name, f.date, v.name"
                               " FROM appearance a JOIN form f ON f.id = a.form JOIN vertex v ON v.id = f.entity"
                               " WHERE a.document = ? ORDER BY a.number",
    [ML_SQL_MENTION_ADD] = "INSERT INTO mention VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
    [ML_SQL_MENTION_ADD_16] =
        "INSERT INTO mention VALUES"
        "(?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), "
        "(?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), "
        "(?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), "
        "(?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?)",
    [ML_SQL_MENTION_DROP] = "DELETE FROM mention WHERE document = ?",
    [ML_SQL_STATEMENT_ADD] = "INSERT INTO statement VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
    [ML_SQL_STATEMENT_MOVE] = "UPDATE statement SET edge = ? WHERE document = ? AND number = ?",
    [ML_SQL_STATEMENT_DROP] = "DELETE FROM statement WHERE document = ?",
    [ML_SQL_STATEMENT_LIST] = "SELECT s.type, s.title, ifnull(s.edge, 0), s.source, s.target, s.date, s.confidence,"
                              " t.text, m.text, n.text, s.start, s.stop, r.text FROM statement s"
                              " JOIN term t ON t.id = s.type JOIN term m ON m.id = s.modality"
                              " JOIN term n ON n.id = s.title JOIN term r ON r.id = s.rule"
                              " WHERE s.document = ? ORDER BY s.number",
    [ML_SQL_SENTENCE_ADD] = "INSERT OR IGNORE INTO sentence(document, start, stop, text) VALUES(?, ?, ?, ?)",
    [ML_SQL_SENTENCE_DROP] = "DELETE FROM sentence WHERE document = ?",
    [ML_SQL_CLAIM_FIND] = "SELECT documents, node FROM claim WHERE entity = ? AND unit = ? AND year = ?",
    [ML_SQL_CLAIM_ADD] = "INSERT INTO claim(entity, unit, year, documents, node) VALUES(?, ?, ?, 1, ?)",
    [ML_SQL_CLAIM_BEFORE] =
        "SELECT year, node FROM claim WHERE entity = ? AND unit = ? AND year < ? ORDER BY year DESC LIMIT 1",
    [ML_SQL_CLAIM_AFTER] =
        "SELECT year, node FROM claim WHERE entity = ? AND unit = ? AND year > ? ORDER BY year LIMIT 1",
    [ML_SQL_CLAIM_CHANGE] = "UPDATE claim SET documents = documents + ?4 WHERE entity = ?1 AND unit = ?2 AND year = ?3",
    [ML_SQL_CLAIM_DROP] = "DELETE FROM claim WHERE entity = ? AND unit = ? AND year = ?",
    [ML_SQL_CLAIM_LIST] = "SELECT c.unit, c.year, c.node, coalesce(v.name, ''), coalesce(k.level, '') FROM claim c"
                          " LEFT JOIN vertex v ON v.id = c.unit LEFT JOIN known k ON k.id = v.name"
                          " WHERE c.entity = ? ORDER BY 4, c.year",
    [ML_SQL_CLAIM_NODE] = "UPDATE claim SET node = ?4 WHERE entity = ?1 AND unit = ?2 AND year = ?3",
    [ML_SQL_BOND_CHANGE] = "INSERT INTO bond(entity, unit_a, year, unit_b, documents) VALUES(?, ?, ?, ?, ?)"
                           " ON CONFLICT DO UPDATE SET documents = documents + excluded.documents RETURNING documents",
    [ML_SQL_BOND_DROP] = "DELETE FROM bond WHERE entity = ? AND unit_a = ? AND year = ? AND unit_b = ?",
    [ML_SQL_BOND_LIST] = "SELECT unit_a, year, unit_b FROM bond WHERE entity = ? ORDER BY 1, 2, 3",
    [ML_SQL_NODE_PART] = "UPDATE vertex SET part_of = ?2 WHERE id = ?1 AND part_of <> ?2",
    [ML_SQL_NODE_LEADER] = "UPDATE vertex SET leader = ?2 WHERE id = ?1",
    [ML_SQL_NODE_LIST] = "SELECT id, name, part_of, leader FROM vertex WHERE id = ?1 UNION ALL SELECT id, name, "
                         "part_of, leader FROM vertex WHERE entity = ?1 AND entity <> 0",
    [ML_SQL_NODE_PERSONS] = "SELECT id FROM vertex WHERE entity = ? AND entity <> 0 AND part_of = 0 LIMIT 2",
    [ML_SQL_MOVED_LIST] = "SELECT DISTINCT a.document FROM appearance a JOIN form f ON f.id = a.form"
                          " WHERE a.vertex = ? AND f.entity = ?",
    [ML_SQL_OFFICE_LIST] = "SELECT title, body, since, until FROM office WHERE person = ? ORDER BY number",
    [ML_SQL_OFFICIAL_FIND] = "SELECT 1 FROM known WHERE id = ?",
    [ML_SQL_VERTEX_GET] = "SELECT documents, first, last FROM vertex WHERE id = ?",
    [ML_SQL_VERTEX_DROP] =
        "DELETE FROM vertex WHERE (id = ?1 OR id = (SELECT entity FROM vertex WHERE id = ?1)) AND documents = 0"
        " AND NOT EXISTS (SELECT 1 FROM form WHERE entity = vertex.id)"
        " AND NOT EXISTS (SELECT 1 FROM claim WHERE unit = vertex.id) AND NOT EXISTS"
        " (SELECT 1 FROM claim WHERE entity = vertex.id) AND NOT EXISTS"
        " (SELECT 1 FROM claim c WHERE c.entity = vertex.entity AND c.node = vertex.id)",
    [ML_SQL_NODE_DROP] =
        "DELETE FROM vertex WHERE documents = 0 AND entity <> 0 AND entity IN (?1, (SELECT entity FROM vertex WHERE id "
        "= ?1))"
        " AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.entity = vertex.entity AND c.node = vertex.id)",
    [ML_SQL_VERTEX_DATES] = "SELECT coalesce(min(nullif(d.date, '')), ''), coalesce(max(d.date), ''),"
                            " count(DISTINCT a.document) FROM appearance a"
                            " JOIN document d ON d.id = a.document WHERE a.vertex = ?",
    [ML_SQL_VERTEX_SET_DATES] = "UPDATE vertex SET first = ?2, last = ?3, documents = ?4 WHERE id = ?1",
    [ML_SQL_VERTEX_FORMS] = "SELECT f.name, f.type, f.date, f.parent, x.documents FROM vertex_form x"
                            " JOIN form f ON f.id = x.form WHERE x.vertex = ?",
    [ML_SQL_VERTEX_ELECT] = "UPDATE vertex SET type = ?2, label = ?3, date = ?4, parent = ?5 WHERE id = ?1",
    [ML_SQL_VERTEX_FORM_ADD] = "INSERT OR IGNORE INTO vertex_form(vertex, form, documents) VALUES(?, ?, ?)",
    [ML_SQL_VERTEX_FORM_CHANGE] = "UPDATE vertex_form SET documents = documents + ?3 WHERE vertex = ?1 AND form = ?2",
    [ML_SQL_VERTEX_FORM_GET] = "SELECT documents FROM vertex_form WHERE vertex = ? AND form = ?",
    [ML_SQL_VERTEX_FORM_DROP] = "DELETE FROM vertex_form WHERE vertex = ? AND form = ?",
    [ML_SQL_FORM_DROP] = "DELETE FROM form WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM vertex_form WHERE form = ?1)",
    [ML_SQL_EDGE_FIND] = "SELECT id FROM edge WHERE source = ? AND type = ? AND target = ? AND title = ?",
    [ML_SQL_EDGE_ADD] = "INSERT INTO edge VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ML_SQL_EDGE_CHANGE] = "UPDATE edge SET weight = weight + ?2,"
                           " first = CASE WHEN ?3 = '' OR (first <> '' AND first <= ?3) THEN first ELSE ?3 END,"
                           " last = max(last, ?4), confidence = max(confidence, ?5) WHERE id = ?1",
    [ML_SQL_EDGE_DROP] = "DELETE FROM edge WHERE id = ?",
    [ML_SQL_EDGE_MEASURE] =
        "SELECT count(DISTINCT s.document), coalesce(min(CASE WHEN s.date <> '' THEN s.date ELSE nullif(d.date, '') "
        "END), ''),"
        " coalesce(max(CASE WHEN s.date <> '' THEN s.date ELSE d.date END), ''), coalesce(max(s.confidence), 0)"
        " FROM statement s JOIN document d ON d.id = s.document WHERE s.edge = ?",
    [ML_SQL_EDGE_SET] = "UPDATE edge SET weight = ?2, first = ?3, last = ?4, confidence = ?5 WHERE id = ?1",
    [ML_SQL_POSITION_DROP] = "DELETE FROM position WHERE edge = ?",
    [ML_SQL_POSITION_ADD] = "INSERT OR IGNORE INTO position(edge, since, until, status) VALUES(?, ?, ?, ?)",
    [ML_SQL_POSITION_EDGE] = "SELECT v.name, t.text, e.target FROM edge e JOIN vertex v ON v.id = e.source"
                             " JOIN term t ON t.id = e.title WHERE e.id = ?",
    [ML_SQL_POSITION_FIND] = "SELECT 1 FROM position WHERE edge = ?1 AND (?2 OR (status = 'ended' AND since = ''))",
    [ML_SQL_POSITION_HELD] = "SELECT 1 FROM statement s JOIN term m ON m.id = s.modality WHERE s.edge = ?"
                             " AND m.text <> 'past' LIMIT 1",
    [ML_SQL_NAME_LIST] = "SELECT id, folded, bare FROM name WHERE vertex = ? ORDER BY id",
    [ML_SQL_NAME_ADD] = "INSERT INTO name(vertex, hash, folded, bare) VALUES(?, ?, ?, ?)",
    [ML_SQL_NAME_DROP] = "DELETE FROM name WHERE id = ?",
    [ML_SQL_SEARCH_ADD] = "INSERT INTO name_search(rowid, bare) VALUES(?, ?)",
    [ML_SQL_SEARCH_DROP] = "INSERT INTO name_search(name_search, rowid, bare) VALUES('delete', ?, ?)",
    [ML_SQL_KNOWN_NAMES] = "SELECT names FROM known WHERE id = ?",
};
