/* poll and select on files, and how long they wait. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)(t.tv_sec * 1000 + t.tv_nsec / 1000000);
}

static void polling(int file)
{
    struct pollfd p[3] = {{file, POLLIN | POLLOUT, 0}, {-1, POLLIN, 55}, {999, POLLIN, 0}};
    CHECK(poll(p, 2, -1) == 1 && p[0].revents == (POLLIN | POLLOUT) && p[1].revents == 0);
    CHECK(poll(p, 3, -1) == 2 && p[2].revents == POLLNVAL);
    p[0].events = 0;
    long start = now_ms();
    CHECK(poll(p, 1, 30) == 0 && p[0].revents == 0 && now_ms() - start >= 29);
    start = now_ms();
    CHECK(poll(NULL, 0, 20) == 0 && now_ms() - start >= 19);
    CHECK(poll(p, ~0ul, 0) == -1 && errno == EINVAL);
    int writer = open("/tmp/polled", O_WRONLY);
    p[0] = (struct pollfd){writer, POLLIN | POLLOUT, 0}; /* never readable */
    CHECK(poll(p, 1, -1) == 1 && p[0].revents == POLLOUT);
    close(writer);
    enum { MANY = 300 };
    struct pollfd *many = calloc(MANY, sizeof *many);
    for (int i = 0; i < MANY; i++)
        many[i] = (struct pollfd){file, POLLRDNORM, 0};
    CHECK(poll(many, MANY, -1) == MANY && many[MANY - 1].revents == POLLRDNORM);
    free(many);
}

static void selecting(int file)
{
    fd_set readable, writable;
    struct timeval none = {0, 0}, wrong = {0, 1000000};
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    FD_SET(file, &readable);
    FD_SET(file, &writable);
    CHECK(FD_ISSET(file, &readable) && !FD_ISSET(file + 1, &readable));
    CHECK(select(file + 1, &readable, &writable, NULL, NULL) == 2 && FD_ISSET(file, &writable));
    FD_SET(900, &readable);
    CHECK(select(901, &readable, NULL, NULL, &none) == -1 && errno == EBADF);
    FD_CLR(900, &readable);
    CHECK(select(file, &readable, NULL, NULL, &none) == 0); /* below `file` there is none */
    CHECK(select(-1, NULL, NULL, NULL, &none) == -1 && errno == EINVAL);
    CHECK(select(FD_SETSIZE + 1, NULL, NULL, NULL, &none) == -1 && errno == EINVAL);
    CHECK(select(0, NULL, NULL, NULL, &wrong) == -1 && errno == EINVAL);
}

int main(void)
{
    int file = open("/tmp/polled", O_RDWR | O_CREAT | O_TRUNC, 0644);
    CHECK(write(file, "text", 4) == 4 && lseek(file, 0, SEEK_SET) == 0);
    polling(file);
    selecting(file);
    close(file);
    return check_report();
}
