#include "getopt/getopt.h"
#include <stdlib.h>
#include <string.h>

struct command_line {
    int argc;
    char **argv; /* whose order changes */
    const char *options;
    const struct option *longs;
    int *out_index;
};

enum { NOT_FOUND = -1, AMBIGUOUS = -2 };

static int is_option(const char *argument)
{
    return argument[0] == '-' && argument[1];
}

static int same_effect(const struct option *a, const struct option *b)
{
    return a->has_arg == b->has_arg && a->flag == b->flag && a->val == b->val;
}

/* Index of the option with this name, or the only one that begins so. */
static int find(const struct option *longs, const char *name, size_t len)
{
    int found = NOT_FOUND;
    for (int i = 0; longs[i].name; i++) {
        if (strncmp(longs[i].name, name, len))
            continue;
        if (longs[i].name[len] == '\0')
            return i;
        if (found == NOT_FOUND)
            found = i;
        else if (found >= 0 && !same_effect(&longs[found], &longs[i]))
            found = AMBIGUOUS;
    }
    return found;
}

/* The option at argv[optind], whose name starts behind `dashes` characters and is known. */
static int accept(const struct command_line *c, int index, char *name, size_t len)
{
    const struct option *o = &c->longs[index];
    optopt = o->val;
    if (name[len] == '=' && o->has_arg == no_argument)
        return __getopt_complain(c->argv, c->options, "option takes no argument:", o->name);
    if (name[len] == '=') {
        optarg = name + len + 1;
    } else if (o->has_arg == required_argument) {
        if (optind >= c->argc || !c->argv[optind]) {
            __getopt_complain(c->argv, c->options, "option needs an argument:", o->name);
            return c->options[strspn(c->options, "+-")] == ':' ? ':' : '?';
        }
        optarg = c->argv[optind++];
    }
    if (c->out_index)
        *c->out_index = index;
    if (!o->flag)
        return o->val;
    *o->flag = o->val;
    return 0;
}

/* One option at argv[optind], long or short. */
static int parse(const struct command_line *c, int only)
{
    char *argument = c->argv[optind];
    int dashes = 1 + (argument[1] == '-');
    if (__getopt_offset > 1 || (dashes == 2 && !argument[2]) || (dashes == 1 && !only))
        return getopt(c->argc, c->argv, c->options);
    char *name = argument + dashes;
    size_t len = strcspn(name, "=");
    int index = find(c->longs, name, len);
    const char *letters = c->options + strspn(c->options, "+-:");
    if (dashes == 1 && index < 0 && strchr(letters, name[0]))
        return getopt(c->argc, c->argv, c->options); /* -o among the short ones */
    optarg = NULL;
    optopt = 0;
    optind++;
    if (index == AMBIGUOUS)
        return __getopt_complain(c->argv, c->options, "option is ambiguous:", name);
    if (index == NOT_FOUND)
        return __getopt_complain(c->argv, c->options, "unknown option", name);
    return accept(c, index, name, len);
}

/* Moves argv[from … to) in front of argv[first … from), keeping both orders. */
static void move_forward(char **argv, int first, int from, int to)
{
    for (; from < to; first++, from++) {
        char *moved = argv[from];
        memmove(argv + first + 1, argv + first, (size_t)(from - first) * sizeof *argv);
        argv[first] = moved;
    }
}

static int run(const struct command_line *c, int only)
{
    if (optind == 0) {
        optind = 1;
        __getopt_offset = 1;
    }
    int first = optind;
    if (first >= c->argc || !c->argv[first])
        return -1;
    if (c->options[0] == '-' && !is_option(c->argv[first])) {
        optarg = c->argv[optind++];
        return 1;
    }
    if (c->options[0] != '+' && c->options[0] != '-' && !getenv("POSIXLY_CORRECT"))
        while (optind < c->argc && c->argv[optind] && !is_option(c->argv[optind]))
            optind++;
    int from = optind;
    if (from >= c->argc || !c->argv[from] || !is_option(c->argv[from])) {
        optind = first;
        return -1;
    }
    int result = parse(c, only), taken = optind - from;
    if (first < from) {
        move_forward(c->argv, first, from, from + taken);
        optind = first + taken;
        if (taken == 0) /* inside a cluster of letters: it stays first until it is done */
            move_forward(c->argv, first, from, from + 1);
    }
    return result;
}

int getopt_long(int argc, char *const argv[], const char *options, const struct option *longs,
                int *out_index)
{
    return run(&(struct command_line){argc, (char **)argv, options, longs, out_index}, 0);
}

int getopt_long_only(int argc, char *const argv[], const char *options, const struct option *longs,
                     int *out_index)
{
    return run(&(struct command_line){argc, (char **)argv, options, longs, out_index}, 1);
}
