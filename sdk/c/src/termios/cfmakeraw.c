#include <errno.h>
#include <termios.h>

void cfmakeraw(struct termios *t)
{
    t->c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    t->c_oflag &= ~(tcflag_t)OPOST;
    t->c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    t->c_cflag = (t->c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
    t->c_cc[VMIN] = 1;
    t->c_cc[VTIME] = 0;
}

speed_t cfgetispeed(const struct termios *t)
{
    return t->c_ispeed;
}

speed_t cfgetospeed(const struct termios *t)
{
    return t->c_ospeed;
}

static int set_speed(speed_t *to, speed_t speed)
{
    if (speed != B0 && speed != B9600 && speed != B19200 && speed != B38400) {
        errno = EINVAL;
        return -1;
    }
    *to = speed;
    return 0;
}

int cfsetispeed(struct termios *t, speed_t speed)
{
    return set_speed(&t->c_ispeed, speed);
}

int cfsetospeed(struct termios *t, speed_t speed)
{
    return set_speed(&t->c_ospeed, speed);
}
