#include "mangluoi.h"

const char *ml_version(void)
{
    return MANGLUOI_VERSION;
}
