#include "kernel/arch/x86_64/display.h"

#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/pci.h"
#include "kernel/arch/x86_64/x86.h"

#define TEXT_MEMORY  0xb8000
#define TEXT_COLUMNS 80
#define TEXT_ROWS    25
#define PIXELS_MAX   16384 /* in each direction */

#define CLASS_DISPLAY   3
#define SUBCLASS_VGA    0
#define BOCHS_VENDOR    0x1234
#define BOCHS_DEVICE    0x1111
#define BOCHS_REGISTERS 0x500 /* in BAR 2, 16 bits each */
#define BOCHS_WIDTH     1024
#define BOCHS_HEIGHT    768

enum { DISPI_ID, DISPI_XRES, DISPI_YRES, DISPI_BPP, DISPI_ENABLE };
#define DISPI_ID_MASK 0xfff0
#define DISPI_ID_OK   0xb0c0
#define DISPI_ON      0x41 /* enabled, linear frame buffer */

#define VGA_CRTC        0x3d4
#define VGA_GRAPHICS    0x3ce
#define VGA_ATTRIBUTE   0x3c0
#define VGA_ATTRIBUTE_R 0x3c1
#define VGA_STATUS      0x3da
#define VGA_MISC        0x3cc
#define CURSOR_START    0x0a
#define CURSOR_END      0x0b
#define CURSOR_HIGH     0x0e
#define CURSOR_LOW      0x0f

static struct arch_screen screen;

static uint8_t indexed(uint16_t port, uint8_t index)
{
    outb(port, index);
    return inb((uint16_t)(port + 1));
}

static void indexed_write(uint16_t port, uint8_t index, uint8_t v)
{
    outb(port, index);
    outb((uint16_t)(port + 1), v);
}

static uint8_t attribute(uint8_t index)
{
    (void)inb(VGA_STATUS); /* the next write is an index */
    outb(VGA_ATTRIBUTE, index | 0x20);
    return inb(VGA_ATTRIBUTE_R);
}

/* Has the firmware set an 80 x 25 colour text mode? */
static bool vga_in_text_mode(void)
{
    return (inb(VGA_MISC) & 1) && !(indexed(VGA_GRAPHICS, 6) & 1) &&
           indexed(VGA_CRTC, 1) == TEXT_COLUMNS - 1 && (indexed(VGA_CRTC, 9) & 0x1f) == 15;
}

static void use_text(uint64_t base, uint32_t columns, uint32_t rows)
{
    uint8_t mode;
    uint16_t *cells = device_map(base, (uint64_t)columns * rows * 2, DEVICE_UNCACHED);
    if (!cells)
        return;
    mode = attribute(0x10);
    outb(VGA_ATTRIBUTE, mode & (uint8_t)~8); /* bit 7 of a cell: bright background, not blinking */
    indexed_write(VGA_CRTC, CURSOR_START, 14);
    indexed_write(VGA_CRTC, CURSOR_END, 15);
    screen =
        (struct arch_screen){.cells = cells, .width = columns, .height = rows, .stride = columns};
}

static void use_pixels(uint64_t base, uint32_t width, uint32_t height, uint32_t pitch)
{
    uint32_t *pixels;
    if (!base || width == 0 || height == 0 || width > PIXELS_MAX || height > PIXELS_MAX ||
        pitch < width * 4 || pitch % 4 || pitch > PIXELS_MAX * 8)
        return;
    pixels = device_map(base, (uint64_t)pitch * height, DEVICE_COMBINING);
    if (pixels)
        screen = (struct arch_screen){
            .pixels = pixels, .width = width, .height = height, .stride = pitch / 4};
}

/* QEMU's standard VGA and bochs-display: a mode of our own through the registers in BAR 2. */
static void use_bochs(const struct pci_function *f)
{
    uint64_t memory = pci_bar(f, 0), registers = pci_bar(f, 2);
    volatile uint16_t *r;
    if (!memory || !registers)
        return;
    pci_enable(f, PCI_COMMAND_MEMORY);
    r = device_map(registers + BOCHS_REGISTERS, 32, DEVICE_UNCACHED);
    if (!r || (r[DISPI_ID] & DISPI_ID_MASK) != DISPI_ID_OK)
        return;
    r[DISPI_ENABLE] = 0;
    r[DISPI_XRES] = BOCHS_WIDTH;
    r[DISPI_YRES] = BOCHS_HEIGHT;
    r[DISPI_BPP] = 32;
    r[DISPI_ENABLE] = DISPI_ON;
    if (f->subclass == SUBCLASS_VGA) { /* unblank: the attribute controller shows its palette */
        (void)inb(VGA_STATUS);
        outb(VGA_ATTRIBUTE, 0x20);
    }
    use_pixels(memory, BOCHS_WIDTH, BOCHS_HEIGHT, BOCHS_WIDTH * 4);
}

void display_init(const struct boot_framebuffer *f)
{
    const struct pci_function *d;
    unsigned at = 0;
    if (f->present && f->type == 2)
        use_text(f->base, f->width, f->height);
    else if (f->present && f->bits == 32 && f->red == 16 && f->green == 8 && f->blue == 0)
        use_pixels(f->base, f->width, f->height, f->pitch);
    if (screen.cells || screen.pixels)
        return;
    d = pci_find_class(CLASS_DISPLAY, SUBCLASS_VGA, &at);
    if (d && vga_in_text_mode())
        use_text(TEXT_MEMORY, TEXT_COLUMNS, TEXT_ROWS);
    if (screen.cells)
        return;
    at = 0;
    d = pci_find_device(BOCHS_VENDOR, BOCHS_DEVICE, &at);
    if (d)
        use_bochs(d);
}

bool arch_console_has_screen(void)
{
    return screen.cells || screen.pixels;
}

bool arch_screen(struct arch_screen *out)
{
    *out = screen;
    return arch_console_has_screen();
}

void arch_screen_cursor(unsigned column, unsigned row)
{
    unsigned at = row * screen.width + column;
    if (!screen.cells || row >= screen.height || column >= screen.width)
        return;
    indexed_write(VGA_CRTC, CURSOR_HIGH, (uint8_t)(at >> 8));
    indexed_write(VGA_CRTC, CURSOR_LOW, (uint8_t)at);
}
