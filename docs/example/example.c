/* Prints what a Vietnamese text says, as one line of JSON.
 *
 *     cc example.c -o example $(pkg-config --cflags --libs mangluoi)
 *     ./example GAZETTEERS MODELS 'UBND tỉnh Nam Định tổ chức hội nghị tại thành phố Nam Định.'
 */
#include <mangluoi.h>

#include <stdio.h>
#include <string.h>

static ml_status print(void *payload, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, payload) == len ? ML_OK : ML_E_IO;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: example GAZETTEERS MODELS TEXT\n");
        return 2;
    }
    ml_error error = {0};
    ml_context *context = NULL;
    ml_worker *worker = NULL;
    ml_article article = {.id = {"example", 7}, .text = {argv[3], (uint32_t)strlen(argv[3])}};
    ml_status status = ml_context_new(argv[1], argv[2], &context, &error);
    if (status == ML_OK)
        status = ml_worker_new(context, &worker, &error);
    if (status == ML_OK)
        status = ml_extract(worker, &article, (ml_sink){print, stdout}, &error);
    if (status != ML_OK)
        fprintf(stderr, "%s: %s\n", error.where, error.message);
    ml_worker_free(worker);
    ml_context_free(context);
    return status == ML_OK ? 0 : 1;
}
