/* Children: pipes to them, what they inherit, how they end, and mistakes. With an argument this
 * program is such a child. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static char self[] = "/t/children.wasm"; /* where the suite puts it */

static int child(int argc, char **argv)
{
    char line[100];
    if (strcmp(argv[1], "upper") == 0) {
        for (int c; (c = getchar()) != EOF;)
            putchar(c >= 'a' && c <= 'z' ? c - 32 : c);
    } else if (strcmp(argv[1], "where") == 0) {
        printf("%s %s %d\n", getcwd(line, sizeof line), getenv("COLOUR"), argc);
    } else if (strcmp(argv[1], "fd") == 0) {
        dprintf(9, "through 9\n");
        fprintf(stderr, "to 2\n");
    } else if (strcmp(argv[1], "sleep") == 0) {
        sleep(30);
    } else {
        return atoi(argv[1]);
    }
    return 0;
}

/* Starts this program with one argument; 0 or an errno value. */
static int start(char *what, posix_spawn_file_actions_t *actions, pid_t *pid)
{
    char *const argv[] = {self, what, NULL};
    return posix_spawn(pid, self, actions, NULL, argv, environ);
}

static void statuses(void)
{
    pid_t pid;
    int status = -1;
    CHECK(start("7", NULL, &pid) == 0 && waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    CHECK(waitpid(pid, &status, 0) == -1 && errno == ECHILD);
    CHECK(wait(&status) == -1 && errno == ECHILD);
    CHECK(start("sleep", NULL, &pid) == 0 && waitpid(pid, &status, WNOHANG) == 0);
    CHECK(kill(pid, SIGTERM) == 0 && wait(&status) == pid);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL && !WIFEXITED(status));
    CHECK(waitpid(0, &status, 0) == -1 && errno == ENOSYS);
    CHECK(waitpid(-1, &status, 99) == -1 && errno == EINVAL);
    char *const nothing[] = {"no-such-program", NULL};
    CHECK(posix_spawnp(&pid, nothing[0], NULL, NULL, nothing, environ) == ENOENT);
}

/* Reads to the end of the pipe. */
static const char *drain(int fd)
{
    static char text[200];
    ssize_t n;
    size_t len = 0;
    while ((n = read(fd, text + len, sizeof text - 1 - len)) > 0)
        len += (size_t)n;
    text[len] = '\0';
    close(fd);
    return text;
}

static void actions(void)
{
    int fds[2], status;
    pid_t pid;
    posix_spawn_file_actions_t a;
    CHECK(pipe(fds) == 0);
    posix_spawn_file_actions_init(&a);
    CHECK(posix_spawn_file_actions_adddup2(&a, fds[1], 9) == 0);
    CHECK(posix_spawn_file_actions_addclose(&a, fds[0]) == 0);
    CHECK(posix_spawn_file_actions_addopen(&a, 2, "/tmp/two", O_WRONLY | O_CREAT, 0644) == 0);
    CHECK(start("fd", &a, &pid) == 0);
    close(fds[1]);
    CHECK(strcmp(drain(fds[0]), "through 9\n") == 0);
    CHECK(waitpid(pid, &status, 0) == pid && status == 0);
    CHECK(strcmp(drain(open("/tmp/two", O_RDONLY)), "to 2\n") == 0);
    posix_spawn_file_actions_destroy(&a);

    posix_spawn_file_actions_init(&a);
    CHECK(posix_spawn_file_actions_addopen(&a, 0, "/nothing", O_RDONLY, 0) == 0);
    CHECK(start("fd", &a, &pid) == ENOENT);
    CHECK(posix_spawn_file_actions_adddup2(&a, -1, 1) == EBADF);
    CHECK(posix_spawn_file_actions_addclose(&a, 1 << 20) == EBADF);
    posix_spawn_file_actions_destroy(&a);
    posix_spawn_file_actions_adddup2(&a, 800, 1);
    CHECK(start("fd", &a, &pid) == EBADF);
    posix_spawn_file_actions_destroy(&a);
}

static void streams(void)
{
    char command[300], line[100];
    snprintf(command, sizeof command, "'%s' upper", self);
    freopen("/tmp/out", "w", stderr);
    FILE *f = popen(command, "w");
    CHECK(f && fputs("Greetings\n", f) >= 0 && pclose(f) == 0);
    setenv("COLOUR", "blue", 1);
    chdir("/tmp");
    snprintf(command, sizeof command, "%s where 'a  b'", self);
    f = popen(command, "r");
    CHECK(f && fgets(line, sizeof line, f) && strcmp(line, "/tmp blue 3\n") == 0);
    CHECK(!fgets(line, sizeof line, f) && pclose(f) == 0);
    snprintf(command, sizeof command, "%s 33", self);
    f = popen(command, "r");
    CHECK(f && pclose(f) == 33);
    CHECK(!popen("no-such-program", "r") && errno == ENOENT);
    CHECK(!popen("", "r") && errno == ENOENT);
    CHECK(!popen("'open", "r") && errno == EINVAL);
    CHECK(!popen("x", "rw") && errno == EINVAL);
    f = fopen("/tmp/out", "r");
    CHECK(pclose(f) == -1 && errno == ECHILD);
}

static void descriptors(void)
{
    int fds[2], copy;
    char c;
    CHECK(pipe(fds) == 0 && write(fds[1], "xyz", 3) == 3);
    copy = dup(fds[0]);
    CHECK(copy >= 0 && read(copy, &c, 1) == 1 && c == 'x');
    CHECK(dup2(copy, 77) == 77 && read(77, &c, 1) == 1 && c == 'y');
    CHECK(fcntl(copy, F_DUPFD, 100) == 100 && fcntl(100, F_DUPFD_CLOEXEC, 0) >= 0);
    CHECK(dup3(77, 77, 0) == -1 && errno == EINVAL);
    CHECK(dup(999) == -1 && errno == EBADF && dup2(0, -1) == -1 && errno == EBADF);
    CHECK(pipe2(fds + 0, 12345) == -1 && errno == EINVAL);
    struct pollfd p = {fds[0], POLLIN, 0};
    CHECK(poll(&p, 1, 0) == 1 && p.revents == POLLIN && read(fds[0], &c, 1) == 1);
    CHECK(poll(&p, 1, 0) == 0);
    close(fds[1]);
    CHECK(poll(&p, 1, -1) == 1 && p.revents == POLLHUP && read(fds[0], &c, 1) == 0);
    CHECK(pipe2(fds, O_NONBLOCK) == 0 && read(fds[0], &c, 1) == -1 && errno == EAGAIN);
    close(fds[0]);
    CHECK(write(fds[1], "x", 1) == -1 && errno == EPIPE);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return child(argc, argv);
    statuses();
    actions();
    descriptors();
    streams();
    return check_report();
}
