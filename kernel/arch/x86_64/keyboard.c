#include "kernel/arch/x86_64/keyboard.h"

#include "base/string.h"

enum scancode {
    KEY_CTRL = 0x1d,
    KEY_SHIFT_LEFT = 0x2a,
    KEY_SHIFT_RIGHT = 0x36,
    KEY_ALT = 0x38,
    KEY_CAPS = 0x3a,
    KEY_F1 = 0x3b,
    KEY_F10 = 0x44,
    KEY_NUM = 0x45,
    KEY_PAD_FIRST = 0x47,
    KEY_PAD_LAST = 0x53,
    KEY_F11 = 0x57,
    KEY_F12 = 0x58,
    KEY_RELEASE = 0x80,
    KEY_EXTENDED = 0xe0,
    KEY_PAUSE = 0xe1,
};

/* Index: scan code. 0: no character. */
static const char plain[0x3a] = {0,   27,  '1', '2',  '3',  '4', '5', '6',  '7', '8', '9', '0',
                                 '-', '=', 127, '\t', 'q',  'w', 'e', 'r',  't', 'y', 'u', 'i',
                                 'o', 'p', '[', ']',  '\r', 0,   'a', 's',  'd', 'f', 'g', 'h',
                                 'j', 'k', 'l', ';',  '\'', '`', 0,   '\\', 'z', 'x', 'c', 'v',
                                 'b', 'n', 'm', ',',  '.',  '/', 0,   '*',  0,   ' '};
static const char shifted[0x3a] = {0,   27,  '!', '@',  '#',  '$', '%', '^', '&', '*', '(', ')',
                                   '_', '+', 127, '\t', 'Q',  'W', 'E', 'R', 'T', 'Y', 'U', 'I',
                                   'O', 'P', '{', '}',  '\r', 0,   'A', 'S', 'D', 'F', 'G', 'H',
                                   'J', 'K', 'L', ':',  '"',  '~', 0,   '|', 'Z', 'X', 'C', 'V',
                                   'B', 'N', 'M', '<',  '>',  '?', 0,   '*', 0,   ' '};
#define KEY_ISO 0x56 /* the extra key of ISO keyboards */

/* Keypad, index: scan code - KEY_PAD_FIRST: digit with Num Lock, else what its grey twin sends. */
static const char pad_digits[] = "789-456+1230.";

/* Keys that send ESC [ letter, or ESC [ number ~. */
struct csi_row {
    uint8_t code;
    char letter;
    uint8_t number;
};
static const struct csi_row csi_rows[] = {
    {0x47, 'H', 0}, {0x48, 'A', 0}, {0x49, 0, 5}, {0x4b, 'D', 0}, {0x4d, 'C', 0},
    {0x4f, 'F', 0}, {0x50, 'B', 0}, {0x51, 0, 6}, {0x52, 0, 2},   {0x53, 0, 3},
};
/* F5 … F12 as terminals number them; F1 … F4 are ESC O P … S. */
static const uint8_t function_numbers[] = {15, 17, 18, 19, 20, 21, 23, 24};

static bool shift(const struct keyboard *k)
{
    return k->shift_left || k->shift_right;
}
static bool ctrl(const struct keyboard *k)
{
    return k->ctrl_left || k->ctrl_right;
}
static bool alt(const struct keyboard *k)
{
    return k->alt_left || k->alt_right;
}

/* xterm's modifier parameter: 1 + shift 1 + alt 2 + ctrl 4. */
static unsigned modifiers(const struct keyboard *k)
{
    return 1 + (shift(k) ? 1 : 0) + (alt(k) ? 2 : 0) + (ctrl(k) ? 4 : 0);
}

/* ESC [ number ~, ESC [ letter; with modifiers ESC [ number ; m ~, ESC [ 1 ; m letter. */
static size_t csi(const struct keyboard *k, unsigned number, char letter, char *text)
{
    unsigned m = modifiers(k);
    size_t n = 0;
    text[n++] = 27;
    text[n++] = '[';
    if (letter && m > 1)
        number = 1;
    if (number >= 10)
        text[n++] = (char)('0' + number / 10);
    if (number)
        text[n++] = (char)('0' + number % 10);
    if (m > 1) {
        text[n++] = ';';
        text[n++] = (char)('0' + m);
    }
    text[n++] = letter ? letter : '~';
    return n;
}

static size_t grey_key(const struct keyboard *k, uint8_t code, char *text)
{
    for (size_t i = 0; i < ARRAY_LEN(csi_rows); i++)
        if (csi_rows[i].code == code)
            return csi(k, csi_rows[i].number, csi_rows[i].letter, text);
    return 0;
}

static size_t function_key(const struct keyboard *k, unsigned n, char *text)
{
    if (n >= 5)
        return csi(k, function_numbers[n - 5], 0, text);
    if (modifiers(k) > 1)
        return csi(k, 1, (char)('P' + n - 1), text);
    text[0] = 27;
    text[1] = 'O';
    text[2] = (char)('P' + n - 1);
    return 3;
}

/* What Ctrl makes of a character, or -1: nothing. */
static int control(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c >= '@' && c <= '_')
        return c & 0x1f;
    switch (c) {
    case ' ':
    case '2':
        return 0;
    case '/':
    case '-':
        return 0x1f;
    case '6':
        return 0x1e;
    case 127:
        return 8;
    case '\r':
    case '\t':
    case 27:
        return c;
    default:
        return -1;
    }
}

static size_t character(const struct keyboard *k, char c, char *text)
{
    size_t n = 0;
    if (k->caps && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
        c ^= 0x20;
    if (ctrl(k)) {
        int code = control(c);
        if (code < 0)
            return 0;
        c = (char)code;
    }
    if (alt(k))
        text[n++] = 27;
    text[n++] = c;
    return n;
}

static size_t pad_key(const struct keyboard *k, uint8_t code, char *text)
{
    char digit = pad_digits[code - KEY_PAD_FIRST];
    if (digit == '-' || digit == '+' || (k->num && !shift(k)))
        return character(k, digit, text);
    return grey_key(k, code, text);
}

static bool modifier(struct keyboard *k, uint8_t code, bool extended, bool down)
{
    switch (code) {
    case KEY_SHIFT_LEFT: /* extended: a fake shift around grey keys */
        if (!extended)
            k->shift_left = down;
        return true;
    case KEY_SHIFT_RIGHT:
        if (!extended)
            k->shift_right = down;
        return true;
    case KEY_CTRL:
        *(extended ? &k->ctrl_right : &k->ctrl_left) = down;
        return true;
    case KEY_ALT:
        *(extended ? &k->alt_right : &k->alt_left) = down;
        return true;
    case KEY_CAPS:
        k->caps ^= down;
        return true;
    case KEY_NUM:
        k->num ^= down && !extended;
        return true;
    default:
        return false;
    }
}

static size_t press(const struct keyboard *k, uint8_t code, bool extended, char *text)
{
    if (extended) {
        if (code == 0x1c)
            return character(k, '\r', text);
        if (code == 0x35)
            return character(k, '/', text);
        return grey_key(k, code, text);
    }
    if (code >= KEY_F1 && code <= KEY_F10)
        return function_key(k, code - KEY_F1 + 1u, text);
    if (code == KEY_F11 || code == KEY_F12)
        return function_key(k, code - KEY_F11 + 11u, text);
    if (code >= KEY_PAD_FIRST && code <= KEY_PAD_LAST)
        return pad_key(k, code, text);
    if (code == KEY_ISO)
        return character(k, shift(k) ? '>' : '<', text);
    if (code == 0x0f && shift(k)) { /* back tab */
        memcpy(text, "\x1b[Z", 3);
        return 3;
    }
    if (code < sizeof(plain) && plain[code])
        return character(k, shift(k) ? shifted[code] : plain[code], text);
    return 0;
}

size_t keyboard_feed(struct keyboard *k, uint8_t code, char text[KEYBOARD_TEXT_MAX])
{
    bool extended = k->extended, down = !(code & KEY_RELEASE);
    if (k->skip) {
        k->skip--;
        return 0;
    }
    if (code == KEY_PAUSE) { /* e1 1d 45 e1 9d c5: no release */
        k->skip = 2;
        return 0;
    }
    if (code == KEY_EXTENDED) {
        k->extended = true;
        return 0;
    }
    k->extended = false;
    code &= 0x7f;
    if (modifier(k, code, extended, down) || !down)
        return 0;
    return press(k, code, extended, text);
}
