#pragma once

#include <bits/decls.h>
