#include "measure/measure.h"

igraph_error_t ml_igraph_begin(ml_igraph_session *session)
{
    session->on_error = igraph_set_error_handler(igraph_error_handler_ignore);
    session->on_warning = igraph_set_warning_handler(igraph_warning_handler_ignore);
    session->saved_random = *igraph_rng_default();
    igraph_error_t code = igraph_rng_init(&session->random, &igraph_rngtype_mt19937);
    if (code == IGRAPH_SUCCESS)
        code = igraph_rng_seed(&session->random, 1);
    if (code == IGRAPH_SUCCESS) {
        igraph_rng_set_default(&session->random);
        return code;
    }
    igraph_set_warning_handler(session->on_warning);
    igraph_set_error_handler(session->on_error);
    return code;
}

void ml_igraph_end(ml_igraph_session *session)
{
    igraph_rng_set_default(&session->saved_random);
    igraph_rng_destroy(&session->random);
    igraph_set_warning_handler(session->on_warning);
    igraph_set_error_handler(session->on_error);
}

ml_status ml_igraph_report(igraph_error_t code, ml_error *error)
{
    if (code == IGRAPH_SUCCESS)
        return ML_OK;
    if (code == IGRAPH_ENOMEM)
        return ml_fail_memory(error);
    return ml_fail(error, ML_E_GRAPH, ML_STR(""), "igraph: %s", igraph_strerror(code));
}
