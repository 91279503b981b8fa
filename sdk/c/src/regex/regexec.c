/* Running the program: at each character of the text for each of its places once. */
#include "regex/program.h"
#include <stdlib.h>
#include <string.h>

/* Places in the program that a match could be at, and what it has saved on its way there. */
struct places {
    int *list; /* in the order of preference */
    int count;
    int *step;       /* of each place: the step that it was last put in, and one more */
    regoff_t *saved; /* of each place, `slots` */
};

/* What is still to be done by explore(). */
struct task {
    int place; /* -1: to give a slot its value back */
    int slot;
    regoff_t value;
};

struct machine {
    const struct __regex *program;
    int flags, slots;
    const char *text, *at;
    int now_step;
    struct places here, next;
    regoff_t *saved, *best; /* on the way that is being looked at; of the match so far */
    int found;
    struct task *tasks;
    int tasks_len, tasks_room;
    int error;
};

static void push(struct machine *m, struct task t)
{
    if (m->tasks_len == m->tasks_room) {
        int larger = m->tasks_room ? 2 * m->tasks_room : 64;
        struct task *fresh = realloc(m->tasks, (size_t)larger * sizeof *fresh);
        if (!fresh) {
            m->error = REG_ESPACE;
            return;
        }
        m->tasks = fresh;
        m->tasks_room = larger;
    }
    m->tasks[m->tasks_len++] = t;
}

static void save(struct machine *m, int slot, regoff_t value)
{
    if (slot >= m->slots || m->saved[slot] == value)
        return;
    push(m, (struct task){-1, slot, m->saved[slot]});
    m->saved[slot] = value;
}

/* Whether way a is to be preferred to b, which came first and so is what greed and the order of
 * alternatives prefer. The leftmost match is better, then the one whose groups are longer, from the
 * first to the last; one that has not ended yet will be. Of groups in repetitions, whose places are
 * those of the last round, it only matters that there was a round. */
static int is_better(const struct machine *m, const regoff_t *a, const regoff_t *b)
{
    if (a[0] != b[0])
        return a[0] < b[0];
    for (int i = 2; i < m->slots; i += 2) {
        if (m->program->repeated[i / 2]) {
            if ((a[i] < 0) != (b[i] < 0))
                return b[i] < 0;
            continue;
        }
        if (a[i] != b[i])
            return 0;
        if (a[i + 1] != b[i + 1])
            return a[i + 1] < 0 || (b[i + 1] >= 0 && a[i + 1] > b[i + 1]);
    }
    return 0;
}

static void consider(struct machine *m)
{
    const regoff_t *a = m->saved, *b = m->best;
    if (m->found && (a[0] > b[0] || (a[0] == b[0] && a[1] < b[1]) ||
                     (a[0] == b[0] && a[1] == b[1] && !is_better(m, a, b))))
        return;
    m->found = 1;
    memcpy(m->best, m->saved, (size_t)m->slots * sizeof *m->best);
}

static int at_begin(const struct machine *m)
{
    if (m->at == m->text)
        return !(m->flags & REG_NOTBOL);
    return m->program->flags & REG_NEWLINE && m->at[-1] == '\n';
}

static int at_end(const struct machine *m)
{
    if (!*m->at)
        return !(m->flags & REG_NOTEOL);
    return m->program->flags & REG_NEWLINE && *m->at == '\n';
}

/* Puts a place into the set, with what is saved. 0 if it is there with something as good. */
static int enter(struct machine *m, struct places *set, int place)
{
    regoff_t *there = set->saved + (size_t)place * (size_t)m->slots;
    if (set->step[place] == m->now_step) {
        if (!is_better(m, m->saved, there))
            return 0;
    } else {
        set->step[place] = m->now_step;
        set->list[set->count++] = place;
    }
    memcpy(there, m->saved, (size_t)m->slots * sizeof *there);
    return 1;
}

/* From one place on all that can be reached without a character. */
static void walk(struct machine *m, struct places *set, int place)
{
    while (!m->error && enter(m, set, place)) {
        const struct instruction *i = &m->program->code[place];
        switch (i->op) {
        case OP_SPLIT:
            push(m, (struct task){.place = place + i->y});
            place += i->x;
            break;
        case OP_JUMP:
            place += i->x;
            break;
        case OP_SAVE:
            save(m, i->x, m->at - m->text);
            for (int slot = i->x + 2; slot <= 2 * i->y + 1 && slot < m->slots; slot++)
                save(m, slot, -1); /* of an earlier round */
            if (i->y)
                save(m, i->x + 1, -1);
            place++;
            break;
        case OP_BEGIN:
        case OP_END:
            if (!(i->op == OP_BEGIN ? at_begin(m) : at_end(m)))
                return;
            place++;
            break;
        case OP_MATCH:
            consider(m);
            return;
        default:
            return;
        }
    }
}

static void explore(struct machine *m, struct places *set, int place)
{
    walk(m, set, place);
    while (m->tasks_len > 0 && !m->error) {
        struct task t = m->tasks[--m->tasks_len];
        if (t.place < 0)
            m->saved[t.slot] = t.value;
        else
            walk(m, set, t.place);
    }
}

static int accepts(const struct machine *m, const struct instruction *i, uint32_t c)
{
    const struct __regex *r = m->program;
    switch (i->op) {
    case OP_CHARACTER:
        if (r->flags & REG_ICASE && c < INVALID)
            c = (uint32_t)towlower((wint_t)c);
        return c == (uint32_t)i->x;
    case OP_ANY:
        return c != '\n' || !(r->flags & REG_NEWLINE);
    case OP_SET:
        return __regex_in_set(r, &r->sets[i->x], c);
    default:
        return 0;
    }
}

/* One character further. */
static void step(struct machine *m)
{
    uint32_t c = __regex_take(&m->at);
    struct places from = m->here;
    m->here = m->next;
    m->here.count = 0;
    m->next = from;
    m->now_step++;
    for (int i = 0; i < from.count; i++) {
        int place = from.list[i];
        const regoff_t *saved = from.saved + (size_t)place * (size_t)m->slots;
        if ((m->found && saved[0] > m->best[0]) || !accepts(m, &m->program->code[place], c))
            continue;
        memcpy(m->saved, saved, (size_t)m->slots * sizeof *saved);
        explore(m, &m->here, place + 1);
    }
}

static void run(struct machine *m, int any)
{
    for (;;) {
        if (!m->found) { /* a match may begin here, too */
            for (int i = 0; i < m->slots; i++)
                m->saved[i] = -1;
            explore(m, &m->here, 0);
        }
        if (m->error || (m->found && (any || m->here.count == 0)) || !*m->at)
            return;
        step(m);
    }
}

/* All the machine's memory in one piece, which is returned. */
static void *machine_init(struct machine *m)
{
    size_t len = (size_t)m->program->len, slots = (size_t)m->slots;
    regoff_t *saved = calloc(2 * len * slots + 2 * slots + 4 * len, sizeof *saved);
    _Static_assert(sizeof(int) == sizeof(regoff_t), "both are in it");
    if (!saved)
        return NULL;
    int *numbers = (int *)(saved + 2 * len * slots + 2 * slots);
    m->here = (struct places){numbers, 0, numbers + 2 * len, saved};
    m->next = (struct places){numbers + len, 0, numbers + 3 * len, saved + len * slots};
    m->saved = saved + 2 * len * slots;
    m->best = m->saved + slots;
    m->now_step = 1;
    return saved;
}

int regexec(const regex_t *restrict r, const char *restrict text, size_t count,
            regmatch_t *restrict out, int flags)
{
    struct machine m = {.program = r->__program, .flags = flags, .text = text, .at = text};
    if (m.program->flags & REG_NOSUB)
        count = 0;
    size_t groups = count <= r->re_nsub ? count : r->re_nsub + 1;
    m.slots = groups ? 2 * (int)groups : 2;
    void *memory = machine_init(&m);
    if (!memory)
        return REG_ESPACE;
    run(&m, count == 0);
    for (size_t i = 0; i < count && m.found && !m.error; i++)
        out[i] = i < groups ? (regmatch_t){m.best[2 * i], m.best[2 * i + 1]} : (regmatch_t){-1, -1};
    free(m.tasks);
    free(memory);
    return m.error ? m.error : m.found ? REG_OK : REG_NOMATCH;
}
