#include <spawn.h>
// glibc declares these for _GNU_SOURCE only, without which Swift's Glibc module is built.
#define DESK_SPAWN_SETSID 0x80
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
