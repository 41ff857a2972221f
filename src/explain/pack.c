/* A tar archive in the ustar form (POSIX.1-1988), with no names, times or owners of anybody's machine: the same articles give the
 * same bytes. */
#include "explain/notes.h"

#include <stdio.h>
#include <string.h>

enum { BLOCK = 512 };

typedef struct {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type;
    char link[100], magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155], rest[12];
} tar_header;

static void put_octal(char *field, size_t len, uint64_t number)
{
    for (size_t i = len - 1; i-- > 0; number /= 8)
        field[i] = (char)('0' + number % 8);
    field[len - 1] = '\0';
}

static void put_padding(ml_buffer *out, size_t len)
{
    for (size_t i = len % BLOCK; i && i < BLOCK; i++)
        ml_buffer_char(out, '\0');
}

static void put_file(ml_buffer *out, const char *name, ml_str bytes)
{
    tar_header header = {.type = '0', .magic = "ustar", .version = {'0', '0'}};
    memcpy(header.name, name, strlen(name));
    put_octal(header.mode, sizeof header.mode, 0644);
    put_octal(header.uid, sizeof header.uid, 0);
    put_octal(header.gid, sizeof header.gid, 0);
    put_octal(header.size, sizeof header.size, bytes.len);
    put_octal(header.mtime, sizeof header.mtime, 0);
    memset(header.checksum, ' ', sizeof header.checksum);
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof header; i++)
        sum += ((const unsigned char *)&header)[i];
    put_octal(header.checksum, sizeof header.checksum - 1, sum);
    ml_buffer_bytes(out, (const char *)&header, sizeof header);
    ml_buffer_str(out, bytes);
    put_padding(out, bytes.len);
}

void ml_explain_pack(uint64_t number, ml_str text, ml_str annotation, ml_buffer *out)
{
    char name[32];
    snprintf(name, sizeof name, "%08llu.txt", (unsigned long long)number);
    put_file(out, name, text);
    snprintf(name, sizeof name, "%08llu.ann", (unsigned long long)number);
    put_file(out, name, annotation);
}

/* What brat must know before it shows the collection. */
static const char annotation_conf[] = "[entities]\nPerson\nBody\nLocality\nEvent\nSite\n\n"
                                      "[relations]\n"
                                      "holds_position\tArg1:Person, Arg2:Body|Locality\n"
                                      "chaired\tArg1:Person|Body, Arg2:Event\n"
                                      "attended\tArg1:Person|Body, Arg2:Event\n"
                                      "spoke_at\tArg1:Person, Arg2:Event\n"
                                      "organized\tArg1:Body|Locality, Arg2:Event\n"
                                      "held_at\tArg1:Event, Arg2:Locality|Site\n"
                                      "cooperates_with\tArg1:Locality|Body, Arg2:Locality|Body\n"
                                      "visited\tArg1:Person|Body, Arg2:Locality|Body\n"
                                      "met_with\tArg1:Person|Body, Arg2:Person|Body\n"
                                      "donated_to\tArg1:Person|Body, Arg2:Body|Locality\n\n"
                                      "[events]\n\n[attributes]\n";

/* ---- what stands around the articles ---- */

void ml_explain_begin(ml_explain_form form, ml_buffer *out)
{
    if (form == ML_FORM_BRAT)
        put_file(out, "annotation.conf", ml_str_from(annotation_conf));
    if (form == ML_FORM_HTML)
        ml_explain__html_begin(out);
}

void ml_explain_end(ml_explain_form form, ml_buffer *out)
{
    static const char two_blocks[2 * BLOCK];
    if (form == ML_FORM_BRAT)
        ml_buffer_bytes(out, two_blocks, sizeof two_blocks);
    if (form == ML_FORM_HTML)
        ml_buffer_str(out, ML_STR("</main>\n</body>\n</html>\n"));
}
