/* Sorting, conversions and streams. */
#include <stdlib.h>
#include <string.h>

#include "tests/bench/sdk/measure.h"

enum { NUMBERS = 100000, LINES = 20000, TEXTS = 1000 };

static int numbers[NUMBERS];
static struct record {
    char name[20];
    int key;
} records[NUMBERS / 4];
static char texts[TEXTS][32];
static double values[TEXTS];
static FILE *sink, *file;

static int by_value(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct record *)a)->name, ((const struct record *)b)->name);
}

static void sort_numbers(int count)
{
    uint32_t state = 7;
    for (int i = 0; i < count; i++)
        numbers[i] = (int)measure_random(&state);
    qsort(numbers, (size_t)count, sizeof *numbers, by_value);
}

static void sort_sorted(int count)
{
    qsort(numbers, (size_t)count, sizeof *numbers, by_value);
}

static void sort_records(int count)
{
    uint32_t state = 7;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < 12; k++)
            records[i].name[k] = (char)('a' + measure_random(&state) % 26);
    qsort(records, (size_t)count, sizeof *records, by_name);
}

static void print_integers(int count)
{
    for (int i = 0; i < count; i++)
        fprintf(sink, "%d %s %5u\n", i * 7919, "name", (unsigned)i);
}

static void format_integers(int count)
{
    char text[64];
    for (int i = 0; i < count; i++)
        measure_sink = (uintptr_t)snprintf(text, sizeof text, "%d:%08x", i * 7919, (unsigned)i);
}

static void format_short(int count)
{
    char text[64];
    for (int i = 0; i < count; i++)
        measure_sink = (uintptr_t)snprintf(text, sizeof text, "%.3f", values[i % TEXTS]);
}

static void format_exact(int count)
{
    char text[64];
    for (int i = 0; i < count; i++)
        measure_sink = (uintptr_t)snprintf(text, sizeof text, "%.17g", values[i % TEXTS]);
}

static void parse_doubles(int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += strtod(texts[i % TEXTS], NULL);
    measure_sink = (uintptr_t)(sum > 0);
}

static void parse_integers(int count)
{
    long sum = 0;
    for (int i = 0; i < count; i++)
        sum += strtol(texts[i % TEXTS], NULL, 10);
    measure_sink = (uintptr_t)sum;
}

static void put_lines(int count)
{
    for (int i = 0; i < count; i++)
        fputs("a line of some forty characters, as usual\n", sink);
}

static void put_characters(int count)
{
    for (int i = 0; i < count; i++)
        putc('a' + (i & 15), sink);
}

static void get_lines(int count)
{
    char line[128];
    rewind(file);
    for (int i = 0; i < count; i++)
        measure_sink = (uintptr_t)fgets(line, sizeof line, file);
}

static void get_characters(int count)
{
    rewind(file);
    for (int i = 0; i < count; i++)
        measure_sink = (uintptr_t)getc(file);
}

static void write_blocks(int count)
{
    static char block[100];
    for (int i = 0; i < count; i++)
        measure_sink = fwrite(block, 1, sizeof block, sink);
}

static void prepare(void)
{
    uint32_t state = 3;
    sink = fopen("/dev/null", "w");
    file = fopen("/bench/lines.txt", "r");
    if (!sink || !file) {
        perror("/bench/lines.txt");
        exit(1);
    }
    for (int i = 0; i < TEXTS; i++) {
        values[i] = (double)measure_random(&state) * measure_random(&state) / 1e9;
        snprintf(texts[i], sizeof texts[i], "%.*g", i % 2 ? 17 : 6, values[i]);
    }
}

int main(void)
{
    prepare();
    measure("qsort: 100,000 numbers", sort_numbers, NUMBERS);
    measure("qsort: the same, sorted", sort_sorted, NUMBERS);
    measure("qsort: 25,000 records by name", sort_records, NUMBERS / 4);
    measure("fprintf: %d %s %5u", print_integers, 50000);
    measure("snprintf: %d:%08x", format_integers, 50000);
    measure("snprintf: %.3f", format_short, 20000);
    measure("snprintf: %.17g", format_exact, 20000);
    measure("strtod: 6 or 17 digits", parse_doubles, 50000);
    measure("strtol", parse_integers, 200000);
    measure("fputs: lines", put_lines, 100000);
    measure("fwrite: 100 bytes", write_blocks, 100000);
    measure("putc", put_characters, 1000000);
    measure("fgets: lines", get_lines, LINES);
    measure("getc", get_characters, 500000);
    return 0;
}
