/* contribution.h - what an article adds to a network; inside this room only. */
#ifndef ML_NETWORK_CONTRIBUTION_H
#define ML_NETWORK_CONTRIBUTION_H

#include "base/map.h"
#include "network/network.h"

/* Strings are kept once and called by numbers ("symbols") in order of arrival; symbol 0 is the empty string. */
typedef struct {
    ml_arena arena;
    ml_map symbols;
    ml_str *texts;
    uint32_t count, cap;
} ml_network__strings;

typedef struct {
    uint32_t id, name, date, parent; /* symbols */
    ml_entity_type type;
} ml_network__entity;

typedef struct {
    uint32_t type, source, target, title, date; /* symbols; source and target are ids */
    uint32_t start, end;
    uint32_t confidence_milli;
} ml_network__relation;

typedef struct {
    uint32_t article, date; /* symbols */
    uint32_t entity_count, relation_count;
    const ml_network__entity *entities;
    const ml_network__relation *relations;
} ml_network__contribution;

struct ml_network {
    ml_network__strings strings;
    ml_arena kept;    /* of the contributions */
    ml_arena reading; /* of one record */
    ml_arena merged;  /* of `graph` */
    ml_network__contribution *contributions;
    uint32_t contribution_count, contribution_cap;
    ml_map articles; /* from ids to contributions */
    bool is_merged;  /* is `graph` up to date? */
    ml_graph graph;
};

/* The string's symbol; false when memory is short. */
bool ml_network__intern(ml_network__strings *strings, ml_str text, uint32_t *symbol);

/* Byte order of two contributions' contents: zero when they add the same. */
int ml_network__compare(const ml_network__strings *strings, const ml_network__contribution *a,
                        const ml_network__contribution *b);

/* Merges all contributions into network->graph. */
ml_status ml_network__merge_all(ml_network *network, ml_error *error);

#endif
