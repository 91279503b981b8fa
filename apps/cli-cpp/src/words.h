// Taking command lines apart: '…' and "…" keep what is between them together, \ takes the next
// character as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

// The commands of a line, which ';' separates; quotes stay as they are.
std::vector<std::string> split_commands(std::string_view line);

// The words of a command, without their quotes. False if a quote is not closed.
bool split_words(std::string_view command, std::vector<std::string> &words);
