/* Five integers from malloc, grown to ten by realloc, with the addresses they live at. */
#include <stdio.h>
#include <stdlib.h>

static void print_numbers(const char *title, const int *numbers, size_t count)
{
    printf("%s at %p:", title, (const void *)numbers);
    for (size_t i = 0; i < count; i++)
        printf(" %d", numbers[i]);
    putchar('\n');
}

int main(void)
{
    size_t count = 5;
    int *numbers = malloc(count * sizeof *numbers);
    if (numbers == NULL) {
        fputs("alloc-demo: out of memory\n", stderr);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < count; i++)
        numbers[i] = (int)i + 1;
    print_numbers("Five integers", numbers, count);

    size_t grown = 10;
    int *more = realloc(numbers, grown * sizeof *more);
    if (more == NULL) {
        fputs("alloc-demo: out of memory\n", stderr);
        free(numbers); /* a realloc that fails leaves the old block alone */
        return EXIT_FAILURE;
    }
    for (size_t i = count; i < grown; i++)
        more[i] = (int)i + 1;
    print_numbers("Ten integers", more, grown);

    free(more);
    puts("Freed.");
    return EXIT_SUCCESS;
}
