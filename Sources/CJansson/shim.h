#include <jansson.h>
// json_typeof is a macro and json_decref an inline that Swift's importer does not see uniformly.
static inline json_type desk_json_typeof(const json_t *value) { return json_typeof(value); }
static inline void desk_json_decref(json_t *value) { json_decref(value); }
