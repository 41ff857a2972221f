#include "base/date.h"

int ml_date_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* A number of exactly `len` digits at `at`, or -1. */
static int digits(ml_str text, uint32_t at, uint32_t len)
{
    int number = 0;
    if (at + len > text.len)
        return -1;
    for (uint32_t i = at; i < at + len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return -1;
        number = number * 10 + (text.ptr[i] - '0');
    }
    return number;
}

bool ml_date_read(ml_str text, ml_date *out)
{
    ml_date date = {0};
    if (text.len != 0) {
        int year = digits(text, 0, 4);
        if (year < 1 || (text.len != 4 && text.len != 7 && text.len != 10))
            return false;
        date.year = (uint16_t)year;
        if (text.len >= 7) {
            int month = digits(text, 5, 2);
            if (text.ptr[4] != '-' || !ml_date_month_days(year, month))
                return false;
            date.month = (uint8_t)month;
        }
        if (text.len == 10) {
            int day = digits(text, 8, 2);
            if (text.ptr[7] != '-' || day < 1 || day > ml_date_month_days(year, date.month))
                return false;
            date.day = (uint8_t)day;
        }
    }
    *out = date;
    return true;
}

static char *write_number(char *out, unsigned number, unsigned width)
{
    for (unsigned i = width; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
    return out + width;
}

void ml_date_write(ml_date date, char out[11])
{
    if (date.year)
        out = write_number(out, date.year, 4);
    if (date.year && date.month) {
        *out++ = '-';
        out = write_number(out, date.month, 2);
        if (date.day) {
            *out++ = '-';
            out = write_number(out, date.day, 2);
        }
    }
    *out = '\0';
}

/* The first (`last` false) or last day that the known parts allow, as a number that sorts. */
static int bound(ml_date date, bool last)
{
    int month = date.month ? date.month : (last ? 12 : 1);
    int day = date.day && date.month ? date.day : (last ? 31 : 1);
    return (date.year * 16 + month) * 32 + day;
}

bool ml_date_within(ml_date day, ml_date since, ml_date until)
{
    if (!ml_date_known(day))
        return true;
    if (ml_date_known(since) && bound(day, true) < bound(since, false))
        return false;
    return !ml_date_known(until) || bound(day, false) <= bound(until, true);
}
