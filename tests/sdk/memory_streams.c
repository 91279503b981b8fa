/* Streams on memory: fmemopen and open_memstream. */
#include "check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void reading(void)
{
    char text[] = "one\ntwo\n", line[20];
    int n = 0;
    FILE *f = fmemopen(text, sizeof text - 1, "r");
    CHECK(fgets(line, sizeof line, f) && strcmp(line, "one\n") == 0);
    CHECK(ftell(f) == 4);
    CHECK(fgets(line, sizeof line, f) && !fgets(line, sizeof line, f) && feof(f));
    CHECK(fseek(f, -3, SEEK_END) == 0 && getc(f) == 'w');
    CHECK(fseek(f, 100, SEEK_SET) == -1 && errno == EINVAL);
    CHECK(fputc('x', f) == EOF && ferror(f));
    fclose(f);
    f = fmemopen("12 34", 5, "r");
    CHECK(fscanf(f, "%d", &n) == 1 && n == 12 && fscanf(f, "%d", &n) == 1 && n == 34);
    fclose(f);
    CHECK(!fmemopen(text, 0, "r") && errno == EINVAL);
    CHECK(!fmemopen(text, 1, "q") && errno == EINVAL);
}

static void writing(void)
{
    char text[8] = "xxxxxxx";
    FILE *f = fmemopen(text, sizeof text, "w");
    CHECK(text[0] == '\0');
    CHECK(fprintf(f, "%d", 123) == 3 && fflush(f) == 0 && strcmp(text, "123") == 0);
    fputs("456789", f); /* one too many */
    CHECK(fflush(f) == EOF && errno == ENOSPC && memcmp(text, "12345678", 8) == 0);
    fclose(f);
    strcpy(text, "ab");
    f = fmemopen(text, sizeof text, "a+");
    CHECK(fputs("cd", f) >= 0);
    rewind(f);
    CHECK(getc(f) == 'a');
    fclose(f);
    CHECK(strcmp(text, "abcd") == 0);
    f = fmemopen(NULL, 100, "w+");
    CHECK(fputs("hello", f) >= 0 && fseek(f, 1, SEEK_SET) == 0 && getc(f) == 'e');
    fclose(f);
}

static void growing(void)
{
    char *text = NULL;
    size_t size = 99;
    FILE *f = open_memstream(&text, &size);
    CHECK(text && size == 0 && *text == '\0');
    for (int i = 0; i < 10000; i++)
        fprintf(f, "%04d", i);
    CHECK(fflush(f) == 0 && size == 40000 && text[40000] == '\0');
    CHECK(memcmp(text + 4 * 1234, "1234", 4) == 0);
    CHECK(fseeko(f, 2, SEEK_SET) == 0 && fputs("XY", f) >= 0 && fflush(f) == 0);
    CHECK(size == 4 && memcmp(text, "00XY0001", 8) == 0);
    CHECK(fseeko(f, 40010, SEEK_SET) == 0 && fputc('!', f) == '!' && fclose(f) == 0);
    CHECK(size == 40011 && text[40005] == '\0' && text[40010] == '!');
    free(text);
    CHECK(!open_memstream(NULL, &size) && errno == EINVAL);
    f = open_memstream(&text, &size);
    CHECK(getc(f) == EOF && ferror(f));
    CHECK(fseek(f, -1, SEEK_SET) == -1 && errno == EINVAL);
    fclose(f);
    CHECK(size == 0 && *text == '\0');
    free(text);
}

int main(void)
{
    reading();
    writing();
    growing();
    return check_report();
}
