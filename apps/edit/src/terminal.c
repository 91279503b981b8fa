#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { ESCAPE = 0x1b, DELETE = 0x7f, ESCAPE_WAIT_MS = 50, PARAMS_MAX = 4, INPUT_MAX = 4096 };

static struct termios before; /* how the terminal was */

/* ---- output ---- */

static struct {
    char *bytes;
    size_t len, cap;
} output;

void terminal_put(const char *bytes, size_t len)
{
    if (output.len + len > output.cap) {
        size_t cap = 2 * (output.len + len);
        char *more = realloc(output.bytes, cap);
        if (!more)
            return; /* a picture with a hole; the next one may be whole */
        output.bytes = more;
        output.cap = cap;
    }
    memcpy(output.bytes + output.len, bytes, len);
    output.len += len;
}

void terminal_print(const char *text)
{
    terminal_put(text, strlen(text));
}

void terminal_move(int row, int column)
{
    char text[40];
    snprintf(text, sizeof text, "\x1b[%d;%dH", row + 1, column + 1);
    terminal_print(text);
}

void terminal_flush(void)
{
    for (size_t done = 0; done < output.len;) {
        ssize_t n = write(STDOUT_FILENO, output.bytes + done, output.len - done);
        if (n < 0 && errno != EINTR)
            break;
        done += n > 0 ? (size_t)n : 0;
    }
    output.len = 0;
}

/* ---- the terminal itself ---- */

int terminal_open(void)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return ENOTTY;
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return errno;
    struct termios raw = before;
    raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
    raw.c_oflag &= ~(tcflag_t)OPOST;
    raw.c_cflag |= CS8;
    raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) != 0)
        return errno;
    terminal_print("\x1b[?1049h\x1b[?2004h"); /* another screen; pasted text is marked */
    return 0;
}

void terminal_close(void)
{
    int rows, columns;
    terminal_size(&rows, &columns);
    terminal_move(rows - 1, 0);
    terminal_print("\x1b[K\x1b[?2004l\x1b[?1049l");
    terminal_flush();
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    free(output.bytes);
    output.bytes = NULL;
    output.cap = 0;
}

void terminal_size(int *out_rows, int *out_columns)
{
    struct winsize size = {0};
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col;
    *out_rows = known ? size.ws_row : 24;
    *out_columns = known ? size.ws_col : 80;
}

/* ---- input ---- */

static struct {
    char bytes[INPUT_MAX];
    size_t at, len;
    bool closed;
} input;

/* A byte, or -1 if none comes within the time (-1: no limit), or ever again. */
static int next_byte(int timeout_ms)
{
    if (input.at < input.len)
        return (unsigned char)input.bytes[input.at++];
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    if (input.closed || (timeout_ms >= 0 && poll(&p, 1, timeout_ms) <= 0))
        return -1;
    ssize_t n;
    do
        n = read(STDIN_FILENO, input.bytes, sizeof input.bytes);
    while (n < 0 && errno == EINTR);
    input.closed = n <= 0;
    input.at = 0;
    input.len = n > 0 ? (size_t)n : 0;
    return input.closed ? -1 : next_byte(0);
}

bool terminal_key_waits(void)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    return input.at < input.len || (!input.closed && poll(&p, 1, 0) > 0);
}

/* The end of a control sequence (ECMA-48, 5.4) as terminals send it for a key. */
static int key_of_sequence(int final, int first)
{
    static const struct {
        int final, first, code;
    } keys[] = {
        {'A', 0, KEY_UP},      {'B', 0, KEY_DOWN},          {'C', 0, KEY_RIGHT},
        {'D', 0, KEY_LEFT},    {'H', 0, KEY_HOME},          {'F', 0, KEY_END},
        {'~', 1, KEY_HOME},    {'~', 3, KEY_DELETE},        {'~', 4, KEY_END},
        {'~', 5, KEY_PAGE_UP}, {'~', 6, KEY_PAGE_DOWN},     {'~', 7, KEY_HOME},
        {'~', 8, KEY_END},     {'~', 200, KEY_PASTE_BEGIN}, {'~', 201, KEY_PASTE_END},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].final == final && (final != '~' || keys[i].first == first))
            return keys[i].code;
    return KEY_UNKNOWN;
}

/* What follows ESC [ or ESC O: numbers and a final byte. The second number says which of Shift (1),
 * Alt (2) and Ctrl (4) were held, plus 1. */
static struct key read_sequence(void)
{
    int params[PARAMS_MAX] = {0}, count = 0, byte;
    while ((byte = next_byte(ESCAPE_WAIT_MS)) >= 0 && byte < '@') {
        if (byte >= '0' && byte <= '9' && params[count] < 1000)
            params[count] = params[count] * 10 + byte - '0';
        else if (byte == ';' && count + 1 < PARAMS_MAX)
            count++;
    }
    int held = params[1] ? params[1] - 1 : 0;
    return (struct key){
        .code = key_of_sequence(byte, params[0]), .shift = held & 1, .control = held & 4};
}

static struct key read_character(int byte)
{
    struct key k = {.code = KEY_TEXT, .bytes = {(char)byte}, .len = 1};
    int more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
    while (more--) {
        int next = next_byte(ESCAPE_WAIT_MS);
        if (next < 0)
            break;
        k.bytes[k.len++] = (char)next;
    }
    return k;
}

struct key terminal_key(void)
{
    int byte = next_byte(-1);
    if (byte < 0)
        return (struct key){.code = KEY_CLOSED};
    if (byte == ESCAPE) {
        int next = next_byte(ESCAPE_WAIT_MS);
        return next == '[' || next == 'O' ? read_sequence() : (struct key){.code = KEY_ESCAPE};
    }
    if (byte == '\r' || byte == '\n')
        return (struct key){.code = KEY_ENTER};
    if (byte == '\t')
        return (struct key){.code = KEY_TAB};
    if (byte == DELETE || byte == '\b')
        return (struct key){.code = KEY_BACKSPACE};
    return byte < ' ' ? (struct key){.code = byte} : read_character(byte);
}
