/* A thread that works for the engine (wasm_host.help), one an owner. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>

#include "wasm/tools/linux_host.h"
#include "wasm/tools/linux_thread.h"

struct linux_helper {
    pthread_t id;
    pthread_mutex_t lock; /* guards the rest */
    pthread_cond_t change;
    bool (*step)(void *arg); /* NULL: nothing is offered */
    void *arg;
    bool due, under_way, ended;
};

static void work(struct linux_helper *h)
{
    bool (*step)(void *) = h->step;
    void *arg = h->arg;
    bool more;

    h->due = false;
    h->under_way = true;
    pthread_mutex_unlock(&h->lock);
    more = step(arg);
    pthread_mutex_lock(&h->lock);
    h->under_way = false;
    h->due = h->step && (h->due || more);
    pthread_cond_broadcast(&h->change);
}

static void *helper_main(void *arg)
{
    struct linux_helper *h = arg;

    pthread_mutex_lock(&h->lock);
    while (!h->ended) {
        if (h->due)
            work(h);
        else
            pthread_cond_wait(&h->change, &h->lock);
    }
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

bool linux__help(void *owner, bool (*step)(void *arg), void *arg)
{
    struct linux_helper *h = ((struct linux_owner *)owner)->helper;
    bool taken = true;

    if (!h)
        return false;
    pthread_mutex_lock(&h->lock);
    if (!step && h->step && h->arg == arg) {
        h->step = NULL;
        h->due = false;
        while (h->under_way)
            pthread_cond_wait(&h->change, &h->lock);
    } else if (step) {
        taken = !h->step || h->arg == arg;
        if (taken) {
            h->step = step;
            h->arg = arg;
            h->due = true;
            pthread_cond_broadcast(&h->change);
        }
    }
    pthread_mutex_unlock(&h->lock);
    return taken;
}

bool linux__is_helper(const struct linux_owner *o)
{
    return o->helper && pthread_equal(pthread_self(), o->helper->id);
}

bool linux_helper_start(struct linux_owner *o)
{
    struct linux_helper *h = calloc(1, sizeof *h);

    if (!h)
        return false;
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->change, NULL);
    if (pthread_create(&h->id, NULL, helper_main, h)) {
        free(h);
        return false;
    }
    o->helper = h;
    return true;
}

void linux_helper_stop(struct linux_owner *o)
{
    struct linux_helper *h = o->helper;

    pthread_mutex_lock(&h->lock);
    assert(!h->step);
    h->ended = true;
    pthread_cond_broadcast(&h->change);
    pthread_mutex_unlock(&h->lock);
    pthread_join(h->id, NULL);
    pthread_cond_destroy(&h->change);
    pthread_mutex_destroy(&h->lock);
    free(h);
    o->helper = NULL;
}
