#include <math.h>

int signgam;
