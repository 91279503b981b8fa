// What a line of the shell means.
#pragma once

#include "syntax.h"
#include <string>
#include <string_view>
#include <vector>

class Commands
{
  public:
    // Runs the pipelines of a line one after the other; ';' separates them.
    void run_line(std::string_view line);

    // The exit status of the last command.
    int status() const { return last_status; }

    // Whether `exit` has been seen.
    bool finished() const { return exiting; }

    // Whether a line says when a program ends with a status other than 0.
    void report_statuses(bool on) { reporting = on; }

  private:
    void run(const Pipeline &pipeline);
    void run_here(const Command &command);
    void run_programs(const Pipeline &pipeline);
    void help() const;
    void change_directory(const std::vector<std::string> &words);
    void leave(const std::vector<std::string> &words);

    int last_status = 0;
    bool exiting = false;
    bool reporting = false;
};
