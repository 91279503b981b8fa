// sysinfo: what the system says of itself.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <iostream>
#include <string>
#include <wasmos.h>

namespace
{

constexpr std::uint64_t ns_per_us = 1000, ns_per_ms = 1000000, kib = 1024;

// A small file; empty if it cannot be read: processes end at any time.
std::string read_text(const std::string &path)
{
    char text[1024];
    std::FILE *f = std::fopen(path.c_str(), "r");
    if (!f)
        return "";
    std::size_t n = std::fread(text, 1, sizeof(text), f);
    std::fclose(f);
    return std::string(text, n);
}

// What stands behind `name: ` at the beginning of a line.
std::string field(const std::string &text, const std::string &name)
{
    std::size_t at = ("\n" + text).find("\n" + name + ": ");
    if (at == std::string::npos)
        return "";
    at += name.size() + 2;
    return text.substr(at, text.find('\n', at) - at);
}

std::uint64_t number(const std::string &text, const std::string &name)
{
    return std::strtoull(field(text, name).c_str(), nullptr, 10);
}

void show_process(const std::string &pid)
{
    const std::string status = read_text("/proc/" + pid + "/status");
    const std::string code = read_text("/proc/" + pid + "/code");
    if (status.empty() || code.empty())
        return;
    std::cout << pid << ' ' << field(status, "Name") << ": " << number(status, "Memory") / kib
              << " KiB, " << number(status, "CpuTime") / ns_per_us << " microseconds; "
              << number(code, "Compiled") << " of " << number(code, "Functions")
              << " functions compiled to " << number(code, "Code") << " bytes in "
              << number(code, "CompileTime") / ns_per_us << " microseconds\n";
}

void show_processes()
{
    DIR *proc = opendir("/proc");
    if (!proc)
        return;
    while (const struct dirent *entry = readdir(proc))
        if (std::strspn(entry->d_name, "0123456789") == std::strlen(entry->d_name))
            show_process(entry->d_name);
    closedir(proc);
}

} // namespace

int main()
{
    struct wasmos_sys_info info;
    if (wasmos_sys_info(&info) != 0) {
        std::perror("sysinfo");
        return EXIT_FAILURE;
    }
    std::cout << "The time since boot is: " << info.uptime_ns / ns_per_us << " microseconds.\n"
              << "The time this app has been running is: " << info.cpu_ns / ns_per_us
              << " microseconds.\n"
              << "CPUs: " << info.cpus << '\n'
              << "Memory: " << info.memory_total / kib << " KiB in all, " << info.memory_free / kib
              << " KiB free\n"
              << "Uptime: " << info.uptime_ns / ns_per_ms << " ms\n"
              << "Processes: " << info.processes << '\n';
    show_processes();
}
