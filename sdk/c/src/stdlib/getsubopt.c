#include <stdlib.h>
#include <string.h>

int getsubopt(char **option, char *const *tokens, char **value)
{
    char *name = *option, *end = strchrnul(name, ',');
    *option = *end ? end + 1 : end;
    *end = '\0';
    char *equals = strchr(name, '=');
    size_t len = equals ? (size_t)(equals - name) : strlen(name);
    *value = equals ? equals + 1 : NULL;
    for (int i = 0; tokens[i]; i++)
        if (strncmp(name, tokens[i], len) == 0 && tokens[i][len] == '\0')
            return i;
    *value = name;
    return -1;
}
