#include <malloc.h>
#include <sys/types.h>
#include <sys/uio.h>
// glibc declares this for _GNU_SOURCE only, without which Swift's Glibc module is built (pwritev2(2)).
#define DESK_RWF_NOWAIT 0x00000008
extern ssize_t pwritev2(int fd, const struct iovec *parts, int count, off_t offset, int flags);
// Likewise (mkostemp(3)).
extern int mkostemp(char *pattern, int flags);
// Likewise (fcntl(2)).
#define DESK_F_SETPIPE_SZ 1031
