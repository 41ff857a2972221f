/* output.h - bytes on their way to a sink, in large pieces. */
#ifndef ML_EXPORT_OUTPUT_H
#define ML_EXPORT_OUTPUT_H

#include "base/buffer.h"
#include "base/error.h"

typedef struct {
    ml_sink sink;
    ml_buffer buffer;  /* write here, and call ml_output_pass() now and then */
    ml_status status;  /* of the sink; once it fails, what follows is dropped */
    uint64_t replaced; /* characters that the format forbids, written as U+FFFD */
} ml_output;

/* Hands a full buffer to the sink. */
void ml_output_pass(ml_output *out);

/* Hands over the rest and frees the buffer. ML_E_MEMORY, or what the sink said. */
ml_status ml_output_end(ml_output *out, ml_error *error);

/* Text between tags or in a quoted attribute of XML 1.0. Characters that XML has no way to write become U+FFFD. */
void ml_output_xml(ml_output *out, ml_str text);

#endif
