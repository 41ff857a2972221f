#include "export/style.h"

#include "export/export.h"

#include <math.h>

static const ml_edge_style edge_styles[ML_EDGE_STYLES] = {
    {{"holds_position", 14}, "#8e9aaf", "giữ chức · holds position"},
    {{"chaired", 7}, "#c1121f", "chủ trì · chaired"},
    {{"attended", 8}, "#f4a259", "tham dự · attended"},
    {{"spoke_at", 8}, "#9b5de5", "phát biểu · spoke at"},
    {{"organized", 9}, "#00798c", "tổ chức · organized"},
    {{"held_at", 7}, "#6a994e", "diễn ra tại · held at"},
    {{"cooperates_with", 15}, "#1d70d6", "hợp tác · cooperates with"},
    {{"visited", 7}, "#8d5b4c", "thăm, làm việc · visited"},
    {{"met_with", 8}, "#ef476f", "gặp · met with"},
    {{"donated_to", 10}, "#d4a017", "trao tặng · donated to"},
    {{"", 0}, "#adb5bd", "khác · other"},
};

static const ml_vertex_style vertex_styles[ML_ENTITY_TYPES] = {
    [ML_PERSON] = {"#4c8bf5", "#2458b8", "người · person"},
    [ML_BODY] = {"#8d6cc9", "#5b3f94", "tổ chức · body"},
    [ML_LOCALITY] = {"#43aa73", "#23704a", "địa phương · locality"},
    [ML_EVENT] = {"#f07f3c", "#b04f14", "sự kiện · event"},
    [ML_SITE] = {"#b59f84", "#7b684f", "địa điểm · site"},
};

const ml_vertex_style *ml_export__vertex_style(ml_entity_type type)
{
    return &vertex_styles[type];
}

const ml_edge_style *ml_export__edge_style(uint32_t index)
{
    return &edge_styles[index];
}

uint32_t ml_export__edge_style_index(ml_str type)
{
    uint32_t i = 0;
    while (i + 1 < ML_EDGE_STYLES && !ml_str_equal(edge_styles[i].type, type))
        i++;
    return i;
}

static uint8_t hex_digit(char digit)
{
    return (uint8_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static uint8_t hex_byte(const char *digits)
{
    return (uint8_t)(hex_digit(digits[0]) * 16 + hex_digit(digits[1]));
}

ml_rgb ml_export__rgb(const char *colour)
{
    return (ml_rgb){hex_byte(colour + 1), hex_byte(colour + 3), hex_byte(colour + 5)};
}

double ml_export__vertex_size(uint32_t documents)
{
    return fmin(8 + 4 * log2(documents ? documents : 1), 40);
}

ml_look ml_export_look_of(ml_entity_type type)
{
    return (ml_look){vertex_styles[type].colour, vertex_styles[type].name};
}

ml_look ml_export_relation_look(ml_str type)
{
    const ml_edge_style *style = &edge_styles[ml_export__edge_style_index(type)];
    return (ml_look){style->colour, style->name};
}
