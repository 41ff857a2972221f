#include "export/export.h"

typedef struct {
    const char *type, *phrase;
} wording;

static const wording wordings[] = {
    {"attended", "tham dự"},
    {"chaired", "chủ trì"},
    {"cooperates_with", "hợp tác với"},
    {"donated_to", "trao tặng"},
    {"held_at", "diễn ra tại"},
    {"holds_position", "giữ chức ở"},
    {"met_at_events", "cùng dự sự kiện với"},
    {"met_with", "gặp"},
    {"organized", "tổ chức"},
    {"spoke_at", "phát biểu tại"},
    {"visited", "thăm và làm việc tại"},
};

ml_str ml_export_phrase(const ml_edge *edge)
{
    if (edge->title.len)
        return edge->title;
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        if (ml_str_equal(edge->type, ml_str_from(wordings[i].type)))
            return ml_str_from(wordings[i].phrase);
    }
    return edge->type;
}
