#include <signal.h>
#include <string.h>

char *strsignal(int number)
{
    static const struct {
        unsigned char number;
        char text[24];
    } names[] = {
        {SIGHUP, "Hangup"},
        {SIGINT, "Interrupt"},
        {SIGQUIT, "Quit"},
        {SIGILL, "Illegal instruction"},
        {SIGTRAP, "Trace trap"},
        {SIGABRT, "Aborted"},
        {SIGBUS, "Bus error"},
        {SIGFPE, "Arithmetic exception"},
        {SIGKILL, "Killed"},
        {SIGUSR1, "User signal 1"},
        {SIGSEGV, "Segmentation fault"},
        {SIGUSR2, "User signal 2"},
        {SIGPIPE, "Broken pipe"},
        {SIGALRM, "Alarm clock"},
        {SIGTERM, "Terminated"},
        {SIGCHLD, "Child status changed"},
        {SIGCONT, "Continued"},
        {SIGSTOP, "Stopped (signal)"},
        {SIGTSTP, "Stopped"},
        {SIGTTIN, "Stopped (tty input)"},
        {SIGTTOU, "Stopped (tty output)"},
        {SIGURG, "Urgent I/O condition"},
        {SIGXCPU, "CPU time limit exceeded"},
        {SIGXFSZ, "File size limit exceeded"},
        {SIGVTALRM, "Virtual timer expired"},
        {SIGPROF, "Profiling timer expired"},
        {SIGWINCH, "Window changed"},
        {SIGPOLL, "I/O possible"},
        {SIGSYS, "Bad system call"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].number == number)
            return (char *)names[i].text;
    return (char *)"Unknown signal";
}
