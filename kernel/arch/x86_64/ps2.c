/* The 8042 controller: keyboard port only. */
#include "kernel/arch/x86_64/apic.h"
#include "kernel/arch/x86_64/keyboard.h"
#include "kernel/arch/x86_64/trap.h"
#include "kernel/arch/x86_64/x86.h"
#include "kernel/core/log.h"

#define DATA            0x60
#define STATUS          0x64
#define COMMAND         0x64
#define STATUS_OUTPUT   0x01 /* a byte is there for us */
#define STATUS_INPUT    0x02 /* the controller is still busy with our last one */
#define STATUS_AUX      0x20 /* … and comes from the mouse */
#define READ_CONFIG     0x20
#define WRITE_CONFIG    0x60
#define DISABLE_AUX     0xa7
#define ENABLE_KEYBOARD 0xae
#define CONFIG_IRQ      0x01
#define CONFIG_AUX_IRQ  0x02
#define CONFIG_OFF      0x10
#define CONFIG_AUX_OFF  0x20
#define CONFIG_SET_1    0x40
#define KEYBOARD_ON     0xf4 /* to the keyboard: report keys */
#define KEYBOARD_ACK    0xfa
#define KEYBOARD_LINE   1
#define WAIT_MAX        10000
#define DRAIN_MAX       64

static struct keyboard state;

static bool wait_input(void)
{
    for (unsigned i = 0; i < WAIT_MAX; i++)
        if (!(inb(STATUS) & STATUS_INPUT))
            return true;
    return false;
}

static bool wait_output(void)
{
    for (unsigned i = 0; i < WAIT_MAX; i++)
        if (inb(STATUS) & STATUS_OUTPUT)
            return true;
    return false;
}

static bool command(uint8_t c)
{
    if (!wait_input())
        return false;
    outb(COMMAND, c);
    return true;
}

static bool send(uint8_t v)
{
    if (!wait_input())
        return false;
    outb(DATA, v);
    return true;
}

static void discard(void)
{
    for (unsigned i = 0; i < DRAIN_MAX && (inb(STATUS) & STATUS_OUTPUT); i++)
        (void)inb(DATA);
}

/* Edge-triggered: everything that has arrived is taken, or no further interrupt would come. */
static void keyboard_interrupt(void *arg UNUSED)
{
    for (unsigned i = 0; i < DRAIN_MAX; i++) {
        uint8_t status = inb(STATUS), code;
        char text[KEYBOARD_TEXT_MAX];
        size_t n;
        if (!(status & STATUS_OUTPUT))
            return;
        code = inb(DATA);
        if ((status & STATUS_AUX) || code == KEYBOARD_ACK)
            continue;
        n = keyboard_feed(&state, code, text);
        if (n)
            kernel_console_input(text, n);
    }
}

void keyboard_init(void)
{
    uint8_t config;
    if (inb(STATUS) == 0xff)
        return;
    discard();
    if (!command(READ_CONFIG) || !wait_output())
        return;
    config = inb(DATA);
    command(DISABLE_AUX);
    config |= CONFIG_IRQ | CONFIG_SET_1 | CONFIG_AUX_OFF;
    config &= (uint8_t)~(CONFIG_AUX_IRQ | CONFIG_OFF);
    if (!command(WRITE_CONFIG) || !send(config) || !command(ENABLE_KEYBOARD))
        return;
    irq_handle(VECTOR_ISA + KEYBOARD_LINE, keyboard_interrupt, NULL);
    irq_enable_isa(KEYBOARD_LINE);
    send(KEYBOARD_ON); /* its acknowledgement comes by interrupt */
}
