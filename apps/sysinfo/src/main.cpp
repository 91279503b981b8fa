// sysinfo: what the system says of itself.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <wasmos.h>

int main()
{
    constexpr std::uint64_t ns_per_us = 1000, ns_per_ms = 1000000, kib = 1024;

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
}
