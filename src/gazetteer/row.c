#include "gazetteer/storage.h"

bool ml_gazetteer_row(const ml_gazetteer *gazetteer, ml_list list, uint32_t row, ml_row_place *out)
{
    static const ml_file_kind file_of[] = {
        [ML_IN_LOCALITIES] = ML_FILE_LOCALITIES, [ML_IN_BODIES] = ML_FILE_BODIES, [ML_IN_ORGANS] = ML_FILE_ORGANS,
        [ML_IN_HEADS] = ML_FILE_HEADS,           [ML_IN_FIELDS] = ML_FILE_FIELDS, [ML_IN_TITLES] = ML_FILE_TITLES,
        [ML_IN_OFFICIALS] = ML_FILE_OFFICIALS,
    };
    if (list > ML_IN_OFFICIALS)
        return false;
    const ml_table *table = &gazetteer->storage->table[file_of[list]];
    if (row >= table->row_count)
        return false;
    *out = (ml_row_place){.file = table->file, .line = table->lines[row], .id = ml_table_field(table, row, 0)};
    return true;
}
