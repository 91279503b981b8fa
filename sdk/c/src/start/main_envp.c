/* `int main(int, char **, char **)` keeps its plain name. */
#include <unistd.h>

int main_envp(int argc, char **argv, char **envp) __asm__("main");

int __main_argc_argv(int argc, char **argv)
{
    return main_envp(argc, argv, environ);
}
