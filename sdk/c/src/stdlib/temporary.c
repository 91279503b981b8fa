#include "internal/temporary.h"
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

char *__temporary_letters(char *template, int suffix)
{
    size_t len = strlen(template);
    if (suffix >= 0 && len >= TEMPORARY_LETTERS && (size_t)suffix <= len - TEMPORARY_LETTERS) {
        char *letters = template + len - (size_t)suffix - TEMPORARY_LETTERS;
        if (memcmp(letters, "XXXXXX", TEMPORARY_LETTERS) == 0)
            return letters;
    }
    errno = EINVAL;
    return NULL;
}

int __temporary_fill(char letters[TEMPORARY_LETTERS])
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    uint64_t random;
    if (getentropy(&random, sizeof random))
        return -1;
    for (int i = 0; i < TEMPORARY_LETTERS; i++, random /= sizeof alphabet - 1)
        letters[i] = alphabet[random % (sizeof alphabet - 1)];
    return 0;
}
