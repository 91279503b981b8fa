#include <errno.h>
#include <ftw.h>

/* The visitor of the walk that runs: nftw has no argument for it. */
static int (*visitor)(const char *, const struct stat *, int);

static int visit(const char *path, const struct stat *s, int type, struct FTW *info)
{
    (void)info;
    return visitor(path, s, type == FTW_SLN ? FTW_NS : type);
}

int ftw(const char *path, int (*function)(const char *, const struct stat *, int), int descriptors)
{
    int (*before)(const char *, const struct stat *, int) = visitor;
    visitor = function;
    int result = nftw(path, visit, descriptors, 0);
    visitor = before;
    return result;
}
