/* date.h - calendar dates whose parts may be unknown. */
#ifndef ML_BASE_DATE_H
#define ML_BASE_DATE_H

#include "base/str.h"

/* 0 is an unknown part; all zeros is no date. */
typedef struct {
    uint16_t year;
    uint8_t month, day;
} ml_date;

/* Reads YYYY, YYYY-MM or YYYY-MM-DD of the Gregorian calendar; false when it is none of these. Empty is no date. */
bool ml_date_read(ml_str text, ml_date *out);

/* Writes the known parts, 0 to 10 characters and a NUL. */
void ml_date_write(ml_date date, char out[11]);

static inline bool ml_date_known(ml_date date)
{
    return date.year != 0;
}

/* Days in the month; 0 when there is no such month. */
int ml_date_month_days(int year, int month);

/* Could `day` fall in [since, until]? Unknown ends are open, a part that is unknown fits every value. */
bool ml_date_within(ml_date day, ml_date since, ml_date until);

#endif
