#pragma once

typedef struct __file FILE;
