/* The picture of svg.c in dots, painted by librsvg and Cairo.
 *
 * librsvg brings some thirty libraries with it, which would add half as much again to the start of every run. So it is looked for
 * when a picture in dots is wanted, and everything else works where it is not installed. */
#include "export/export.h"

#include <dlfcn.h>
#include <math.h>

/* Those of librsvg 2.52's and Cairo 1.16's functions that are needed; both promise to keep them as they are. */
typedef struct handle handle;
typedef struct surface surface;
typedef struct context context;
typedef struct {
    double x, y, width, height;
} rectangle;

typedef struct {
    void *library;
    handle *(*handle_new)(const unsigned char *data, size_t len, void **fault);
    int (*handle_size)(handle *svg, double *width, double *height);
    int (*handle_draw)(handle *svg, context *cairo, const rectangle *viewport, void **fault);
    void (*handle_free)(void *object);
    surface *(*surface_new)(int format, int width, int height);
    int (*surface_status)(surface *target);
    int (*surface_write)(surface *target, int (*write)(void *, const unsigned char *, unsigned), void *closure);
    void (*surface_free)(surface *target);
    context *(*context_new)(surface *target);
    void (*context_free)(context *cairo);
} painter;

static const char library_name[] = "librsvg-2.so.2";

/* Dots for each unit of the picture, fewer where the picture would be larger than Cairo or the memory allows. */
static const double dots_each = 2, most_dots = 64e6, longest_side_dots = 32000;

static bool take(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol); /* POSIX has it that a function's address fits; C has no cast for it */
    return symbol != NULL;
}

static bool load(painter *out)
{
    *out = (painter){.library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL)};
    void *from = out->library;
    return from && take(from, "rsvg_handle_new_from_data", &out->handle_new) &&
           take(from, "rsvg_handle_get_intrinsic_size_in_pixels", &out->handle_size) &&
           take(from, "rsvg_handle_render_document", &out->handle_draw) &&
           take(from, "g_object_unref", &out->handle_free) &&
           take(from, "cairo_image_surface_create", &out->surface_new) &&
           take(from, "cairo_surface_status", &out->surface_status) &&
           take(from, "cairo_surface_write_to_png_stream", &out->surface_write) &&
           take(from, "cairo_surface_destroy", &out->surface_free) && take(from, "cairo_create", &out->context_new) &&
           take(from, "cairo_destroy", &out->context_free);
}

static int put(void *closure, const unsigned char *bytes, unsigned len)
{
    enum { CAIRO_SUCCESS = 0, CAIRO_WRITE_ERROR = 11 };
    ml_output *out = closure;
    ml_buffer_bytes(&out->buffer, (const char *)bytes, len);
    ml_output_pass(out);
    return out->status == ML_OK && !out->buffer.failed ? CAIRO_SUCCESS : CAIRO_WRITE_ERROR;
}

static ml_status paint(const painter *with, handle *svg, ml_output *out, ml_error *error)
{
    enum { ARGB32 = 0 };
    double width = 0, height = 0;
    if (!with->handle_size(svg, &width, &height) || width < 1 || height < 1)
        return ml_fail(error, ML_E_GRAPH, ML_STR(""), "librsvg finds no size in the picture");
    double scale = fmin(dots_each, sqrt(most_dots / (width * height)));
    scale = fmin(scale, longest_side_dots / fmax(width, height));
    rectangle whole = {.width = ceil(width * scale), .height = ceil(height * scale)};
    surface *target = with->surface_new(ARGB32, (int)whole.width, (int)whole.height);
    context *cairo = with->context_new(target);
    bool painted = with->surface_status(target) == 0 && with->handle_draw(svg, cairo, &whole, NULL) &&
                   with->surface_write(target, put, out) == 0;
    with->context_free(cairo);
    with->surface_free(target);
    if (painted || out->status != ML_OK || out->buffer.failed)
        return ML_OK; /* what the sink said is told at the end of the output */
    return ml_fail(error, ML_E_GRAPH, ML_STR(""), "librsvg could not paint the picture: write .svg instead");
}

static ml_status keep(void *payload, const char *bytes, size_t len)
{
    ml_buffer_bytes(payload, bytes, len);
    return ML_OK;
}

ml_status ml_export_png(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    painter with;
    if (!load(&with)) {
        if (with.library)
            dlclose(with.library);
        return ml_fail(error, ML_E_USAGE, ML_STR(""),
                       "PNG wants librsvg 2.52 or newer, which is not installed here (Debian: apt-get install "
                       "librsvg2-2): install it, or write .svg");
    }
    ml_buffer picture = {0};
    ml_output drawing = {.sink = {keep, &picture}};
    ml_status status = ml_export_svg(graph, options, &drawing, error);
    ml_status end = ml_output_end(&drawing, error);
    status = status == ML_OK ? end : status;
    if (status == ML_OK && picture.failed)
        status = ml_fail_memory(error);
    if (status == ML_OK) {
        handle *svg = with.handle_new((const unsigned char *)picture.ptr, picture.len, NULL);
        status = svg ? paint(&with, svg, out, error)
                     : ml_fail(error, ML_E_GRAPH, ML_STR(""), "librsvg cannot read the picture: write .svg instead");
        if (svg)
            with.handle_free(svg);
    }
    ml_buffer_dispose(&picture);
    /* GLib, which librsvg stands on, cannot be unloaded: the library stays open. */
    return status;
}
