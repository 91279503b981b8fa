#include "internal/command.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Copies one word from *line to *to with its quotes removed. 0, or -1 for a quote that is not
 * closed. */
static int copy_word(const char **line, char **to)
{
    const char *p = *line;
    char quote = 0;
    for (; *p && (quote || !isspace((unsigned char)*p)); p++) {
        if (*p == quote) {
            quote = 0;
        } else if (!quote && (*p == '\'' || *p == '"')) {
            quote = *p;
        } else {
            int escaped =
                *p == '\\' && quote != '\'' && p[1] && (!quote || p[1] == '"' || p[1] == '\\');
            p += escaped;
            *(*to)++ = *p;
        }
    }
    *(*to)++ = '\0';
    *line = p;
    return quote ? -1 : 0;
}

/* The words are stored behind argv. */
char **__command_split(const char *line, size_t *out_count)
{
    size_t len = strlen(line), count = 0;
    char **argv = malloc((len / 2 + 2) * sizeof *argv + len + 2);
    if (!argv)
        return NULL;
    char *to = (char *)(argv + len / 2 + 2);
    for (;;) {
        while (isspace((unsigned char)*line))
            line++;
        if (*line == '\0')
            break;
        argv[count++] = to;
        if (copy_word(&line, &to)) {
            free(argv);
            errno = EINVAL;
            return NULL;
        }
    }
    argv[count] = NULL;
    *out_count = count;
    return argv;
}
