#include "base/scan.h"

/* All is said in comparisons of single bytes with their neighbours, without a branch, so that compilers make vectors of it. A byte is
 * a continuation if and only if one of the three before it begins a sequence that long; five lead bytes narrow down what
 * may follow them (Unicode 15, table 3-7). Three bytes before and two behind must be
 * readable. */
static ml_scan scan(const unsigned char *bytes, uint32_t len)
{
    uint8_t broken = 0, odd = 0;
    uint32_t points = 0;
    for (uint32_t begin = 0; begin < len; begin += 64) {
        uint8_t begun = 0;
        uint32_t end = len - begin < 64 ? len : begin + 64;
        for (uint32_t i = begin; i < end; i++) {
            const unsigned char *at = bytes + i;
            uint8_t here = at[0], next = at[1];
            uint8_t continues = (here >= 0x80) & (here <= 0xbf);
            uint8_t expected = (at[-1] >= 0xc0) | (at[-2] >= 0xe0) | (at[-3] >= 0xf0);
            broken |= continues ^ expected;
            broken |= (here == 0xc0) | (here == 0xc1) | (here >= 0xf5);
            broken |= ((here == 0xe0) & (next < 0xa0)) | ((here == 0xed) & (next > 0x9f));
            broken |= ((here == 0xf0) & (next < 0x90)) | ((here == 0xf4) & (next > 0x8f));
            /* Plain are U+0000 to U+02FF, U+1E00 to U+1EFF and U+2010 to U+203F. */
            odd |= (here >= 0xcc) & (here != 0xe1) & (here != 0xe2);
            odd |= (here == 0xe1) & ((next < 0xb8) | (next > 0xbb));
            odd |= (here == 0xe2) & ((next != 0x80) | (at[2] < 0x90));
            begun = (uint8_t)(begun + (uint8_t)(continues ^ 1));
        }
        points += begun;
    }
    return (ml_scan){points, broken != 0, odd != 0};
}

/* At the ends of the text, where nothing may be read before or behind it, zeros surround it. */
static ml_scan scan_edge(ml_str text, uint32_t begin, uint32_t len)
{
    unsigned char copy[3 + ML_SCAN_BYTES + 2] = {0};
    uint32_t before = begin < 3 ? begin : 3;
    uint32_t behind = text.len - begin - len < 2 ? text.len - begin - len : 2;
    memcpy(copy + 3 - before, text.ptr + begin - before, before + len + behind);
    return scan(copy + 3, len);
}

ml_scan ml_scan_text(ml_str text, uint32_t begin, uint32_t end)
{
    bool edge = begin < 3 || text.len - end < 2;
    return edge ? scan_edge(text, begin, end - begin) : scan((const unsigned char *)text.ptr + begin, end - begin);
}

bool ml_scan_is_cut(ml_str text)
{
    static const unsigned char least[] = {0, 0xc0, 0xe0, 0xf0};
    bool cut = false;
    for (uint32_t back = 1; back <= 3 && back <= text.len; back++)
        cut |= (unsigned char)text.ptr[text.len - back] >= least[back];
    return cut;
}

bool ml_scan_is_utf8(ml_str text)
{
    bool broken = ml_scan_is_cut(text);
    for (uint32_t begin = 0; begin < text.len && !broken; begin += ML_SCAN_BYTES) {
        uint32_t rest = text.len - begin;
        broken = ml_scan_text(text, begin, rest < ML_SCAN_BYTES ? text.len : begin + ML_SCAN_BYTES).broken;
    }
    return !broken;
}
